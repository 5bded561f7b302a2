// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"errors"

	"rugzak/pkg/rugzak"
)

// putRoomAndMeetings stores the needs for room and the meetings of a whole
// import, except what was purged. What was reported can be settled again.
func (s *Service) putRoomAndMeetings(w rugzak.Writer, b rugzak.Backpack) error {
	gone := buried(b)
	for _, n := range b.RoomNeeds {
		if gone[rugzak.RoomReportSubject(n.ID)] {
			continue
		}
		if err := errors.Join(n.Validate(), w.SaveRoomNeed(n, 0)); err != nil {
			return err
		}
		if n.Reported {
			i := rugzak.Incident{Need: n.ID, Audience: rugzak.Audience{Level: rugzak.LevelTeam}, Organisation: n.Organisation, Team: n.Team}
			if err := s.putIncident(w, i); err != nil {
				return err
			}
		}
	}
	for _, m := range b.Meetings {
		if gone[rugzak.MeetingReportSubject(m.ID)] {
			continue
		}
		if err := errors.Join(m.Validate(), w.SaveMeeting(m, 0)); err != nil {
			return err
		}
		if m.Reported {
			i := rugzak.Incident{Meeting: m.ID}
			i.Audience, i.Organisation = invitedAudience(m)
			if err := s.putIncident(w, i); err != nil {
				return err
			}
		}
	}
	return nil
}

// putIncident opens the report of what an import says was reported.
func (s *Service) putIncident(w rugzak.Writer, i rugzak.Incident) error {
	i.ID, i.Found, i.Reason, i.Version = rugzak.NewID(s.now()), s.now(), rugzak.ReasonElse, 1 // as it is stored now
	return w.SaveIncident(i)
}

// buried are the subjects of what was purged.
func buried(b rugzak.Backpack) map[string]bool {
	gone := map[string]bool{}
	for _, t := range b.Tombstones {
		gone[t.Subject] = true
	}
	return gone
}

// roomAndMeetingTexts lists what people typed in them.
func roomAndMeetingTexts(b rugzak.Backpack) []field {
	var out []field
	for _, n := range b.RoomNeeds {
		out = append(out, field{"text", n.Text})
		for _, l := range n.Lines {
			out = append(out, field{"line", l.Text})
		}
	}
	for _, m := range b.Meetings {
		out = append(out, field{"title", m.Title}, field{"place", m.Place})
	}
	return out
}

// ownRoom adds why a person takes part, the needs for room they wrote or spoke
// about, and the meetings they made.
func (s *Service) ownRoom(r rugzak.Reader, p rugzak.Person, d *rugzak.OwnData) error {
	if d.Why = p.Why; p.Why != "" {
		d.WhyFor = p.WhyLevel.String()
	}
	for n, err := range r.AllRoomNeeds() {
		if err != nil {
			return err
		}
		own, mine := rugzak.OwnRoomNeed{Kind: n.Kind, State: n.State, ForTeam: n.ForTeam, At: n.At}, n.Writer == p.ID
		if mine {
			own.Text = n.Text
		}
		for _, l := range n.Lines {
			if l.By == p.ID {
				own.Lines, mine = append(own.Lines, l.Text), true
			}
		}
		if mine {
			d.RoomNeeds = append(d.RoomNeeds, own)
		}
	}
	for m, err := range r.MeetingsFrom(rugzak.MadeByList(p.ID), "") {
		if err != nil {
			return err
		}
		d.Meetings = append(d.Meetings, rugzak.OwnMeeting{Title: m.Title, Day: m.Day, Start: m.Start, At: m.At})
	}
	return nil
}
