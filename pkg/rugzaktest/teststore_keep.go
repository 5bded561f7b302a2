// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func testStoreKeeps(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	storePut(t, s, Entry(1), Entry(2), Entry(3))
	me, other := People()[0].ID, People()[1].ID
	keep := func(p rugzak.PersonID, n int, after time.Duration) rugzak.Keep {
		return rugzak.Keep{
			Person: p, Entry: Entry(n).ID, Purpose: "voor het overleg", Note: "Eerst bellen.\nDan pas mailen.", At: Noon.Add(after),
			Weeks: 6, RemindAt: Noon.Add(42*24*time.Hour + after), AskedAt: Noon, Answer: rugzak.KeepNotYet,
		}
	}
	wantEveryField(t, reflect.ValueOf(keep(me, 1, 0)), "Keep")
	all := []rugzak.Keep{keep(me, 1, 2*time.Hour), keep(me, 2, 3*time.Hour), keep(me, 3, time.Hour), keep(other, 1, 0)}
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, k := range all {
			if err := w.SaveKeep(k); err != nil {
				return err
			}
		}
		return nil
	})
	keeps := func(want ...rugzak.Keep) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			got, err := r.Keeps(me)
			Same(t, "keeps newest first", got, want)
			for i := range want { // a page behind each of them
				Same(t, "keeps after one", storeCollect(t, r.KeepsAfter(me, want[i].Mark())), want[i+1:])
			}
			Same(t, "keeps from the first", storeCollect(t, r.KeepsAfter(me, "")), want)
			Same(t, "keeps of nobody", storeCollect(t, r.KeepsAfter("", "")), nil)
			return err
		})
	}
	keeps(all[1], all[0], all[2])
	storeView(t, s, func(r rugzak.Reader) error {
		got := storeCollect(t, r.AllKeeps())
		slices.SortFunc(got, func(a, b rugzak.Keep) int {
			return strings.Compare(string(a.Person)+string(a.Entry), string(b.Person)+string(b.Entry))
		})
		Same(t, "all keeps", got, all)
		return nil
	})
	changed := all[0]
	changed.Purpose, changed.Note, changed.Weeks, changed.RemindAt, changed.AskedAt, changed.Answer = "", "", 0, time.Time{}, time.Time{}, ""
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveKeep(changed) })
	keeps(all[1], changed, all[2])
	later := all[2]
	later.At = Noon.Add(4 * time.Hour)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveKeep(later) })
	keeps(later, all[1], changed)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveKeep(all[2]) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveKeep(me, Entry(2).ID) })
	keeps(changed, all[2])
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.RemoveKeep(me, Entry(2).ID) })
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Keep(other, Entry(1).ID)
		Same(t, "the other's keep", got, all[3])
		return err
	})
}

// What is due is found in order of time, as much as is asked for, and only as
// long as it is planned.
func testStoreKeepsDue(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	storePut(t, s, Entry(1), Entry(2), Entry(3))
	me, other := People()[0].ID, People()[1].ID
	keep := func(p rugzak.PersonID, n int, at time.Time) rugzak.Keep {
		return rugzak.Keep{Person: p, Entry: Entry(n).ID, At: Noon, Weeks: 6, RemindAt: at}
	}
	first, second, third := keep(me, 1, Noon), keep(other, 1, Noon.Add(time.Hour+time.Millisecond)), keep(me, 2, Noon.Add(48*time.Hour))
	never := keep(me, 3, time.Time{})
	save := func(all ...rugzak.Keep) {
		t.Helper()
		for _, k := range all {
			storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveKeep(k) })
		}
	}
	due := func(after time.Duration, limit int, want ...rugzak.Keep) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			got, err := r.DueKeeps(Noon.Add(after), limit)
			Same(t, "due", got, want)
			return err
		})
	}
	save(third, second, first, never)
	due(-time.Second, 10)
	due(0, 10, first)
	due(time.Hour, 10, first)
	due(time.Hour+time.Second, 10, first, second)
	due(1000*time.Hour, 2, first, second)
	due(1000*time.Hour, 10, first, second, third)
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Keepers(Entry(1).ID)
		slices.Sort(got)
		want := []rugzak.PersonID{me, other}
		slices.Sort(want)
		Same(t, "keepers", got, want)
		return err
	})
	asked := func(p rugzak.PersonID, want ...rugzak.Keep) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			got, err := r.AskedKeeps(p)
			Same(t, "asked", got, want)
			return err
		})
	}
	asked(me)
	first.Ask(Noon)
	third.Remind(1, Noon.Add(-7*24*time.Hour))
	save(first, third)
	due(0, 10, third)
	asked(me, first)
	asked(other)
	asked("")
	first.Say(rugzak.KeepUsed, 6, Noon)
	save(first)
	asked(me)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveKeep(me, third.Entry) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemovePerson(other) })
	due(1000*time.Hour, 10)
	second.Person = me
	save(second)
	due(1000*time.Hour, 10, second)
	second.Ask(Noon)
	save(second)
	due(1000*time.Hour, 10)
	asked(me, second)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveEntry(second.Entry) })
	due(1000*time.Hour, 10)
	asked(me)
}
