// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

func TestContract(t *testing.T) {
	rugzaktest.TestStore(t, func(t *testing.T) rugzak.Store { return openTest(t, testPath(t)) })
}

func testPath(t testing.TB) string { return filepath.Join(t.TempDir(), "rugzak.db") }

// openTest opens a store that the test closes.
func openTest(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// filled opens a store with a house, a few entries of every sort, and hidden
// authors, and closes it at the end.
func filled(t testing.TB, path string) *Store {
	t.Helper()
	s := openTest(t, path)
	t.Cleanup(func() { _ = s.Close() })
	update(t, s, rugzaktest.PutHouse)
	update(t, s, func(w rugzak.Writer) error {
		for n := range 40 {
			if err := rugzaktest.PutEntries(w, rugzaktest.Entry(n)); err != nil {
				return err
			}
		}
		return rugzaktest.PutEntries(w, rugzaktest.Full(500), rugzaktest.Draft(600))
	})
	update(t, s, func(w rugzak.Writer) error {
		next := rugzaktest.Entry(1, func(e *rugzak.Entry) { e.Version, e.Revision = 2, 2 })
		p := rugzaktest.People()[0].ID
		return errors.Join(
			w.SaveEntry(next, 1, &rugzak.RevisionNote{Actor: "system", Reason: rugzak.ReasonRevised}),
			w.SaveTheme(rugzak.Theme{ID: "wonen", Title: "Wonen"}, 0),
			w.SaveMovement(rugzak.Movement{Phases: rugzak.DefaultPhases()}),
			w.SaveKeep(rugzak.Keep{Person: p, Entry: rugzaktest.Entry(2).ID, At: rugzaktest.Noon}),
			w.SaveSession(rugzak.Session{Hash: rugzak.HashSecret("s"), Person: p, CreatedAt: rugzaktest.Noon}),
			w.SaveCredential(rugzak.Credential{Person: p, Password: "hash"}),
			w.SaveToken(rugzak.Token{Hash: rugzak.HashSecret("t"), Person: p, Expires: rugzaktest.Noon}),
			w.Log(rugzak.Change{At: rugzaktest.Noon, Actor: "system", Verb: rugzak.VerbAudienceNarrow, Subject: "entry:x"}),
		)
	})
	return s
}

func update(t testing.TB, s *Store, fn func(rugzak.Writer) error) rugzak.Position {
	t.Helper()
	pos, err := s.Update(t.Context(), fn)
	if err != nil {
		t.Fatalf("Update: %v", err)
	}
	return pos
}

// contents lists all entries of a store and its log.
func contents(t testing.TB, s *Store) (entries []rugzak.Entry, changes []rugzak.Change) {
	t.Helper()
	err := s.View(t.Context(), func(r rugzak.Reader) error {
		for e, err := range r.Entries(rugzak.AllEntries, "") {
			if err != nil {
				return err
			}
			entries = append(entries, e)
		}
		return nil
	})
	if err != nil {
		t.Fatalf("View: %v", err)
	}
	if changes, err = s.Changes(t.Context(), "", 10000); err != nil {
		t.Fatalf("Changes: %v", err)
	}
	return entries, changes
}

// sound fails when Check finds anything.
func sound(t testing.TB, s *Store) {
	t.Helper()
	if err := s.Check(t.Context(), func(problem string) { t.Errorf("check: %s", problem) }); err != nil {
		t.Errorf("Check: %v", err)
	}
}

func TestReopen(t *testing.T) {
	path := testPath(t)
	s := filled(t, path)
	entries, changes := contents(t, s)
	head, narrowed, err := s.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openTest(t, path)
	defer s.Close()
	again, log := contents(t, s)
	rugzaktest.Same(t, "entries", again, entries)
	rugzaktest.Same(t, "changes", log, changes)
	if h, n, err := s.Head(t.Context()); h != head || n != narrowed || err != nil || n == "" {
		t.Errorf("Head = %q, %q, %v, was %q, %q", h, n, err, head, narrowed)
	}
	sound(t, s)
	if pos := update(t, s, func(w rugzak.Writer) error { return w.Log(rugzak.Change{Verb: rugzak.VerbMovementSaved}) }); pos <= head {
		t.Errorf("after opening again position %q does not lie after %q", pos, head)
	}
}

func TestFileIsPrivate(t *testing.T) {
	path := testPath(t)
	s := openTest(t, path)
	defer s.Close()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	files, err := filepath.Glob(path + "?*")
	if len(files) != 0 || err != nil {
		t.Errorf("left beside the store: %v, %v", files, err)
	}
}

// A first start that was cut off leaves something beside the store, never in
// its place.
func TestFirstStartAfterCrash(t *testing.T) {
	path := testPath(t)
	if err := os.WriteFile(path+".new-1", []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := filled(t, path)
	sound(t, s)
}

func TestLock(t *testing.T) {
	path := testPath(t)
	s := openTest(t, path)
	defer s.Close()
	refused := make(chan error, 1)
	go func() {
		_, err := Open(path, Options{Timeout: 50 * time.Millisecond})
		refused <- err
	}()
	select {
	case err := <-refused:
		if e, ok := errors.AsType[*rugzak.Error](err); !ok || e.Code != rugzak.CodeUnavailable || e.Key != "error.store.in_use" {
			t.Errorf("opening a store in use gave %v", err)
		}
	case <-time.After(time.Minute):
		t.Fatal("opening a store in use waits and waits")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	var err error
	if s, err = Open(path, Options{Timeout: 50 * time.Millisecond}); err != nil {
		t.Fatalf("opening after closing: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestReadOnly(t *testing.T) {
	path := testPath(t)
	if _, err := Open(path, Options{ReadOnly: true}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("opening a missing store gave %v", err)
	}
	if err := filled(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	first, err := Open(path, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	second, err := Open(path, Options{ReadOnly: true}) // readers share
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	entries, _ := contents(t, second)
	if len(entries) != 42 {
		t.Errorf("%d entries", len(entries))
	}
	sound(t, second)
	_, err = first.Update(t.Context(), func(rugzak.Writer) error { t.Error("ran"); return nil })
	if rugzak.CodeOf(err) != rugzak.CodeUnavailable {
		t.Errorf("Update gave %v", err)
	}
}

// A writer that waits for another one stops waiting when its context ends.
func TestWaitingWriterGivesUp(t *testing.T) {
	s := filled(t, testPath(t))
	inside, leave := make(chan struct{}), make(chan struct{})
	done := make(chan error)
	go func() {
		_, err := s.Update(t.Context(), func(rugzak.Writer) error { close(inside); <-leave; return nil })
		done <- err
	}()
	<-inside
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := s.Update(ctx, func(rugzak.Writer) error { t.Error("ran"); return nil }); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the waiting writer got %v", err)
	}
	close(leave)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestClosed(t *testing.T) {
	s := openTest(t, testPath(t))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	_, err := s.Update(t.Context(), func(rugzak.Writer) error { t.Error("ran"); return nil })
	if err == nil {
		t.Error("Update of a closed store gave no error")
	}
	if err := s.View(t.Context(), func(rugzak.Reader) error { t.Error("ran"); return nil }); err == nil {
		t.Error("View of a closed store gave no error")
	}
	if err := s.Backup(t.Context(), &bytes.Buffer{}); err == nil {
		t.Error("Backup of a closed store gave no error")
	}
	if err := s.Close(); err != nil {
		t.Errorf("closing twice: %v", err)
	}
}

// Hidden authors stand in one bucket and nowhere else in the file.
func TestHiddenAuthorsInOneBucket(t *testing.T) {
	s := filled(t, testPath(t))
	author := rugzak.PersonID(rugzaktest.ID(9999))
	nameless := rugzaktest.Entry(700, func(e *rugzak.Entry) { e.Mode, e.Authors = rugzak.Anonymous, nil })
	update(t, s, func(w rugzak.Writer) error {
		next := nameless
		next.Version, next.Revision = 2, 2
		return errors.Join(
			w.SetHiddenAuthors(nameless.ID, []rugzak.PersonID{author}),
			rugzaktest.PutEntries(w, nameless),
			w.SaveEntry(next, 1, &rugzak.RevisionNote{Actor: next.Actor(author), Reason: rugzak.ReasonRevised}),
			w.Log(rugzak.Change{At: rugzaktest.Noon, Actor: next.Actor(author), Verb: rugzak.VerbEntryRevised, Subject: rugzak.EntrySubject(next.ID)}),
		)
	})
	found := bucketsWith(t, s, string(author))
	rugzaktest.Same(t, "buckets that name the author", found, []string{string(bucketHidden)})
	// The control: the entry itself is found where it should be.
	for _, want := range [][]byte{bucketEntries, bucketRevisions, bucketChanges, bucketHidden} {
		if !strings.Contains(strings.Join(bucketsWith(t, s, string(nameless.ID)), " "), string(want)) {
			t.Errorf("the search does not find the entry in %s", want)
		}
	}
	update(t, s, func(w rugzak.Writer) error { return w.RemoveEntry(nameless.ID) })
	rugzaktest.Same(t, "buckets after removal", bucketsWith(t, s, string(author)), nil)
}
