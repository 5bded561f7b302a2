// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"iter"

	"rugzak/pkg/rugzak"
)

// bucketSearchGaps: what was searched in vain -> how often.
var bucketSearchGaps = []byte("searchgaps")

type searchGapRecord struct {
	Key   string   `json:"k,omitempty"`
	Marks []string `json:"m,omitempty"`
	Count int      `json:"n,omitempty"`
	First string   `json:"f"`
	Last  string   `json:"l"`
	State string   `json:"s,omitempty"`
}

func (r searchGapRecord) searchGap(term string) rugzak.SearchGap {
	return rugzak.SearchGap{
		Term: term, Key: r.Key, Marks: r.Marks, Count: r.Count, First: r.First, Last: r.Last, State: rugzak.GapState(r.State),
	}
}

// SearchGap returns one gap.
func (r *reader) SearchGap(term string) (rugzak.SearchGap, error) {
	var record searchGapRecord
	if err := r.get(bucketSearchGaps, []byte(term), &record); err != nil {
		return rugzak.SearchGap{}, err
	}
	return record.searchGap(term), nil
}

// SearchGaps yields all gaps by term.
func (r *reader) SearchGaps() iter.Seq2[rugzak.SearchGap, error] {
	return func(yield func(rugzak.SearchGap, error) bool) {
		each(r, bucketSearchGaps, func(term string, record searchGapRecord, err error) bool {
			return yield(record.searchGap(term), err) && err == nil
		})
	}
}

// SaveSearchGap stores a gap.
func (w *writer) SaveSearchGap(g rugzak.SearchGap) error {
	if g.Term == "" || len(g.Term) > 4*rugzak.MaxGapTerm {
		return badID()
	}
	return w.put(bucketSearchGaps, []byte(g.Term), searchGapRecord{
		Key: g.Key, Marks: g.Marks, Count: g.Count, First: g.First, Last: g.Last, State: string(g.State),
	})
}

// RemoveSearchGap takes a gap away.
func (w *writer) RemoveSearchGap(term string) error { return w.remove(bucketSearchGaps, []byte(term)) }

// searchGaps checks gaps: they can be read, and hold marks or a number, never
// both.
func (c *checker) searchGaps() {
	each(&c.reader, bucketSearchGaps, func(_ string, record searchGapRecord, err error) bool {
		if c.good("a search without result", err) && (len(record.Marks) > 0) == (record.Count > 0) {
			c.report("a search without result is neither counted nor being counted, or both")
		}
		return true
	})
}
