// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"
	"testing"

	"go.etcd.io/bbolt"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// A file from before what people took along was in order, and before there were
// lists of open questions and of who is asked, is put in order when it is opened.
func TestOlderFileIsPutInOrder(t *testing.T) {
	path := testPath(t)
	s, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	me := rugzaktest.People()[0].ID
	question := rugzaktest.Entry(1, func(e *rugzak.Entry) {
		e.Kind = rugzak.KindQuestion
		e.Question = &rugzak.QuestionData{Size: rugzak.SizeJoint, State: rugzak.QuestionOpen, BallWith: rugzaktest.Homes}
	})
	_, err = s.Update(t.Context(), func(w rugzak.Writer) error {
		if err := rugzaktest.PutHouse(w); err != nil {
			return err
		}
		if err := rugzaktest.PutEntries(w, question); err != nil {
			return err
		}
		ask := rugzak.Widening{ID: rugzaktest.ID(9), Entry: question.ID, Asker: rugzaktest.People()[1].ID, State: rugzak.WideningOpen, At: rugzaktest.Noon}
		if err := w.SaveWidening(ask); err != nil {
			return err
		}
		return w.SaveKeep(rugzak.Keep{Person: me, Entry: question.ID, At: rugzaktest.Noon})
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	const before = 3 // the version of the file
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		if err := errors.Join(tx.DeleteBucket(bucketKeptOrder), tx.DeleteBucket(bucketAsked)); err != nil {
			return err
		}
		open, _ := listKey(rugzak.OpenQuestionList(rugzak.PersonToken(me)), question.Mark())
		if tx.Bucket(bucketLists).Get(open) == nil {
			t.Error("the question is in no list before: this test sees nothing")
		}
		if err := tx.Bucket(bucketLists).Delete(open); err != nil {
			return err
		}
		return putNumber(tx, metaSchema, before)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(path, Options{}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Check(t.Context(), func(problem string) { t.Error(problem) }); err != nil {
		t.Fatal(err)
	}
	err = s.View(t.Context(), func(r rugzak.Reader) error {
		if about, err := r.AskedAbout(me); err != nil || len(about) != 1 || about[0] != question.ID {
			t.Errorf("requests are known about %v, %v", about, err)
		}
		for k, err := range r.KeepsAfter(me, "") {
			if err != nil || k.Entry != question.ID {
				t.Error(k, err)
			}
			return nil
		}
		t.Error("what was taken along is not in order")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
