// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// OwnOrganisation is an organisation as its contact looks after it.
type OwnOrganisation struct {
	Organisation rugzak.Organisation
	People       []OwnPerson
}

// OwnPerson is a colleague in that list.
type OwnPerson struct {
	PersonLine
	CanDeactivate bool
}

// OwnOrganisation lists the people of the person's own organisation, and of no
// other, for who may invite there. Whoever became a former colleague is not
// among them.
func (s *Service) OwnOrganisation(ctx context.Context, by rugzak.Person) (OwnOrganisation, error) {
	if !rugzak.CanInvite(by, by.Organisation) {
		return OwnOrganisation{}, rugzak.Forbidden("error.inviters_only")
	}
	var out OwnOrganisation
	err := s.view(ctx, "own organisation", func(r rugzak.Reader) (err error) {
		if out.Organisation, err = r.Organisation(by.Organisation); err != nil {
			return err
		}
		for p, err := range r.People() {
			if err != nil {
				return err
			}
			if p.Organisation != by.Organisation || p.Former {
				continue
			}
			line := OwnPerson{PersonLine: PersonLine{Person: p, Organisation: out.Organisation}, CanDeactivate: mayDeactivate(by, p) == nil && !p.Inactive}
			line.Team, _ = out.Organisation.Team(p.Team)
			out.People = append(out.People, line)
		}
		return nil
	})
	slices.SortFunc(out.People, func(a, b OwnPerson) int {
		return cmp.Or(byName(a.Person.Name, b.Person.Name), cmp.Compare(a.Person.ID, b.Person.ID))
	})
	return out, err
}

// mayDeactivate decides whether a contact may take away the access of a
// colleague: they know best who left. Only of plain participants of the own
// organisation; everybody else is an administrator's to deactivate. People of
// other organisations are not there.
func mayDeactivate(by, p rugzak.Person) error {
	switch {
	case !rugzak.CanInvite(by, by.Organisation):
		return rugzak.Forbidden("error.inviters_only")
	case p.Organisation != by.Organisation || p.Former:
		return rugzak.NotFound()
	case p.ID == by.ID || len(p.Roles) != 1 || p.Roles[0] != rugzak.RoleParticipant:
		return rugzak.Forbidden("error.deactivate_participants")
	}
	return nil
}

// DeactivateColleague ends the access of a colleague who left. Letting somebody
// in again is for administrators.
func (s *Service) DeactivateColleague(ctx context.Context, by rugzak.Person, id rugzak.PersonID) error {
	_, err := s.update(ctx, "deactivate colleague", func(w rugzak.Writer) error {
		p, err := w.Person(id)
		if err != nil && !isMissing(err) {
			return err
		}
		if err := mayDeactivate(by, p); err != nil || p.Inactive {
			return err
		}
		before := p
		p.Inactive, p.LeftAt = true, s.now()
		p.Epoch++
		if err := s.auditPerson(w, by, before, p); err != nil {
			return err
		}
		return s.savePerson(w, by, p, before.Version)
	})
	return err
}
