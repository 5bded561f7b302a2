// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// NeedCard is what an organisation, or a team of one, needs and offers.
type NeedCard struct {
	Organisation rugzak.Organisation
	Team         string // its name; empty for the organisation itself
	Need         rugzak.Need
	Own          bool // of the reader's organisation
	Report       TextReport
}

// Name is who says it.
func (c NeedCard) Name() string {
	if c.Team != "" {
		return c.Team + " (" + c.Organisation.Name + ")"
	}
	return c.Organisation.Name
}

// NeedGroup is an organisation with the cards of its teams.
type NeedGroup struct {
	NeedCard
	Teams []NeedCard
}

// NeedMatch is a need beside what another organisation offers.
type NeedMatch struct {
	Needs, Offers NeedCard
	// Words are what both are about, as they stand in the need.
	Words  []string
	weight float64
}

// NeedsView is who needs what, as far as the reader knows the organisations.
type NeedsView struct {
	Own     NeedGroup // of the reader's organisation
	Others  []NeedGroup
	Ours    []NeedMatch // with the reader's organisation
	Between []NeedMatch // of others
}

// How many matches are shown.
const (
	maxOwnMatches   = 12
	maxOtherMatches = 12
)

// Needs lists who needs what and who could give it. A partner sees the cards of
// departments and of its own organisation, and matches between those only.
func (s *Service) Needs(ctx context.Context, by rugzak.Person) (NeedsView, error) {
	var v NeedsView
	if by.ID == "" {
		return v, mustSignIn()
	}
	var groups []NeedGroup
	var same [][]string
	err := s.view(ctx, "needs", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		groups = n.needGroups(by)
		terms, err := r.Terms()
		same = groupsOf(terms)
		return err
	})
	if err != nil {
		return v, err
	}
	var cards []NeedCard
	for _, g := range groups {
		cards = append(append(cards, g.NeedCard), g.Teams...)
		if g.Own {
			v.Own = g
		} else if !g.Need.Empty() || len(g.Teams) > 0 {
			v.Others = append(v.Others, g)
		}
	}
	for _, m := range s.needMatches(cards, same) {
		switch ours := m.Needs.Own || m.Offers.Own; {
		case ours && len(v.Ours) < maxOwnMatches:
			v.Ours = append(v.Ours, m)
		case !ours && len(v.Between) < maxOtherMatches:
			v.Between = append(v.Between, m)
		}
	}
	return v, nil
}

// needGroups are the cards of the organisations the reader may know, by name.
// Of a team only what it says itself is told.
func (n *names) needGroups(by rugzak.Person) []NeedGroup {
	var out []NeedGroup
	for id, o := range n.organisations {
		own := id == by.Organisation
		if !n.mayName(by, id) || o.Closed && !own {
			continue
		}
		g := NeedGroup{NeedCard: NeedCard{Organisation: n.organisation(id), Need: o.Need, Own: own, Report: n.textReport(rugzak.NeedText(id, ""))}}
		for _, t := range o.Teams {
			if !t.Need.Empty() {
				g.Teams = append(g.Teams, NeedCard{Organisation: g.Organisation, Team: t.Name, Need: t.Need, Own: own, Report: n.textReport(rugzak.NeedText(id, t.ID))})
			}
		}
		slices.SortFunc(g.Teams, func(a, b NeedCard) int { return byName(a.Team, b.Team) })
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b NeedGroup) int {
		return cmp.Or(byName(a.Organisation.Name, b.Organisation.Name), cmp.Compare(a.Organisation.ID, b.Organisation.ID))
	})
	return out
}
