// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"fmt"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// roomAndMeetings adds the meetings of the starter content, some days from now,
// and for the demonstration a need for room of one of its teams.
func (l *starterLoader) roomAndMeetings(b rugzak.Backpack, demo bool) error {
	had := samples{}
	if err := had.readRoomAndMeetings(l.w); err != nil {
		return err
	}
	for _, sample := range b.SampleMeetings {
		m := sample.Meeting
		m.ID, m.At, m.UpdatedAt, m.Sample = rugzak.NewID(l.now()), l.now(), l.now(), true
		m.Day = workday(l.now().AddDate(0, 0, sample.InDays)).Format(time.DateOnly)
		m.Method = l.ids[string(m.Method)]
		m.Entry, m.Organisations = l.ids[string(m.Entry)], l.known(m.Organisations)
		slices.Sort(m.Organisations)
		if !demo {
			m.MadeBy = ""
		}
		if slices.ContainsFunc(had.meetings, func(x rugzak.Meeting) bool { return x.Title == m.Title }) {
			continue
		}
		if err := m.Validate(); err != nil {
			return fmt.Errorf("starter content, meeting %q: %w", m.Title, err)
		}
		if err := l.w.SaveMeeting(m, 0); err != nil {
			return err
		}
	}
	if !demo {
		return nil
	}
	for _, n := range b.RoomNeeds {
		n.ID, n.At, n.Sample = rugzak.NewID(l.now()), l.now(), true
		n.Entry = l.ids[string(n.Entry)]
		if o, ok := l.organisations[n.Organisation]; ok {
			n.Organisation = o.ID
		}
		if slices.ContainsFunc(had.needs, func(x rugzak.RoomNeed) bool { return x.Text == n.Text }) {
			continue
		}
		if err := n.Validate(); err != nil {
			return fmt.Errorf("starter content, need for room: %w", err)
		}
		if err := l.w.SaveRoomNeed(n, 0); err != nil {
			return err
		}
	}
	return nil
}

// workday is the day itself, or the Monday after a weekend.
func workday(day time.Time) time.Time {
	for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		day = day.AddDate(0, 0, 1)
	}
	return day
}

func (x *samples) readRoomAndMeetings(r rugzak.Reader) error {
	all, err := r.Meetings()
	if err != nil {
		return err
	}
	for _, m := range all {
		if m.Sample {
			x.meetings = append(x.meetings, m)
		}
	}
	for n, err := range r.AllRoomNeeds() {
		if err != nil {
			return err
		}
		if n.Sample {
			x.needs = append(x.needs, n)
		}
	}
	return nil
}

func (s *Service) removeSampleRoomAndMeetings(w rugzak.Writer, x samples) (meetings, needs int, err error) {
	for _, m := range x.meetings {
		if err := w.RemoveParticipants(meetingSubject(m.ID)); err != nil {
			return 0, 0, err
		}
		if err := w.RemoveMeeting(m.ID); err != nil {
			return 0, 0, err
		}
	}
	for _, n := range x.needs {
		if err := w.RemoveRoomNeed(n.ID); err != nil {
			return 0, 0, err
		}
	}
	return len(x.meetings), len(x.needs), nil
}

// roomAndMeetingsUse notes the organisations that needs for room and meetings
// speak of.
func roomAndMeetingsUse(r rugzak.Reader, used map[rugzak.OrganisationID]bool) error {
	all, err := r.Meetings()
	if err != nil {
		return err
	}
	for _, m := range all {
		for _, o := range m.Organisations {
			used[o] = true
		}
	}
	for n, err := range r.AllRoomNeeds() {
		if err != nil {
			return err
		}
		used[n.Organisation] = true
	}
	return nil
}
