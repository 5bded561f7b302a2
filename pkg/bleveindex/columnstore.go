// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"errors"
	"log/slog"
	"slices"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
)

// columnStore keeps the columns of the segments of one index. They are made in
// the background as soon as a segment appears, and no search waits for that: it
// reads what is not there yet from the segment, for its own hits only.
type columnStore struct {
	mu   sync.Mutex
	byID map[uint64]*columns
	// making is held by a suggestion that makes what it cannot do without.
	making sync.Mutex

	woken chan struct{}
	stop  chan struct{}
	done  chan struct{}
}

// errStopped says that the index is being closed.
var errStopped = errors.New("the search index is being closed")

// start begins to make columns of what is in an index and what comes.
func (c *columnStore) start(inner index.Index, log *slog.Logger) {
	c.woken, c.stop, c.done = make(chan struct{}, 1), make(chan struct{}), make(chan struct{})
	c.wake()
	columnStores.Store(inner, c)
	go func() {
		defer close(c.done)
		defer columnStores.Delete(inner)
		for {
			select {
			case <-c.stop:
				return
			case <-c.woken:
			}
			if err := c.fill(inner); err != nil && !errors.Is(err, errStopped) {
				log.Warn("properties of the search index stay unprepared", "error", err)
			}
		}
	}()
}

// close ends the work in the background.
func (c *columnStore) close() {
	close(c.stop)
	<-c.done
}

// wake says that there may be a new segment.
func (c *columnStore) wake() {
	select {
	case c.woken <- struct{}{}:
	default:
	}
}

// of returns the columns of the segments of a snapshot, in order, nil where
// there are none yet, and the number of the first text of each.
func (c *columnStore) of(snapshot *scorch.IndexSnapshot) ([]*columns, []uint64) {
	segments := snapshot.Segments()
	all, firsts := make([]*columns, len(segments)), make([]uint64, len(segments))
	first := uint64(0)
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, s := range segments {
		all[i], firsts[i] = c.byID[s.Id()], first
		first += uint64(s.FullSize())
	}
	return all, firsts
}

// fill makes the columns of all segments that have none, and lets go of those
// of segments that are gone.
func (c *columnStore) fill(inner index.Index) (err error) {
	reader, err := inner.Reader()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return errOtherKind
	}
	ready, firsts := c.of(snapshot)
	segments := snapshot.Segments()
	current := make(map[uint64]*columns, len(segments))
	for i, s := range segments {
		if ready[i] == nil {
			if ready[i], err = c.readWhole(snapshot, s, firsts[i]); err != nil {
				return err
			}
		}
		current[s.Id()] = ready[i]
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.byID = current
	return nil
}

// whole returns the columns of all segments of a snapshot, and makes those that
// are not there yet: of a new segment, which is small, or of one that has just
// been merged.
func (c *columnStore) whole(snapshot *scorch.IndexSnapshot) ([]*columns, []uint64, error) {
	all, firsts := c.of(snapshot)
	if !slices.Contains(all, nil) {
		return all, firsts, nil
	}
	c.making.Lock()
	defer c.making.Unlock()
	all, firsts = c.of(snapshot) // another one may have made them
	for i, s := range snapshot.Segments() {
		if all[i] != nil {
			continue
		}
		var err error
		if all[i], err = c.readWhole(snapshot, s, firsts[i]); err != nil {
			return nil, nil, err
		}
	}
	return all, firsts, nil
}

// readWhole reads all that is kept in memory of a segment, and keeps it.
func (c *columnStore) readWhole(snapshot *scorch.IndexSnapshot, s *scorch.SegmentSnapshot, first uint64) (*columns, error) {
	cols, err := readColumns(snapshot, first, uint64(s.FullSize()), c.stop)
	if err != nil {
		return nil, err
	}
	if cols.titles, err = readTitles(s); err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.byID[s.Id()] = cols
	return cols, nil
}

// columnStores finds the columns of an index of which something happened: bleve
// can only call a function that was named before it started.
var columnStores sync.Map // index.Index to *columnStore

const segmentsChanged = "rugzak segments changed"

func init() {
	scorch.RegistryEventCallbacks[segmentsChanged] = func(e scorch.Event) bool {
		switch e.Kind {
		case scorch.EventKindBatchIntroduction, scorch.EventKindMergeTaskIntroduction, scorch.EventKindPersisterProgress:
			if c, ok := columnStores.Load(index.Index(e.Scorch)); ok {
				c.(*columnStore).wake()
			}
		}
		return true
	}
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}
