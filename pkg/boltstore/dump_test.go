// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"go.etcd.io/bbolt"
)

// bucketsWith names the buckets in which a text stands: in a key, in a value
// as it is, or in the unpacked record.
func bucketsWith(t testing.TB, s *Store, text string) []string {
	t.Helper()
	var found []string
	err := s.file.db.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bbolt.Bucket) error {
			has := false
			err := b.ForEach(func(key, value []byte) error {
				has = has || bytes.Contains(key, []byte(text)) || bytes.Contains(value, []byte(text)) ||
					bytes.Contains(unpacked(t, name, key, value), []byte(text))
				return nil
			})
			if has {
				found = append(found, string(name))
			}
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// unpacked returns a record as text; nothing for a key without value.
func unpacked(t testing.TB, bucket, key, value []byte) []byte {
	t.Helper()
	if len(value) == 0 {
		return nil
	}
	var plain json.RawMessage
	if err := decode(bucket, key, value, &plain); err != nil {
		t.Fatalf("%s %q: %v", bucket, key, err)
	}
	return plain
}

// tamper changes the file behind the store's back.
func tamper(t testing.TB, s *Store, fn func(tx *bbolt.Tx) error) {
	t.Helper()
	if err := s.file.db.Update(fn); err != nil {
		t.Fatal(err)
	}
}

// problems lists what Check reports.
func problems(t testing.TB, s *Store) []string {
	t.Helper()
	var out []string
	if err := s.Check(t.Context(), func(problem string) { out = append(out, problem) }); err != nil && !errors.Is(err, errFault) {
		t.Fatalf("Check: %v", err)
	}
	return out
}
