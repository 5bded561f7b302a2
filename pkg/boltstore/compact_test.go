// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// canary stands in a text as it is, and nowhere else.
const canary = "zilverreiger7x"

func withCanary(e *rugzak.Entry) { e.Lesson, e.Body = canary, "kort" }

// rawIn names the files below a folder in which the bytes of a text stand.
func rawIn(t testing.TB, dir, text string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte(text)) {
			found = append(found, filepath.Base(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// plain makes a small entry.
func plain(n int, change ...func(*rugzak.Entry)) rugzak.Entry {
	house := rugzaktest.Entry(1)
	e := rugzak.Entry{
		ID: rugzaktest.Entry(n).ID, State: rugzak.StateWithdrawn, Title: "x", Organisation: house.Organisation,
		Revision: 1, Version: 1,
	}
	for _, c := range change {
		c(&e)
	}
	return e
}

func purge(t testing.TB, s *Store, id rugzak.EntryID) {
	t.Helper()
	update(t, s, func(w rugzak.Writer) error {
		if err := w.PurgeEntry(id); err != nil {
			return err
		}
		return w.SaveTombstone(rugzak.Tombstone{Subject: rugzak.EntrySubject(id), At: rugzaktest.Noon, Reason: rugzak.ReasonName})
	})
}

// What was purged stays in free pages until the file was compacted, and is
// nowhere after that, also not in the store a restore put aside.
func TestCompactLeavesNoBytes(t *testing.T) {
	path := testPath(t)
	s := filled(t, path)
	defer func() { s.Close() }()
	e := plain(700, withCanary)
	update(t, s, func(w rugzak.Writer) error {
		if err := rugzaktest.PutEntries(w, e); err != nil {
			return err
		}
		// A record this short is stored as it is, or the search for bytes would
		// find nothing in any case.
		return w.SaveKeep(rugzak.Keep{Person: rugzaktest.People()[0].ID, Entry: e.ID, Purpose: canary, At: rugzaktest.Noon})
	})
	if found := rawIn(t, filepath.Dir(path), canary); len(found) != 1 {
		t.Fatalf("control: found in %v", found)
	}
	copied := backup(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	done, err := Restore(t.Context(), bytes.NewReader(copied), path, true, nil)
	if err != nil || done.Kept == "" || done.Removed != 0 {
		t.Fatalf("%+v, %v", done, err)
	}
	s = openTest(t, path)
	purge(t, s, e.ID)
	if found := rawIn(t, filepath.Dir(path), canary); len(found) != 2 {
		t.Fatalf("control: found in %v, want the store and the one that was put aside", found)
	}
	if err := s.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	if found := rawIn(t, filepath.Dir(path), canary); len(found) != 0 {
		t.Errorf("still in %v", found)
	}
	if found := bucketsWith(t, s, canary); len(found) != 0 {
		t.Errorf("still in %v", found)
	}
	sound(t, s)

	// An older backup does not bring it back; with no store to ask, a list does.
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	done, err = Restore(t.Context(), bytes.NewReader(copied), path, true, nil)
	if err != nil || done.Removed != 1 || done.Unread {
		t.Errorf("%+v, %v", done, err)
	}
	if found := rawIn(t, filepath.Dir(path), canary); len(found) != 0 {
		t.Errorf("a restore brings it back in %v", found)
	}
	elsewhere := testPath(t)
	stones := []rugzak.Tombstone{{Subject: rugzak.EntrySubject(e.ID), At: rugzaktest.Noon, Reason: rugzak.ReasonName}}
	if done, err = Restore(t.Context(), bytes.NewReader(copied), elsewhere, false, stones); err != nil || done.Removed != 1 {
		t.Errorf("%+v, %v", done, err)
	}
	if found := rawIn(t, filepath.Dir(elsewhere), canary); len(found) != 0 {
		t.Errorf("a restore elsewhere brings it back in %v", found)
	}
	s = openTest(t, elsewhere)
	defer s.Close()
	sound(t, s)
}

// A tombstone of the past takes an entry out of a backup that holds only what
// it was, and leaves one that is as new.
func TestRestoreAppliesTombstonesOfThePast(t *testing.T) {
	s := filled(t, testPath(t))
	e := plain(701, withCanary)
	theme := rugzak.Theme{ID: "gemeld", Title: "Blijft", Thread: canary, OpenQuestions: []string{canary}, UpdatedAt: rugzaktest.Noon}
	merged := rugzak.ThemeMerge{From: rugzak.Theme{ID: "oud", Title: "Ging op", UpdatedAt: rugzaktest.Noon}, Into: theme.ID, At: rugzaktest.Noon}
	letter := rugzak.ThemeLetter{ID: rugzaktest.ID(702), Theme: "oud", Lead: canary, At: rugzaktest.Noon}
	update(t, s, func(w rugzak.Writer) error {
		if err := w.SaveTheme(theme, 0); err != nil {
			return err
		}
		if err := errors.Join(w.SaveThemeMerge(merged), w.SaveThemeLetter(letter, 0)); err != nil {
			return err
		}
		return rugzaktest.PutEntries(w, e)
	})
	data := backup(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	after := rugzaktest.Noon.Add(1)
	for _, c := range []struct {
		stone rugzak.Tombstone
		left  int // how often the canary is left
	}{
		{rugzak.Tombstone{Subject: rugzak.EntrySubject(e.ID), Version: 1}, 3},
		{rugzak.Tombstone{Subject: rugzak.EntrySubject(e.ID), Version: 2}, 2},
		{rugzak.Tombstone{Subject: rugzak.ThemeSubject(theme.ID), At: rugzaktest.Noon}, 3},
		{rugzak.Tombstone{Subject: rugzak.ThemeSubject(theme.ID), At: after}, 2},
		{rugzak.Tombstone{Subject: rugzak.ThemeSubject("oud"), At: after}, 2},
	} {
		path := testPath(t)
		if _, err := Restore(t.Context(), bytes.NewReader(data), path, false, []rugzak.Tombstone{c.stone}); err != nil {
			t.Fatal(err)
		}
		s := openTest(t, path)
		if found := bucketsWith(t, s, canary); len(found) != c.left {
			t.Errorf("%+v leaves it in %v", c.stone, found)
		}
		err := s.View(t.Context(), func(r rugzak.Reader) error {
			_, err := r.Theme(theme.ID)
			return err
		})
		if err != nil {
			t.Errorf("%+v: the theme itself: %v", c.stone, err)
		}
		sound(t, s)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// Whatever moment a crash picks, the store opens and holds what was stored.
func TestCompactCrash(t *testing.T) {
	path := testPath(t)
	s := filled(t, path)
	defer s.Close()
	want, _ := contents(t, s)
	var at []string
	s.compactStep = func(step string) {
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS(filepath.Dir(path))); err != nil {
			t.Fatal(err)
		}
		at = append(at, step)
		copied := openTest(t, filepath.Join(dir, filepath.Base(path)))
		got, _ := contents(t, copied)
		rugzaktest.Same(t, "entries after a crash when "+step, got, want)
		sound(t, copied)
		files, err := os.ReadDir(dir)
		if err != nil || len(files) != 1 {
			t.Errorf("a crash when %s leaves %v, %v", step, files, err)
		}
		if err := copied.Close(); err != nil {
			t.Error(err)
		}
	}
	if err := s.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	if strings.Join(at, ",") != stepWritten+","+stepPlaced {
		t.Errorf("steps %v", at)
	}
}

// While a file is compacted again and again, writers and readers go on and
// nothing is lost.
func TestCompactWhileInUse(t *testing.T) {
	s := filled(t, testPath(t))
	defer func() { s.Close() }()
	const writers, each = 4, 25
	var group sync.WaitGroup
	for n := range writers {
		group.Go(func() {
			for i := range each {
				e := rugzaktest.Entry(1000 + n*each + i)
				if _, err := s.Update(t.Context(), func(w rugzak.Writer) error { return rugzaktest.PutEntries(w, e) }); err != nil {
					t.Error(err)
					return
				}
				err := s.View(t.Context(), func(r rugzak.Reader) error {
					_, err := r.Entry(e.ID)
					return err
				})
				if err != nil {
					t.Errorf("entry %d is not there after it was stored: %v", n*each+i, err)
				}
			}
		})
	}
	group.Go(func() {
		for range 10 {
			if err := s.Compact(t.Context()); err != nil {
				t.Error(err)
			}
		}
	})
	group.Wait()
	for n := range writers * each {
		err := s.View(t.Context(), func(r rugzak.Reader) error {
			_, err := r.Entry(rugzaktest.Entry(1000 + n).ID)
			return err
		})
		if err != nil {
			t.Error(fmt.Errorf("entry %d: %w", n, err))
		}
	}
	sound(t, s)
	path := s.path
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openTest(t, path)
	sound(t, s)
}
