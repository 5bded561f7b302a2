// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func testStoreMade(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	me, other := People()[0].ID, People()[1].ID
	first := rugzak.Made{Person: me, Key: ID(1), ID: "thema", At: Noon}
	wantEveryField(t, reflect.ValueOf(first), "Made")
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveMade(first) })
	known := func(p rugzak.PersonID, n int, want bool) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			m, err := r.Made(p, ID(n))
			if want {
				Same(t, "made", m, rugzak.Made{Person: p, Key: ID(n), ID: "thema", At: m.At})
				return err
			}
			if rugzak.CodeOf(err) != rugzak.CodeNotFound {
				t.Errorf("form %d of %s made %+v, %v", n, p, m, err)
			}
			return nil
		})
	}
	known(me, 1, true)
	known(other, 1, false)
	known(me, 2, false)
	later := first
	later.Key, later.At = ID(2), Noon.Add(time.Hour)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveMade(later) })
	known(me, 1, true)
	last := first
	last.Key, last.At = ID(3), Noon.Add(rugzak.MadeLasts)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveMade(last) })
	known(me, 1, false)
	known(me, 2, true)
	known(me, 3, true)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemovePerson(me) })
	known(me, 3, false)
}
