// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

// bucketOverlaps: entry 0 other entry -> overlap, both ways round.
var bucketOverlaps = []byte("overlaps")

type overlapRecord struct {
	By  string    `json:"p,omitempty"`
	Org string    `json:"o"`
	At  time.Time `json:"at"`
}

func (r overlapRecord) overlap(one, other string) rugzak.Overlap {
	o := rugzak.NewOverlap(rugzak.EntryID(one), rugzak.EntryID(other))
	o.By, o.Organisation, o.At = rugzak.PersonID(r.By), rugzak.OrganisationID(r.Org), r.At
	return o
}

// Overlap returns the overlap of two entries.
func (r *reader) Overlap(one, other rugzak.EntryID) (rugzak.Overlap, error) {
	var record overlapRecord
	if err := r.get(bucketOverlaps, pair(one, other), &record); err != nil {
		return rugzak.Overlap{}, err
	}
	return record.overlap(string(one), string(other)), nil
}

// Overlaps lists those of an entry.
func (r *reader) Overlaps(id rugzak.EntryID) ([]rugzak.Overlap, error) {
	if id == "" {
		return nil, nil
	}
	others, err := r.second(bucketOverlaps, pair(id, ""))
	if err != nil {
		return nil, err
	}
	var out []rugzak.Overlap
	for _, other := range others {
		o, err := r.Overlap(id, rugzak.EntryID(other))
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}

// AllOverlaps yields each once.
func (r *reader) AllOverlaps() iter.Seq2[rugzak.Overlap, error] {
	return func(yield func(rugzak.Overlap, error) bool) {
		each(r, bucketOverlaps, func(key string, record overlapRecord, err error) bool {
			one, other, _ := strings.Cut(key, "\x00")
			if err == nil && other < one {
				return true // the same, the other way round
			}
			return yield(record.overlap(one, other), err) && err == nil
		})
	}
}

// SaveOverlap stores an overlap.
func (w *writer) SaveOverlap(o rugzak.Overlap) error {
	if err := validID(o.A, o.B); err != nil {
		return err
	}
	if o.A >= o.B {
		return badID()
	}
	record := overlapRecord{By: string(o.By), Org: string(o.Organisation), At: o.At}
	return errors.Join(w.put(bucketOverlaps, pair(o.A, o.B), record), w.put(bucketOverlaps, pair(o.B, o.A), record))
}

// RemoveOverlap takes an overlap away.
func (w *writer) RemoveOverlap(one, other rugzak.EntryID) error {
	if _, err := w.Overlap(one, other); err != nil {
		return err
	}
	return errors.Join(w.remove(bucketOverlaps, pair(one, other)), w.remove(bucketOverlaps, pair(other, one)))
}

// removeOverlaps takes away those of an entry that goes.
func (w *writer) removeOverlaps(id rugzak.EntryID) error {
	all, err := w.Overlaps(id)
	for _, o := range all {
		if err == nil {
			err = w.RemoveOverlap(o.A, o.B)
		}
	}
	return err
}

// overlaps checks that both halves are there and lead to entries.
func (c *checker) overlaps() {
	each(&c.reader, bucketOverlaps, func(key string, _ overlapRecord, err error) bool {
		one, other, _ := strings.Cut(key, "\x00")
		if !c.good("an overlap of "+one, err) {
			return true
		}
		if !c.has(bucketEntries, one) {
			c.report("an overlap of an entry that is gone: " + one)
		}
		if !c.has(bucketOverlaps, string(pair(other, one))) {
			c.report(fmt.Sprintf("the overlap of %s and %s has one half", one, other))
		}
		return true
	})
}
