// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"rugzak/pkg/rugzak"
)

// readableIn are the texts of a segment that have one of the tokens and, unless
// those are asked for too, are not in the archive: the postings themselves,
// combined as sets.
func readableIn(s *scorch.SegmentSnapshot, tokens []string, archive bool) (bitset, error) {
	readable, err := anyPostings(s, fieldReader, tokens, s.Deleted())
	if err != nil {
		return nil, err
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

// anyPostings are the texts of a segment that have one of some terms, apart from
// some.
func anyPostings(s *scorch.SegmentSnapshot, field string, terms []string, except *roaring.Bitmap) (*roaring.Bitmap, error) {
	found := roaring.New()
	for _, term := range terms {
		docs, err := postingsOf(s, field, term, except)
		if err != nil {
			return nil, err
		}
		found.Or(docs)
	}
	return found, nil
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
