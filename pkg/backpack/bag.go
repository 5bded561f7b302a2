// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// BagView is the backpack of a team or an organisation: what they share with
// the reader, newest first. What its people took along is theirs alone.
type BagView struct {
	Organisation rugzak.Organisation
	Need         rugzak.Need // of a whole organisation
	Team         rugzak.Team // empty for a whole organisation
	Entries      []Card
	// Balls are questions that wait for the organisation, Questions what they
	// ask themselves.
	Balls, Questions []Card
	Methods          []Card
	Themes           []ThemeCard // in which they write; Count is of what the reader may see
	Next             rugzak.Mark // of a team; empty at the end
	After            rugzak.Cursor
	Behind           bool // the reader's newest change is kept but not yet found
}

const (
	pageOfBag = 20
	listOfBag = 5
	// lookedInBag is how many of the newest entries of a team tell what it asks
	// and what it is about.
	lookedInBag = 200
)

// TeamBag returns the backpack of the reader's own team. Who is in no team gets
// an empty one.
func (s *Service) TeamBag(ctx context.Context, by rugzak.Person, after rugzak.Mark) (BagView, error) {
	var v BagView
	var entries, questions, methods []rawCard
	err := s.view(ctx, "backpack of a team", func(r rugzak.Reader) error {
		v = BagView{}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		v.Organisation, v.Team = n.organisation(by.Organisation), n.team(by.Organisation, by.Team)
		if t, ok := n.organisations[by.Organisation].Team(by.Team); ok {
			v.Need = t.Need
		}
		if v.Team.ID == "" {
			return nil
		}
		list := func(after rugzak.Mark) entrySeq { return r.Entries(rugzak.TeamList(by.Organisation, v.Team.ID), after) }
		if entries, v.Next, err = n.cardsIn(by, list(after), pageOfBag, nil); err != nil || after != "" {
			return err
		}
		some := func(meant func(rugzak.Entry) bool) (cards []rawCard, err error) {
			cards, _, err = n.cardsIn(by, atMost(list(""), lookedInBag), listOfBag, meant)
			return cards, err
		}
		if questions, err = some(rugzak.Entry.IsOpenQuestion); err != nil {
			return err
		}
		if methods, err = some(func(e rugzak.Entry) bool { return e.Kind == rugzak.KindMethod }); err != nil {
			return err
		}
		v.Themes, err = n.themesIn(by, atMost(list(""), lookedInBag))
		return err
	})
	if err != nil {
		return BagView{}, err
	}
	v.Entries, v.Questions, v.Methods = s.finish(ctx, entries), s.finish(ctx, questions), s.finish(ctx, methods)
	return v, nil
}

// themesIn counts in which themes entries are, most first.
func (n *names) themesIn(by rugzak.Person, list entrySeq) ([]ThemeCard, error) {
	counts := map[rugzak.ThemeID]int{}
	for e, err := range list {
		if err != nil {
			return nil, err
		}
		if !rugzak.CanRead(by, e) {
			continue
		}
		for _, t := range n.themesOf(e) {
			counts[t.ID]++
		}
	}
	var out []ThemeCard
	for id, count := range counts {
		t := n.themes[id]
		t.Thread = ""
		out = append(out, ThemeCard{Theme: t, Count: count})
	}
	slices.SortFunc(out, func(a, b ThemeCard) int {
		return cmp.Or(b.Count-a.Count, byName(a.Theme.Title, b.Theme.Title), cmp.Compare(a.Theme.ID, b.Theme.ID))
	})
	return out[:min(len(out), themesOnHome)], nil
}

// OrganisationBag returns what an organisation shares with the reader; empty id
// for their own. An organisation the reader may not know is absent: a partner
// knows another one by what that one shares with them.
func (s *Service) OrganisationBag(ctx context.Context, by rugzak.Person, id rugzak.OrganisationID, after rugzak.Cursor, wait rugzak.Position) (BagView, error) {
	if by.ID == "" {
		return BagView{}, mustSignIn()
	}
	if id == "" {
		id = by.Organisation
	}
	known, err := s.knowsByRule(ctx, by, id)
	if err != nil {
		return BagView{}, err
	}
	all, err := s.Search(ctx, by, Asked{Filter: ofOrganisation(id), Sort: rugzak.ByNewest, Size: pageOfBag, After: after, WaitFor: wait})
	if err != nil {
		return BagView{}, err
	}
	if !known && all.Total == 0 {
		return BagView{}, rugzak.NotFound()
	}
	v := BagView{Entries: cardsOf(all.Hits), After: all.Next, Behind: all.Behind}
	if after == "" {
		if v.Questions, err = s.someOf(ctx, by, id, wait, rugzak.KindQuestion, func(c Card) bool { return c.Question != nil && c.Question.State.Open() }); err != nil {
			return BagView{}, err
		}
		if v.Methods, err = s.someOf(ctx, by, id, wait, rugzak.KindMethod, func(Card) bool { return true }); err != nil {
			return BagView{}, err
		}
	}
	var balls []rawCard
	err = s.view(ctx, "backpack of an organisation", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		v.Organisation, v.Need = n.organisation(id), n.need(id)
		if after != "" {
			return nil
		}
		v.Themes = n.countedThemes(all.Facets)
		balls, _, err = n.cardsIn(by, n.knownBalls(by, id), listOfBag, nil)
		return err
	})
	v.Balls = s.finish(ctx, balls)
	// What waits for them stands once, though they asked it themselves.
	v.Questions = slices.DeleteFunc(v.Questions, func(q Card) bool {
		return slices.ContainsFunc(v.Balls, func(b Card) bool { return b.ID == q.ID })
	})
	return v, err
}

// knownBalls are the questions that wait for an organisation, of those in which
// the reader may know that it is asked. A partner that shares one thing with
// another does not show itself in everything else.
func (n *names) knownBalls(by rugzak.Person, o rugzak.OrganisationID) entrySeq {
	return func(yield func(rugzak.Entry, error) bool) {
		for e, err := range waitingFor(n.reader, by, o, "") {
			if err == nil && !n.mayName(by, o, e.Organisation) {
				continue
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

func ofOrganisation(id rugzak.OrganisationID, kinds ...rugzak.Kind) rugzak.Filter {
	f := rugzak.Filter{rugzak.FacetOrganisation: {string(id)}}
	for _, k := range kinds {
		f[rugzak.FacetKind] = append(f[rugzak.FacetKind], string(k))
	}
	return f
}

// knowsByRule reports whether a reader may know an organisation whatever it
// shares with them. One that there is not is not known either.
func (s *Service) knowsByRule(ctx context.Context, by rugzak.Person, id rugzak.OrganisationID) (known bool, err error) {
	err = s.view(ctx, "organisation", func(r rugzak.Reader) error {
		o, err := r.Organisation(id)
		if isMissing(err) {
			return nil
		}
		known = err == nil && rugzak.CanKnowOrganisation(by, o)
		return err
	})
	return known, err
}

// someOf are the newest of a kind that an organisation shares.
func (s *Service) someOf(ctx context.Context, by rugzak.Person, id rugzak.OrganisationID, wait rugzak.Position, kind rugzak.Kind, meant func(Card) bool) ([]Card, error) {
	found, err := s.Search(ctx, by, Asked{Filter: ofOrganisation(id, kind), Sort: rugzak.ByNewest, Size: rugzak.MaxPage, Plain: true, WaitFor: wait})
	var out []Card
	for _, c := range cardsOf(found.Hits) {
		if meant(c) && len(out) < listOfBag {
			out = append(out, c)
		}
	}
	return out, err
}

func cardsOf(hits []HitCard) []Card {
	cards := make([]Card, len(hits))
	for i, h := range hits {
		cards[i] = h.Card
	}
	return cards
}

// countedThemes are the themes of what was found, as the index counted them.
func (n *names) countedThemes(facets []FacetView) []ThemeCard {
	var out []ThemeCard
	for _, f := range facets {
		if f.Facet != rugzak.FacetTheme {
			continue
		}
		for _, value := range f.Values {
			if t, ok := n.themes[rugzak.ThemeID(value.Value)]; ok && len(out) < themesOnHome && value.Count > 0 {
				t.Thread = ""
				out = append(out, ThemeCard{Theme: t, Count: value.Count})
			}
		}
	}
	return out
}
