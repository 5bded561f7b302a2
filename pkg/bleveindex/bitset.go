// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"fmt"
	"iter"
	"math/bits"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"rugzak/pkg/rugzak"
)

// bitset is a set of texts of one segment.
type bitset []uint64

func newBitset(n int64) bitset       { return make(bitset, (n+63)/64) }
func (b bitset) has(doc uint32) bool { return b[doc/64]&(1<<(doc%64)) != 0 }
func (b bitset) add(doc uint32)      { b[doc/64] |= 1 << (doc % 64) }
func (b bitset) and(o bitset) (c bitset) {
	c = make(bitset, len(b))
	for i := range b {
		c[i] = b[i] & o[i]
	}
	return c
}

// without takes the texts of another set out.
func (b bitset) without(o bitset) {
	for i := range b {
		b[i] &^= o[i]
	}
}

// all gives the texts in order.
func (b bitset) all() iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for i, w := range b {
			for ; w != 0; w &= w - 1 {
				if !yield(uint32(i*64 + bits.TrailingZeros64(w))) {
					return
				}
			}
		}
	}
}

// readableIn are the texts of a segment that have one of the tokens and, unless
// those are asked for too, are not in the archive: the postings themselves,
// combined as sets.
func readableIn(s *scorch.SegmentSnapshot, tokens []string, archive bool) (bitset, error) {
	readable := roaring.New()
	for _, token := range tokens {
		docs, err := postingsOf(s, fieldReader, token, s.Deleted())
		if err != nil {
			return nil, err
		}
		readable.Or(docs)
	}
	if !archive {
		archived, err := postingsOf(s, fieldState, string(rugzak.StateArchived), nil)
		if err != nil {
			return nil, err
		}
		readable.AndNot(archived)
	}
	set := newBitset(s.FullSize())
	if !readable.IsEmpty() {
		readable.WriteDenseTo(set)
	}
	return set, nil
}

// postingsOf are the texts of a segment that have a term, apart from some. The
// result is not to be changed.
func postingsOf(s *scorch.SegmentSnapshot, field, term string, except *roaring.Bitmap) (*roaring.Bitmap, error) {
	dict, err := s.Segment().Dictionary(field)
	if err != nil {
		return nil, fmt.Errorf("looking in %s: %w", field, err)
	}
	list, err := dict.PostingsList([]byte(term), except, nil)
	if err != nil {
		return nil, fmt.Errorf("looking in %s: %w", field, err)
	}
	it := list.Iterator(false, false, false, nil)
	if whole, ok := it.(interface{ ActualBitmap() *roaring.Bitmap }); ok {
		if docs := whole.ActualBitmap(); docs != nil {
			return docs, nil
		}
	}
	docs := roaring.New() // a single text, or none
	for {
		p, err := it.Next()
		if err != nil {
			return nil, fmt.Errorf("looking in %s: %w", field, err)
		}
		if p == nil {
			return docs, nil
		}
		docs.Add(uint32(p.Number()))
	}
}
