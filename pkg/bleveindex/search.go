// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"context"
	"fmt"

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
	fix, err := newRepairer(reader, &g.vocabularies, s)
	if err != nil {
		return results, err
	}
	hits, err := newHits(ctx, reader, s, p, x.analysers, fix)
	if err != nil {
		return results, err
	}
	defer hits.close()
	values, err := newValues(g.columns, reader, s)
	if err != nil {
		return results, err
	}
	boost := newBooster(s)
	page := newPage(s, by, reader)
	found := make([]hit, 0, hits.left())
	for {
		doc, err := hits.next()
		if err != nil {
			return results, err
		}
		if doc == noDoc {
			break
		}
		h := hit{doc: doc}
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
