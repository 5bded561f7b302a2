// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"strconv"

	"rugzak/pkg/rugzak"
)

// DrawAsked says what to draw one card from.
type DrawAsked struct {
	Draw rugzak.Draw
	// Kept: from what the person took along. Else from a theme or an
	// organisation, or from everything when both are empty.
	Kept         bool
	Theme        rugzak.ThemeID
	Organisation rugzak.OrganisationID
	WaitFor      rugzak.Position
}

// DrawView is one card to talk about, with what to draw from.
type DrawView struct {
	Card          *Card // nil when there is nothing to draw
	Themes        []rugzak.Theme
	Organisations []rugzak.Organisation
}

const (
	// drawnFrom is among how many entries the order of a turn is made.
	drawnFrom = rugzak.MaxPage
	// heapsTried is how many heaps a turn looks in before it looks in all.
	heapsTried = 8
	// maxDrawKeeps is how many of the newest keeps are drawn from.
	maxDrawKeeps = 200
)

// DrawOne (pak er één uit) draws a card for a meeting: an entry the reader may
// read, with a lesson where there is one. The same turn gives the same card to
// everybody who may see it. It looks at no more than a page of what the index
// finds for the reader, whatever there is in all; what is hidden from them is
// never among it.
func (s *Service) DrawOne(ctx context.Context, by rugzak.Person, a DrawAsked) (DrawView, error) {
	if by.ID == "" {
		return DrawView{}, mustSignIn()
	}
	v, asked, err := s.drawFrom(ctx, by, a)
	if err != nil || a.Kept && len(asked.among) == 0 {
		return v, err
	}
	search, _, err := s.searchFor(ctx, by, asked)
	if err != nil {
		return v, err
	}
	ids, err := s.candidates(ctx, search, a.Draw)
	if err != nil {
		return v, err
	}
	var raw []rawCard
	err = s.view(ctx, "draw a card", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		for _, id := range a.Draw.Order(ids) {
			e, mine, err := look(r, by, rugzak.EntryID(id))
			if isMissing(err) || err == nil && (!e.State.Public() || e.State == rugzak.StateArchived) {
				continue // out of sight since the index was asked
			}
			if err != nil {
				return err
			}
			raw = []rawCard{n.card(by, e, mine)}
			return nil
		}
		return nil
	})
	if err != nil {
		return v, err
	}
	if cards := s.finish(ctx, raw); len(cards) > 0 {
		v.Card = &cards[0]
	}
	return v, nil
}

// drawFrom reads what there is to draw from and makes the question to the index.
func (s *Service) drawFrom(ctx context.Context, by rugzak.Person, a DrawAsked) (v DrawView, asked Asked, err error) {
	asked = Asked{Filter: rugzak.Filter{}, Sort: rugzak.ByNewest, Size: drawnFrom, Plain: true, WaitFor: a.WaitFor}
	err = s.view(ctx, "what to draw from", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		for _, t := range n.themes {
			if !t.Closed {
				v.Themes = append(v.Themes, t)
			}
		}
		sortThemes(v.Themes)
		for _, o := range n.organisations {
			if !o.Closed && n.mayName(by, o.ID) {
				v.Organisations = append(v.Organisations, n.organisation(o.ID))
			}
		}
		sortOrganisations(v.Organisations)
		if !a.Kept {
			return nil
		}
		asked.among = []rugzak.EntryID{}
		for k, err := range r.KeepsAfter(by.ID, "") {
			if err != nil {
				return err
			}
			if asked.among = append(asked.among, k.Entry); len(asked.among) == maxDrawKeeps {
				break
			}
		}
		return nil
	})
	switch {
	case a.Kept:
	case a.Theme != "":
		asked.Filter[rugzak.FacetTheme] = []string{string(a.Theme)}
	case a.Organisation != "":
		asked.Filter[rugzak.FacetOrganisation] = []string{string(a.Organisation)}
	}
	return v, asked, err
}

// candidates are the entries among which a turn draws: all cards when they are
// few, else those of one heap; what has no lesson only where nothing has one.
func (s *Service) candidates(ctx context.Context, search rugzak.Search, d rugzak.Draw) ([]string, error) {
	among := func(heaps ...string) ([]string, int, error) {
		asked := search
		asked.Filter = rugzak.Filter{}
		for f, values := range search.Filter {
			asked.Filter[f] = values
		}
		if len(heaps) > 0 {
			asked.Filter[rugzak.FacetCard] = heaps
		}
		found, err := s.Index.Search(ctx, asked)
		ids := make([]string, len(found.Hits))
		for i, h := range found.Hits {
			ids[i] = string(h.ID)
		}
		return ids, found.Total, err
	}
	cards, total, err := among(rugzak.CardHeapNames()...)
	if err != nil || total > 0 && total <= drawnFrom {
		return cards, err
	}
	if total == 0 {
		cards, _, err = among()
		return cards, err
	}
	// Many: each turn draws from another heap than the ones before it.
	heaps := rugzak.Draw{Day: d.Day + "/" + strconv.Itoa(d.Turn/rugzak.CardHeaps)}.Order(rugzak.CardHeapNames())
	for try := range heapsTried {
		ids, _, err := among(heaps[(d.Turn+try)%rugzak.CardHeaps])
		if err != nil || len(ids) > 0 {
			return ids, err
		}
	}
	return cards, nil
}
