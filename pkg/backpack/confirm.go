// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"
	"slices"

	"rugzak/pkg/rugzak"
)

// Unconfirmed says that an entry would reach organisations across a border
// which its author has not confirmed by name. Nothing was stored. It is no
// mistake in the form: the same form with exactly these confirmed is accepted.
type Unconfirmed struct {
	// Organisations, by name; the whole municipality is one without name.
	Organisations []rugzak.Organisation
}

func (u *Unconfirmed) Error() string { return "partners are not confirmed" }

// Unwrap gives what is told where no confirmation can be asked.
func (u *Unconfirmed) Unwrap() error {
	var p rugzak.Problems
	p.Add("audience", "error.audience.unconfirmed")
	return p.Err()
}

// IDs are what has to be confirmed.
func (u *Unconfirmed) IDs() []rugzak.OrganisationID {
	ids := make([]rugzak.OrganisationID, len(u.Organisations))
	for i, o := range u.Organisations {
		ids[i] = o.ID
	}
	return ids
}

// confirmed returns the organisations that newly read an entry across a border,
// and refuses unless exactly those were confirmed: whoever confirmed another
// set did not know what they did. before is empty for a new entry. It is asked
// after every other rule, so that nobody confirms what is refused anyway.
func confirmed(r rugzak.Reader, before, e rugzak.Entry, said []rugzak.OrganisationID) ([]rugzak.OrganisationID, error) {
	if len(e.Audience.Also) == 0 {
		return nil, nil
	}
	organisations := map[rugzak.OrganisationID]rugzak.Organisation{}
	for _, id := range slices.Concat(e.Audience.Also, before.Audience.Also) {
		o, err := r.Organisation(id)
		if err == nil {
			organisations[id] = o
		} else if !isMissing(err) {
			return nil, err
		}
	}
	needed := rugzak.NewCrossings(before, e, func(id rugzak.OrganisationID) rugzak.OrganisationKind { return organisations[id].Kind })
	if len(needed) == 0 || sameOrganisations(needed, said) {
		return needed, nil
	}
	u := &Unconfirmed{}
	for _, id := range needed {
		o := organisations[id]
		o.ID = id
		u.Organisations = append(u.Organisations, o)
	}
	sortOrganisations(u.Organisations)
	return nil, u
}

func sameOrganisations(a, b []rugzak.OrganisationID) bool {
	return slices.Equal(slices.Compact(slices.Sorted(slices.Values(a))), slices.Compact(slices.Sorted(slices.Values(b))))
}

// auditCrossing writes down that partners, or the municipality, newly read an
// entry.
func (s *Service) auditCrossing(w rugzak.Writer, by rugzak.Person, e rugzak.Entry, gained []rugzak.OrganisationID) error {
	if len(gained) == 0 {
		return nil
	}
	return w.Audit(rugzak.AuditAct{
		At: s.now(), Verb: rugzak.AuditAudiencePartner, By: e.Actor(by.ID), Subject: rugzak.EntrySubject(e.ID), Detail: e.Audience.String(),
	})
}

// confirmImport refuses an import that reaches across a border unless the
// importer said that this is meant.
func confirmImport(r rugzak.Reader, probe rugzak.Entry, sure bool) error {
	_, err := confirmed(r, rugzak.Entry{}, probe, nil)
	if _, ask := errors.AsType[*Unconfirmed](err); !ask {
		return err
	}
	if sure {
		return nil
	}
	var p rugzak.Problems
	p.Add("audience", "error.confirm_partners")
	return p.Err()
}

// auditImport writes down, once for all its files, that an import shares across
// a border.
func (s *Service) auditImport(ctx context.Context, by rugzak.Person, o ImportOptions) error {
	if !o.ConfirmPartners || len(o.Audience.Also) == 0 {
		return nil
	}
	_, err := s.update(ctx, "audit import", func(w rugzak.Writer) error {
		return s.audit(w, by, rugzak.AuditAudiencePartner, "import", o.Audience.String())
	})
	return err
}
