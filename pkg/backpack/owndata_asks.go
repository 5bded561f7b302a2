// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import "rugzak/pkg/rugzak"

// ownAsks tells what a person asked of writers, as long as it is kept. The title
// and a proposed text are told only of what they may still read.
func (s *Service) ownAsks(r rugzak.Reader, p rugzak.Person, d *rugzak.OwnData) error {
	add := func(kind rugzak.OwnAskKind, x rugzak.Widening, out rugzak.OwnAsk) error {
		out.Kind, out.Entry, out.State, out.At = kind, x.Entry, x.State, x.At
		e, _, err := look(r, p, x.Entry)
		switch {
		case err == nil:
			out.Title = e.Title
		case isMissing(err):
			out.NewTitle, out.NewLesson, out.NewBody = "", "", ""
		default:
			return err
		}
		d.Asks = append(d.Asks, out)
		return nil
	}
	for x, err := range r.AllWidenings() {
		if err == nil && x.Asker == p.ID {
			err = add(rugzak.OwnAskWider, x, rugzak.OwnAsk{Level: x.Audience.Level, Also: x.Audience.Also})
		}
		if err != nil {
			return err
		}
	}
	for x, err := range r.AllEnrichments() {
		if err == nil && x.Asker == p.ID {
			err = add(rugzak.OwnAskMore, asEnrichAsk(x), rugzak.OwnAsk{Points: x.Points, Text: x.Text})
		}
		if err != nil {
			return err
		}
	}
	for x, err := range r.AllTextProposals() {
		if err == nil && x.Asker == p.ID {
			err = add(rugzak.OwnAskText, asTextAsk(x), rugzak.OwnAsk{Text: x.Why, NewTitle: x.Title, NewLesson: x.Lesson, NewBody: x.Body})
		}
		if err != nil {
			return err
		}
	}
	return nil
}
