// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func testStoreWidenings(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	me, other := People()[0].ID, People()[1].ID
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for n := range 2 {
			e := Entry(n + 1)
			if err := w.SaveEntry(e, 0, &rugzak.RevisionNote{Actor: "system", Reason: rugzak.ReasonShared}); err != nil {
				return err
			}
		}
		return nil
	})
	ask := func(n int, entry rugzak.EntryID, p rugzak.PersonID) rugzak.Widening {
		return rugzak.Widening{
			ID: ID(n), Entry: entry, Asker: p, State: rugzak.WideningOpen, At: Noon.Add(time.Duration(n) * time.Minute),
			Audience: rugzak.Audience{Level: rugzak.LevelInternal, Also: []rugzak.OrganisationID{"a", "b"}},
		}
	}
	one, two := Entry(1).ID, Entry(2).ID
	first, second, third := ask(1, one, me), ask(2, one, other), ask(3, two, other)
	wantEveryField(t, reflect.ValueOf(first), "Widening")
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, x := range []rugzak.Widening{second, first, third} {
			if err := w.SaveWidening(x); err != nil {
				return err
			}
		}
		return nil
	})
	first.State = rugzak.WideningNo
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveWidening(first) })
	about := func(want ...rugzak.Widening) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			Same(t, "all requests", storeCollect(t, r.AllWidenings()), want)
			return nil
		})
	}
	asked := func(p rugzak.PersonID, want ...rugzak.EntryID) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			got, err := r.AskedAbout(p)
			Same(t, "entries there are requests about", got, want)
			return err
		})
	}
	asked(me, one, two)
	asked(other)
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Widenings(one)
		Same(t, "requests about an entry", got, []rugzak.Widening{first, second})
		return err
	})
	about(first, second, third)
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.RemoveWidening(two, first.ID) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveWidening(one, first.ID) })
	about(second, third)
	asked(me, one, two)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SetHiddenAuthors(two, []rugzak.PersonID{other}) })
	asked(other, two)
	storeUpdate(t, s, func(w rugzak.Writer) error {
		e, err := w.Entry(two)
		if err != nil {
			return err
		}
		base := e.Version
		e.Authors, e.Version = []rugzak.PersonID{other}, base+1
		return w.SaveEntry(e, base, nil)
	})
	asked(me, one)
	asked(other, two)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveEntry(one) })
	about(third)
	asked(me)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemovePerson(other) })
	about()
	asked(other)
}
