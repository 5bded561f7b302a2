// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// fileOf makes an empty file and takes these steps.
func fileOf(t *testing.T, path string, steps []func(*bbolt.Tx) error) *bbolt.DB {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	if err := migrate(db, steps); err != nil {
		t.Fatal(err)
	}
	return db
}

func note(name string) func(*bbolt.Tx) error {
	return func(tx *bbolt.Tx) error {
		b, err := tx.CreateBucketIfNotExists([]byte("steps"))
		if err != nil {
			return err
		}
		seq, err := b.NextSequence()
		if err != nil {
			return err
		}
		return b.Put(changeKey(seq), []byte(name))
	}
}

func stepsOf(t *testing.T, db *bbolt.DB) (steps []string, version int) {
	t.Helper()
	err := db.View(func(tx *bbolt.Tx) (err error) {
		if b := tx.Bucket([]byte("steps")); b != nil {
			_ = b.ForEach(func(_, v []byte) error { steps = append(steps, string(v)); return nil })
		}
		version, err = schemaOf(tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return steps, version
}

// An older file takes the steps it has not had, each once and in order.
func TestMigrate(t *testing.T) {
	path := testPath(t)
	first := []func(*bbolt.Tx) error{makeBuckets, note("two")}
	db := fileOf(t, path, first)
	later := append(first, note("three"), note("four"))
	for range 2 {
		if err := migrate(db, later); err != nil {
			t.Fatal(err)
		}
		steps, version := stepsOf(t, db)
		if len(steps) != 3 || steps[0] != "two" || steps[1] != "three" || steps[2] != "four" || version != 4 {
			t.Errorf("steps %v, version %d", steps, version)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// A step that fails leaves the file as it was.
func TestMigrateFails(t *testing.T) {
	db := fileOf(t, testPath(t), []func(*bbolt.Tx) error{makeBuckets})
	defer db.Close()
	broken := errors.New("made up")
	err := migrate(db, []func(*bbolt.Tx) error{makeBuckets, note("two"), func(*bbolt.Tx) error { return broken }})
	if !errors.Is(err, broken) {
		t.Errorf("migrate gave %v", err)
	}
	if steps, version := stepsOf(t, db); len(steps) != 0 || version != 1 {
		t.Errorf("steps %v, version %d", steps, version)
	}
}

func TestNewerRefused(t *testing.T) {
	path := testPath(t)
	newer := append(migrations(), note("from the future"))
	if err := fileOf(t, path, newer).Close(); err != nil {
		t.Fatal(err)
	}
	_, err := Open(path, Options{})
	e, ok := errors.AsType[*rugzak.Error](err)
	if !ok || e.Code != rugzak.CodeUnavailable || e.Key != "error.store.newer" || len(e.Args) != 2 || e.Args[0] != len(newer) {
		t.Errorf("a newer file gave %v", err)
	}
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: time.Second}) // the lock is free, the file untouched
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if steps, version := stepsOf(t, db); len(steps) != 1 || version != len(newer) {
		t.Errorf("steps %v, version %d", steps, version)
	}
}

// A file of something else is refused, not taken over.
func TestForeignFile(t *testing.T) {
	path := testPath(t)
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error { _, err := tx.CreateBucket([]byte("something")); return err })
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path, Options{}); !isDamaged(err) {
		t.Errorf("a foreign file gave %v", err)
	}
}

func TestOlderReadOnly(t *testing.T) {
	path := testPath(t)
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: time.Second})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path, Options{ReadOnly: true}); rugzak.CodeOf(err) != rugzak.CodeUnavailable {
		t.Errorf("an older file opened for reading gave %v", err)
	}
}

func isDamaged(err error) bool {
	e, ok := errors.AsType[*rugzak.Error](err)
	return ok && e.Key == "error.store.damaged"
}

// Questions of a file from before version 4 come in the lists they are in
// since then.
func TestMigrateQuestions(t *testing.T) {
	path := testPath(t)
	s, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	question := rugzaktest.Entry(1, rugzaktest.Question(rugzaktest.Homes, "2026-01-10"))
	_, err = s.Update(t.Context(), func(w rugzak.Writer) error {
		return errors.Join(rugzaktest.PutHouse(w), rugzaktest.PutEntries(w, question, rugzaktest.Entry(2)))
	})
	if err != nil {
		t.Fatal(err)
	}
	list := rugzak.BallsList(rugzak.OrganisationToken(rugzaktest.Youth))
	key, _ := listKey(list, question.MarkIn(list))
	tamper(t, s, func(tx *bbolt.Tx) error {
		for _, name := range [][]byte{bucketInquiries, bucketParticipations} { // as version 3 had none
			if err := tx.DeleteBucket(name); err != nil {
				return err
			}
		}
		return errors.Join(tx.Bucket(bucketLists).Delete(key), putNumber(tx, metaSchema, 3))
	})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(path, Options{}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var found []rugzak.EntryID
	err = s.View(t.Context(), func(r rugzak.Reader) error {
		for e, err := range r.Entries(list, "") {
			if err != nil {
				return err
			}
			found = append(found, e.ID)
		}
		return nil
	})
	if err != nil || len(found) != 1 || found[0] != question.ID {
		t.Errorf("found %v, %v", found, err)
	}
	if err := s.Check(t.Context(), func(problem string) { t.Errorf("check: %s", problem) }); err != nil {
		t.Error(err)
	}
}
