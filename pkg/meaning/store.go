// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package meaning

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"rugzak/pkg/rugzak"
)

// Store keeps vectors in memory, and in a file to begin with after a restart.
type Store struct {
	dir    string
	header header
	log    *slog.Logger

	mu         sync.RWMutex
	file       *os.File // to append to
	items      map[rugzak.EntryID]item
	position   rugzak.Position
	dimensions int // 0 while there are no vectors
	dead       int // items in the file that were replaced or removed
}

// item is what is kept of an entry.
type item struct {
	ID      rugzak.EntryID
	Tokens  []string
	Sum     string
	Vectors []vector
}

// StoreOptions say whose vectors these are.
type StoreOptions struct {
	Model string // Name of the Embedder
	Of    string // names the backpack
	Log   *slog.Logger
}

// OpenStore opens the vectors in a folder. Those of another model or another
// backpack, and what is damaged, are thrown away.
func OpenStore(dir string, o StoreOptions) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make folder of meanings: %w", err)
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Store{dir: dir, header: header{Version: fileVersion, Model: o.Model, Of: o.Of}, log: o.Log, items: map[rugzak.EntryID]item{}}
	if err := s.load(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Position is how far the change log was followed.
func (s *Store) Position() rugzak.Position {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.position
}

// Sum is that of what an entry's vectors were made of.
func (s *Store) Sum(id rugzak.EntryID) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.items[id].Sum
}

// IDs lists the entries that have vectors, in order.
func (s *Store) IDs() []rugzak.EntryID {
	s.mu.RLock()
	defer s.mu.RUnlock()
	out := make([]rugzak.EntryID, 0, len(s.items))
	for id := range s.items {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

// Dimensions is the length of the vectors.
func (s *Store) Dimensions() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.dimensions
}

// Size is the room the file takes.
func (s *Store) Size() (int64, error) {
	info, err := os.Stat(filepath.Join(s.dir, fileName))
	if err != nil {
		return 0, fmt.Errorf("meanings: %w", err)
	}
	return info.Size(), nil
}

// Apply writes a batch behind the others, and then lets it count.
func (s *Store) Apply(b rugzak.VectorBatch) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := record{Position: b.Position}
	for _, id := range b.Remove {
		if _, held := s.items[id]; held { // what was purged leaves not even its id
			r.Remove = append(r.Remove, id)
		}
	}
	for _, m := range b.Put {
		it := item{ID: m.ID, Tokens: m.Tokens, Sum: m.Sum}
		if len(m.Vectors) == 0 {
			it.Vectors = s.items[m.ID].Vectors
		} else if err := checkVectors(m.Vectors); err != nil {
			return err
		}
		for _, v := range m.Vectors {
			it.Vectors = append(it.Vectors, pack(v))
		}
		if len(it.Vectors) > 0 {
			r.Put = append(r.Put, it)
		}
	}
	if !r.fits(s.dimensions) {
		return rugzak.ErrOtherVectors
	}
	if err := r.write(s.file); err != nil {
		return errors.Join(fmt.Errorf("write meanings: %w", err), s.reload())
	}
	s.take(r)
	if s.dead > len(s.items)+1000 {
		return s.rewrite()
	}
	return nil
}

// take lets a record count.
func (s *Store) take(r record) {
	for _, it := range r.Put {
		s.drop(it.ID)
		s.items[it.ID], s.dimensions = it, len(it.Vectors[0].Parts)
	}
	for _, id := range r.Remove {
		s.drop(id)
	}
	if r.Position != "" {
		s.position = r.Position
	}
}

func (s *Store) drop(id rugzak.EntryID) {
	if _, held := s.items[id]; held {
		delete(s.items, id)
		s.dead++
	}
}

// Purge takes entries out and makes the file anew. It returns when the old file
// is gone.
func (s *Store) Purge(ids []rugzak.EntryID) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range ids {
		s.drop(id)
	}
	return s.rewrite()
}

// Reset throws everything away.
func (s *Store) Reset() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forget()
	return s.rewrite()
}

func (s *Store) forget() {
	s.items, s.position, s.dimensions, s.dead = map[rugzak.EntryID]item{}, "", 0, 0
}

// Close closes the file.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file == nil {
		return nil
	}
	err := errors.Join(s.file.Sync(), s.file.Close())
	s.file = nil
	return err
}

// Forget removes the folder of meanings, where they are not used (any more).
func Forget(dir string) error {
	if err := os.RemoveAll(dir); err != nil {
		return fmt.Errorf("remove meanings: %w", err)
	}
	return nil
}
