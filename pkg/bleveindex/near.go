// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"sort"

	index "github.com/blevesearch/bleve_index_api"
)

// How much it helps that neighbouring words of a question stand near each other
// in a text, in that order or just before. Only the texts that are best without
// it are looked at: places are costly to read.
const (
	nearWorth = 0.5
	nearest   = 4  // places apart that still count
	nearTexts = 64 // texts that are looked at
)

// near lifts the best of the hits whose neighbouring words stand together. It
// leaves the rest as it is, which stays below them: it only adds. Which of two
// stands above the other is told by above.
func (s *scorer) near(hits []hit, above func(a, b *hit) (bool, error)) error {
	if len(s.words) < 2 || len(hits) < 2 {
		return nil
	}
	best, err := highest(hits, nearTexts, above)
	if err != nil {
		return err
	}
	slices.SortFunc(best, func(a, b *hit) int { return cmp.Compare(a.doc, b.doc) })
	places := make([][][]uint64, len(best)) // per text and word
	for i := range places {
		places[i] = make([][]uint64, len(s.words))
	}
	for _, v := range s.used {
		if err := s.readPlaces(v, best, places); err != nil {
			return err
		}
	}
	for i, h := range best {
		for w := range len(s.words) - 1 {
			if d := wordsApart(places[i][w], places[i][w+1]); d <= nearest {
				h.score += nearWorth * min(s.units[w].idf, s.units[w+1].idf) / math.Sqrt(float64(d))
			}
		}
	}
	return nil
}

// highest gives the hits that stand above all others.
func highest(hits []hit, most int, above func(a, b *hit) (bool, error)) ([]*hit, error) {
	best := make([]*hit, 0, min(most, len(hits)))
	for i := range hits {
		h := &hits[i]
		if len(best) == most {
			if stands, err := above(h, best[most-1]); err != nil {
				return nil, err
			} else if !stands {
				continue
			}
		}
		var failed error
		at := sort.Search(len(best), func(i int) bool {
			stands, err := above(h, best[i])
			failed = errors.Join(failed, err)
			return stands
		})
		if failed != nil {
			return nil, failed
		}
		best = slices.Insert(best[:min(len(best), most-1)], at, h)
	}
	return best, nil
}

// readPlaces adds where a term stands in the texts, which are in order.
func (s *scorer) readPlaces(v variantOf, in []*hit, places [][][]uint64) (err error) {
	postings, err := s.texts.reader.TermFieldReader(s.texts.ctx, []byte(v.term), v.field, true, false, true)
	if err != nil {
		return fmt.Errorf("looking up a word: %w", err)
	}
	defer func() { err = errors.Join(err, postings.Close()) }()
	var at index.TermFieldDoc
	last := uint64(0)
	for i, h := range in {
		if !s.units[v.word].tally.seen.has(uint32(h.doc)) || i > 0 && last > h.doc {
			continue
		}
		s.texts.id = index.NewIndexInternalID(s.texts.id, h.doc)
		found, err := postings.Advance(s.texts.id, at.Reset())
		if err != nil {
			return fmt.Errorf("reading the places of a word: %w", err)
		}
		if found == nil {
			return nil
		}
		if last = found.ID.Value(); last != h.doc {
			continue
		}
		for _, vector := range found.Vectors {
			places[i][v.word] = append(places[i][v.word], vector.Pos)
		}
	}
	return nil
}

// wordsApart is how far two words stand from each other: 1 when the second follows
// the first, 2 when it goes before; more than nearest when they do not meet.
func wordsApart(first, second []uint64) int {
	least := nearest + 1
	for _, a := range first {
		for _, b := range second {
			switch {
			case b > a && b-a < uint64(least):
				least = int(b - a)
			case a > b && a-b+1 < uint64(least):
				least = int(a-b) + 1
			}
		}
	}
	return least
}
