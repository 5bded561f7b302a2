// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import "rugzak/pkg/rugzak"

// counted is a count of changes that stands under a key of bucketMeta; 0 when
// nothing was counted yet.
func (r *reader) counted(key []byte) (int, error) {
	var record numberRecord
	err := r.get(bucketMeta, key, &record)
	if rugzak.CodeOf(err) == rugzak.CodeNotFound {
		err = nil
	}
	return int(record.N), err
}

// count counts one more.
func (w *writer) count(key []byte) error {
	n, err := w.counted(key)
	if err != nil {
		return err
	}
	return w.put(bucketMeta, key, numberRecord{N: uint64(n) + 1})
}
