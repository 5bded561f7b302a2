// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"rugzak/pkg/rugzak"
)

// ThemeTwins are two open themes that may be one. B has the fewer entries, of
// those the curator may read, and so is the one to go into the other.
type ThemeTwins struct {
	A, B  rugzak.Theme
	Words []string // in the names of both
	// Shared are the entries in both, of those the curator may read.
	Shared int
}

const (
	twinWords   = 0.6 // of the words in the shorter name
	twinEntries = 3   // in both, and half of the smaller one
	twinLooked  = 200 // entries of a theme
)

// TwinThemes finds open themes that look like one another: by the words of their
// names, or because they hold the same entries. It only proposes.
func (s *Service) TwinThemes(ctx context.Context, by rugzak.Person) ([]ThemeTwins, error) {
	if !rugzak.CanCurate(by) {
		return nil, rugzak.Forbidden("error.curators_only")
	}
	var themes []rugzak.Theme
	in := map[rugzak.ThemeID]map[rugzak.EntryID]bool{}
	err := s.view(ctx, "themes that look alike", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		for _, t := range n.themes {
			if t.Closed {
				continue
			}
			themes = append(themes, t)
			in[t.ID] = map[rugzak.EntryID]bool{}
			for e, err := range r.Entries(rugzak.ThemeList(t.ID), "") {
				if err != nil {
					return err
				}
				if !e.State.Public() || !rugzak.CanRead(by, e) {
					continue
				}
				if in[t.ID][e.ID] = true; len(in[t.ID]) == twinLooked {
					break
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	sortThemes(themes)
	keys := map[rugzak.ThemeID]map[string]string{}
	for _, t := range themes {
		keys[t.ID] = s.nameKeys(t.Title)
	}
	var out []ThemeTwins
	for i, a := range themes {
		for _, b := range themes[i+1:] {
			w := ThemeTwins{A: a, B: b, Words: sharedWords(keys[a.ID], keys[b.ID])}
			for id := range in[a.ID] {
				if in[b.ID][id] {
					w.Shared++
				}
			}
			byName := len(w.Words) > 0 && float64(len(w.Words)) >= twinWords*float64(min(len(keys[a.ID]), len(keys[b.ID])))
			if byName || w.Shared >= twinEntries && 2*w.Shared >= min(len(in[a.ID]), len(in[b.ID])) {
				if len(in[b.ID]) > len(in[a.ID]) {
					w.A, w.B = b, a
				}
				out = append(out, w)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b ThemeTwins) int {
		return cmp.Or(cmp.Compare(b.Shared, a.Shared), cmp.Compare(len(b.Words), len(a.Words)))
	})
	return out, nil
}

// nameKeys are the words of a name that say something, by the form in which they
// are compared.
func (s *Service) nameKeys(name string) map[string]string {
	out := map[string]string{}
	for word := range strings.FieldsSeq(name) {
		if key := s.Index.TermKey(word); key != "" {
			out[key] = strings.Trim(word, ".,:;!?()‘’\"'")
		}
	}
	return out
}

// sharedWords are the words two names share, in order of the alphabet.
func sharedWords(a, b map[string]string) []string {
	var out []string
	for key, word := range a {
		if _, ok := b[key]; ok {
			out = append(out, word)
		}
	}
	slices.Sort(out)
	return out
}

// BeginTheme makes a theme and puts entries into it, such as a rising theme. What
// cannot be put in does not stop the others.
func (s *Service) BeginTheme(ctx context.Context, by rugzak.Person, in ThemeInput, entries []rugzak.EntryID) (rugzak.Theme, Triaged, error) {
	t, err := s.SaveTheme(ctx, by, "", 0, in)
	if err != nil {
		return t, Triaged{}, err
	}
	choices := make([]Decision, 0, len(entries))
	for _, id := range entries {
		choices = append(choices, Decision{Entry: id, Theme: t.ID, Choice: ChooseAdd})
	}
	done, err := s.Triage(ctx, by, choices)
	return t, done, err
}
