// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
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
			Entry: rugzak.EntryID(ID(900)), Theme: "wonen", Organisations: []rugzak.OrganisationID{Homes, Youth}, MadeBy: me,
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
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveMeeting(first, 0) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveMeeting(first.ID) })
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.RemoveMeeting(first.ID) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemovePerson(me) })
	for i, m := range []*rugzak.Meeting{&second, &third} {
		m.MadeBy, m.Version = "", 2
		Same(t, "after its maker went", list()[i], *m)
	}
}
