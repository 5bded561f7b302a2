// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

func backup(t testing.TB, s *Store) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := s.Backup(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A backup made while others write opens, is sound, and holds everything that
// was acknowledged before it began.
func TestBackupWhileWriting(t *testing.T) {
	s := filled(t, testPath(t))
	stop := make(chan struct{})
	var lock sync.Mutex
	var written []rugzak.EntryID
	var group sync.WaitGroup
	group.Go(func() {
		for n := 1000; ; n++ {
			select {
			case <-stop:
				return
			default:
			}
			e := rugzaktest.Entry(n)
			if _, err := s.Update(t.Context(), func(w rugzak.Writer) error { return rugzaktest.PutEntries(w, e) }); err != nil {
				t.Errorf("Update: %v", err)
				return
			}
			lock.Lock()
			written = append(written, e.ID)
			lock.Unlock()
		}
	})
	for range 5 {
		lock.Lock()
		acknowledged := slices.Clone(written)
		lock.Unlock()
		path := testPath(t)
		if done, err := Restore(t.Context(), bytes.NewReader(backup(t, s)), path, false, nil); done != (Restored{}) || err != nil {
			t.Fatalf("Restore = %+v, %v", done, err)
		}
		restored := openTest(t, path)
		sound(t, restored)
		err := restored.View(t.Context(), func(r rugzak.Reader) error {
			for _, id := range acknowledged {
				if _, err := r.Entry(id); err != nil {
					return err
				}
			}
			return nil
		})
		if err := errors.Join(err, restored.Close()); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	group.Wait()
	if files, err := filepath.Glob(s.path + "?*"); len(files) != 0 || err != nil {
		t.Errorf("left beside the store: %v, %v", files, err)
	}
}

// What was removed is not in a backup, although its bytes may still lie in the
// file itself.
func TestBackupIsCompact(t *testing.T) {
	s := filled(t, testPath(t))
	canary := strings.Repeat("kanarie-47 ", 5)
	secret := rugzaktest.Entry(2000, func(e *rugzak.Entry) { e.Body = canary[:40] })
	update(t, s, func(w rugzak.Writer) error { return rugzaktest.PutEntries(w, secret) })
	if len(bucketsWith(t, s, canary[:40])) == 0 {
		t.Fatal("the search does not find the text that is there")
	}
	id := []byte(secret.ID)
	if !bytes.Contains(backup(t, s), id) {
		t.Fatal("the backup does not hold the entry that is there")
	}
	update(t, s, func(w rugzak.Writer) error { return w.RemoveEntry(secret.ID) })
	restored := testPath(t)
	if _, err := Restore(t.Context(), bytes.NewReader(backup(t, s)), restored, false, nil); err != nil {
		t.Fatal(err)
	}
	again := openTest(t, restored)
	defer again.Close()
	rugzaktest.Same(t, "buckets with the removed text", bucketsWith(t, again, canary[:40]), nil)
	raw, err := os.ReadFile(restored)
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(raw, append([]byte{0}, id...)); n != 0 {
		t.Errorf("the key of the removed entry stands %d times in the backup", n)
	}
}

func TestRestoreRefuses(t *testing.T) {
	s := filled(t, testPath(t))
	good := backup(t, s)
	flipped := bytes.Clone(good)
	flipped[bytes.Index(flipped, []byte(rugzaktest.Entry(5).ID))+40] ^= 4
	hollow := testPath(t) // a file of the library with nothing in it
	db, err := bbolt.Open(hollow, 0o600, &bbolt.Options{Timeout: time.Second})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	nothing, err := os.ReadFile(hollow)
	if err != nil {
		t.Fatal(err)
	}
	target := testPath(t)
	for name, data := range map[string][]byte{
		"empty": nil, "text": []byte("no store"), "cut": good[:len(good)/2], "flipped": flipped, "hollow": nothing,
	} {
		_, err := Restore(t.Context(), bytes.NewReader(data), target, false, nil)
		if !isDamaged(err) {
			t.Errorf("%s: %v", name, err)
		}
		if files, _ := filepath.Glob(target + "*"); len(files) != 0 {
			t.Fatalf("%s left %v", name, files)
		}
	}
	if _, err := Restore(t.Context(), bytes.NewReader(good), s.path, true, nil); rugzak.CodeOf(err) != rugzak.CodeUnavailable {
		t.Errorf("restoring over a store in use gave %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(t.Context(), bytes.NewReader(good), s.path, false, nil); rugzak.CodeOf(err) != rugzak.CodeConflict {
		t.Errorf("restoring over a store gave %v", err)
	}
	done, err := Restore(t.Context(), bytes.NewReader(good), s.path, true, nil)
	kept := done.Kept
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{kept, s.path} {
		s := openTest(t, path)
		sound(t, s)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// The room a large import leaves is given back at the next start, and nothing
// is lost by it.
func TestCompactAtStart(t *testing.T) {
	path := testPath(t)
	s := filled(t, path)
	update(t, s, func(w rugzak.Writer) error {
		for n := 3000; n < 6000; n++ {
			if err := rugzaktest.PutEntries(w, rugzaktest.Entry(n)); err != nil {
				return err
			}
		}
		return nil
	})
	update(t, s, func(w rugzak.Writer) error {
		for n := 3000; n < 6000; n++ {
			if err := w.RemoveEntry(rugzaktest.Entry(n).ID); err != nil {
				return err
			}
		}
		return nil
	})
	large, err := s.Size()
	if err != nil {
		t.Fatal(err)
	}
	entries, changes := contents(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openTest(t, path)
	defer s.Close()
	small, err := s.Size()
	if err != nil || small > large*2/3 {
		t.Errorf("%d bytes became %d, %v", large, small, err)
	}
	again, log := contents(t, s)
	rugzaktest.Same(t, "entries", again, entries)
	rugzaktest.Same(t, "changes", log, changes)
	sound(t, s)
	if _, err := Open(path, Options{}); rugzak.CodeOf(err) != rugzak.CodeUnavailable {
		t.Errorf("the compacted store is not locked: %v", err)
	}
}

// A copy that was being sent when the process was killed holds everything: the
// next start takes it away, and nothing else.
func TestOpenRemovesBrokenCopies(t *testing.T) {
	path := testPath(t)
	if err := filled(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	broken, other := path+copySuffix+"123", path+".mine"
	for _, name := range []string{broken, other} {
		if err := os.WriteFile(name, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := os.Stat(broken); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the broken copy: %v", err)
	}
	if _, err := os.Stat(other); err != nil {
		t.Error(err)
	}
	sound(t, s)
}

// The copy of a backup holds what the store held at one moment, to the end: also
// what is written over while it is being made.
func TestBackupWhileRewriting(t *testing.T) {
	s := filled(t, testPath(t))
	const count = 3000
	update(t, s, func(w rugzak.Writer) error {
		for n := range count {
			if err := rugzaktest.PutEntries(w, rugzaktest.Entry(5000+n)); err != nil {
				return err
			}
		}
		return nil
	})
	ctx, stop := context.WithCancel(t.Context())
	var group sync.WaitGroup
	group.Go(func() {
		for n := 0; ctx.Err() == nil; n++ { // pages from one end to the other become free
			err := s.file.db.Update(func(tx *bbolt.Tx) error {
				b := tx.Bucket(bucketEntries)
				for k := range 30 {
					key := []byte(rugzaktest.Entry(5000 + (n*30+k)*7%count).ID)
					if err := b.Put(key, bytes.Clone(b.Get(key))); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Errorf("Update: %v", err)
				return
			}
		}
	})
	for range 10 {
		if _, err := Restore(t.Context(), bytes.NewReader(backup(t, s)), testPath(t), false, nil); err != nil {
			t.Errorf("Restore: %v", err)
		}
	}
	stop()
	group.Wait()
}
