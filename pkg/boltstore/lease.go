// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"time"

	"rugzak/pkg/rugzak"
)

type leaseRecord struct {
	Holder string    `json:"h"`
	Until  time.Time `json:"u"`
}

// TakeLease gives a piece of work to a holder until a time.
func (w *writer) TakeLease(work, holder string, at, until time.Time) (bool, error) {
	var record leaseRecord
	err := w.get(bucketLeases, []byte(work), &record)
	if err != nil && rugzak.CodeOf(err) != rugzak.CodeNotFound {
		return false, err
	}
	if err == nil && record.Holder != holder && at.Before(record.Until) {
		return false, nil
	}
	return true, w.put(bucketLeases, []byte(work), leaseRecord{Holder: holder, Until: until})
}

// leased checks the leases: they can be read.
func (c *checker) leased() {
	each(&c.reader, bucketLeases, func(work string, _ leaseRecord, err error) bool { return c.good("lease "+work, err) || true })
}
