// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"rugzak/pkg/rugzak"
)

// Options says how to open an index.
type Options struct {
	// Logger tells what was found and thrown away; slog.Default when nil.
	Logger *slog.Logger
	// Of names the backpack whose entries are in the index. An index of another
	// one is thrown away, as its positions mean nothing here.
	Of string
}

// Index is rugzak.Index on bleve. It is safe for concurrent use.
type Index struct {
	folder    *folder
	log       *slog.Logger
	analysers analysers
	same      atomic.Pointer[sameTable]
	general   generalWords
	thesaurus func() *sameTable

	mu      sync.Mutex
	current *generation // nil once closed
	pending map[*Rebuilding]struct{}

	swapping sync.Mutex // guards what is left of old indexes
}

var _ rugzak.Index = (*Index)(nil)

// errClosed says that the index was closed.
var errClosed = errors.New("the search index is closed")

// Open opens the index in a directory, and makes it when there is none. An index
// that is damaged, of another backpack or made by another version is removed and
// an empty one, with an empty Position, takes its place. An error means that the
// directory cannot be used at all, or that another process uses it.
func Open(dir string, o Options) (*Index, error) {
	log := o.Logger
	if log == nil {
		log = slog.Default()
	}
	a, err := newAnalysers()
	if err != nil {
		return nil, fmt.Errorf("preparing the languages of the search index: %w", err)
	}
	f, err := openFolder(dir, o.Of, log)
	if err != nil {
		return nil, err
	}
	g, err := openCurrent(f)
	if err != nil {
		return nil, errors.Join(err, f.close())
	}
	f.sweep(g.name)
	thesaurus := sync.OnceValue(func() *sameTable { return newSameTable(thesaurusGroups(), a) })
	return &Index{thesaurus: thesaurus, folder: f, log: log, analysers: a, current: g, pending: map[*Rebuilding]struct{}{}}, nil
}

// openCurrent opens the index the folder points to, or starts an empty one.
func openCurrent(f *folder) (*generation, error) {
	if name := f.current(); name != "" {
		g, err := openGeneration(f, name)
		if err == nil {
			return g, nil
		}
		f.log.Warn("search index cannot be used and starts empty", "index", name, "error", err)
	}
	f.sweep("")
	g, err := createGeneration(f, newIndexName())
	if err != nil {
		return nil, err
	}
	if err := f.point(g.name); err != nil {
		return nil, errors.Join(err, g.retire())
	}
	return g, nil
}

// use gives the current index; call the second result when done with it.
func (x *Index) use() (*generation, func(), error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.current == nil {
		return nil, nil, errClosed
	}
	x.current.users.Add(1)
	return x.current, x.current.users.Done, nil
}

// read lets do look at one snapshot of the current index, and gives the position
// it has reached.
func (x *Index) read(ctx context.Context, do func(*generation, *scorch.IndexSnapshot) error) (rugzak.Position, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	g, done, err := x.use()
	if err != nil {
		return "", err
	}
	defer done()
	return g.read(func(snapshot *scorch.IndexSnapshot) error { return do(g, snapshot) })
}

// Position is how far the index has followed the change log. After a Swap it is
// the position of the new index, which may lie before that of the old one.
func (x *Index) Position(ctx context.Context) (rugzak.Position, error) {
	return x.read(ctx, func(*generation, *scorch.IndexSnapshot) error { return nil })
}

// Apply writes a batch in one step. An entry that is both put in and taken out
// is taken out. All texts of a batch are in memory at once: keep batches to
// some hundreds of entries. When writing shows that the index is damaged, an
// empty one takes its place: the error says so, and the Position is empty again.
func (x *Index) Apply(ctx context.Context, b rugzak.Batch) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	g, done, err := x.use()
	if err != nil {
		return err
	}
	err = func() error {
		defer done() // before the index may have to be replaced, which waits for who uses it
		return g.apply(b, x.analysers)
	}()
	if errors.Is(err, errBroken) {
		x.log.Warn("search index is damaged and starts empty", "index", g.name, "error", err)
		return errors.Join(err, x.startAnew(ctx, g))
	}
	return err
}

// startAnew puts an empty index in the place of one that is broken.
func (x *Index) startAnew(ctx context.Context, broken *generation) error {
	fresh, err := x.rebuilding(ctx)
	if err != nil {
		return err
	}
	if err := fresh.swap(ctx, broken); !errors.Is(err, errOver) { // over: another took its place meanwhile
		return errors.Join(err, fresh.Abort())
	}
	return fresh.Abort()
}

// Count is the number of documents.
func (x *Index) Count() (int, error) {
	g, done, err := x.use()
	if err != nil {
		return 0, err
	}
	defer done()
	n, err := g.bleve.DocCount()
	if err != nil {
		return 0, fmt.Errorf("counting the search index: %w", err)
	}
	return int(n), nil
}

// Size is the room the index takes on disk, in bytes.
func (x *Index) Size() (int64, error) {
	var total int64
	err := eachFile(x.folder.dir, func(_ string, size int64) error {
		total += size
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("measuring the search index: %w", err)
	}
	return total, nil
}

// Close waits for searches under way, throws away rebuilds that were not
// finished and closes the index. A second Close does nothing.
func (x *Index) Close() error {
	x.mu.Lock()
	g := x.current
	x.current = nil
	pending := x.pending
	x.pending = nil
	x.mu.Unlock()
	if g == nil {
		return nil
	}
	var errs []error
	for r := range pending {
		errs = append(errs, r.Abort())
	}
	if err := g.retire(); err != nil {
		errs = append(errs, err)
	} else if isClosed(g.workers.died) {
		x.folder.remove(g.name) // sums would call it whole
	} else {
		errs = append(errs, writeSums(g.dir))
	}
	return errors.Join(append(errs, x.folder.close())...)
}
