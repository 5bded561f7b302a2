// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"errors"
	"fmt"
	"math"

	"github.com/blevesearch/bleve/v2/search"
	index "github.com/blevesearch/bleve_index_api"
)

// maxExpand bounds the words that "prefix*" may stand for, the first in the
// order of the alphabet.
const maxExpand = 1024

// expand lists the words that start with a prefix.
func expand(reader index.IndexReader, field, prefix string) ([]string, error) {
	dict, err := reader.FieldDictPrefix(field, []byte(prefix))
	if err != nil {
		return nil, fmt.Errorf("looking up words by their beginning: %w", err)
	}
	var terms []string
	for len(terms) < maxExpand {
		e, err := dict.Next()
		if err != nil {
			return nil, errors.Join(fmt.Errorf("looking up words by their beginning: %w", err), dict.Close())
		}
		if e == nil {
			break
		}
		terms = append(terms, e.Term)
	}
	if err := dict.Close(); err != nil {
		return nil, fmt.Errorf("looking up words by their beginning: %w", err)
	}
	return terms, nil
}

// postings are the texts that have a word, with how often and among how many.
type postings interface {
	Next(into *index.TermFieldDoc) (*index.TermFieldDoc, error)
	Advance(id index.IndexInternalID, into *index.TermFieldDoc) (*index.TermFieldDoc, error)
	Close() error
}

// anyWord are the texts that have any of many words. Each counts as having it
// once, in a text of typical length.
type anyWord struct {
	found   search.Searcher
	context *search.SearchContext
}

func newAnyWord(found search.Searcher, reader index.IndexReader) anyWord {
	pool := search.NewDocumentMatchPool(found.DocumentMatchPoolSize()+1, 0)
	return anyWord{found: found, context: &search.SearchContext{DocumentMatchPool: pool, IndexReader: reader}}
}

// Next implements postings.
func (a anyWord) Next(into *index.TermFieldDoc) (*index.TermFieldDoc, error) {
	m, err := a.found.Next(a.context)
	return a.fill(into, m, err)
}

// Advance implements postings.
func (a anyWord) Advance(id index.IndexInternalID, into *index.TermFieldDoc) (*index.TermFieldDoc, error) {
	m, err := a.found.Advance(a.context, id)
	return a.fill(into, m, err)
}

func (a anyWord) fill(into *index.TermFieldDoc, m *search.DocumentMatch, err error) (*index.TermFieldDoc, error) {
	if err != nil || m == nil {
		return nil, err
	}
	into.ID = append(into.ID[:0], m.IndexInternalID...)
	into.Freq, into.Norm = 1, 1/math.Sqrt(typicalLength/lengthUnit)
	a.context.DocumentMatchPool.Put(m)
	return into, nil
}

// Close implements postings.
func (a anyWord) Close() error { return a.found.Close() }
