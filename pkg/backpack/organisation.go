// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// OrganisationInput is what the form of an organisation holds. A team without
// id is new.
type OrganisationInput struct {
	Name   string
	Kind   rugzak.OrganisationKind
	Teams  []rugzak.Team
	Closed bool
}

// Organisations lists all organisations by name, for the administrator.
func (s *Service) Organisations(ctx context.Context, by rugzak.Person) ([]rugzak.Organisation, error) {
	if !rugzak.CanAdminister(by) {
		return nil, rugzak.Forbidden("error.administrators_only")
	}
	var all []rugzak.Organisation
	err := s.view(ctx, "organisations", func(r rugzak.Reader) (err error) {
		all, err = r.Organisations()
		return err
	})
	sortOrganisations(all)
	return all, err
}

// Organisation returns one organisation, for the administrator.
func (s *Service) Organisation(ctx context.Context, by rugzak.Person, id rugzak.OrganisationID) (rugzak.Organisation, error) {
	if !rugzak.CanAdminister(by) {
		return rugzak.Organisation{}, rugzak.Forbidden("error.administrators_only")
	}
	var o rugzak.Organisation
	err := s.view(ctx, "organisation", func(r rugzak.Reader) (err error) {
		o, err = r.Organisation(id)
		return err
	})
	return o, err
}

// OrganisationNamed finds an organisation by id or by name, without regard to
// capitals: what people type on the command line and in files.
func (s *Service) OrganisationNamed(ctx context.Context, by rugzak.Person, name string) (rugzak.Organisation, error) {
	all, err := s.Organisations(ctx, by)
	if err != nil {
		return rugzak.Organisation{}, err
	}
	if o, ok := organisationNamed(all, name); ok {
		return o, nil
	}
	return rugzak.Organisation{}, &rugzak.Error{Code: rugzak.CodeNotFound, Key: "error.organisation_unknown", Args: []any{name}}
}

func organisationNamed(all []rugzak.Organisation, name string) (rugzak.Organisation, bool) {
	name = rugzak.Line(name)
	for _, o := range all {
		if string(o.ID) == name {
			return o, true
		}
	}
	for _, o := range all {
		if byName(o.Name, name) == 0 {
			return o, true
		}
	}
	return rugzak.Organisation{}, false
}

// SaveOrganisation makes an organisation (empty id) or changes one.
func (s *Service) SaveOrganisation(ctx context.Context, by rugzak.Person, id rugzak.OrganisationID, base int, in OrganisationInput) (rugzak.Organisation, error) {
	if !rugzak.CanAdminister(by) {
		return rugzak.Organisation{}, rugzak.Forbidden("error.administrators_only")
	}
	in.Name = rugzak.Line(in.Name)
	texts := name("name", in.Name)
	for _, t := range in.Teams {
		texts = append(texts, name("teams", rugzak.Line(t.Name))...)
	}
	if err := s.refuseNumbers(texts...); err != nil {
		return rugzak.Organisation{}, err
	}
	var o rugzak.Organisation
	_, err := s.update(ctx, "save organisation", func(w rugzak.Writer) (err error) {
		o = rugzak.Organisation{Kind: in.Kind}
		if id != "" {
			if o, err = w.Organisation(id); err != nil {
				return err
			}
			if o.Version != base {
				return rugzak.Conflict()
			}
		}
		if o.Kind != in.Kind { // rights and entries depend on it
			var p rugzak.Problems
			p.Add("kind", "error.kind_fixed")
			return p.Err()
		}
		o.Name, o.Closed = in.Name, in.Closed
		if o.Teams, err = s.teams(w, o, in.Teams); err != nil {
			return err
		}
		o, err = s.saveOrganisation(w, by, o, base)
		return err
	})
	return o, err
}

// teams gives new teams an id and refuses to drop a team with members.
func (s *Service) teams(r rugzak.Reader, o rugzak.Organisation, in []rugzak.Team) ([]rugzak.Team, error) {
	after := rugzak.Organisation{}
	for _, t := range in {
		t.Name = rugzak.Line(t.Name)
		if t.Name == "" {
			continue
		}
		was, known := o.Team(t.ID)
		t.Need = was.Need // its own people write that
		if !known {
			slug := rugzak.TeamID(rugzak.Slug(t.Name))
			if slug == "" {
				slug = "team"
			}
			id, err := freeSlug(slug, func(id string) (bool, error) {
				_, before := o.Team(rugzak.TeamID(id))
				_, now := after.Team(rugzak.TeamID(id))
				return !before && !now, nil
			})
			if err != nil {
				return nil, err
			}
			t.ID = id
		}
		after.Teams = append(after.Teams, t)
	}
	for p, err := range r.People() {
		if err != nil {
			return nil, err
		}
		if p.Organisation == o.ID && p.Team != "" {
			if _, stays := after.Team(p.Team); !stays {
				var ps rugzak.Problems
				ps.Add("teams", "error.team_has_members")
				return nil, ps.Err()
			}
		}
	}
	return after.Teams, nil
}

// saveOrganisation checks, gives a new one its id, stores and logs.
func (s *Service) saveOrganisation(w rugzak.Writer, by rugzak.Person, o rugzak.Organisation, base int) (rugzak.Organisation, error) {
	if o.ID == "" {
		slug := rugzak.OrganisationID(rugzak.Slug(o.Name))
		if slug == "" || slug == rugzak.WholeMunicipality {
			slug = "organisatie"
		}
		id, err := freeSlug(slug, func(id string) (bool, error) {
			_, err := w.Organisation(rugzak.OrganisationID(id))
			if isMissing(err) {
				return true, nil
			}
			return false, err
		})
		if err != nil {
			return o, err
		}
		o.ID = id
	}
	if err := o.Validate(); err != nil {
		return o, err
	}
	all, err := w.Organisations()
	if err != nil {
		return o, err
	}
	if other, ok := organisationNamed(all, o.Name); ok && other.ID != o.ID {
		var p rugzak.Problems
		p.Add("name", "error.name_taken")
		return o, p.Err()
	}
	if err := w.SaveOrganisation(o, base); err != nil {
		return o, err
	}
	o.Version = base + 1
	return o, w.Log(rugzak.Change{At: s.now(), Actor: "person:" + string(by.ID), Verb: rugzak.VerbOrganisation, Subject: "organisation:" + string(o.ID)})
}

// departmentNamed finds a department by name or makes it.
func (s *Service) departmentNamed(w rugzak.Writer, name string) (rugzak.Organisation, error) {
	all, err := w.Organisations()
	if err != nil {
		return rugzak.Organisation{}, err
	}
	if o, ok := organisationNamed(all, name); ok && o.Kind == rugzak.Department {
		return o, nil
	}
	return s.saveOrganisation(w, Operator(), rugzak.Organisation{Name: name, Kind: rugzak.Department}, 0)
}

// OrganisationNames are the names of the organisations a reader may know.
func (s *Service) OrganisationNames(ctx context.Context, by rugzak.Person) (map[rugzak.OrganisationID]string, error) {
	out := map[rugzak.OrganisationID]string{}
	err := s.view(ctx, "organisation names", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		for id, o := range n.organisations {
			if n.mayName(by, id) {
				out[id] = o.Name
			}
		}
		return nil
	})
	return out, err
}
