// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"github.com/blevesearch/bleve/v2/search"
	index "github.com/blevesearch/bleve_index_api"

	"rugzak/pkg/rugzak"
)

// Search answers for one reader. Without tokens nothing is found. Without words
// to rank by, the order is newest first.
func (x *Index) Search(ctx context.Context, s rugzak.Search) (results rugzak.Results, err error) {
	if err := ctx.Err(); err != nil {
		return rugzak.Results{}, err
	}
	g, done, err := x.use()
	if err != nil {
		return rugzak.Results{}, err
	}
	defer done()
	reader, err := g.inner.Reader()
	if err != nil {
		return rugzak.Results{}, fmt.Errorf("reading the search index: %w", err)
	}
	defer func() {
		if cerr := reader.Close(); err == nil && cerr != nil {
			err = fmt.Errorf("closing a search: %w", cerr)
		}
	}()
	position, err := reader.GetInternal([]byte(positionKey))
	if err != nil {
		return rugzak.Results{}, fmt.Errorf("reading the position of the search index: %w", err)
	}
	results = rugzak.Results{Facets: emptyFacets(s.Facets)}
	same := x.sameTable(s.Same).alternatives(s.Query, x.analysers)
	if len(s.Tokens) > 0 {
		p := newPlan(s.Query, x.analysers)
		p.widen(same, sameWorth, x.analysers)
		p.widen(x.thesaurus().alternatives(s.Query, x.analysers), thesaurusWorth, x.analysers)
		if results, err = x.run(ctx, reader, g, s, p); err != nil {
			return rugzak.Results{}, fmt.Errorf("searching: %w", err)
		}
	}
	results.Also = also(same)
	results.Position = rugzak.Position(position)
	return results, nil
}

// run lets all texts of one snapshot pass by once: each is checked, counted and,
// when it is a hit, scored and offered to the page.
func (x *Index) run(ctx context.Context, reader index.IndexReader, g *generation, s rugzak.Search, p plan) (results rugzak.Results, err error) {
	by := rugzak.ByNewest
	if s.Sort != rugzak.ByNewest && len(p.words) > 0 {
		by = rugzak.ByRelevance
	}
	var fix *repairer
	if p.hasLoose() || p.hasPrefix() {
		if fix, err = newRepairer(reader, &g.vocabularies, s); err != nil {
			return results, err
		}
	}
	hits, err := newHits(ctx, reader, s, p, x.analysers, fix)
	if err != nil {
		return results, err
	}
	defer func() { err = errors.Join(err, hits.close()) }()
	values, err := newValues(g.columns, reader, s)
	if err != nil {
		return results, err
	}
	boost := newBooster(s)
	page := newPage(s, by, reader)
	var found []hit
	for {
		id, err := hits.next()
		if err != nil {
			return results, err
		}
		if id == nil {
			break
		}
		h := hit{doc: id.Value()}
		if isHit, err := values.visit(h.doc); err != nil {
			return results, err
		} else if !isHit {
			continue
		}
		h.listed = values.listed
		if by == rugzak.ByRelevance {
			h.score = hits.scorer.score(h.doc, boost.of(values.useful, values.listed))
		}
		found = append(found, h)
	}
	if by == rugzak.ByRelevance {
		if err := hits.scorer.near(found); err != nil {
			return results, err
		}
	}
	for _, h := range found {
		if err := page.add(h); err != nil {
			return results, err
		}
	}
	if results, err = page.results(); err != nil {
		return results, err
	}
	results.Facets = values.counts()
	results.Meant, results.Corrected = hits.scorer.whatWasMeant(s.Query)
	return results, nil
}

// hits walks through the texts that fulfil all conditions.
type hits struct {
	ctx     context.Context
	steps   int
	context *search.SearchContext
	must    search.Searcher
	mustNot search.Searcher
	scorer  *scorer
	loose   bool

	allowed, forbidden *search.DocumentMatch // where those two stand; nil at the end
	id, seek           index.IndexInternalID // kept to be used again
	started            bool
}

func newHits(ctx context.Context, reader index.IndexReader, s rugzak.Search, p plan, a analysers, fix *repairer) (*hits, error) {
	c := conditions{ctx: ctx, reader: reader, families: families{reader: reader, analysers: a}, sight: fix}
	must, err := c.must(s, p)
	if err != nil {
		return nil, err
	}
	mustNot, err := c.mustNot(s, p)
	if err != nil {
		return nil, err
	}
	scorer, err := newScorer(ctx, reader, p, a, fix)
	if err != nil {
		return nil, err
	}
	pool := search.NewDocumentMatchPool(must.DocumentMatchPoolSize()+mustNot.DocumentMatchPoolSize()+2, 0)
	h := &hits{ctx: ctx, context: &search.SearchContext{DocumentMatchPool: pool, IndexReader: reader},
		must: must, mustNot: mustNot, scorer: scorer, loose: p.hasLoose()}
	if h.forbidden, err = mustNot.Next(h.context); err != nil {
		return nil, fmt.Errorf("reading what to leave out: %w", err)
	}
	if h.allowed, err = must.Next(h.context); err != nil {
		return nil, fmt.Errorf("reading what may be found: %w", err)
	}
	return h, nil
}

// next gives the next text; the id is nil at the end and holds until the next
// call.
func (h *hits) next() (index.IndexInternalID, error) {
	for {
		if err := h.pause(); err != nil {
			return nil, err
		}
		if err := h.step(); err != nil || h.allowed == nil {
			return nil, err
		}
		out, err := h.isForbidden()
		if err != nil {
			return nil, err
		}
		if out {
			continue
		}
		h.id = append(h.id[:0], h.allowed.IndexInternalID...)
		return h.id, nil
	}
}

// pause ends a search with its context, and now and then lets go first what
// makes new texts findable: also while text after text is no hit.
func (h *hits) pause() error {
	if h.steps++; h.steps%1024 != 1 {
		return nil
	}
	runtime.Gosched()
	return h.ctx.Err()
}

// step moves to the next text that is allowed and, if there are loose words,
// has one of them.
func (h *hits) step() error {
	if h.started {
		if !h.loose {
			return h.allow(h.must.Next(h.release()))
		}
		h.scorer.pass(h.allowed.IndexInternalID.Value())
	}
	h.started = true
	for h.loose && h.allowed != nil {
		if err := h.pause(); err != nil {
			return err
		}
		want := h.scorer.nextLoose()
		if want == noDoc {
			h.allowed = nil
			return nil
		}
		at := h.allowed.IndexInternalID.Value()
		switch {
		case at == want:
			return nil
		case at < want:
			h.seek = index.NewIndexInternalID(h.seek, want)
			if err := h.allow(h.must.Advance(h.release(), h.seek)); err != nil {
				return err
			}
		default:
			h.scorer.skipTo(at)
		}
	}
	return nil
}

// release gives back the text at hand, before the next one is asked for.
func (h *hits) release() *search.SearchContext {
	h.context.DocumentMatchPool.Put(h.allowed)
	h.allowed = nil
	return h.context
}

func (h *hits) allow(m *search.DocumentMatch, err error) error {
	if err != nil {
		return fmt.Errorf("reading what may be found: %w", err)
	}
	h.allowed = m
	return nil
}

// isForbidden reports whether the text at hand is to be left out.
func (h *hits) isForbidden() (bool, error) {
	if h.forbidden != nil && h.forbidden.IndexInternalID.Compare(h.allowed.IndexInternalID) < 0 {
		h.context.DocumentMatchPool.Put(h.forbidden)
		var err error
		if h.forbidden, err = h.mustNot.Advance(h.context, h.allowed.IndexInternalID); err != nil {
			return false, fmt.Errorf("reading what to leave out: %w", err)
		}
	}
	return h.forbidden != nil && h.forbidden.IndexInternalID.Equals(h.allowed.IndexInternalID), nil
}

func (h *hits) close() error {
	h.scorer.close()
	return errors.Join(h.must.Close(), h.mustNot.Close())
}
