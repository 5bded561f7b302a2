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

// conditions finds which of the texts that a reader may see fulfil what decides
// whether a text counts. Others are not looked at more than it takes to leave
// them out.
type conditions struct {
	ctx      context.Context
	reader   index.IndexReader
	families families
	sight    *repairer // what the reader may see
}

// narrow gives those of the texts a reader may see that fulfil what a search asks
// beside its words: the chosen facets that are not counted and the clauses of the
// query that must, or may not, hold. Chosen facets that are counted are decided
// by values.
func (c conditions) narrow(readable bitset, s rugzak.Search, p plan) (bitset, error) {
	texts := slices.Clone(readable)
	var err error
	if s.Among != nil {
		if texts, err = c.among(s.Among, texts); err != nil {
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
		if texts, err = c.anyOf(string(facet), values, texts); err != nil {
			return nil, err
		}
	}
	for _, r := range p.required {
		if texts, err = c.holds(r, texts); err != nil {
			return nil, err
		}
	}
	for _, e := range p.excluded {
		out, err := c.holds(e, texts)
		if err != nil {
			return nil, err
		}
		texts.without(out)
	}
	return texts, nil
}

// holds finds those of some texts for which a condition holds.
func (c conditions) holds(cond condition, texts bitset) (bitset, error) {
	if cond.field != "" {
		return c.anyOf(cond.field, cond.tokens, texts)
	}
	found := make(bitset, len(texts))
	if texts.isEmpty() { // each condition takes its time
		return found, nil
	}
	add := func(some bitset, err error) error {
		if err == nil {
			found.or(some)
		}
		return err
	}
	for i, lang := range rugzak.Languages() {
		field := textField(lang)
		if cond.title {
			field = titleField(lang)
		}
		if len(cond.phrase[i]) > 0 {
			if err := add(c.phrase(field, cond.phrase[i], i, texts)); err != nil {
				return nil, err
			}
		}
		if cond.prefix != "" {
			words, err := c.sight.expand(c.ctx, field, cond.prefix)
			if err == nil {
				err = add(c.anyOf(field, words, texts))
			}
			if err != nil {
				return nil, err
			}
		}
	}
	for _, other := range cond.or {
		if err := add(c.holds(other, texts)); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// anyOf finds those of some texts that have one of the values in a field: none
// when there are no values.
func (c conditions) anyOf(field string, values []string, texts bitset) (bitset, error) {
	found := make(bitset, len(texts))
	first := uint32(0)
	for _, s := range c.sight.snapshot.Segments() {
		for _, v := range values {
			if err := c.ctx.Err(); err != nil {
				return nil, err
			}
			docs, err := postingsOf(s, field, v, s.Deleted())
			if err != nil {
				return nil, err
			}
			for it := docs.Iterator(); it.HasNext(); {
				if doc := first + it.Next(); texts.has(doc) {
					found.add(doc)
				}
			}
		}
		first += uint32(s.FullSize())
	}
	return found, nil
}

// among finds those of some texts that have these ids.
func (c conditions) among(ids []rugzak.EntryID, texts bitset) (found bitset, err error) {
	found = make(bitset, len(texts))
	if len(ids) == 0 {
		return found, nil
	}
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = string(id)
	}
	those, err := searcher.NewDocIDSearcher(c.ctx, c.reader, names, 1, search.SearcherOptions{Score: "none"})
	if err != nil {
		return nil, fmt.Errorf("looking among entries: %w", err)
	}
	defer func() { err = errors.Join(err, those.Close()) }()
	sc := &search.SearchContext{DocumentMatchPool: search.NewDocumentMatchPool(those.DocumentMatchPoolSize()+1, 0), IndexReader: c.reader}
	for {
		m, err := those.Next(sc)
		if err != nil {
			return nil, fmt.Errorf("looking among entries: %w", err)
		}
		if m == nil {
			return found, nil
		}
		if doc := uint32(m.IndexInternalID.Value()); texts.has(doc) {
			found.add(doc)
		}
		sc.DocumentMatchPool.Put(m)
	}
}
