// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"fmt"

	"rugzak/pkg/rugzak"
)

// inquiries adds what grew beside the questions of the demonstration that were
// added with it, and who joins in with them. Both go when their entry goes.
func (l *starterLoader) inquiries(b rugzak.Backpack) error {
	for _, i := range b.Inquiries {
		name := i.Entry
		if !l.made[string(name)] {
			continue // there already, or not part of this demonstration
		}
		i = i.Clone()
		i.Entry, i.Answer = l.ids[string(name)], l.ids[string(i.Answer)]
		for n := range i.Moves {
			i.Moves[n].Organisation = l.organisation(i.Moves[n].Organisation)
		}
		for n := range i.Passes {
			i.Passes[n].Organisation = l.organisation(i.Passes[n].Organisation)
		}
		for n := range i.Asks {
			i.Asks[n].From, i.Asks[n].To = l.organisation(i.Asks[n].From), l.organisation(i.Asks[n].To)
		}
		for n := range i.Leads {
			i.Leads[n].Organisation = l.organisation(i.Leads[n].Organisation)
		}
		for n := range i.Experiments {
			i.Experiments[n].Organisation = l.organisation(i.Experiments[n].Organisation)
		}
		if err := i.Validate(); err != nil {
			return fmt.Errorf("starter content, inquiry into %s: %w", name, err)
		}
		if err := l.w.SaveInquiry(i, 0); err != nil {
			return fmt.Errorf("starter content, inquiry into %s: %w", name, err)
		}
	}
	for _, p := range b.Participations {
		_, slug := p.Of.Split()
		if !l.made[slug] {
			continue
		}
		by, err := l.w.Person(p.Person)
		if err != nil {
			return fmt.Errorf("starter content, %s joins in: %w", p.Person, err)
		}
		p.Of = rugzak.Subject(rugzak.EntrySubject(l.ids[slug]))
		if _, err := lookSubject(l.w, by, p.Of); err != nil {
			return fmt.Errorf("starter content, %s joins in: %w", p.Person, err)
		}
		if err := l.w.SaveParticipation(p); err != nil {
			return fmt.Errorf("starter content, %s joins in: %w", p.Person, err)
		}
	}
	return nil
}

// organisation is the id of an organisation of the starter content, under
// which it may have been there already.
func (l *starterLoader) organisation(id rugzak.OrganisationID) rugzak.OrganisationID {
	if o, ok := l.organisations[id]; ok {
		return o.ID
	}
	return id
}
