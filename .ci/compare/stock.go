// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/analysis/lang/nl"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"

	"rugzak/pkg/rugzak"
)

// stockEngine is bleve as it comes, with its Dutch analyser: the default
// mapping, everything searched in one field of all text, tf-idf.
type stockEngine struct {
	index bleve.Index
	dir   string
}

// stockFacets are counted and filtered by; they stay out of the text.
var stockFacets = []string{"kind", "organisation", "theme", "phase", "year", "lang"}

func stockMapping() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer = nl.AnalyzerName
	for _, name := range append([]string{"reader"}, stockFacets...) {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.IncludeInAll = keyword.Name, false
		m.DefaultMapping.AddFieldMappingsAt(name, f)
	}
	listed := bleve.NewNumericFieldMapping()
	listed.IncludeInAll = false
	m.DefaultMapping.AddFieldMappingsAt("listed", listed)
	return m
}

func openStock(dir string) (*stockEngine, error) {
	index, err := bleve.Open(dir)
	if errors.Is(err, bleve.ErrorIndexPathDoesNotExist) {
		index, err = bleve.New(dir, stockMapping())
	}
	if err != nil {
		return nil, err
	}
	return &stockEngine{index, dir}, nil
}

func stockDocument(d document) map[string]any {
	reached := make([]string, len(d.Themes))
	for i, t := range d.Themes {
		reached[i] = string(t)
	}
	return map[string]any{
		"title": d.Title, "body": d.Body, "reader": d.tokens(), "kind": string(d.Kind), "organisation": string(everyGroup[d.Group].Organisation.ID),
		"theme": reached, "phase": string(d.Phase), "year": fmt.Sprint(d.Year), "lang": string(d.Lang), "listed": float64(d.Listed.Unix()),
	}
}

func (e *stockEngine) build(ctx context.Context, set dataset, done func(int)) error {
	return texts(set, 500, func(batch []document) error {
		b := e.index.NewBatch()
		for _, d := range batch {
			if err := b.Index(d.ID, stockDocument(d)); err != nil {
				return err
			}
		}
		return e.index.Batch(b)
	}, done)
}

func (e *stockEngine) rewrite(ctx context.Context, set dataset, done func(int)) error {
	return e.build(ctx, set, done)
}

func (e *stockEngine) run(ctx context.Context, t task, q question) (answer, error) {
	var asked query.Query = bleve.NewMatchQuery(q.Text)
	size := rugzak.MeasuredHits
	switch t {
	case taskRanked, taskFacets, taskNewest:
	case taskPage:
		both := bleve.NewBooleanQuery()
		both.AddMust(asked)
		both.AddFilter(stockReader())
		asked = both
	case taskSuggest:
		prefix := bleve.NewPrefixQuery(strings.ToLower(q.Begin))
		prefix.SetField("title")
		both := bleve.NewBooleanQuery()
		both.AddMust(prefix)
		both.AddFilter(stockReader())
		asked, size = both, suggestions
	default:
		return answer{}, errNoTask
	}
	r := bleve.NewSearchRequestOptions(asked, size, 0, false)
	if t == taskFacets || t == taskPage {
		for _, name := range stockFacets {
			r.AddFacet(name, bleve.NewFacetRequest(name, themes))
		}
	}
	if t == taskNewest {
		r.SortBy([]string{"-listed", "_id"})
	}
	if t == taskPage {
		r.Highlight = bleve.NewHighlight()
		r.Highlight.AddField("title")
		r.Highlight.AddField("body")
	}
	found, err := e.index.SearchInContext(ctx, r)
	if err != nil {
		return answer{}, err
	}
	a := answer{Total: int(found.Total)}
	for _, h := range found.Hits {
		a.IDs = append(a.IDs, h.ID)
		a.Marked += min(1, len(h.Fragments["body"]))
	}
	for _, f := range found.Facets {
		a.Facets += f.Terms.Len()
	}
	return a, nil
}

// stockReader lets through what the reader may see.
func stockReader() query.Query {
	var any []query.Query
	for _, token := range readerTokens {
		q := bleve.NewTermQuery(token)
		q.SetField("reader")
		any = append(any, q)
	}
	return bleve.NewDisjunctionQuery(any...)
}

func (e *stockEngine) ranking(ctx context.Context, q question) ([]string, error) {
	a, err := e.run(ctx, taskRanked, q)
	return a.IDs, err
}

func (e *stockEngine) post(ctx context.Context, d document) (func(context.Context) (bool, error), error) {
	if err := e.index.Index(d.ID, stockDocument(d)); err != nil {
		return nil, err
	}
	return func(ctx context.Context) (bool, error) {
		a, err := e.run(ctx, taskRanked, question{Text: d.Title})
		return err == nil && len(a.IDs) > 0 && a.IDs[0] == d.ID, err
	}, nil
}

func (e *stockEngine) size(context.Context) (index, all int64, err error) {
	index, err = roomOf(e.dir)
	return index, index, err
}

func (e *stockEngine) close() error { return e.index.Close() }
