// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"go.etcd.io/bbolt"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// Damage anywhere in the file is refused with a clear error or changes nothing
// that is read; never other content, never a panic.
func TestDamagedFile(t *testing.T) {
	good, used, entries, changes := goodFile(t)
	want := map[rugzak.EntryID]rugzak.Entry{}
	for _, e := range entries {
		want[e.ID] = e
	}
	random := rand.New(rand.NewPCG(1, 2))
	type damage struct {
		name string
		do   func([]byte) []byte
	}
	spoil := []damage{
		{"empty", func([]byte) []byte { return nil }},
		{"empty half", func(b []byte) []byte { clear(b[used/2:]); return b }},
		{"both first", func(b []byte) []byte { clear(b[:8192]); return b }},
		{"one first", func(b []byte) []byte { clear(b[:4096]); return b }},
		{"text", func([]byte) []byte { return bytes.Repeat([]byte("text "), 10000) }},
		{"one byte", func([]byte) []byte { return []byte{0} }},
		{"cut in a page", func(b []byte) []byte { return b[:used/3+77] }},
		{"cut to a page", func(b []byte) []byte { return b[:4096] }},
		{"cut to headers", func(b []byte) []byte { return b[:16384] }},
	}
	for n := range 60 {
		spoil = append(spoil, damage{fmt.Sprintf("flip %d", n), func(b []byte) []byte {
			b[random.IntN(used)] ^= byte(1 << random.IntN(8))
			return b
		}})
	}
	for n := range 31 {
		spoil = append(spoil, damage{fmt.Sprintf("noise %d", n), func(b []byte) []byte {
			at := random.IntN(used - 512)
			for i := range 512 {
				b[at+i] = byte(random.Uint32())
			}
			return b
		}})
	}
	refused, noticed, harmless := 0, 0, 0
	for _, damage := range spoil {
		name := damage.name
		path := testPath(t)
		if err := os.WriteFile(path, damage.do(bytes.Clone(good)), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Open(path, Options{})
		if err != nil {
			if !isDamaged(err) {
				t.Errorf("%s: opening gave %v", name, err)
			}
			refused++
			continue
		}
		found := readDamaged(t, name, s, want, changes)
		if found += len(problems(t, s)); found > 0 {
			noticed++
		} else {
			harmless++
		}
		_ = s.Close()
	}
	t.Logf("%d cases: %d refused, %d noticed, %d harmless", len(spoil), refused, noticed, harmless)
	if refused == 0 || noticed == 0 {
		t.Error("the damage did not reach what it was meant for")
	}
}

// goodFile is a file with everything in it, how many of its bytes may hold
// something, and what it holds. bbolt keeps two first pages, for the last two
// transactions, and takes the other when one is damaged: both tell of the same.
func goodFile(t *testing.T) (good []byte, used int, entries []rugzak.Entry, changes []rugzak.Change) {
	t.Helper()
	s := filled(t, testPath(t))
	update(t, s, func(rugzak.Writer) error { return nil })
	entries, changes = contents(t, s)
	used = usedBytes(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(s.path)
	if err != nil {
		t.Fatal(err)
	}
	return good, used, entries, changes
}

// usedBytes is how much of the file may hold something; behind it is room.
func usedBytes(t *testing.T, s *Store) (n int) {
	t.Helper()
	if err := s.file.db.View(func(tx *bbolt.Tx) error { n = int(tx.Size()); return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}

// readDamaged counts the errors of reading everything and fails for content
// that is not what was written.
func readDamaged(t *testing.T, name string, s *Store, want map[rugzak.EntryID]rugzak.Entry, changes []rugzak.Change) (found int) {
	t.Helper()
	count := func(err error) bool {
		if err != nil {
			found++
			if !isDamaged(err) && rugzak.CodeOf(err) != rugzak.CodeNotFound {
				t.Errorf("%s: reading gave %v", name, err)
			}
		}
		return err == nil
	}
	same := func(e rugzak.Entry) { rugzaktest.Same(t, name, e, want[e.ID]) }
	err := s.View(t.Context(), func(r rugzak.Reader) error {
		for e, err := range r.Entries(rugzak.AllEntries, "") {
			if count(err) {
				same(e)
			}
		}
		for id := range want {
			if e, err := r.Entry(id); count(err) {
				same(e)
			}
			for _, err := range r.Revisions(id) {
				count(err)
			}
		}
		for _, err := range r.People() {
			count(err)
		}
		_, err := r.Organisations()
		count(err)
		_, err = r.Movement()
		count(err)
		return nil
	})
	count(err)
	if got, err := s.Changes(t.Context(), "", 10000); count(err) {
		known := map[rugzak.Change]bool{}
		for _, c := range changes {
			known[c] = true
		}
		for _, c := range got {
			if !known[c] {
				t.Errorf("%s: change %v was never logged", name, c)
			}
		}
	}
	return found
}
