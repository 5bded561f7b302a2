// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"go.etcd.io/bbolt"
)

// Damage to what bbolt steers by, the heads of pages and their elements, is
// found by Check, which goes on to tell it: numbers of pages that lead outside
// the file, in a circle, or into records that are no buckets.
func TestCheckDamagedPages(t *testing.T) {
	good, used, _, _ := goodFile(t)
	inUse := pagesInUse(t, good)
	size := os.Getpagesize()
	random := rand.New(rand.NewPCG(3, 4))
	refused, found, free := 0, 0, 0
	for n := range 300 {
		bad := bytes.Clone(good)
		id := 2 + random.IntN(used/size-2)
		page := bad[id*size:][:size]
		inTree := inUse[uint64(id)] && binary.NativeEndian.Uint64(page) == uint64(id) // and no page that goes with another
		steers := min(pageHeader+pageElement*int(binary.NativeEndian.Uint16(page[10:])), size)
		at := random.IntN(steers)
		page[at] ^= byte(1 << random.IntN(8))
		path := testPath(t)
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Open(path, Options{})
		if err != nil {
			if !isDamaged(err) {
				t.Errorf("%d: opening gave %v", n, err)
			}
			refused++
			continue
		}
		switch told := problems(t, s); {
		case len(told) > 0:
			found++
		case inTree && at < 10: // what page it is, and of what kind
			t.Errorf("%d: byte %d of page %d was damaged, and nothing is told", n, at, id)
		default:
			free++
		}
		_ = s.Close()
	}
	t.Logf("%d refused, %d found, %d where it changes nothing", refused, found, free)
	if found == 0 {
		t.Error("the damage did not reach what it was meant for")
	}
}

// pagesInUse are the pages of a good file that have their place in the tree.
func pagesInUse(t *testing.T, good []byte) map[uint64]bool {
	t.Helper()
	path := testPath(t)
	if err := os.WriteFile(path, good, 0o600); err != nil {
		t.Fatal(err)
	}
	s := openTest(t, path)
	defer s.Close()
	w := pageWalk{ctx: t.Context(), deep: true, report: func(problem string) { t.Error(problem) }}
	if err := s.file.db.View(func(tx *bbolt.Tx) error { return w.run(path, tx) }); err != nil {
		t.Fatal(err)
	}
	return w.seen
}

// A circle of pages is told and not followed: below a bucket by Check, in the
// tree of the buckets themselves by opening.
func TestCircleOfPages(t *testing.T) {
	s := filled(t, testPath(t))
	var root, below int
	if err := s.file.db.View(func(tx *bbolt.Tx) error {
		root, below = int(tx.Cursor().Bucket().RootPage()), int(tx.Bucket(bucketEntries).RootPage())
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(s.path)
	if err != nil {
		t.Fatal(err)
	}
	circle := func(at int) string {
		bad := bytes.Clone(good)
		page := bad[at*os.Getpagesize():]
		if binary.NativeEndian.Uint16(page[8:]) != pageBranch {
			t.Fatalf("page %d has no pages below it", at)
		}
		binary.NativeEndian.PutUint64(page[pageHeader+8:], uint64(at))
		path := testPath(t)
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	if s, err := Open(circle(root), Options{}); !isDamaged(err) {
		t.Errorf("opening gave %v, %v", s, err)
	}
	s = openTest(t, circle(below))
	defer s.Close()
	if got := strings.Join(problems(t, s), "\n"); !strings.Contains(got, "two places") {
		t.Errorf("found %s", got)
	}
}
