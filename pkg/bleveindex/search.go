// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"context"
	"fmt"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"rugzak/pkg/rugzak"
)

// Search answers for one reader. Without tokens nothing is found. Without words
// to rank by, the order is newest first.
func (x *Index) Search(ctx context.Context, s rugzak.Search) (rugzak.Results, error) {
	results := rugzak.Results{Facets: emptyFacets(s.Facets)}
	same := x.sameTable(s.Same).alternatives(s.Query, x.analysers)
	at, err := x.read(ctx, func(g *generation, snapshot *scorch.IndexSnapshot) (err error) {
		if len(s.Tokens) == 0 {
			return nil
		}
		p := newPlan(s.Query, x.analysers)
		p.widen(same, sameWorth, x.analysers)
		p.widen(x.thesaurus().alternatives(s.Query, x.analysers), thesaurusWorth, x.analysers)
		if results, err = x.run(ctx, snapshot, g, s, p); err != nil {
			return fmt.Errorf("searching: %w", err)
		}
		return nil
	})
	if err != nil {
		return rugzak.Results{}, err
	}
	results.Also, results.Position = also(same), at
	return results, nil
}

// run lets all texts of one snapshot pass by once: each is checked, counted and,
// when it is a hit, scored and offered to the page.
func (x *Index) run(ctx context.Context, snapshot *scorch.IndexSnapshot, g *generation, s rugzak.Search, p plan) (results rugzak.Results, err error) {
	by := rugzak.ByNewest
	if s.Sort != rugzak.ByNewest && len(p.words) > 0 {
		by = rugzak.ByRelevance
	}
	fix, err := newRepairer(snapshot, &g.vocabularies, s, &p)
	if err != nil {
		return results, err
	}
	hits, err := newHits(ctx, snapshot, s, p, x.analysers, fix)
	if err != nil {
		return results, err
	}
	defer hits.close()
	values := newValues(g.columns, snapshot, s)
	page := newPage(s, by, snapshot)
	all := ranking{hits: hits, values: values, boost: newBooster(s), page: page}
	if by == rugzak.ByRelevance {
		err = all.byRelevance()
	} else {
		err = all.byNewest()
	}
	if err != nil {
		return results, err
	}
	if results, err = page.results(); err != nil {
		return results, err
	}
	results.Facets = values.counts()
	results.Meant, results.Corrected = hits.scorer.whatWasMeant(s.Query)
	return results, nil
}
