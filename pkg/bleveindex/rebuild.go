// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"context"
	"errors"
	"sync"

	"rugzak/pkg/rugzak"
)

// Rebuilding is a new index beside the current one.
type Rebuilding struct {
	index *Index

	mu  sync.Mutex
	gen *generation // nil after Swap or Abort
}

// errOver says that a rebuild was swapped in or thrown away already.
var errOver = errors.New("this rebuild of the search index is over")

// Rebuild starts an empty index beside the current one.
func (x *Index) Rebuild(ctx context.Context) (rugzak.Rebuilding, error) {
	r, err := x.rebuilding(ctx)
	if err != nil {
		return nil, err
	}
	return r, nil
}

func (x *Index) rebuilding(ctx context.Context) (*Rebuilding, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	_, done, err := x.use() // the folder stays locked meanwhile
	if err != nil {
		return nil, err
	}
	defer done()
	g, err := createGeneration(x.folder, newIndexName())
	if err != nil {
		return nil, err
	}
	r := &Rebuilding{index: x, gen: g}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.current == nil {
		return nil, errors.Join(errClosed, g.retire())
	}
	x.pending[r] = struct{}{}
	return r, nil
}

// Apply writes a batch to the new index in one step.
func (r *Rebuilding) Apply(ctx context.Context, b rugzak.Batch) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.gen == nil {
		return errOver
	}
	return r.gen.apply(b, r.index.analysers)
}

// Swap makes the new index the current one. Searches under way finish in the
// old one, which is then removed; none waits. A crash leaves either index, whole.
// An error after the new one is in place says that the old files are still there.
func (r *Rebuilding) Swap(ctx context.Context) error { return r.swap(ctx, nil) }

// swap makes the new index the current one, unless another than the one that is
// named is current now.
func (r *Rebuilding) swap(ctx context.Context, instead *generation) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.gen == nil {
		return errOver
	}
	x := r.index
	x.mu.Lock()
	old := x.current
	if old == nil {
		x.mu.Unlock()
		return errClosed
	}
	if instead != nil && old != instead {
		x.mu.Unlock()
		return errOver
	}
	if err := x.folder.point(r.gen.name); err != nil {
		x.mu.Unlock()
		return err
	}
	x.current = r.gen
	delete(x.pending, r)
	r.gen = nil
	x.mu.Unlock()

	err := old.retire()
	x.swapping.Lock()
	defer x.swapping.Unlock()
	return errors.Join(err, x.folder.clear(old.name))
}

// Abort throws the new index away. It does nothing after Swap.
func (r *Rebuilding) Abort() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.gen == nil {
		return nil
	}
	g := r.gen
	r.gen = nil
	r.index.mu.Lock()
	delete(r.index.pending, r)
	r.index.mu.Unlock()
	err := g.retire()
	r.index.folder.remove(g.name)
	return err
}
