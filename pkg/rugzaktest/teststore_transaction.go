// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"rugzak/pkg/rugzak"
)

// storeState is all that can be seen of a store, to compare before and after.
func storeState(t testing.TB, s rugzak.Store) map[string]any {
	t.Helper()
	state := map[string]any{"changes": storeChanges(t, s, "", 10000)}
	storeView(t, s, func(r rugzak.Reader) error {
		entries := storeCollect(t, r.Entries(rugzak.AllEntries, ""))
		state["entries"] = entries
		for _, e := range entries {
			state["revisions of "+string(e.ID)] = storeCollect(t, r.Revisions(e.ID))
			hidden, err := r.HiddenAuthors(e.ID)
			if err != nil {
				return err
			}
			state["hidden of "+string(e.ID)] = hidden
			for _, l := range e.Lists() {
				state["list "+string(l)] = entryIDs(storeCollect(t, r.Entries(l, "")))
			}
		}
		state["people"] = storeCollect(t, r.People())
		state["keeps"] = storeCollect(t, r.AllKeeps())
		var err error
		state["organisations"], err = r.Organisations()
		if err != nil {
			return err
		}
		state["themes"], err = r.Themes()
		if err != nil {
			return err
		}
		state["movement"], err = r.Movement()
		return err
	})
	return state
}

// storeEverything writes something of every sort.
func storeEverything(w rugzak.Writer) error {
	p := People()[0]
	next := Entry(1, func(e *rugzak.Entry) { e.Version, e.Revision, e.Body = 2, 2, "anders" })
	for _, err := range []error{
		w.SaveEntry(next, 1, &rugzak.RevisionNote{Actor: "system", Reason: rugzak.ReasonRevised}),
		PutEntries(w, Full(50)),
		w.RemoveEntry(Entry(2).ID),
		w.SetHiddenAuthors(Entry(1).ID, []rugzak.PersonID{p.ID}),
		w.SaveOrganisation(rugzak.Organisation{ID: "nieuw", Name: "Nieuw", Kind: rugzak.Partner}, 0),
		w.RemovePerson(People()[1].ID),
		w.SaveTheme(rugzak.Theme{ID: "wonen", Title: "Wonen"}, 0),
		w.SaveMovement(rugzak.Movement{}),
		w.SaveKeep(rugzak.Keep{Person: p.ID, Entry: Entry(1).ID, At: Noon}),
		w.SaveSession(rugzak.Session{Hash: "s", Person: p.ID}),
		w.SaveCredential(rugzak.Credential{Person: p.ID, Password: "x"}),
		w.SaveToken(rugzak.Token{Hash: "t", Person: p.ID}),
		w.SaveFactor(rugzak.Factor{ID: ID(1), Person: p.ID}),
		w.SaveRecovery(rugzak.RecoveryCodes{Person: p.ID}),
		w.SaveChallenge(rugzak.Challenge{ID: ID(1)}),
		w.Log(rugzak.Change{At: Noon, Actor: "system", Verb: rugzak.VerbEntryRemoved, Subject: rugzak.EntrySubject(Entry(2).ID)}),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

// storeUntouched runs fn, which must leave no trace.
func storeUntouched(t *testing.T, s rugzak.Store, fn func()) {
	t.Helper()
	storeHouse(t, s)
	storePut(t, s, Entry(1), Entry(2))
	before := storeState(t, s)
	head, narrowed, _ := s.Head(t.Context())
	fn()
	Same(t, "state afterwards", storeState(t, s), before)
	if h, n, err := s.Head(t.Context()); h != head || n != narrowed || err != nil {
		t.Errorf("Head = %q, %q, %v, was %q, %q", h, n, err, head, narrowed)
	}
	// The same work goes through when nothing stops it.
	storeUpdate(t, s, storeEverything)
}

func testStoreRollback(t *testing.T, s rugzak.Store) {
	storeUntouched(t, s, func() {
		pos, err := s.Update(t.Context(), func(w rugzak.Writer) error {
			if err := storeEverything(w); err != nil {
				return err
			}
			return errStop
		})
		if !errors.Is(err, errStop) || pos != "" {
			t.Errorf("Update = %q, %v", pos, err)
		}
		if err := s.View(t.Context(), func(rugzak.Reader) error { return errStop }); !errors.Is(err, errStop) {
			t.Errorf("View = %v", err)
		}
	})
}

// A panic of the caller comes out as it was and leaves the store usable.
func testStorePanic(t *testing.T, s rugzak.Store) {
	survive := func(run func()) {
		t.Helper()
		defer func() {
			if p := recover(); p != any(errStop) {
				t.Errorf("recovered %v", p)
			}
		}()
		run()
	}
	storeUntouched(t, s, func() {
		survive(func() {
			_, _ = s.Update(t.Context(), func(w rugzak.Writer) error {
				if err := storeEverything(w); err != nil {
					return err
				}
				panic(errStop)
			})
		})
		survive(func() {
			_ = s.View(t.Context(), func(r rugzak.Reader) error {
				for range r.Entries(rugzak.AllEntries, "") {
					panic(errStop)
				}
				return nil
			})
		})
	})
}

func testStoreContext(t *testing.T, s rugzak.Store) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	storeUntouched(t, s, func() {
		for what, err := range map[string]error{
			"View": s.View(ended, func(rugzak.Reader) error { t.Error("ran"); return nil }),
			"Update": func() error {
				_, err := s.Update(ended, func(rugzak.Writer) error { t.Error("ran"); return nil })
				return err
			}(),
			"Changes": func() error { _, err := s.Changes(ended, "", 1); return err }(),
			"Head":    func() error { _, _, err := s.Head(ended); return err }(),
			"Backup":  s.Backup(ended, &bytes.Buffer{}),
			"Check":   s.Check(ended, func(string) {}),
		} {
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s with an ended context gave %v", what, err)
			}
		}
	})
}

// A view goes on seeing the state it began with.
func testStoreIsolation(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	storePut(t, s, Entry(1), Entry(2))
	storeView(t, s, func(r rugzak.Reader) error {
		written := make(chan error)
		go func() {
			_, err := s.Update(t.Context(), func(w rugzak.Writer) error {
				for n := 100; n < 400; n++ {
					if err := PutEntries(w, Entry(n)); err != nil {
						return err
					}
				}
				return w.RemoveEntry(Entry(2).ID)
			})
			written <- err
		}()
		if err := <-written; err != nil {
			return err
		}
		Same(t, "list", entryIDs(storeCollect(t, r.Entries(rugzak.AllEntries, ""))), []rugzak.EntryID{Entry(2).ID, Entry(1).ID})
		_, err := r.Entry(Entry(2).ID)
		return err
	})
	if n := len(storeList(t, s, rugzak.AllEntries, "")); n != 301 {
		t.Errorf("%d entries afterwards, want 301", n)
	}
}

// What was read outlives the view and belongs to the reader.
func testStoreCopies(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	storePut(t, s, Full(1))
	var got rugzak.Entry
	storeView(t, s, func(r rugzak.Reader) (err error) {
		got, err = r.Entry(Full(1).ID)
		return err
	})
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for n := 2; n < 200; n++ {
			if err := PutEntries(w, Entry(n)); err != nil {
				return err
			}
		}
		return w.RemoveEntry(got.ID)
	})
	Same(t, "entry after it was removed", got, Full(1))
	got.Authors[0], got.Tags[0], got.Method.Steps[0].Text = "x", "x", "x"
	storePut(t, s, Full(1))
	storeView(t, s, func(r rugzak.Reader) error {
		again, err := r.Entry(Full(1).ID)
		Same(t, "entry after a copy was changed", again, Full(1))
		return err
	})
}

// Many write the same entry from what they read before: none is lost.
func testStoreConcurrentWriters(t *testing.T, s rugzak.Store) {
	const writers, each = 4, 10
	storeHouse(t, s)
	storePut(t, s, Entry(1, func(e *rugzak.Entry) { e.Tags = nil }))
	var group sync.WaitGroup
	for n := range writers {
		group.Go(func() {
			for i := 0; i < each; {
				var e rugzak.Entry
				if err := s.View(t.Context(), func(r rugzak.Reader) (err error) { e, err = r.Entry(Entry(1).ID); return err }); err != nil {
					t.Errorf("View: %v", err)
					return
				}
				base := e.Version
				e.Tags, e.Version, e.Revision = append(e.Tags, fmt.Sprintf("%d-%d", n, i)), base+1, e.Revision+1
				_, err := s.Update(t.Context(), func(w rugzak.Writer) error {
					return w.SaveEntry(e, base, &rugzak.RevisionNote{Actor: "system", Reason: rugzak.ReasonRevised})
				})
				switch rugzak.CodeOf(err) {
				case "":
					i++
				case rugzak.CodeConflict: // somebody else was first: read again
				default:
					t.Errorf("Update: %v", err)
					return
				}
			}
		})
	}
	group.Wait()
	storeView(t, s, func(r rugzak.Reader) error {
		e, err := r.Entry(Entry(1).ID)
		if len(e.Tags) != writers*each || e.Version != 1+writers*each || e.Revision != 1+writers*each {
			t.Errorf("%d tags, version %d, revision %d", len(e.Tags), e.Version, e.Revision)
		}
		if n := len(storeCollect(t, r.Revisions(e.ID))); n != 1+writers*each {
			t.Errorf("%d revisions", n)
		}
		return err
	})
}

func testStoreBackup(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	storePut(t, s, Entry(1), Full(2))
	var group sync.WaitGroup
	group.Go(func() {
		for n := range 20 {
			if _, err := s.Update(t.Context(), func(w rugzak.Writer) error { return PutEntries(w, Entry(100+n)) }); err != nil {
				t.Errorf("Update during backup: %v", err)
			}
		}
	})
	var copied bytes.Buffer
	if err := s.Backup(t.Context(), &copied); err != nil {
		t.Errorf("Backup: %v", err)
	}
	group.Wait()
	if copied.Len() == 0 {
		t.Error("the backup is empty")
	}
	if err := s.Backup(t.Context(), refusingWriter{}); !errors.Is(err, errStop) {
		t.Errorf("Backup to a writer that refuses gave %v", err)
	}
	storeUpdate(t, s, func(w rugzak.Writer) error { return PutEntries(w, Entry(200)) })
}

type refusingWriter struct{}

func (refusingWriter) Write([]byte) (int, error) { return 0, errStop }
