// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"go.etcd.io/bbolt"

	"rugzak/pkg/rugzak"
)

// The suffixes of files beside the store: of a copy that is being sent, of the
// compact one that takes its place, of one that is being restored, and of the
// store that a restore put aside, which is kept.
const (
	copySuffix    = ".backup-"
	compactSuffix = ".compact"
	restoreSuffix = ".restore"
	keptSuffix    = ".before-"
)

// removeBroken takes away the copies of a process that was killed: they hold
// everything the store held then. Only the holder of the lock may call it.
func removeBroken(path string) error {
	folder, name := filepath.Split(path)
	files, err := os.ReadDir(filepath.Clean(folder))
	for _, f := range files {
		rest, beside := strings.CutPrefix(f.Name(), name)
		if beside && (strings.HasPrefix(rest, copySuffix) || rest == compactSuffix || strings.HasPrefix(rest, restoreSuffix)) {
			err = errors.Join(err, os.Remove(filepath.Join(folder, f.Name())))
		}
	}
	return err
}

// compactBatch bounds the memory that making a compact copy takes, in bytes.
const compactBatch = 8 << 20

// Backup writes a consistent, compacted copy of the store, while it is in use.
// The copy is made in a file beside the store first, so that a slow receiver
// keeps no old pages alive.
func (s *Store) Backup(ctx context.Context, w io.Writer) (err error) {
	temp, err := os.CreateTemp(filepath.Dir(s.path), filepath.Base(s.path)+copySuffix+"*")
	if err != nil {
		return fmt.Errorf("boltstore: backup: %w", err)
	}
	db, release := s.hold() // whoever purges waits until this copy is gone
	defer release()
	defer func() { err = errors.Join(err, os.Remove(temp.Name())) }()
	if err := temp.Close(); err != nil {
		return fmt.Errorf("boltstore: backup: %w", err)
	}
	if err := compactInto(db, temp.Name()); err != nil {
		return fmt.Errorf("boltstore: backup: %w", err)
	}
	copied, err := os.Open(temp.Name())
	if err != nil {
		return fmt.Errorf("boltstore: backup: %w", err)
	}
	defer copied.Close()
	if _, err := io.Copy(w, contextReader{ctx, copied}); err != nil {
		return fmt.Errorf("boltstore: send backup: %w", err)
	}
	return nil
}

// compactInto copies what the file holds at one moment, page after page full.
// bbolt.Compact cannot be used for a file that others write: its last commit
// comes after it let go of what it read, when the pages that the values lie in
// may already hold something else.
func compactInto(from *bbolt.DB, path string) error {
	to, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: time.Second})
	if err != nil {
		return err
	}
	to.AllocSize = growth
	err = guard(func() (err error) {
		c := compacting{to: to}
		defer func() { err = errors.Join(err, c.rollback()) }() // also of a file that cannot be read
		return from.View(func(tx *bbolt.Tx) error {
			if err := tx.ForEach(c.bucket); err != nil {
				return err
			}
			return c.commit() // while the values still lie where they were
		})
	})
	if err != nil {
		return errors.Join(err, to.Close())
	}
	return errors.Join(to.Sync(), to.Close())
}

// compacting writes a compact copy in transactions of bounded size.
type compacting struct {
	to   *bbolt.DB
	tx   *bbolt.Tx
	size int // bytes in tx
}

// bucket copies one bucket. Buckets hold records only, never other buckets.
func (c *compacting) bucket(name []byte, b *bbolt.Bucket) error {
	to, err := c.begin(name, b.Sequence())
	if err != nil {
		return err
	}
	return b.ForEach(func(key, value []byte) error {
		if value == nil {
			return fmt.Errorf("bucket %s: key %x holds no record", name, key)
		}
		if c.size += len(key) + len(value); c.size > compactBatch {
			if err := c.commit(); err != nil {
				return err
			}
			if to, err = c.begin(name, b.Sequence()); err != nil {
				return err
			}
		}
		to.FillPercent = 1
		return to.Put(key, value)
	})
}

// begin gives the bucket to write, in the transaction that is under way or in a
// new one.
func (c *compacting) begin(name []byte, sequence uint64) (*bbolt.Bucket, error) {
	if c.tx == nil {
		var err error
		if c.tx, err = c.to.Begin(true); err != nil {
			return nil, err
		}
		c.size = 0
	}
	b, err := c.tx.CreateBucketIfNotExists(name)
	if err != nil {
		return nil, err
	}
	return b, b.SetSequence(sequence)
}

func (c *compacting) commit() error {
	if c.tx == nil {
		return nil
	}
	err := c.tx.Commit()
	c.tx = nil
	return err
}

func (c *compacting) rollback() error {
	if c.tx == nil {
		return nil
	}
	return c.tx.Rollback()
}

// worthCompacting is how many bytes must be free before a file is compacted.
const worthCompacting = 2 << 20

// wasteful reports whether a fifth of the file or more holds nothing, as after
// a large import. The file never shrinks by itself.
func wasteful(db *bbolt.DB) bool {
	info, err := os.Stat(db.Path())
	if err != nil {
		return false
	}
	// The count of free pages is brought up to date by a transaction that could write.
	tx, err := db.Begin(true)
	if err != nil {
		return false
	}
	size := tx.Size()
	if err := tx.Rollback(); err != nil {
		return false
	}
	stats := db.Stats()
	used := size - int64(stats.FreePageN+stats.PendingPageN)*int64(db.Info().PageSize)
	free := info.Size() - used
	return free > worthCompacting && free > info.Size()/5
}

// compact puts a compacted copy in the place of an open file. The lock is let
// go only after the new file is in place; see open.
func compact(db *bbolt.DB, path string, o Options) (*bbolt.DB, error) {
	temp := path + compactSuffix
	if err := errors.Join(removeIfThere(temp), compactInto(db, temp)); err != nil {
		return nil, errors.Join(err, removeIfThere(temp), db.Close())
	}
	if err := os.Rename(temp, path); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := errors.Join(syncFolder(filepath.Dir(path)), db.Close()); err != nil {
		return nil, err
	}
	return open(path, o)
}

// contextReader stops reading when the context ends.
type contextReader struct {
	ctx context.Context
	io.Reader
}

func (r contextReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}

// Restored tells what a restore did.
type Restored struct {
	// Kept is where the store that was there is now; empty when there was none.
	Kept string
	// Removed counts what was purged after the backup was made, and is left out.
	Removed int
	// Unread says that the store that was there could not tell what was purged.
	Unread bool
}

// Restore puts a backup at path, after checking it from the first record to
// the last. What was purged, according to the store that is there and to
// tombstones, does not come back. A store that is there already is an error,
// unless replace: then it is kept beside. A store in use is refused.
func Restore(ctx context.Context, from io.Reader, path string, replace bool, tombstones []rugzak.Tombstone) (done Restored, err error) {
	_, err = os.Stat(path)
	there := err == nil
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return done, err
	}
	if there && !replace {
		return done, &rugzak.Error{Code: rugzak.CodeConflict, Key: "error.store.exists"}
	}
	if there {
		db, err := open(path, Options{Timeout: time.Second})
		if rugzak.CodeOf(err) == rugzak.CodeUnavailable {
			return done, err
		}
		if err == nil { // a damaged one may be replaced too
			defer func() { _ = db.Close() }() // holds the lock until the new one is in place
			var own []rugzak.Tombstone
			own, err = tombstonesIn(db)
			tombstones = append(own, tombstones...)
		}
		done.Unread = err != nil
	}
	temp := path + restoreSuffix
	if err := writeFile(ctx, temp, from); err != nil {
		return done, errors.Join(fmt.Errorf("boltstore: restore: %w", err), removeIfThere(temp))
	}
	err = checkFile(ctx, temp)
	if err == nil && len(tombstones) > 0 {
		done.Removed, err = applyTombstones(ctx, temp, tombstones)
	}
	if err != nil {
		return done, errors.Join(err, removeIfThere(temp), removeIfThere(temp+compactSuffix))
	}
	if there {
		done.Kept = path + keptSuffix + time.Now().UTC().Format("20060102T150405")
		if err := os.Rename(path, done.Kept); err != nil {
			return done, err
		}
	}
	if err := os.Rename(temp, path); err != nil {
		return done, err
	}
	return done, syncFolder(filepath.Dir(path))
}

// tombstonesIn reads the tombstones of an open file; one that is older than
// purging has none.
func tombstonesIn(db *bbolt.DB) (out []rugzak.Tombstone, err error) {
	err = guard(func() error {
		return db.View(func(tx *bbolt.Tx) (err error) {
			if tx.Bucket(bucketTombstones) != nil {
				out, err = (&reader{tx: tx}).Tombstones()
			}
			return err
		})
	})
	return out, err
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

func writeFile(ctx context.Context, path string, from io.Reader) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, contextReader{ctx, from})
	return errors.Join(err, f.Sync(), f.Close())
}

// checkFile opens a backup and reads all of it.
func checkFile(ctx context.Context, path string) error {
	db, err := open(path, Options{Timeout: time.Second})
	if err != nil {
		return err
	}
	err = guard(func() error {
		return db.View(func(tx *bbolt.Tx) error {
			had, err := schemaOf(tx)
			if err == nil && had == 0 {
				err = damaged(errors.New("it holds nothing"))
			}
			return err
		})
	})
	if err == nil {
		err = migrate(db, migrations())
	}
	if err != nil {
		return errors.Join(err, db.Close())
	}
	s := newStore(db, path, slog.New(slog.DiscardHandler))
	var first string
	count := 0
	err = s.Check(ctx, func(problem string) {
		if count++; first == "" {
			first = problem
		}
	})
	if count > 0 {
		err = errors.Join(err, damaged(fmt.Errorf("%d problems, the first: %s", count, first)))
	}
	return errors.Join(err, db.Close())
}
