// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"context"
	"runtime"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"rugzak/pkg/rugzak"
)

// hits goes through the texts that the reader may see, that fulfil all conditions
// and that have a loose word if there are any, in order.
type hits struct {
	ctx    context.Context
	scorer *scorer
	texts  bitset
	at     uint64
	steps  int
}

// newHits decides which texts there are, and reads the words for their score.
func newHits(ctx context.Context, snapshot *scorch.IndexSnapshot, s rugzak.Search, p plan, a analysers, fix *repairer) (*hits, error) {
	c := conditions{ctx: ctx, reader: snapshot, families: families{reader: snapshot, analysers: a}, sight: fix}
	texts, err := c.narrow(fix.readable, s, p)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil { // before the words are read
		return nil, err
	}
	scorer, err := newScorer(ctx, snapshot, p, a, fix)
	if err != nil {
		return nil, err
	}
	if p.hasLoose() {
		texts = texts.and(scorer.loose)
	}
	return &hits{ctx: ctx, scorer: scorer, texts: texts}, nil
}

// next gives the next text, noDoc at the end. It ends with the context, and now
// and then lets go first what makes new texts findable.
func (h *hits) next() (uint64, error) {
	if h.steps++; h.steps%1024 == 1 {
		runtime.Gosched()
		if err := h.ctx.Err(); err != nil {
			return noDoc, err
		}
	}
	doc := h.texts.next(h.at)
	h.at = doc + 1
	return doc, nil
}

func (h *hits) close() { h.scorer.close() }
