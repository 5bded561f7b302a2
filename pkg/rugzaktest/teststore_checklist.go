// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"testing"

	"rugzak/pkg/rugzak"
)

func testStoreChecklist(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Checklist()
		Same(t, "checklist of a new store", got, rugzak.Checklist{})
		return err
	})
	mark := rugzak.CheckMark{Point: rugzak.CheckDPIA, By: People()[0].ID, At: Noon}
	wantEveryField(t, reflect.ValueOf(mark), "CheckMark")
	want := rugzak.Checklist{Marks: []rugzak.CheckMark{mark, {Point: rugzak.CheckWoo, By: People()[1].ID, At: Noon}}}
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveChecklist(want, 0) })
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveChecklist(rugzak.Checklist{}, 0) })
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveChecklist(rugzak.Checklist{}, 2) })
	want.Version = 1
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Checklist()
		Same(t, "checklist", got, want)
		return err
	})
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveChecklist(rugzak.Checklist{}, 1) })
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Checklist()
		Same(t, "checklist with nothing ticked", got, rugzak.Checklist{Version: 2})
		return err
	})
}
