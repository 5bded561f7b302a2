// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

// testStoreNoticeLog wants each new notice in the change log, once, without the
// name of the person.
func testStoreNoticeLog(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	me := People()[0].ID
	head, _, err := s.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	n := rugzak.Notice{ID: ID(5), Person: me, Kind: "response", At: Noon}
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveNotice(n) })
	n.Read = true
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveNotice(n) })
	changes, err := s.Changes(t.Context(), head, 10)
	if err != nil || len(changes) != 1 {
		t.Fatalf("changes of one notice: %+v, %v", changes, err)
	}
	c := changes[0]
	id, ok := c.NoticeOf()
	if !ok || id != n.ID || c.Verb != rugzak.VerbNoticeMade || c.Actor != "system" || c.Subject != rugzak.NoticeSubject(n.ID) {
		t.Errorf("the change is %+v", c)
	}
	if _, ok := c.EntryOf(); ok {
		t.Error("a notice counts as an entry")
	}
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.NoticeByID(n.ID)
		Same(t, "the notice by its id", got, n)
		_, missing := r.NoticeByID(ID(6))
		storeMissing(t, "a notice that never was", missing)
		return err
	})
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveNotice(me, n.ID) })
	storeView(t, s, func(r rugzak.Reader) error {
		_, missing := r.NoticeByID(n.ID)
		storeMissing(t, "a notice that went", missing)
		return nil
	})
}

// testStoreNoticesSince wants the notices of a person from a moment on, and
// nobody else's.
func testStoreNoticesSince(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	me, other := People()[0].ID, People()[1].ID
	var made []rugzak.Notice
	for i := range 4 {
		at := Noon.Add(time.Duration(i) * time.Hour)
		made = append(made, rugzak.Notice{ID: rugzak.NewID(at), Person: me, Kind: "response", At: at})
	}
	theirs := rugzak.Notice{ID: rugzak.NewID(Noon.Add(5 * time.Hour)), Person: other, Kind: "response", At: Noon.Add(5 * time.Hour)}
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, n := range append(slices.Clone(made), theirs) {
			if err := w.SaveNotice(n); err != nil {
				return err
			}
		}
		return nil
	})
	storeView(t, s, func(r rugzak.Reader) error {
		for _, tc := range []struct {
			since time.Time
			want  []rugzak.Notice
		}{
			{Noon.Add(-time.Hour), []rugzak.Notice{made[3], made[2], made[1], made[0]}},
			{made[2].At, []rugzak.Notice{made[3], made[2]}},
			{made[2].At.Add(time.Nanosecond), []rugzak.Notice{made[3]}},
			{made[3].At.Add(time.Second), nil},
		} {
			got, err := r.NoticesSince(me, tc.since)
			if err != nil {
				return err
			}
			Same(t, "notices since "+tc.since.String(), got, tc.want)
		}
		none, err := r.NoticesSince("", Noon)
		Same(t, "notices of nobody", none, []rugzak.Notice(nil))
		return err
	})
}

func testStoreNoticeSettings(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	me, other := People()[0].ID, People()[1].ID
	mine := rugzak.NoticeSettings{
		Person: me, Quiet: true, Digest: true,
		Choices: map[rugzak.NoticeGroup]rugzak.NoticeChoice{rugzak.GroupResponse: {Hidden: true, Mail: rugzak.MailWeekly}},
	}
	wantEveryField(t, reflect.ValueOf(mine), "NoticeSettings")
	link := rugzak.Unsubscribe{Hash: "h1", Person: me, Stream: rugzak.StreamDigest}
	wantEveryField(t, reflect.ValueOf(link), "Unsubscribe")
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, u := range []rugzak.Unsubscribe{link, {Hash: "h2", Person: other, Stream: rugzak.StreamInstant}} {
			if err := w.SaveUnsubscribe(u); err != nil {
				return err
			}
		}
		if err := w.MarkDigested(me, "2026-W48"); err != nil {
			return err
		}
		return w.SaveNoticeSettings(mine)
	})
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.NoticeSettings(me)
		Same(t, "choices", got, mine)
		none, errN := r.NoticeSettings(other)
		Same(t, "choices of who made none", none, rugzak.NoticeSettings{Person: other})
		week, errW := r.Digested(me)
		Same(t, "the week of a person", week, rugzak.Week("2026-W48"))
		never, errV := r.Digested(other)
		Same(t, "the week of somebody else", never, rugzak.Week(""))
		found, errF := r.Unsubscribe("h1")
		Same(t, "a link", found, link)
		_, missing := r.Unsubscribe("h3")
		storeMissing(t, "a link that never was", missing)
		for _, e := range []error{errN, errW, errV, errF} {
			if e != nil {
				t.Error(e)
			}
		}
		return err
	})
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemovePerson(me) })
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.NoticeSettings(me)
		Same(t, "choices of somebody who is gone", got, rugzak.NoticeSettings{Person: me})
		week, errW := r.Digested(me)
		Same(t, "the week of somebody who is gone", week, rugzak.Week(""))
		_, missing := r.Unsubscribe("h1")
		storeMissing(t, "a link of somebody who is gone", missing)
		_, there := r.Unsubscribe("h2")
		if errW != nil || there != nil {
			t.Error(errW, there)
		}
		return err
	})
}

func testStoreDigests(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	first, second := Entry(1), Entry(2)
	digest := func(week rugzak.Week, entries ...rugzak.EntryID) rugzak.Digest {
		d := rugzak.Digest{Week: week}
		for _, e := range entries {
			d.Picks = append(d.Picks, rugzak.DigestPick{Entry: e, Reason: "Helder verteld"})
		}
		return d
	}
	storeUpdate(t, s, func(w rugzak.Writer) error {
		if err := PutEntries(w, first, second); err != nil {
			return err
		}
		if err := w.SaveDigest(digest("2026-W48", first.ID, second.ID), 0); err != nil {
			return err
		}
		return w.SaveDigest(digest("2026-W49", first.ID), 0)
	})
	week := func(week rugzak.Week) (d rugzak.Digest) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) (err error) { d, err = r.Digest(week); return err })
		return d
	}
	all := func() (out []rugzak.Week) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			digests, err := r.Digests()
			for _, d := range digests {
				out = append(out, d.Week)
			}
			return err
		})
		return out
	}
	want := digest("2026-W48", first.ID, second.ID)
	want.Version = 1
	wantEveryField(t, reflect.ValueOf(want), "Digest")
	Same(t, "a week", week("2026-W48"), want)
	Same(t, "a week nobody chose for", week("2026-W50"), rugzak.Digest{Week: "2026-W50"})
	Same(t, "the weeks", all(), []rugzak.Week{"2026-W49", "2026-W48"})
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveDigest(want, 0) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveEntry(first.ID) })
	if left := week("2026-W48"); len(left.Picks) != 1 || left.Picks[0].Entry != second.ID || left.Version == want.Version {
		t.Errorf("after an entry went: %+v", left)
	}
	Same(t, "a week whose only entry went", all(), []rugzak.Week{"2026-W48"})
	now := week("2026-W48")
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveDigest(rugzak.Digest{Week: now.Week}, now.Version) })
	if left := all(); slices.Contains(left, now.Week) {
		t.Errorf("a week that was emptied is there: %v", left)
	}
}
