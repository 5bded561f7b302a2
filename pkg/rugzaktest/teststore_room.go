// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func testStoreRoom(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	me, manager := People()[0], People()[1]
	need := func(n int, team rugzak.TeamID) rugzak.RoomNeed {
		return rugzak.RoomNeed{
			ID: ID(n), Organisation: Youth, Team: team, Writer: me.ID, ForTeam: true, Kind: rugzak.RoomTime,
			Text: "Twee uur per week om samen te oefenen", Entry: rugzak.EntryID(ID(900)), State: rugzak.RoomMade,
			Lines: []rugzak.RoomLine{{Kind: rugzak.RoomLineMade, By: manager.ID, Text: "Vanaf volgende week", At: Noon}},
			At:    Noon, DoneAt: Noon.Add(time.Hour), Sample: true, Reported: true, Version: 1,
		}
	}
	wantEveryField(t, reflect.ValueOf(need(1, "noord")), "RoomNeed")
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, n := range []rugzak.RoomNeed{need(2, "noord"), need(1, "noord"), need(3, "zuid")} {
			if err := w.SaveRoomNeed(n, 0); err != nil {
				return err
			}
		}
		return nil
	})
	list := func(team rugzak.TeamID) (all []rugzak.RoomNeed) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) (err error) { all, err = r.RoomNeeds(Youth, team); return err })
		return all
	}
	Same(t, "needs of a team", list("noord"), []rugzak.RoomNeed{need(1, "noord"), need(2, "noord")})
	Same(t, "needs of no team", list(""), nil)
	storeView(t, s, func(r rugzak.Reader) error {
		Same(t, "all needs", storeCollect(t, r.AllRoomNeeds()), []rugzak.RoomNeed{need(1, "noord"), need(2, "noord"), need(3, "zuid")})
		_, err := r.RoomNeed(ID(4))
		storeMissing(t, "a need that is not there", err)
		return nil
	})
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveRoomNeed(need(1, "noord"), 0) })
	moved := need(1, "zuid")
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveRoomNeed(moved, 1) })
	moved.Version = 2
	Same(t, "the old team", list("noord"), []rugzak.RoomNeed{need(2, "noord")})
	Same(t, "the new team", list("zuid"), []rugzak.RoomNeed{moved, need(3, "zuid")})
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveRoomNeed(ID(3)) })
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.RemoveRoomNeed(ID(3)) })
	storeUpdate(t, s, func(w rugzak.Writer) error {
		if err := w.RemovePerson(me.ID); err != nil {
			return err
		}
		return w.RemovePerson(manager.ID)
	})
	left := need(2, "noord")
	left.Writer, left.Lines[0].By, left.Version = "", "", 3
	Same(t, "after its people went", list("noord"), []rugzak.RoomNeed{left})
}
