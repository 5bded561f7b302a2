// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"context"
	"encoding/json"
	"fmt"

	"go.etcd.io/bbolt"
)

// EachRecord calls fn for everything the file holds, bucket by bucket, with
// each record unpacked to JSON; empty for a key without value. It serves proof
// of what is, and is not, in a store.
func (s *Store) EachRecord(ctx context.Context, fn func(bucket string, key, record []byte) error) (err error) {
	db, release := s.hold()
	defer release()
	tx, err := begin(ctx, db, false)
	if err != nil {
		return err
	}
	defer finish(tx, &err)
	return tx.ForEach(func(name []byte, b *bbolt.Bucket) error {
		return b.ForEach(func(key, value []byte) error {
			var plain json.RawMessage
			if len(value) > 0 {
				if err := decode(name, key, value, &plain); err != nil {
					return fmt.Errorf("%s %q: %w", name, key, err)
				}
			}
			return fn(string(name), key, plain)
		})
	})
}
