// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
)

// postings knows the texts of one snapshot by their number, with their lengths as far
// as they are known. Postings are read word by word into tallies.
type postings struct {
	ctx    context.Context
	reader *scorch.IndexSnapshot
	n      uint64 // numbers are below it
	// readable are the texts of the reader. No other is looked at, counted or
	// known to be there: neither what is found nor its order, and hardly the
	// time it takes, depends on texts the reader may not see.
	readable bitset
	total    uint64 // readable texts
	present  uint64 // all texts
	few      []uint32
	length   []float32

	at  index.TermFieldDoc
	id  index.IndexInternalID
	now int
}

// tally counts how often a word stands in each text. It takes four bytes for
// each text of the index, and is used again for other questions.
type tally struct {
	of    []float32
	seen  bitset // the texts that have it at all
	whole bitset // the texts that have the word itself, or its stem
}

// found is in how many texts the word itself stands, or, when in none, anything
// that counts for it.
func (t *tally) found() int {
	if n := t.whole.count(); n > 0 {
		return n
	}
	return t.seen.count()
}

var tallies, lengths sync.Pool // *tally and []float32 of any size

// newPostings knows no lengths yet.
func newPostings(ctx context.Context, snapshot *scorch.IndexSnapshot, readable bitset) (*postings, error) {
	t := &postings{ctx: ctx, reader: snapshot, readable: readable, total: uint64(readable.count())}
	for _, s := range snapshot.Segments() {
		t.n += uint64(s.FullSize())
	}
	var err error
	if t.present, err = snapshot.DocCount(); err != nil {
		return nil, fmt.Errorf("counting texts: %w", err)
	}
	if kept, ok := lengths.Get().(*[]float32); ok && uint64(cap(*kept)) >= t.n {
		t.length = (*kept)[:t.n] // old values do no harm: each text that counts gets its own
	} else {
		t.length = make([]float32, t.n)
	}
	return t, nil
}

// take gives an empty tally; give takes it back.
func (t *postings) take() *tally {
	words := int64(t.n)
	if kept, ok := tallies.Get().(*tally); ok && uint64(cap(kept.of)) >= t.n {
		kept.of = kept.of[:t.n]
		kept.seen, kept.whole = kept.seen[:(words+63)/64], kept.whole[:(words+63)/64]
		return kept
	}
	return &tally{of: make([]float32, t.n), seen: newBitset(words), whole: newBitset(words)}
}

func (t *postings) give(used *tally) {
	for doc := range used.seen.all() {
		used.of[doc] = 0
	}
	clear(used.seen)
	clear(used.whole)
	tallies.Put(used)
}

// close gives the lengths back.
func (t *postings) close() {
	kept := t.length // whoever takes it next may not meet this search
	t.length = nil
	lengths.Put(&kept)
}

// add counts a term and says in how many readable texts it stands.
func (t *postings) add(to *tally, field, term string, worth float64, whole bool) (n int, err error) {
	docs, few, err := t.readableWith(field, term)
	if err != nil || few && len(docs) == 0 {
		return 0, err
	}
	list, err := t.reader.TermFieldReader(t.ctx, []byte(term), field, true, true, false)
	if err != nil {
		return 0, fmt.Errorf("looking up a word: %w", err)
	}
	defer func() { err = errors.Join(err, list.Close()) }()
	for {
		if t.now++; t.now%4096 == 0 {
			if err := t.ctx.Err(); err != nil {
				return n, err
			}
		}
		var p *index.TermFieldDoc
		switch {
		case !few:
			p, err = list.Next(t.at.Reset())
		case len(docs) > 0:
			t.id = index.NewIndexInternalID(t.id, uint64(docs[0]))
			docs = docs[1:]
			p, err = list.Advance(t.id, t.at.Reset())
		}
		if err != nil {
			return n, fmt.Errorf("reading the postings of a word: %w", err)
		}
		if p == nil {
			return n, nil
		}
		doc := p.ID.Value()
		if !t.readable.has(uint32(doc)) {
			continue
		}
		n++
		to.of[doc] += float32(worth * float64(p.Freq))
		to.seen.add(uint32(doc))
		if whole {
			to.whole.add(uint32(doc))
		}
		t.length[doc] = float32(1 / (p.Norm * p.Norm))
	}
}

// fewShare is below which share of the texts with a word the readable ones are
// looked up one by one.
const fewShare = 0.5

// readableWith lists the readable texts that have a term when they are few among
// all that have it, so that the others take no time.
func (t *postings) readableWith(field, term string) (docs []uint32, few bool, err error) {
	if t.total == t.present {
		return nil, false, nil // the reader may see all there is
	}
	t.few = t.few[:0]
	first, all := uint32(0), 0
	for _, s := range t.reader.Segments() {
		list, err := postingsOf(s, field, term, s.Deleted())
		if err != nil {
			return nil, false, err
		}
		for it := list.Iterator(); it.HasNext(); all++ {
			if doc := first + it.Next(); t.readable.has(doc) {
				t.few = append(t.few, doc)
			}
		}
		first += uint32(s.FullSize())
	}
	return t.few, all == 0 || float64(len(t.few)) < fewShare*float64(all), nil
}

// addFound counts some texts as having the word once, in a text of typical length
// unless its length is known.
func (t *postings) addFound(to *tally, found bitset, worth float64, known func(doc uint32) bool) {
	for doc := range found.all() {
		if !known(doc) {
			t.length[doc] = typicalLength / lengthUnit
		}
		to.of[doc] += float32(worth)
		to.seen.add(doc)
	}
}
