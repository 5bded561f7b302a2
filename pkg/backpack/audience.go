// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"
	"slices"

	"rugzak/pkg/rugzak"
)

// AudienceChoices is what an author may choose from.
type AudienceChoices struct {
	Levels      []rugzak.Level
	Departments []rugzak.Organisation // to share with on top
	Partners    []rugzak.Organisation
	// WholeMunicipality is offered to partners, as one choice.
	WholeMunicipality bool
}

func (c AudienceChoices) offers(id rugzak.OrganisationID) bool {
	if id == rugzak.WholeMunicipality {
		return c.WholeMunicipality
	}
	return slices.ContainsFunc(slices.Concat(c.Departments, c.Partners), func(o rugzak.Organisation) bool { return o.ID == id })
}

// AudienceChoices lists what a person may choose for a new entry.
func (s *Service) AudienceChoices(ctx context.Context, by rugzak.Person) (AudienceChoices, error) {
	var c AudienceChoices
	err := s.view(ctx, "audience choices", func(r rugzak.Reader) (err error) {
		c, err = audienceChoices(r, by, by.Organisation, by.Kind)
		return err
	})
	return c, err
}

// audienceChoices applies DESIGN section 5: an author of a department may
// share with every organisation, a partner with departments, with the whole
// municipality, and with other partners only where both share a theme. own is
// the organisation of the entry.
func audienceChoices(r rugzak.Reader, by rugzak.Person, own rugzak.OrganisationID, kind rugzak.OrganisationKind) (AudienceChoices, error) {
	var c AudienceChoices
	if by.Team != "" && by.Organisation == own {
		c.Levels = append(c.Levels, rugzak.LevelTeam)
	}
	c.Levels = append(c.Levels, rugzak.LevelOrganisation)
	if kind == rugzak.Department {
		c.Levels = append(c.Levels, rugzak.LevelInternal)
	} else {
		c.WholeMunicipality = true
	}
	all, err := r.Organisations()
	if err != nil {
		return c, err
	}
	together := map[rugzak.OrganisationID]bool{}
	if kind == rugzak.Partner {
		themes, err := r.Themes()
		if err != nil {
			return c, err
		}
		for _, t := range themes {
			if slices.Contains(t.Audience.Also, own) {
				for _, o := range t.Audience.Also {
					together[o] = true
				}
			}
		}
	}
	for _, o := range all {
		o.Teams = nil
		switch {
		case o.ID == own || o.Closed:
		case o.Kind == rugzak.Department:
			c.Departments = append(c.Departments, o)
		case kind == rugzak.Department || together[o.ID]:
			c.Partners = append(c.Partners, o)
		}
	}
	return c, nil
}

// ChangeAudience changes who may read a shared entry, and nothing else. Partners
// who newly read it must be confirmed.
func (s *Service) ChangeAudience(ctx context.Context, by rugzak.Person, id rugzak.EntryID, base int, a rugzak.Audience, confirmed ...rugzak.OrganisationID) (Saved, error) {
	var saved Saved
	pos, err := s.update(ctx, "change audience", func(w rugzak.Writer) error {
		before, err := lookMine(w, by, id)
		if err != nil {
			return err
		}
		if before.Version != base || !before.State.Public() {
			return rugzak.Conflict()
		}
		saved.Entry, err = s.setAudience(w, by, before, a, confirmed)
		return err
	})
	saved.Position = pos
	return saved, err
}

// setAudience gives an entry of the author another audience, when they may
// choose it and confirmed the partners in it.
func (s *Service) setAudience(w rugzak.Writer, by rugzak.Person, before rugzak.Entry, a rugzak.Audience, said []rugzak.OrganisationID) (rugzak.Entry, error) {
	e := before.Clone()
	e.Audience = a.Clean(e.Organisation)
	if err := e.ValidateAudience(); err != nil {
		return before, err
	}
	var p rugzak.Problems
	if err := checkOffered(w, by, e, before, &p); err != nil {
		return before, err
	}
	if err := p.Err(); err != nil {
		return before, err
	}
	if e.Audience.Equal(before.Audience) {
		return before, nil
	}
	if err := checkSources(w, by, before, e); err != nil {
		return before, err
	}
	if before.Audience.NarrowerThan(e.Audience) {
		err := s.mayCross(w, e)
		if refused, ok := errors.AsType[*rugzak.Error](err); ok && refused.Code == rugzak.CodeForbidden {
			p.Add("audience", refused.Key)
			err = p.Err()
		}
		if err != nil {
			return before, err
		}
	}
	gained, err := confirmed(w, before, e, said)
	if err != nil {
		return before, err
	}
	e.Version, e.UpdatedAt = before.Version+1, s.now()
	if err := w.SaveEntry(e, before.Version, nil); err != nil {
		return before, err
	}
	if err := s.auditCrossing(w, by, e, gained); err != nil {
		return before, err
	}
	return e, s.logAudience(w, by, before, e)
}

// AudienceWords says who may read an entry, as far as this reader may know:
// a partner learns only of its own organisation and of departments.
type AudienceWords struct {
	Draft, Withdrawn  bool
	Reported          bool
	Level             rugzak.Level // empty when the reader is only told about Also
	Team              rugzak.Team
	Organisation      rugzak.Organisation
	Also              []rugzak.Organisation
	WholeMunicipality bool
}

func (n *names) audience(by rugzak.Person, e rugzak.Entry, mine bool) AudienceWords {
	w := AudienceWords{
		Draft: e.State == rugzak.StateDraft, Withdrawn: e.State == rugzak.StateWithdrawn,
		Reported:     e.State == rugzak.StateReported,
		Organisation: n.organisation(e.Organisation),
	}
	if w.Draft || w.Withdrawn || w.Reported {
		return w
	}
	inside := knowsAudience(by, e, mine)
	if inside {
		w.Level = e.Audience.Level
		if w.Level == rugzak.LevelTeam {
			w.Team = n.team(e.Organisation, e.Team)
		}
	}
	for _, id := range e.Audience.Also {
		if id == rugzak.WholeMunicipality {
			w.WholeMunicipality = inside
			continue
		}
		o := n.organisation(id)
		if mine || by.IsMember() || id == by.Organisation || o.Kind == rugzak.Department && by.Organisation == e.Organisation {
			w.Also = append(w.Also, o)
		}
	}
	return w
}
