// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"fmt"
	"slices"
	"sort"

	index "github.com/blevesearch/bleve_index_api"

	"rugzak/pkg/rugzak"
)

// page keeps the hits of one page while all hits pass by.
type page struct {
	reader index.IndexReader
	by     rugzak.Sort
	size   int
	// from is where the page begins (or, when backwards, ends); nothing at all
	// for the first page.
	from      *place
	backwards bool

	hits    []hit // in order
	total   int
	outside int // hits on the other side of from, or at it
}

// hit is a text on its way to the page. Its id is looked up only when two are
// equal otherwise.
type hit struct {
	place
	doc uint64
}

func newPage(s rugzak.Search, by rugzak.Sort, reader index.IndexReader) *page {
	p := &page{reader: reader, by: by, size: min(max(s.Size, 0), rugzak.MaxPage)}
	if at, ok := parseCursor(s.After, by); ok {
		p.from = &at
	} else if at, ok := parseCursor(s.Before, by); ok {
		p.from, p.backwards = &at, true
	}
	return p
}

// add takes note of a hit.
func (p *page) add(h hit) error {
	p.total++
	if p.from != nil {
		beyond, err := p.beyond(&h)
		if err != nil {
			return err
		}
		if !beyond {
			p.outside++
			return nil
		}
	}
	if p.size == 0 {
		return nil
	}
	if len(p.hits) == p.size {
		// The page is full: is this one better than the worst (or, backwards,
		// worse than the best)?
		edge := &p.hits[len(p.hits)-1]
		if p.backwards {
			edge = &p.hits[0]
		}
		above, err := p.above(&h, edge)
		if err != nil {
			return err
		}
		if above == p.backwards {
			return nil
		}
	}
	var failed error
	at := sort.Search(len(p.hits), func(i int) bool {
		above, err := p.above(&h, &p.hits[i])
		if err != nil {
			failed = err
		}
		return above
	})
	if failed != nil {
		return failed
	}
	p.hits = slices.Insert(p.hits, at, h)
	if len(p.hits) > p.size {
		if p.backwards {
			p.hits = slices.Delete(p.hits, 0, 1)
		} else {
			p.hits = p.hits[:p.size]
		}
	}
	return nil
}

// pass takes note of a hit that does not come on this page, the first.
func (p *page) pass() { p.total++ }

// beyond reports whether a hit lies on the side of from that the page shows.
func (p *page) beyond(h *hit) (bool, error) {
	if p.tie(h.place, *p.from) {
		if err := p.name(h); err != nil {
			return false, err
		}
		if h.id == p.from.id {
			return false, nil
		}
	}
	return h.before(*p.from, p.by) == p.backwards, nil
}

// above reports whether a stands above b.
func (p *page) above(a, b *hit) (bool, error) {
	if p.tie(a.place, b.place) {
		if err := p.name(a); err != nil {
			return false, err
		}
		if err := p.name(b); err != nil {
			return false, err
		}
	}
	return a.before(b.place, p.by), nil
}

// tie reports whether only ids can tell two places apart.
func (p *page) tie(a, b place) bool {
	if p.by == rugzak.ByRelevance {
		return a.score == b.score
	}
	return a.listed == b.listed
}

// name looks up the id of a hit.
func (p *page) name(h *hit) error {
	if h.id != "" {
		return nil
	}
	id, err := p.reader.ExternalID(index.NewIndexInternalID(nil, h.doc))
	if err != nil {
		return fmt.Errorf("looking up the id of a hit: %w", err)
	}
	h.id = id
	return nil
}

// results names the hits and says whether there are more on either side.
func (p *page) results() (rugzak.Results, error) {
	r := rugzak.Results{Total: p.total, Hits: make([]rugzak.Hit, 0, len(p.hits))}
	for i := range p.hits {
		if err := p.name(&p.hits[i]); err != nil {
			return r, err
		}
		r.Hits = append(r.Hits, rugzak.Hit{ID: rugzak.EntryID(p.hits[i].id), Score: p.hits[i].score})
	}
	above, below := p.outside, p.total-p.outside-len(p.hits)
	if p.backwards {
		above, below = below, above
	}
	if len(p.hits) == 0 {
		return r, nil
	}
	if above > 0 {
		r.Previous = p.hits[0].cursor(p.by)
	}
	if below > 0 {
		r.Next = p.hits[len(p.hits)-1].cursor(p.by)
	}
	return r, nil
}
