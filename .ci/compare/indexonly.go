// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"

	"rugzak/pkg/bleveindex"
	"rugzak/pkg/rugzak"
)

// indexEngine is the index of Rugzak by itself.
type indexEngine struct{ index *bleveindex.Index }

func openIndexOnly(dir string) (*indexEngine, error) {
	index, err := bleveindex.Open(dir, bleveindex.Options{})
	if err != nil {
		return nil, err
	}
	return &indexEngine{index}, nil
}

func (e *indexEngine) build(ctx context.Context, set dataset, done func(int)) error {
	return texts(set, 500, func(batch []document) error {
		var b rugzak.Batch
		for _, d := range batch {
			g := everyGroup[d.Group]
			b.Put = append(b.Put, rugzak.Document{
				ID: rugzak.EntryID(d.ID), Kind: d.Kind, State: rugzak.StateShared, Lang: d.Lang, Title: d.Title, Text: d.Body,
				Tokens: d.tokens(), Organisation: g.Organisation.ID, Themes: d.Themes, Phase: d.Phase, Year: d.Year, ListedAt: d.Listed,
			})
		}
		return e.index.Apply(ctx, b)
	}, done)
}

// tidy makes one segment of the index.
func (e *indexEngine) tidy(ctx context.Context) error { return e.index.Tidy(ctx) }

// rewrite puts the same texts in under the same ids.
func (e *indexEngine) rewrite(ctx context.Context, set dataset, done func(int)) error {
	return e.build(ctx, set, done)
}

func (e *indexEngine) run(ctx context.Context, t task, q question) (answer, error) {
	return runIndex(ctx, e.index, t, q)
}

// runIndex asks the index without the use cases around it.
func runIndex(ctx context.Context, x *bleveindex.Index, t task, q question) (answer, error) {
	s := rugzak.Search{Query: rugzak.ParseQuery(q.Text), Tokens: everyToken, Size: rugzak.MeasuredHits, Sort: rugzak.ByRelevance}
	switch t {
	case taskRanked:
	case taskFacets:
		s.Facets = rugzak.Facets()
	case taskNewest:
		s.Sort = rugzak.ByNewest
	default:
		return answer{}, errNoTask
	}
	r, err := x.Search(ctx, s)
	if err != nil {
		return answer{}, err
	}
	a := answer{Total: r.Total}
	for _, h := range r.Hits {
		a.IDs = append(a.IDs, string(h.ID))
	}
	for _, counts := range r.Facets {
		a.Facets += len(counts)
	}
	return a, nil
}

func (e *indexEngine) ranking(ctx context.Context, q question) ([]string, error) {
	a, err := e.run(ctx, taskRanked, q)
	return a.IDs, err
}

func (e *indexEngine) post(context.Context, document) (func(context.Context) (bool, error), error) {
	return nil, errNoTask
}

func (e *indexEngine) size(context.Context) (index, all int64, err error) {
	index, err = e.index.Size()
	return index, index, err
}

func (e *indexEngine) close() error { return e.index.Close() }
