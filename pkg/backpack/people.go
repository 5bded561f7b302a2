// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

// PersonLine is a person in the administrator's list.
type PersonLine struct {
	Person       rugzak.Person
	Organisation rugzak.Organisation
	Team         rugzak.Team
	HasPassword  bool
}

// PersonInput is what the form of a person holds.
type PersonInput struct {
	Name, Email  string
	Organisation rugzak.OrganisationID
	Team         rugzak.TeamID
	Roles        []rugzak.Role
	Language     rugzak.Lang
	Inactive     bool
}

// People lists everybody who has an account, by organisation and name, for the
// administrator.
func (s *Service) People(ctx context.Context, by rugzak.Person) ([]PersonLine, error) {
	if !rugzak.CanAdminister(by) {
		return nil, rugzak.Forbidden("error.administrators_only")
	}
	var out []PersonLine
	err := s.view(ctx, "people", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		for p, err := range r.People() {
			if err != nil {
				return err
			}
			line := PersonLine{Person: p, Organisation: n.organisation(p.Organisation)}
			line.Team = n.team(p.Organisation, p.Team)
			_, err := r.Credential(p.ID)
			if err != nil && !isMissing(err) {
				return err
			}
			line.HasPassword = err == nil
			out = append(out, line)
		}
		return nil
	})
	slices.SortFunc(out, func(a, b PersonLine) int {
		return cmp.Or(byName(a.Organisation.Name, b.Organisation.Name), byName(a.Person.Name, b.Person.Name), cmp.Compare(a.Person.ID, b.Person.ID))
	})
	return out, err
}

// Person returns one person, for the administrator.
func (s *Service) Person(ctx context.Context, by rugzak.Person, id rugzak.PersonID) (rugzak.Person, error) {
	if !rugzak.CanAdminister(by) {
		return rugzak.Person{}, rugzak.Forbidden("error.administrators_only")
	}
	var p rugzak.Person
	err := s.view(ctx, "person", func(r rugzak.Reader) (err error) {
		p, err = r.Person(id)
		return err
	})
	return p, err
}

// PersonByEmail returns the person with this address, for the administrator
// and the command line.
func (s *Service) PersonByEmail(ctx context.Context, by rugzak.Person, email string) (rugzak.Person, error) {
	if !rugzak.CanAdminister(by) {
		return rugzak.Person{}, rugzak.Forbidden("error.administrators_only")
	}
	var p rugzak.Person
	err := s.view(ctx, "person by e-mail", func(r rugzak.Reader) (err error) {
		p, err = r.PersonByEmail(rugzak.CleanEmail(email))
		return err
	})
	if isMissing(err) {
		return p, &rugzak.Error{Code: rugzak.CodeNotFound, Key: "error.person_unknown"}
	}
	return p, err
}

// SavePerson makes a person (empty id) or changes one.
func (s *Service) SavePerson(ctx context.Context, by rugzak.Person, id rugzak.PersonID, base int, in PersonInput) (rugzak.Person, error) {
	if !rugzak.CanAdminister(by) {
		return rugzak.Person{}, rugzak.Forbidden("error.administrators_only")
	}
	in.Name, in.Email = rugzak.Line(in.Name), rugzak.CleanEmail(in.Email)
	if err := s.refuseNumbers(field{"name", in.Name}, field{"email", in.Email}); err != nil {
		return rugzak.Person{}, err
	}
	var p rugzak.Person
	_, err := s.update(ctx, "save person", func(w rugzak.Writer) (err error) {
		p = rugzak.Person{ID: rugzak.PersonID(rugzak.NewID(s.now()))}
		if id != "" {
			if p, err = w.Person(id); err != nil {
				return err
			}
			if p.Version != base {
				return rugzak.Conflict()
			}
			if p.Former {
				return rugzak.Forbidden("error.person_former")
			}
		}
		before := p
		o, err := w.Organisation(in.Organisation)
		if err != nil && !isMissing(err) {
			return err
		}
		if o.Closed && before.Organisation != o.ID {
			o = rugzak.Organisation{}
		}
		p.Name, p.Email, p.Organisation, p.Kind, p.Team = in.Name, in.Email, in.Organisation, o.Kind, in.Team
		p.Roles, p.Inactive = unique(in.Roles), in.Inactive
		if in.Language.Valid() {
			p.Language = in.Language
		}
		p.LeftAt = s.leftAt(p)
		p.SettleWhy(before)
		if err := p.Validate(o); err != nil {
			return err
		}
		if err := noRolesForOneself(by, before, p); err != nil {
			return err
		}
		if rightsChanged(before, p) {
			p.Epoch++ // every session begins anew with the new rights
		}
		if err := s.keepsAdministrator(w, p); err != nil {
			return err
		}
		if err := s.auditPerson(w, by, before, p); err != nil {
			return err
		}
		if before.Version > 0 && before.Email != p.Email { // what went to the old address opens nothing any more
			if err := w.RemoveTokens(p.ID, rugzak.TokenResetPassword); err != nil {
				return err
			}
		}
		return s.savePerson(w, by, p, base)
	})
	return p, err
}

// leftAt is when a person left: the moment they were made inactive, and never
// for who is let in again.
func (s *Service) leftAt(p rugzak.Person) time.Time {
	switch {
	case !p.Inactive:
		return time.Time{}
	case p.LeftAt.IsZero():
		return s.now()
	}
	return p.LeftAt
}

// noRolesForOneself refuses a role somebody gives themselves: another
// administrator must. Laying one down is free.
func noRolesForOneself(by, before, after rugzak.Person) error {
	if by.ID != after.ID || before.Version == 0 {
		return nil
	}
	for _, r := range after.Roles {
		if !slices.Contains(before.Roles, r) {
			var ps rugzak.Problems
			ps.Add("roles", "error.roles_own")
			return ps.Err()
		}
	}
	return nil
}

// auditPerson writes down what became different about the rights of a person.
func (s *Service) auditPerson(w rugzak.Writer, by, before, after rugzak.Person) error {
	if before.Version == 0 {
		return nil
	}
	note := func(different bool, verb rugzak.AuditVerb, detail string) error {
		if !different {
			return nil
		}
		return s.audit(w, by, verb, rugzak.PersonActor(after.ID), detail)
	}
	return errors.Join(
		note(before.Organisation != after.Organisation || before.Team != after.Team, rugzak.AuditMoved, placeCode(after)),
		note(before.Email != after.Email, rugzak.AuditAddress, ""),
		note(!sameSet(before.Roles, after.Roles), rugzak.AuditRoles, roleCode(after.Roles)),
		note(!before.Inactive && after.Inactive, rugzak.AuditDeactivated, ""),
		note(before.Inactive && !after.Inactive, rugzak.AuditActivated, ""),
	)
}

// placeCode and roleCode are how a place and roles stand in the audit log.
func placeCode(p rugzak.Person) string {
	return strings.TrimSuffix(string(p.Organisation)+"/"+string(p.Team), "/")
}

func roleCode(roles []rugzak.Role) string {
	words := make([]string, len(roles))
	for i, r := range roles {
		words[i] = string(r)
	}
	slices.Sort(words)
	return strings.Join(words, " ")
}

func sameSet(a, b []rugzak.Role) bool { return roleCode(a) == roleCode(b) }

// rightsChanged reports whether sessions of the person must end.
func rightsChanged(before, after rugzak.Person) bool {
	return before.Version > 0 && (before.Organisation != after.Organisation || before.Team != after.Team ||
		before.Inactive != after.Inactive || !slices.Equal(before.Roles, after.Roles))
}

// keepsAdministrator refuses to leave the backpack without an administrator.
func (s *Service) keepsAdministrator(r rugzak.Reader, p rugzak.Person) error {
	if rugzak.CanAdminister(p) {
		return nil
	}
	last := false
	for other, err := range r.People() {
		if err != nil {
			return err
		}
		if rugzak.CanAdminister(other) {
			if other.ID != p.ID {
				return nil
			}
			last = true
		}
	}
	if !last {
		return nil
	}
	var ps rugzak.Problems
	ps.Add("roles", "error.last_administrator")
	return ps.Err()
}

// savePerson stores and logs; an address that is taken is said next to it.
func (s *Service) savePerson(w rugzak.Writer, by rugzak.Person, p rugzak.Person, base int) error {
	other, err := w.PersonByEmail(p.Email)
	if err != nil && !isMissing(err) {
		return err
	}
	if err == nil && other.ID != p.ID {
		var ps rugzak.Problems
		ps.Add("email", "error.email_taken")
		return ps.Err()
	}
	before, err := w.Person(p.ID)
	if err != nil && !isMissing(err) {
		return err
	}
	if err := w.SavePerson(p, base); err != nil {
		return err
	}
	if base > 0 && (before.Organisation != p.Organisation || before.Team != p.Team) {
		if err := s.moveDrafts(w, p); err != nil {
			return err
		}
	}
	if base == 0 {
		if err := s.audit(w, by, rugzak.AuditPersonMade, rugzak.PersonActor(p.ID), roleCode(p.Roles)); err != nil {
			return err
		}
	}
	return w.Log(rugzak.Change{At: s.now(), Actor: "person:" + string(by.ID), Verb: rugzak.VerbPersonSaved, Subject: "person:" + string(p.ID)})
}
