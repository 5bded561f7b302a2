// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// OwnNeed is what the person's own organisation says it needs and offers, with
// the version a change of it is based on.
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

// SaveNeed says what the person's own organisation needs and offers. base is
// the version of the organisation that OwnNeed gave.
func (s *Service) SaveNeed(ctx context.Context, by rugzak.Person, base int, need rugzak.Need) error {
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
		if o.Need == need { // written by another meanwhile, or nothing changed
			return nil
		}
		if o.Version != base {
			return rugzak.Conflict()
		}
		o.Need = need
		if err := o.Validate(); err != nil {
			return err
		}
		if err := w.SaveOrganisation(o, base); err != nil {
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
