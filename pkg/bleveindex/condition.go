// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"context"
	"errors"
	"fmt"
	"slices"

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

// narrow gives those of the texts a reader may see that fulfil what a search asks
// beside its words: the chosen facets that are not counted and the clauses of the
// query that must, or may not, hold. Chosen facets that are counted are decided
// by values.
func (c conditions) narrow(readable bitset, s rugzak.Search, p plan) (bitset, error) {
	texts := slices.Clone(readable)
	keep := func(found search.Searcher, err error) error {
		if err == nil {
			var those bitset
			if those, err = c.set(found, texts); err == nil {
				texts = those
			}
		}
		return err
	}
	if s.Among != nil {
		if err := keep(c.among(s.Among)); err != nil {
			return nil, err
		}
	}
	for facet, values := range s.Filter {
		if len(values) == 0 || isCounted(s, facet) {
			continue
		}
		if !facet.Valid() {
			values = nil // chosen by something nobody has
		}
		if err := keep(c.anyOf(string(facet), values)); err != nil {
			return nil, err
		}
	}
	for _, r := range p.required {
		if err := keep(c.holds(r)); err != nil {
			return nil, err
		}
	}
	for _, e := range p.excluded {
		found, err := c.holds(e)
		if err != nil {
			return nil, err
		}
		out, err := c.set(found, texts)
		if err != nil {
			return nil, err
		}
		texts.without(out)
	}
	return texts, nil
}

// set is which of some texts a searcher finds.
func (c conditions) set(found search.Searcher, among bitset) (bitset, error) {
	set := make(bitset, len(among))
	err := eachFound(c.ctx, c.reader, found, func(doc uint64) {
		if among.has(uint32(doc)) {
			set.add(uint32(doc))
		}
	})
	return set, err
}

// eachFound calls do for every text that a searcher finds, and closes it.
func eachFound(ctx context.Context, reader index.IndexReader, found search.Searcher, do func(doc uint64)) (err error) {
	defer func() { err = errors.Join(err, found.Close()) }()
	pool := search.NewDocumentMatchPool(found.DocumentMatchPoolSize()+1, 0)
	sc := &search.SearchContext{DocumentMatchPool: pool, IndexReader: reader}
	for n := 0; ; n++ {
		if n%4096 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		m, err := found.Next(sc)
		if err != nil {
			return fmt.Errorf("reading what fulfils a condition: %w", err)
		}
		if m == nil {
			return nil
		}
		do(m.IndexInternalID.Value())
		pool.Put(m)
	}
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
