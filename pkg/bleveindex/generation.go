// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"rugzak/pkg/rugzak"
)

// positionKey is where an index keeps how far it followed the change log.
const positionKey = "position"

// generation is one bleve index. Who uses it holds on to it, so that it can be
// replaced at any moment and is closed when the last one lets go.
type generation struct {
	name         string
	dir          string
	bleve        bleve.Index
	inner        index.Index
	users        sync.WaitGroup
	workers      *workers
	columns      *columnStore
	vocabularies vocabularies
	tidier       tidier
	write        sync.Mutex // batches go in one by one: their positions are in order
}

// settings are for a small footprint: every batch is synced (the position must
// not run ahead of the documents), few segments, and a second process that
// opens the files gets an error instead of waiting for ever.
func settings() map[string]any {
	return map[string]any{
		"bolt_timeout":           "1s",
		"eventCallbackName":      segmentsChanged,
		"asyncErrorCallbackName": workerFailed,
		"scorchMergePlanOptions": map[string]any{"maxSegmentsPerTier": 3, "floorSegmentSize": 200},
	}
}

func createGeneration(f *folder, name string) (g *generation, err error) {
	dir := f.path(name)
	w := watchWorkers(dir)
	defer func() {
		if err != nil {
			w.forget(dir)
		}
	}()
	b, err := bleve.NewUsing(dir, emptyMapping(), scorch.Name, bleve.Config.DefaultKVStore, settings())
	if err != nil {
		return nil, fmt.Errorf("making a search index: %w", err)
	}
	return newGeneration(name, dir, b, w, f.log)
}

// openGeneration opens an index that has no sign of damage. What bleve makes of
// files that are damaged after all, a panic or a fault, is an error too.
func openGeneration(f *folder, name string) (g *generation, err error) {
	dir := f.path(name)
	if err := verify(dir); err != nil {
		return nil, fmt.Errorf("checking the search index: %w", err)
	}
	w := watchWorkers(dir)
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			g, err = nil, fmt.Errorf("opening the search index: %v", r)
		}
		if err != nil {
			w.forget(dir)
		}
	}()
	b, err := bleve.OpenUsing(dir, settings())
	if err != nil {
		return nil, fmt.Errorf("opening the search index: %w", err)
	}
	// From here on the files change.
	if err := os.Remove(filepath.Join(dir, sumsName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, errors.Join(fmt.Errorf("opening the search index: %w", err), b.Close())
	}
	return newGeneration(name, dir, b, w, f.log)
}

func newGeneration(name, dir string, b bleve.Index, w *workers, log *slog.Logger) (*generation, error) {
	inner, err := b.Advanced()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("opening the search index: %w", err), b.Close())
	}
	g := &generation{name: name, dir: dir, bleve: b, inner: inner, workers: w, columns: &columnStore{byID: map[uint64]*columns{}}}
	if _, err := g.read(func(*scorch.IndexSnapshot) error { return nil }); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	g.columns.start(inner, log)
	g.tidier.start(g, log)
	return g, nil
}

// apply writes one batch and its position together.
func (g *generation) apply(b rugzak.Batch, a analysers) error {
	batch := g.bleve.NewBatch()
	for _, d := range b.Put {
		if err := batch.IndexAdvanced(documentOf(d, a)); err != nil {
			return fmt.Errorf("indexing %s: %w", d.ID, err)
		}
	}
	for _, id := range b.Remove {
		batch.Delete(string(id))
	}
	if b.Position != "" {
		batch.SetInternal([]byte(positionKey), []byte(b.Position))
	}
	if batch.Size() == 0 {
		return nil
	}
	g.write.Lock()
	defer g.write.Unlock()
	if err := g.workers.have(func() error { return g.bleve.Batch(batch) }); err != nil {
		return fmt.Errorf("writing to the search index: %w", err)
	}
	g.tidier.writes.Add(1)
	return nil
}

// errOtherKind says that the index was made by another part of bleve than ours.
var errOtherKind = errors.New("the search index is of another kind")

// read lets do look at one snapshot of the index, and gives the position it has
// reached.
func (g *generation) read(do func(*scorch.IndexSnapshot) error) (at rugzak.Position, err error) {
	reader, err := g.inner.Reader()
	if err != nil {
		return "", fmt.Errorf("reading the search index: %w", err)
	}
	defer func() {
		if cerr := reader.Close(); cerr != nil {
			err = errors.Join(err, fmt.Errorf("closing a snapshot of the search index: %w", cerr))
		}
	}()
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return "", errOtherKind
	}
	position, err := snapshot.GetInternal([]byte(positionKey))
	if err != nil {
		return "", fmt.Errorf("reading the position of the search index: %w", err)
	}
	return rugzak.Position(position), do(snapshot)
}

// retire closes an index when nobody uses it any more.
func (g *generation) retire() error {
	g.users.Wait()
	g.write.Lock()
	defer g.write.Unlock()
	defer g.workers.forget(g.dir)
	g.columns.close()
	close(g.tidier.stop)
	if isClosed(g.workers.died) {
		g.leave()
		return nil
	}
	err := g.workers.have(g.bleve.Close)
	if errors.Is(err, errBroken) {
		return nil
	}
	<-g.tidier.done // closing the index ends what it was doing
	if err != nil {
		return fmt.Errorf("closing the search index: %w", err)
	}
	return nil
}

// leave ends the workers that are left of an index that has lost one. It waits
// for nothing: a batch that was left behind holds the index for ever, and the
// worker that died may have done so with the file of the segments in its hands.
func (g *generation) leave() {
	go func() {
		defer func() { _ = recover() }()
		_ = g.inner.Close()
	}()
}
