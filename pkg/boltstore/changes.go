// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"context"
	"encoding/binary"
	"fmt"

	"rugzak/pkg/rugzak"
)

// Log appends to the change log. There is one writer at a time, so that the
// order of sequence numbers is the order of commits.
func (w *writer) Log(c rugzak.Change) error {
	var seq uint64
	err := guard(func() (err error) {
		seq, err = w.tx.Bucket(bucketChanges).NextSequence()
		return err
	})
	if err != nil {
		return err
	}
	key := changeKey(seq)
	record := changeRecord{At: c.At, Actor: c.Actor, Verb: string(c.Verb), Subject: c.Subject}
	if err := w.put(bucketChanges, key, record); err != nil {
		return err
	}
	if c.Verb.Narrows() {
		return guard(func() error { return putNumber(w.tx, metaNarrowed, seq) })
	}
	return nil
}

// Changes returns the changes after a position.
func (s *Store) Changes(ctx context.Context, after rugzak.Position, limit int) (out []rugzak.Change, err error) {
	from, err := sequence(after)
	if err != nil {
		return nil, &rugzak.Error{Code: rugzak.CodeMalformed, Key: "error.malformed", Err: fmt.Errorf("boltstore: position: %w", err)}
	}
	db, release := s.hold()
	defer release()
	tx, err := begin(ctx, db, false)
	if err != nil {
		return nil, err
	}
	defer finish(tx, &err)
	err = guard(func() error {
		c := tx.Bucket(bucketChanges).Cursor()
		for key, value := c.Seek(changeKey(from)); key != nil && len(out) < limit; key, value = c.Next() {
			change, err := readChange(key, value)
			if err != nil {
				return (&reader{tx: tx}).damaged(bucketChanges, key, err)
			}
			if change.Position > after {
				out = append(out, change)
			}
		}
		return nil
	})
	return out, err
}

func changeKey(seq uint64) []byte { return binary.BigEndian.AppendUint64(nil, seq) }

func readChange(key, value []byte) (rugzak.Change, error) {
	var record changeRecord
	if err := decode(bucketChanges, key, value, &record); err != nil {
		return rugzak.Change{}, err
	}
	if len(key) != 8 {
		return rugzak.Change{}, fmt.Errorf("%w: odd key", errDamaged)
	}
	return rugzak.Change{
		Position: position(binary.BigEndian.Uint64(key)), At: record.At, Actor: record.Actor,
		Verb: rugzak.Verb(record.Verb), Subject: record.Subject,
	}, nil
}

// Head is the position of the newest change and of the newest one that took
// something out of sight.
func (s *Store) Head(ctx context.Context) (head, narrowed rugzak.Position, err error) {
	db, release := s.hold()
	defer release()
	tx, err := begin(ctx, db, false)
	if err != nil {
		return "", "", err
	}
	defer finish(tx, &err)
	err = guard(func() error {
		head = position(tx.Bucket(bucketChanges).Sequence())
		seq, err := number(tx, metaNarrowed)
		narrowed = position(seq)
		return err
	})
	return head, narrowed, err
}
