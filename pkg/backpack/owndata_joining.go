// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"rugzak/pkg/rugzak"
)

// ownJoined tells what a person joined in with, and which questions they lead.
// The title is told only of what they may still see.
func (s *Service) ownJoined(r rugzak.Reader, p rugzak.Person, d *rugzak.OwnData) error {
	all, err := r.Participations(p.ID)
	if err != nil {
		return err
	}
	for _, j := range all {
		out := rugzak.OwnJoined{Of: j.Of, Way: j.Way, Step: j.Step, When: j.When, Done: j.DoneAt, ShowName: j.ShowName, At: j.At}
		sub, err := lookSubject(r, p, j.Of)
		switch code := rugzak.CodeOf(err); {
		case err == nil:
			out.Title = sub.title
		case code != rugzak.CodeNotFound && code != rugzak.CodeForbidden:
			return err
		}
		d.Joined = append(d.Joined, out)
	}
	ids, err := r.InvolvedIn(p.ID)
	if err != nil {
		return err
	}
	for _, id := range ids {
		i, err := r.Inquiry(id)
		if err != nil {
			return err
		}
		for _, turn := range i.Leads {
			if turn.Person == p.ID {
				d.Led = append(d.Led, rugzak.OwnTurn{Entry: id, From: turn.From, Until: turn.Until})
			}
		}
	}
	return nil
}
