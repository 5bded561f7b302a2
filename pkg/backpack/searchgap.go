// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// SearchGaps is what people searched in vain, as facilitators see it: those to
// look at, the most asked first, and those that something was done about.
type SearchGaps struct {
	Open, Done []rugzak.SearchGap
	Off        bool // nothing is counted
}

// SearchGaps lists what at least three different people searched in vain.
func (s *Service) SearchGaps(ctx context.Context, by rugzak.Person) (SearchGaps, error) {
	var out SearchGaps
	if !rugzak.CanCurate(by) {
		return out, rugzak.Forbidden("error.curators_only")
	}
	err := s.view(ctx, "search gaps", func(r rugzak.Reader) error {
		out = SearchGaps{}
		settings, err := r.Settings()
		if err != nil {
			return err
		}
		out.Off = !settings.Search.CountGaps
		for g, err := range r.SearchGaps() {
			switch {
			case err != nil:
				return err
			case !g.Shown():
			case g.State == rugzak.GapOpen:
				out.Open = append(out.Open, g)
			default:
				out.Done = append(out.Done, g)
			}
		}
		return nil
	})
	for _, list := range [][]rugzak.SearchGap{out.Open, out.Done} {
		slices.SortFunc(list, func(a, b rugzak.SearchGap) int { return cmp.Or(cmp.Compare(b.Count, a.Count), byName(a.Term, b.Term)) })
	}
	return out, err
}

// MarkSearchGap says what was done about a gap. One that is not shown is not
// there.
func (s *Service) MarkSearchGap(ctx context.Context, by rugzak.Person, term string, state rugzak.GapState) error {
	if !state.Valid() {
		return &rugzak.Error{Code: rugzak.CodeMalformed, Key: "error.malformed"}
	}
	return s.changeSearchGap(ctx, by, term, func(w rugzak.Writer, g rugzak.SearchGap) error {
		g.State = state
		return w.SaveSearchGap(g)
	})
}

// RemoveSearchGap takes a gap away: it holds what nobody should read, or is of
// no use. Counting begins anew when it is asked again.
func (s *Service) RemoveSearchGap(ctx context.Context, by rugzak.Person, term string) error {
	return s.changeSearchGap(ctx, by, term, func(w rugzak.Writer, g rugzak.SearchGap) error { return w.RemoveSearchGap(g.Term) })
}

// changeSearchGap does something to a gap that is shown.
func (s *Service) changeSearchGap(ctx context.Context, by rugzak.Person, term string, change func(rugzak.Writer, rugzak.SearchGap) error) error {
	if !rugzak.CanCurate(by) {
		return rugzak.Forbidden("error.curators_only")
	}
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		if term == "" {
			return rugzak.NotFound()
		}
		g, err := w.SearchGap(term)
		if err != nil {
			return err
		}
		if !g.Shown() {
			return rugzak.NotFound()
		}
		return change(w, g)
	})
	return err
}

// SaveSearchSettings changes the rules for searching. Where searches without
// result are no longer counted, what was counted goes.
func (s *Service) SaveSearchSettings(ctx context.Context, by rugzak.Person, base int, rules rugzak.SearchSettings) error {
	err := s.saveSettings(ctx, by, base, "search", func(all *rugzak.Settings) { all.Search = rules })
	if err != nil || rules.CountGaps {
		return err
	}
	return s.forgetGaps(ctx, func(rugzak.SearchGap) bool { return true })
}

// forgetGaps removes the gaps that are to go.
func (s *Service) forgetGaps(ctx context.Context, goes func(rugzak.SearchGap) bool) error {
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		var terms []string
		for g, err := range w.SearchGaps() {
			if err != nil {
				return err
			}
			if goes(g) {
				terms = append(terms, g.Term)
			}
		}
		for _, term := range terms {
			if err := w.RemoveSearchGap(term); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}
