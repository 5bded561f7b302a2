// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"
)

const (
	// quietTime is how long nothing is written before an index is tidied.
	quietTime = 30 * time.Second
	// untidyShare of the texts may be removed, or lie outside the largest
	// segment, before the segments are made one. As the index has to change by so
	// much first, merging costs at most ten times what writing did.
	untidyShare = 0.1
)

// tidier makes one segment of many in quiet moments. While texts come in, small
// segments are merged sparingly, so that they can be found soon; what was
// replaced or removed then takes room until the segments are made one.
type tidier struct {
	writes atomic.Uint64
	stop   chan struct{}
	done   chan struct{}
}

// start watches for quiet moments.
func (t *tidier) start(g *generation, log *slog.Logger) {
	t.stop, t.done = make(chan struct{}), make(chan struct{})
	go func() {
		defer close(t.done)
		ticker := time.NewTicker(quietTime)
		defer ticker.Stop()
		seen := uint64(0)
		for {
			select {
			case <-t.stop:
				return
			case <-ticker.C:
			}
			if writes := t.writes.Load(); writes != seen {
				seen = writes
				continue
			}
			if err := g.tidy(); err != nil {
				log.Warn("search index cannot be tidied", "index", g.name, "error", err)
			}
		}
	}()
}

// tidy makes one segment of the index when that is worth it. It ends early when
// the index is closed.
func (g *generation) tidy() error {
	inner, ok := g.inner.(*scorch.Scorch)
	if !ok {
		return errOtherKind
	}
	untidy, err := g.isUntidy()
	if err != nil || !untidy {
		return err
	}
	one := mergeplan.SingleSegmentMergePlanOptions
	one.SegmentsPerMergeTask = 1000
	// A context that ends would make the merger try again for ever.
	merge := func() error { return inner.ForceMerge(context.Background(), &one) }
	if err := g.workers.have(merge); err != nil {
		return fmt.Errorf("tidying the search index: %w", err)
	}
	return nil
}

// isUntidy reports whether so much changed that making one segment is worth it.
func (g *generation) isUntidy() (bool, error) {
	all, largest := int64(0), int64(0)
	_, err := g.read(func(snapshot *scorch.IndexSnapshot) error {
		for _, s := range snapshot.Segments() {
			all += s.FullSize()
			largest = max(largest, int64(s.Count()))
		}
		return nil
	})
	return float64(all-largest) > untidyShare*float64(all), err
}

// Tidy does at once what happens by itself in quiet moments: it makes one
// segment of the index, when enough has changed for that to be worth it.
func (x *Index) Tidy(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	g, done, err := x.use()
	if err != nil {
		return err
	}
	defer done()
	return g.tidy()
}
