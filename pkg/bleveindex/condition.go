// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"context"
	"fmt"

	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/searcher"
	index "github.com/blevesearch/bleve_index_api"

	"rugzak/pkg/rugzak"
)

// conditions turns what decides whether a text counts into bleve's searchers.
// They only say yes or no; none has a score. They hold no more than memory of
// the reader, so there is nothing to undo when a later one fails.
type conditions struct {
	ctx      context.Context
	reader   index.IndexReader
	families families
	sight    *repairer // what the reader may see; for words with a prefix
}

func unscored() search.SearcherOptions { return search.SearcherOptions{Score: "none"} }

// must is everything a text has to fulfil to be looked at, as ONE conjunction:
// the reader's tokens, the chosen facets that are not counted and the required
// clauses of the query. Chosen facets that are counted are decided by values.
func (c conditions) must(s rugzak.Search, p plan) (search.Searcher, error) {
	readable, err := c.anyOf(fieldReader, s.Tokens)
	if err != nil {
		return nil, err
	}
	parts := []search.Searcher{readable}
	if s.Among != nil {
		among, err := c.among(s.Among)
		if err != nil {
			return nil, err
		}
		parts = append(parts, among)
	}
	for facet, values := range s.Filter {
		if len(values) == 0 || isCounted(s, facet) {
			continue
		}
		if !isFacet(facet) {
			values = nil // chosen by something nobody has
		}
		part, err := c.anyOf(string(facet), values)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	for _, r := range p.required {
		part, err := c.holds(r)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	if len(parts) == 1 {
		return readable, nil
	}
	all, err := searcher.NewConjunctionSearcher(c.ctx, c.reader, parts, unscored())
	if err != nil {
		return nil, fmt.Errorf("combining conditions: %w", err)
	}
	return all, nil
}

// mustNot is what no text may fulfil.
func (c conditions) mustNot(s rugzak.Search, p plan) (search.Searcher, error) {
	var parts []search.Searcher
	if !s.Archived {
		archived, err := c.anyOf(fieldState, []string{string(rugzak.StateArchived)})
		if err != nil {
			return nil, err
		}
		parts = append(parts, archived)
	}
	for _, e := range p.excluded {
		part, err := c.holds(e)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	return c.either(parts)
}

// holds finds the texts for which a condition holds.
func (c conditions) holds(cond condition) (search.Searcher, error) {
	if cond.field != "" {
		return c.anyOf(cond.field, cond.tokens)
	}
	var parts []search.Searcher
	for i, lang := range rugzak.Languages() {
		field := textField(lang)
		if cond.title {
			field = titleField(lang)
		}
		if len(cond.phrase[i]) > 0 {
			part, err := c.phrase(field, cond.phrase[i], i)
			if err != nil {
				return nil, err
			}
			parts = append(parts, part)
		}
		if cond.prefix != "" {
			found, err := c.sight.expand(c.ctx, field, cond.prefix)
			if err != nil {
				return nil, err
			}
			part, err := c.anyOf(field, found)
			if err != nil {
				return nil, err
			}
			parts = append(parts, part)
		}
	}
	for _, other := range cond.or {
		part, err := c.holds(other)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	return c.either(parts)
}

// phrase finds the texts that have the words in a row, in any form.
func (c conditions) phrase(field string, words []string, lang int) (search.Searcher, error) {
	places := make([][]string, len(words))
	for i, w := range words {
		if w == "" {
			places[i] = []string{""} // any word
			continue
		}
		var err error
		if places[i], err = c.families.whole(w, field, lang); err != nil {
			return nil, err
		}
	}
	if len(words) == 1 {
		return c.anyOf(field, places[0])
	}
	s, err := searcher.NewMultiPhraseSearcher(c.ctx, c.reader, places, 0, false, field, 1, unscored())
	if err != nil {
		return nil, fmt.Errorf("looking for a phrase: %w", err)
	}
	return s, nil
}

// anyOf finds the texts that have one of the values in a field: none when there
// are no values.
func (c conditions) anyOf(field string, values []string) (search.Searcher, error) {
	var parts []search.Searcher
	for _, v := range values {
		part, err := searcher.NewTermSearcher(c.ctx, c.reader, v, field, 1, unscored())
		if err != nil {
			return nil, fmt.Errorf("looking in %s: %w", field, err)
		}
		parts = append(parts, part)
	}
	return c.either(parts)
}

// among finds the texts with these ids.
func (c conditions) among(ids []rugzak.EntryID) (search.Searcher, error) {
	if len(ids) == 0 {
		return c.either(nil)
	}
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = string(id)
	}
	s, err := searcher.NewDocIDSearcher(c.ctx, c.reader, names, 1, unscored())
	if err != nil {
		return nil, fmt.Errorf("looking among entries: %w", err)
	}
	return s, nil
}

// either finds the texts that any of the parts finds: none without parts.
func (c conditions) either(parts []search.Searcher) (search.Searcher, error) {
	switch len(parts) {
	case 0:
		return searcher.NewMatchNoneSearcher(c.reader)
	case 1:
		return parts[0], nil
	}
	s, err := searcher.NewDisjunctionSearcher(c.ctx, c.reader, parts, 1, unscored())
	if err != nil {
		return nil, fmt.Errorf("combining conditions: %w", err)
	}
	return s, nil
}
