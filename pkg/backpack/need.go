// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// OwnNeed is what the person's own organisation says it needs and offers.
func (s *Service) OwnNeed(ctx context.Context, by rugzak.Person) (rugzak.Organisation, error) {
	if !rugzak.CanPost(by) {
		return rugzak.Organisation{}, rugzak.Forbidden("error.may_not_post")
	}
	var o rugzak.Organisation
	err := s.view(ctx, "need of an organisation", func(r rugzak.Reader) (err error) {
		o, err = r.Organisation(by.Organisation)
		return err
	})
	o.Teams = nil
	return o, err
}

// SaveNeed says what the person's own organisation needs and offers. was is what
// stood there when the form was made: when a colleague changed it since, the
// person sees both. What else of the organisation was changed does not matter.
func (s *Service) SaveNeed(ctx context.Context, by rugzak.Person, was, need rugzak.Need) error {
	if !rugzak.CanPost(by) {
		return rugzak.Forbidden("error.may_not_post")
	}
	need = need.Tidy()
	if err := s.refuseNumbers(needTexts(need)...); err != nil {
		return err
	}
	_, err := s.update(ctx, "save need", func(w rugzak.Writer) error {
		o, err := w.Organisation(by.Organisation)
		if err != nil {
			return err
		}
		switch o.Need {
		case need: // written by another meanwhile, or nothing changed
			return nil
		case was.Tidy():
		default:
			return rugzak.Conflict()
		}
		o.Need = need
		if err := o.Validate(); err != nil {
			return err
		}
		if err := w.SaveOrganisation(o, o.Version); err != nil {
			return err
		}
		if err := s.textMended(w, rugzak.NeedText(o.ID, "")); err != nil {
			return err
		}
		return w.Log(rugzak.Change{At: s.now(), Actor: rugzak.PersonActor(by.ID), Verb: rugzak.VerbNeed, Subject: rugzak.OrganisationSubject(o.ID)})
	})
	return err
}

func needTexts(n rugzak.Need) []field {
	return []field{{"needs", n.Needs}, {"offers", n.Offers}, {"ways", n.Ways}}
}

// need is what an organisation says it needs and offers; only for a reader who
// may know the organisation.
func (n *names) need(id rugzak.OrganisationID) rugzak.Need { return n.organisations[id].Need }
