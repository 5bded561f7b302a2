// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func testStoreRefusals(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	one, two, three := Entry(1), Entry(2), Entry(3)
	storePut(t, s, one, two, three)
	by, other := People()[0].ID, People()[1].ID
	later := rugzak.ThemeRefusal{Theme: "bal", Entry: one.ID, By: by, At: Noon, Until: Noon.Add(time.Hour)}
	wantEveryField(t, reflect.ValueOf(later), "ThemeRefusal")
	never := rugzak.ThemeRefusal{Theme: "bal", Entry: two.ID, By: other, At: Noon}
	none := rugzak.ThemeRefusal{Entry: one.ID, By: by, At: Noon}
	elsewhere := rugzak.ThemeRefusal{Theme: "baltsen", Entry: one.ID, By: by, At: Noon}
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, id := range []rugzak.ThemeID{"bal", "baltsen"} {
			if err := w.SaveTheme(rugzak.Theme{ID: id, Title: string(id)}, 0); err != nil {
				return err
			}
		}
		for _, x := range []rugzak.ThemeRefusal{elsewhere, never, none, later, {Theme: "bal", Entry: three.ID, At: Noon}} {
			if err := w.SaveRefusal(x); err != nil {
				return err
			}
		}
		return w.RemoveRefusal("bal", three.ID)
	})
	want := func(theme rugzak.ThemeID, want ...rugzak.ThemeRefusal) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			got, err := r.Refusals(theme)
			Same(t, "refusals of "+string(theme), got, want)
			return err
		})
	}
	want("bal", later, never)
	want("baltsen", elsewhere)
	want("", none)
	storeView(t, s, func(r rugzak.Reader) error {
		Same(t, "all refusals", storeCollect(t, r.AllRefusals()), []rugzak.ThemeRefusal{none, later, never, elsewhere})
		got, err := r.Refusal("", one.ID)
		Same(t, "a refusal", got, none)
		_, missing := r.Refusal("bal", three.ID)
		storeMissing(t, "one that was taken away", missing)
		return err
	})
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.RemoveRefusal("bal", three.ID) })
	never.Until = Noon.Add(time.Minute)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveRefusal(never) }) // another choice
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemovePerson(other) })
	never.By = ""
	want("bal", later, never)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveTheme("bal") })
	want("bal")
	want("baltsen", elsewhere)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveEntry(one.ID) })
	want("baltsen")
	want("")
}
