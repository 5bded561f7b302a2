// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"context"
	"encoding/binary"
	"fmt"

	"go.etcd.io/bbolt"

	"rugzak/pkg/rugzak"
)

// Log appends to the change log. There is one writer at a time, so that the
// order of sequence numbers is the order of commits.
func (w *writer) Log(c rugzak.Change) error {
	b := w.tx.Bucket(bucketChanges)
	b.FillPercent = fullPages
	seq, err := b.NextSequence()
	if err != nil {
		return err
	}
	key := binary.BigEndian.AppendUint64(nil, seq)
	record := changeRecord{At: c.At, Actor: c.Actor, Verb: string(c.Verb), Subject: c.Subject}
	if err := w.put(bucketChanges, key, record); err != nil {
		return err
	}
	if c.Verb.Narrows() {
		return w.tx.Bucket(bucketMeta).Put(metaNarrowed, key)
	}
	return nil
}

// Changes returns the changes after a position.
func (s *Store) Changes(ctx context.Context, after rugzak.Position, limit int) ([]rugzak.Change, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	from, err := sequence(after)
	if err != nil {
		return nil, &rugzak.Error{Code: rugzak.CodeMalformed, Key: "error.malformed", Err: fmt.Errorf("boltstore: position: %w", err)}
	}
	var out []rugzak.Change
	err = s.db.View(func(tx *bbolt.Tx) error {
		r := &reader{tx: tx}
		c := tx.Bucket(bucketChanges).Cursor()
		for key, value := c.Seek(binary.BigEndian.AppendUint64(nil, from+1)); key != nil && len(out) < limit; key, value = c.Next() {
			var record changeRecord
			if err := decode(value, &record); err != nil {
				return r.damaged(bucketChanges, key, err)
			}
			out = append(out, rugzak.Change{
				Position: position(binary.BigEndian.Uint64(key)), At: record.At, Actor: record.Actor,
				Verb: rugzak.Verb(record.Verb), Subject: record.Subject,
			})
		}
		return nil
	})
	return out, err
}

// Head is the position of the newest change and of the newest one that took
// something out of sight.
func (s *Store) Head(ctx context.Context) (head, narrowed rugzak.Position, err error) {
	if err := ctx.Err(); err != nil {
		return "", "", err
	}
	err = s.db.View(func(tx *bbolt.Tx) error {
		head = position(tx.Bucket(bucketChanges).Sequence())
		if key := tx.Bucket(bucketMeta).Get(metaNarrowed); len(key) == 8 {
			narrowed = position(binary.BigEndian.Uint64(key))
		}
		return nil
	})
	return head, narrowed, err
}
