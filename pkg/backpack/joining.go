// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"slices"

	"rugzak/pkg/rugzak"
)

// Joining is how people join in with a subject, as far as one reader is told.
type Joining struct {
	Of    rugzak.Subject
	Title string
	Lang  rugzak.Lang
	Mine  *rugzak.Participation // the reader's own; nil when they do not join in
	May   bool                  // join in
	// Follow and Think are totals. Who takes part makes the team.
	Follow, Think Crowd
	Team          Team
}

// Crowd is how many people join in, so that no number and no difference of
// numbers tells of fewer than five. Organisations with five or more are told
// with their number; the others together only in steps of five.
type Crowd struct {
	Organisations []CrowdOf
	// Rest is of how many others there are at least, in steps of five; 0 means
	// fewer than five, also none.
	Rest int
}

// CrowdOf is how many people of one organisation join in.
type CrowdOf struct {
	Organisation rugzak.Organisation
	Count        int
}

// Team is who takes part in a question, theme or item: organisations always,
// names by choice.
type Team struct {
	Organisations []rugzak.Organisation
	Named         []Member
	// Unnamed says that there are others, and Rest how many at least, in steps of
	// five.
	Unnamed bool
	Rest    int
	// Together: at least two organisations; WithPartner: one of them a partner.
	Together, WithPartner bool
	Many                  bool // more than works well together
}

// Member is somebody who takes part by name.
type Member struct {
	ID           rugzak.PersonID
	Name         string
	Organisation rugzak.Organisation
	Step, When   string
	Done         bool
}

// joining counts who joins in with a subject. It counts those who may see it
// now, of organisations the reader may know.
func (n *names) joining(by rugzak.Person, sub subject) (Joining, error) {
	j := Joining{Of: sub.of, Title: sub.title, Lang: sub.lang, May: rugzak.CanPost(by)}
	counts := map[rugzak.Way]map[rugzak.OrganisationID]int{}
	unnamed, all := 0, 0
	for p, err := range n.reader.Participants(sub.of) {
		if err != nil {
			return j, err
		}
		if p.Person == by.ID {
			own := p.Participation
			j.Mine = &own
		}
		o := p.Member.Organisation
		if !sub.readable(p.Member) || !n.mayName(by, o, sub.shown) {
			continue
		}
		if counts[p.Way] == nil {
			counts[p.Way] = map[rugzak.OrganisationID]int{}
		}
		counts[p.Way][o]++
		if p.Way != rugzak.WayDo {
			continue
		}
		all++
		name := ""
		if p.ShowName {
			name = n.person(p.Person)
		}
		if name == "" {
			unnamed++
			continue
		}
		j.Team.Named = append(j.Team.Named, Member{
			ID: p.Person, Name: name, Organisation: n.organisation(o), Step: p.Step, When: p.When, Done: !p.DoneAt.IsZero(),
		})
	}
	j.Follow, j.Think = n.crowd(counts[rugzak.WayFollow]), n.crowd(counts[rugzak.WayThink])
	for o := range counts[rugzak.WayDo] {
		j.Team.Organisations = append(j.Team.Organisations, n.organisation(o))
	}
	sortOrganisations(j.Team.Organisations)
	slices.SortFunc(j.Team.Named, func(a, b Member) int { return byName(a.Name, b.Name) })
	j.Team.Unnamed, j.Team.Rest = unnamed > 0, rugzak.InFives(unnamed)
	j.Team.Together = len(j.Team.Organisations) >= 2
	j.Team.WithPartner = j.Team.Together && slices.ContainsFunc(j.Team.Organisations, func(o rugzak.Organisation) bool { return o.Kind == rugzak.Partner })
	j.Team.Many = all > rugzak.ManyInTeam
	return j, nil
}

func (n *names) crowd(counts map[rugzak.OrganisationID]int) Crowd {
	var c Crowd
	rest := 0
	for o, count := range counts {
		if count < rugzak.FewPeople {
			rest += count
			continue
		}
		c.Organisations = append(c.Organisations, CrowdOf{n.organisation(o), count})
	}
	slices.SortFunc(c.Organisations, func(a, b CrowdOf) int { return byName(a.Organisation.Name, b.Organisation.Name) })
	c.Rest = rugzak.InFives(rest)
	return c
}
