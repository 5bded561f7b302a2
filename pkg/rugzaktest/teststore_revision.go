// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func testStoreRevisions(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	actor := "person:" + string(People()[0].ID)
	e := Draft(1, func(e *rugzak.Entry) { e.Body = "draft, never a revision" })
	storePut(t, s, e)
	storeView(t, s, func(r rugzak.Reader) error {
		Same(t, "revisions of a draft", storeCollect(t, r.Revisions(e.ID)), nil)
		_, err := r.Revision(e.ID, 0)
		storeMissing(t, "revision 0", err)
		return nil
	})
	var want []rugzak.Revision
	for n := 1; n <= 4; n++ {
		e = Full(1)
		e.Relations, e.Application = nil, nil
		e.Revision, e.Version, e.Body = n, n+1, fmt.Sprintf("text %d", n)
		e.UpdatedAt = Noon.Add(time.Duration(n) * time.Hour)
		note := &rugzak.RevisionNote{Actor: actor, Reason: rugzak.ReasonRevised}
		storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveEntry(e, n, note) })
		want = append(want, rugzak.Revision{Entry: e, Actor: actor, At: e.UpdatedAt, Reason: rugzak.ReasonRevised})
	}
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error {
		return w.SaveEntry(e, 4, &rugzak.RevisionNote{Actor: actor, Reason: rugzak.ReasonRevised})
	})
	for _, wrong := range []int{0, 3, 4, 6} { // with a note it must be the next, 5
		storeRefuses(t, s, rugzak.CodeInvalid, func(w rugzak.Writer) error {
			next := e
			next.Revision = wrong
			return w.SaveEntry(next, 5, &rugzak.RevisionNote{Actor: actor, Reason: rugzak.ReasonRevised})
		})
	}
	for _, wrong := range []int{0, 3, 5} { // without one it must stay
		storeRefuses(t, s, rugzak.CodeInvalid, func(w rugzak.Writer) error {
			same := e
			same.Revision = wrong
			return w.SaveEntry(same, 5, nil)
		})
	}
	// Without a note the newest is written over and keeps who made it and when.
	e.State, e.Version, e.UpdatedAt = rugzak.StateWithdrawn, 6, Noon.Add(48*time.Hour)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveEntry(e, 5, nil) })
	want[3].Entry = e
	storeView(t, s, func(r rugzak.Reader) error {
		for _, w := range want {
			got, err := r.Revision(e.ID, w.Entry.Revision)
			if err != nil {
				return err
			}
			Same(t, "revision", got, w)
		}
		newestFirst := slices.Clone(want)
		slices.Reverse(newestFirst)
		Same(t, "revisions", storeCollect(t, r.Revisions(e.ID)), newestFirst)
		_, err := r.Revision(e.ID, 5)
		storeMissing(t, "revision 5", err)
		n := 0
		for _, err := range r.Revisions(Entry(99).ID) {
			n++
			storeMissing(t, "revisions of nothing", err)
		}
		if n != 1 {
			t.Errorf("revisions of nothing yielded %d times", n)
		}
		return nil
	})
}

// A whole import brings the past first and the entry last.
func testStoreRevisionImport(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	e := Entry(1, func(e *rugzak.Entry) { e.Revision, e.Version = 3, 5 })
	past := func(n int) rugzak.Revision {
		old := e
		old.Revision, old.Version, old.Body = n, n, fmt.Sprintf("before %d", n)
		return rugzak.Revision{Entry: old, Actor: "anon:" + string(e.ID), At: Noon.Add(time.Duration(n)), Reason: rugzak.ReasonShared}
	}
	note := &rugzak.RevisionNote{Actor: "system", Reason: rugzak.ReasonRestored, At: Noon.Add(-time.Hour)}
	storeRefuses(t, s, rugzak.CodeInvalid, func(w rugzak.Writer) error { // revision 2 is missing
		if err := w.PutRevision(past(1)); err != nil {
			return err
		}
		return w.SaveEntry(e, 0, note)
	})
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for n := 1; n <= 2; n++ {
			if err := w.PutRevision(past(n)); err != nil {
				return err
			}
		}
		return w.SaveEntry(e, 0, note)
	})
	storeView(t, s, func(r rugzak.Reader) error {
		Same(t, "revisions", storeCollect(t, r.Revisions(e.ID)), []rugzak.Revision{
			{Entry: e, Actor: "system", At: note.At, Reason: rugzak.ReasonRestored}, past(2), past(1),
		})
		return nil
	})
	for _, number := range []int{-1, 0} {
		storeRefuses(t, s, rugzak.CodeInvalid, func(w rugzak.Writer) error { return w.PutRevision(past(number)) })
	}
}

func testStoreHidden(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	people := People()
	nameless := func(n int) rugzak.Entry {
		return Entry(n, func(e *rugzak.Entry) { e.Mode, e.Authors = rugzak.Anonymous, nil })
	}
	storeUpdate(t, s, func(w rugzak.Writer) error {
		// An import sets the authors before the entry is there.
		if err := w.SetHiddenAuthors(nameless(1).ID, []rugzak.PersonID{people[1].ID, people[0].ID}); err != nil {
			return err
		}
		if err := PutEntries(w, nameless(1), nameless(2), nameless(3)); err != nil {
			return err
		}
		return w.SetHiddenAuthors(nameless(2).ID, []rugzak.PersonID{people[0].ID})
	})
	hidden := func(id rugzak.EntryID, want ...rugzak.PersonID) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			authors, err := r.HiddenAuthors(id)
			slices.Sort(authors)
			Same(t, "hidden authors", authors, want)
			for _, p := range people {
				is, err := r.IsHiddenAuthor(id, p.ID)
				if is != slices.Contains(want, p.ID) || err != nil {
					t.Errorf("IsHiddenAuthor(%s, %s) = %v, %v", id, p.ID, is, err)
				}
				entries, err := r.HiddenEntries(p.ID)
				if slices.Contains(entries, id) != is || err != nil {
					t.Errorf("HiddenEntries(%s) = %v, %v", p.ID, entries, err)
				}
			}
			return err
		})
	}
	hidden(nameless(1).ID, people[0].ID, people[1].ID)
	hidden(nameless(2).ID, people[0].ID)
	hidden(nameless(3).ID)
	storeView(t, s, func(r rugzak.Reader) error {
		Same(t, "the list of the hidden author", storeCollect(t, r.Entries(rugzak.AuthorList(people[0].ID), "")), nil)
		e, err := r.Entry(nameless(1).ID)
		Same(t, "authors of the entry", e.Authors, nil)
		return err
	})
	storeUpdate(t, s, func(w rugzak.Writer) error {
		return w.SetHiddenAuthors(nameless(1).ID, []rugzak.PersonID{people[2].ID})
	})
	hidden(nameless(1).ID, people[2].ID)
	hidden(nameless(2).ID, people[0].ID)
	storeUpdate(t, s, func(w rugzak.Writer) error {
		if err := w.RemoveEntry(nameless(2).ID); err != nil {
			return err
		}
		return w.SetHiddenAuthors(nameless(1).ID, nil)
	})
	hidden(nameless(1).ID)
	hidden(nameless(2).ID)
}
