// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// OwnTeamNeed is what the person's own team says it needs and offers, with the
// organisation it is of.
func (s *Service) OwnTeamNeed(ctx context.Context, by rugzak.Person) (rugzak.Organisation, rugzak.Team, error) {
	var o rugzak.Organisation
	var t rugzak.Team
	if !rugzak.CanPost(by) {
		return o, t, rugzak.Forbidden("error.may_not_post")
	}
	err := s.view(ctx, "need of a team", func(r rugzak.Reader) (err error) {
		if o, err = r.Organisation(by.Organisation); err != nil {
			return err
		}
		var ok bool
		if t, ok = o.Team(by.Team); !ok {
			return rugzak.NotFound()
		}
		o.Teams, o.Need = nil, rugzak.Need{}
		return nil
	})
	return o, t, err
}

// SaveTeamNeed says what the person's own team needs and offers. was is what
// stood there when the form was made: when a colleague changed it since, the
// person sees both.
func (s *Service) SaveTeamNeed(ctx context.Context, by rugzak.Person, was, need rugzak.Need) error {
	if !rugzak.CanPost(by) {
		return rugzak.Forbidden("error.may_not_post")
	}
	need = need.Tidy()
	if err := s.refuseNumbers(needTexts(need)...); err != nil {
		return err
	}
	_, err := s.update(ctx, "save need of a team", func(w rugzak.Writer) error {
		o, err := w.Organisation(by.Organisation)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(o.Teams, func(t rugzak.Team) bool { return by.Team != "" && t.ID == by.Team })
		if i < 0 {
			return rugzak.NotFound()
		}
		switch o.Teams[i].Need {
		case need:
			return nil
		case was.Tidy():
		default:
			return rugzak.Conflict()
		}
		o.Teams = slices.Clone(o.Teams)
		o.Teams[i].Need = need
		if err := o.Validate(); err != nil {
			return err
		}
		if err := w.SaveOrganisation(o, o.Version); err != nil {
			return err
		}
		if err := s.textMended(w, rugzak.NeedText(o.ID, by.Team)); err != nil {
			return err
		}
		return w.Log(rugzak.Change{At: s.now(), Actor: rugzak.PersonActor(by.ID), Verb: rugzak.VerbNeed, Subject: rugzak.OrganisationSubject(o.ID)})
	})
	return err
}
