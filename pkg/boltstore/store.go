// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Package boltstore keeps the truth of the backpack in one bbolt file: it
// implements rugzak.Store. One process at a time may have the file open.
package boltstore

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"go.etcd.io/bbolt"

	"rugzak/pkg/rugzak"
)

// Options is how a store is opened.
type Options struct {
	// Timeout is how long to wait for another process to let go of the file.
	Timeout time.Duration
	// ReadOnly opens a file that is there for reading; several processes may.
	ReadOnly bool
	Log      *slog.Logger
}

// Store is a rugzak.Store in a file.
type Store struct {
	path string
	log  *slog.Logger
	// file is what is open; compacting puts another in its place.
	holding sync.Mutex
	file    *openFile
	// writing is held by the one who writes.
	writing chan struct{}
	// failed holds the first error of the disk. From then on nothing is
	// written: what the file holds is only known after opening it again.
	failed atomic.Pointer[error]
	// commitFault makes commits fail, in tests of this package only.
	commitFault func() error
	// compactStep is called between the steps of compacting, likewise.
	compactStep func(step string)
}

// openFile is a file and who uses it, so that it can be closed when the last
// one lets go.
type openFile struct {
	db    *bbolt.DB
	turn  int // how many files were opened before it
	users sync.WaitGroup
}

// hold returns the file as it is now, which stays open until release.
func (s *Store) hold() (db *bbolt.DB, release func()) {
	f := s.holdFile()
	return f.db, f.users.Done
}

func (s *Store) holdFile() *openFile {
	s.holding.Lock()
	defer s.holding.Unlock()
	s.file.users.Add(1)
	return s.file
}

var _ rugzak.Store = (*Store)(nil)

// Open opens the store at path, making or migrating it where needed.
func Open(path string, o Options) (*Store, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Timeout <= 0 {
		o.Timeout = time.Second
	}
	if !o.ReadOnly {
		if err := create(path); err != nil {
			return nil, fmt.Errorf("boltstore: make %s: %w", filepath.Base(path), err)
		}
	}
	db, err := open(path, o)
	if err != nil {
		return nil, err
	}
	if err := migrate(db, migrations()); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if !o.ReadOnly {
		if err := removeBroken(path); err != nil {
			o.Log.Warn("a copy that was broken off cannot be removed", "err", err)
		}
	}
	if !o.ReadOnly && wasteful(db) {
		if db, err = compact(db, path, o); err != nil {
			return nil, fmt.Errorf("boltstore: compact: %w", err)
		}
	}
	return newStore(db, path, o.Log), nil
}

func newStore(db *bbolt.DB, path string, log *slog.Logger) *Store {
	return &Store{file: &openFile{db: db}, path: path, log: log, writing: make(chan struct{}, 1)}
}

// Close lets go of the file. It waits for transactions that are under way.
func (s *Store) Close() error {
	s.writing <- struct{}{} // nobody compacts
	defer func() { <-s.writing }()
	db, release := s.hold()
	release()
	return db.Close()
}

// Size is the size of the file in bytes.
func (s *Store) Size() (int64, error) {
	info, err := os.Stat(s.path)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// Healthy returns the disk error after which the store stopped writing.
func (s *Store) Healthy() error {
	if err := s.failed.Load(); err != nil {
		return readOnly(*err)
	}
	return nil
}

func readOnly(err error) error {
	return &rugzak.Error{Code: rugzak.CodeUnavailable, Key: "error.store.read_only", Err: err}
}

// View runs fn on one consistent state.
func (s *Store) View(ctx context.Context, fn func(rugzak.Reader) error) (err error) {
	f := s.holdFile()
	defer f.users.Done()
	tx, err := begin(ctx, f.db, false)
	if err != nil {
		return err
	}
	defer finish(tx, &err)
	return fn(&reader{tx: tx, file: f.turn})
}

// Update runs fn in one transaction, synced to disk. Whoever waits for another
// writer may stop waiting by ending the context.
func (s *Store) Update(ctx context.Context, fn func(rugzak.Writer) error) (rugzak.Position, error) {
	select {
	case s.writing <- struct{}{}:
		defer func() { <-s.writing }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	if err := s.Healthy(); err != nil {
		return "", err
	}
	db, release := s.hold()
	defer release()
	tx, err := begin(ctx, db, true)
	if err != nil {
		return "", err
	}
	defer tx.Rollback() //nolint:errcheck // after a commit it says so, and that is fine
	w := &writer{reader: reader{tx: tx, pending: pending{}}}
	if err := fn(w); err != nil {
		return "", err
	}
	if err := w.settleAll(); err != nil {
		return "", err
	}
	if w.saves >= manySaves {
		tx.Bucket(bucketLists).FillPercent = nearlyFull
	}
	pos := position(tx.Bucket(bucketChanges).Sequence())
	if err := ctx.Err(); err != nil {
		return "", err // nobody would hear that it was stored
	}
	if err := guard(func() error { return s.commit(tx) }); err != nil {
		err = fmt.Errorf("boltstore: commit: %w", err)
		s.failed.CompareAndSwap(nil, &err)
		s.log.ErrorContext(ctx, "the store stops writing", "err", err)
		return "", readOnly(err)
	}
	return pos, nil
}

func (s *Store) commit(tx *bbolt.Tx) error {
	if s.commitFault != nil {
		if err := s.commitFault(); err != nil {
			return err
		}
	}
	return tx.Commit()
}
