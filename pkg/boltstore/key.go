// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"crypto/rand"

	"go.etcd.io/bbolt"

	"rugzak/pkg/rugzak"
)

type keyRecord struct {
	Key []byte `json:"k"`
}

// Key is the secret of this backpack.
func (r *reader) Key() ([]byte, error) {
	var record keyRecord
	err := r.get(bucketMeta, metaKey, &record)
	return record.Key, err
}

// makeKey gives a backpack its key.
func makeKey(tx *bbolt.Tx) error {
	if tx.Bucket(bucketMeta).Get(metaKey) != nil {
		return nil
	}
	key := make([]byte, rugzak.KeyLength)
	_, _ = rand.Read(key) // crypto/rand never fails: it ends the program
	value, err := encode(bucketMeta, metaKey, keyRecord{Key: key})
	if err != nil {
		return err
	}
	return tx.Bucket(bucketMeta).Put(metaKey, value)
}
