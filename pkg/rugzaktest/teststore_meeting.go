// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func testStoreMeetings(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	me := People()[0].ID
	meeting := func(n int, day, start string) rugzak.Meeting {
		return rugzak.Meeting{
			ID: ID(n), Title: "Samen om tafel", Day: day, Start: start, End: "23:00", Place: "De Brug",
			Entry: rugzak.EntryID(ID(900)), Theme: "wonen", Method: rugzak.EntryID(ID(901)), Organisations: []rugzak.OrganisationID{Homes, Youth}, MadeBy: me,
			Cancelled: true, Sample: true, Reported: true, At: Noon, UpdatedAt: Noon.Add(time.Hour), Version: 1,
		}
	}
	wantEveryField(t, reflect.ValueOf(meeting(1, "2026-04-02", "14:00")), "Meeting")
	first, second, third := meeting(3, "2026-04-01", "09:00"), meeting(1, "2026-04-02", "10:00"), meeting(2, "2026-04-02", "14:00")
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, m := range []rugzak.Meeting{second, third, first} {
			if err := w.SaveMeeting(m, 0); err != nil {
				return err
			}
		}
		return nil
	})
	list := func() (all []rugzak.Meeting) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) (err error) { all, err = r.Meetings(); return err })
		return all
	}
	Same(t, "meetings", list(), []rugzak.Meeting{first, second, third})
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Meeting(ID(2))
		Same(t, "one meeting", got, third)
		_, gone := r.Meeting(ID(4))
		storeMissing(t, "a meeting that is not there", gone)
		return err
	})
	wantMeetingLists(t, s, "in order", "2026-04-02", first.Lists(), []rugzak.Meeting{first}, []rugzak.Meeting{second, third})
	wantMeetingLists(t, s, "nobody's", "2026-04-02", []rugzak.MeetingList{rugzak.InvitedList(rugzak.WholeMunicipality), rugzak.MadeByList(People()[1].ID)}, nil, nil)
	wantMeetingLists(t, s, "behind all", "2026-04-03", first.Lists(), []rugzak.Meeting{first, second, third}, nil)
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveMeeting(first, 0) })
	moved := third
	moved.Day, moved.Entry, moved.Organisations, moved.Version = "2026-03-01", "", []rugzak.OrganisationID{Youth}, 2
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveMeeting(moved, 1) })
	wantMeetingLists(t, s, "moved", "2026-04-02", []rugzak.MeetingList{rugzak.InvitedList(Youth), rugzak.MadeByList(me)}, []rugzak.Meeting{moved, first}, []rugzak.Meeting{second})
	wantMeetingLists(t, s, "left", "2026-04-02", []rugzak.MeetingList{rugzak.InvitedList(Homes), rugzak.MeetingEntryList(first.Entry)}, []rugzak.Meeting{first}, []rugzak.Meeting{second})
	moved.Version = 3
	third.Version = 4
	storeUpdate(t, s, func(w rugzak.Writer) error {
		if err := w.SaveMeeting(moved, 2); err != nil {
			return err
		}
		return w.SaveMeeting(third, 3)
	})
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveMeeting(first.ID) })
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.RemoveMeeting(first.ID) })
	wantMeetingLists(t, s, "taken away", "2026-04-03", first.Lists(), []rugzak.Meeting{second, third}, nil)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemovePerson(me) })
	for i, m := range []*rugzak.Meeting{&second, &third} {
		m.MadeBy, m.Version = "", m.Version+1
		Same(t, "after its maker went", list()[i], *m)
	}
	wantMeetingLists(t, s, "after its maker went", "2026-01-01", second.Lists(), nil, []rugzak.Meeting{second, third})
	wantMeetingLists(t, s, "of who went", "2026-01-01", []rugzak.MeetingList{rugzak.MadeByList(me)}, nil, nil)
	many := []rugzak.Meeting{second, third}
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for i := range 50 { // more than are read at once
			m := meeting(100+i, "2026-05-01", fmt.Sprintf("10:%02d", i))
			m.MadeBy = ""
			many = append(many, m)
			if err := w.SaveMeeting(m, 0); err != nil {
				return err
			}
		}
		return nil
	})
	wantMeetingLists(t, s, "many", "2026-05-02", second.Lists(), many, nil)
}

// wantMeetingLists compares what lists hold before a day and from it on.
func wantMeetingLists(t *testing.T, s rugzak.Store, what, day string, lists []rugzak.MeetingList, before, from []rugzak.Meeting) {
	t.Helper()
	for _, l := range lists {
		storeView(t, s, func(r rugzak.Reader) error {
			var was, comes []rugzak.Meeting
			for m, err := range r.MeetingsBefore(l, day) {
				if err != nil {
					return err
				}
				was = append(was, m)
			}
			slices.Reverse(was)
			for m, err := range r.MeetingsFrom(l, day) {
				if err != nil {
					return err
				}
				comes = append(comes, m)
			}
			Same(t, what+": "+string(l)+" before "+day, was, before)
			Same(t, what+": "+string(l)+" from "+day, comes, from)
			return nil
		})
	}
}
