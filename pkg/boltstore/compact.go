// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"go.etcd.io/bbolt"

	"rugzak/pkg/rugzak"
)

// The steps of compacting, for tests.
const (
	stepWritten = "written" // the compact file is whole, under its own name
	stepPlaced  = "placed"  // it has taken the place of the old one
)

// Compact writes the file anew without what was removed: bbolt leaves removed
// bytes in free pages. Writers wait, readers finish in the old file, and a
// crash leaves either file, whole. It returns when the old one is closed, so
// that nothing leads to its bytes any more, and the copies that restores kept
// had their tombstones applied.
func (s *Store) Compact(ctx context.Context) error {
	gone, err := s.replace(ctx)
	if err != nil {
		return err
	}
	select {
	case err := <-gone:
		if err != nil {
			return fmt.Errorf("boltstore: compact: %w", err)
		}
	case <-ctx.Done():
		return ctx.Err() // the old file is closed all the same when its readers are done
	}
	return s.purgeKept(ctx)
}

// replace puts a compact file in the place of the open one. What it returns
// says when the old one was closed.
func (s *Store) replace(ctx context.Context) (gone <-chan error, err error) {
	select {
	case s.writing <- struct{}{}:
		defer func() { <-s.writing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err := s.Healthy(); err != nil {
		return nil, err
	}
	db, release := s.hold()
	defer release()
	if db.IsReadOnly() {
		return nil, readOnly(errors.New("boltstore: compact: opened for reading"))
	}
	temp := s.path + compactSuffix
	if err := errors.Join(removeIfThere(temp), compactInto(db, temp)); err != nil {
		return nil, errors.Join(fmt.Errorf("boltstore: compact: %w", err), removeIfThere(temp))
	}
	s.step(stepWritten)
	fresh, err := open(temp, Options{Timeout: time.Second})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("boltstore: compact: %w", err), removeIfThere(temp))
	}
	if err := os.Rename(temp, s.path); err != nil {
		return nil, errors.Join(fmt.Errorf("boltstore: compact: %w", err), fresh.Close(), removeIfThere(temp))
	}
	s.step(stepPlaced)
	err = syncFolder(filepath.Dir(s.path))
	if err != nil { // after a crash the old file may be back: it must miss nothing
		err = fmt.Errorf("boltstore: compact: %w", err)
		s.failed.CompareAndSwap(nil, &err)
		s.log.ErrorContext(ctx, "the store stops writing", "err", err)
	}
	return s.swap(fresh), err
}

func (s *Store) step(step string) {
	if s.compactStep != nil {
		s.compactStep(step)
	}
}

// swap makes another file the one in use and closes the old one when nobody
// reads it any more.
func (s *Store) swap(fresh *bbolt.DB) <-chan error {
	s.holding.Lock()
	defer s.holding.Unlock()
	old := s.file
	s.file = &openFile{db: fresh, turn: old.turn + 1}
	gone := make(chan error, 1)
	go func() {
		old.users.Wait()
		gone <- old.db.Close()
	}()
	return gone
}

// purgeKept applies the tombstones to the stores that restores put aside.
func (s *Store) purgeKept(ctx context.Context) error {
	kept, err := filepath.Glob(strings.NewReplacer(`*`, `\*`, `?`, `\?`, `[`, `\[`, `\`, `\\`).Replace(s.path) + keptSuffix + "*")
	if err != nil || len(kept) == 0 {
		return err
	}
	var tombstones []rugzak.Tombstone
	err = s.View(ctx, func(r rugzak.Reader) (err error) {
		tombstones, err = r.Tombstones()
		return err
	})
	for _, path := range kept {
		if err == nil && strings.HasSuffix(path, compactSuffix) { // of a process that was killed here
			err = removeIfThere(path)
		} else if err == nil {
			_, err = applyTombstones(ctx, path, tombstones)
		}
		if err != nil {
			return fmt.Errorf("boltstore: purge in %s: %w", filepath.Base(path), err)
		}
	}
	return nil
}

// applyTombstones takes out of the store in a file what may not come back, and
// writes the file anew. It returns how many subjects were there.
func applyTombstones(ctx context.Context, path string, tombstones []rugzak.Tombstone) (removed int, err error) {
	db, err := open(path, Options{Timeout: time.Second})
	if err != nil {
		return 0, err
	}
	if err := migrate(db, migrations()); err != nil {
		return 0, errors.Join(err, db.Close())
	}
	s := newStore(db, path, slog.New(slog.DiscardHandler))
	defer func() { err = errors.Join(err, s.Close()) }()
	_, err = s.Update(ctx, func(w rugzak.Writer) error {
		for _, t := range tombstones {
			was, err := w.(*writer).applyTombstone(t)
			if err != nil {
				return err
			}
			if was {
				removed++
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	gone, err := s.replace(ctx)
	if err != nil {
		return removed, err
	}
	return removed, <-gone
}
