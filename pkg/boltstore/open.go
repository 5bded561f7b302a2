// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"rugzak/pkg/rugzak"
)

// open opens a file that is there. A damaged file is an error, never a panic.
func open(path string, o Options) (*bbolt.DB, error) {
	before, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("boltstore: open: %w", err)
	}
	if before.Size() == 0 { // it was never made like this; bbolt would take it for a new one
		return nil, damaged(errors.New("the file is empty"))
	}
	var db *bbolt.DB
	err = guard(func() (err error) {
		db, err = bbolt.Open(path, 0o600, &bbolt.Options{
			Timeout: o.Timeout, ReadOnly: o.ReadOnly, FreelistType: bbolt.FreelistMapType, InitialMmapSize: mapped,
		})
		return err
	})
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, inUse(err)
	case isSystem(err):
		return nil, fmt.Errorf("boltstore: open: %w", err)
	case err != nil: // what bbolt says about the bytes of a file
		return nil, damaged(err)
	}
	// Whoever held the lock may have put a compacted or restored file in place
	// meanwhile: then this is the old one.
	now, err := os.Stat(path)
	if err != nil || !os.SameFile(before, now) {
		return nil, errors.Join(inUse(err), db.Close())
	}
	err = guard(func() error {
		return db.View(func(tx *bbolt.Tx) error {
			if now.Size() < tx.Size() {
				return damaged(fmt.Errorf("the file has %d bytes and should have %d", now.Size(), tx.Size()))
			}
			switch err := soundRoot(path, tx); {
			case isSystem(err):
				return err
			case err != nil:
				return damaged(err)
			}
			return nil
		})
	})
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	db.AllocSize = growth
	return db, nil
}

// isSystem reports whether the operating system refused something.
func isSystem(err error) bool {
	_, ok := errors.AsType[syscall.Errno](err)
	return ok
}

// growth is by how much the file grows at once, in bytes: the library's own
// sixteen megabytes would be most of a small backpack.
const growth = 1 << 20

// mapped is how much address space the file gets at once, in bytes. While a
// reader is busy (an export, say) a writer must wait when the map has to grow,
// so it starts larger than a backpack becomes; it takes no memory or disk.
const mapped = 1 << 30

func inUse(err error) error {
	return &rugzak.Error{Code: rugzak.CodeUnavailable, Key: "error.store.in_use", Err: err}
}

func damaged(err error) error {
	return &rugzak.Error{Code: rugzak.CodeInternal, Key: "error.store.damaged", Err: err}
}

// create makes an empty store under another name and moves it into place, so
// that a crash during the first start leaves no half file.
func create(path string) (err error) {
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, removeIfThere(temp.Name())) }()
	if err := temp.Close(); err != nil {
		return err
	}
	db, err := bbolt.Open(temp.Name(), 0o600, &bbolt.Options{Timeout: time.Second})
	if err != nil {
		return err
	}
	if err := errors.Join(migrate(db, migrations()), db.Sync(), db.Close()); err != nil {
		return err
	}
	// A link, unlike a rename, never takes the place of a store that another
	// process made meanwhile; not every file system has links.
	if err := os.Link(temp.Name(), path); err != nil && !errors.Is(err, os.ErrExist) {
		if err := os.Rename(temp.Name(), path); err != nil {
			return err
		}
	}
	return syncFolder(filepath.Dir(path))
}

func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
