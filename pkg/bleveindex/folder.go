// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

const (
	pointerName = "current"
	lockName    = "lock"
	indexPrefix = "index-"
)

// pointer is the small file that says which index is the current one.
type pointer struct {
	Index   string `json:"index"`
	Version string `json:"version"`
	Of      string `json:"of,omitempty"` // Options.Of
}

// folder is the directory of an index. The lock keeps a second process out.
type folder struct {
	dir  string
	of   string // Options.Of
	lock *os.File
	log  *slog.Logger
	left []string // indexes that could not be removed
}

// errInUse says that another process has the index open.
var errInUse = errors.New("the search index is in use by another process")

// openFolder makes the directory where there is none, and locks it.
func openFolder(dir, of string, log *slog.Logger) (*folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the index folder: %w", err)
	}
	f, err := os.OpenFile(filepath.Join(dir, lockName), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("opening the lock of the index: %w", err)
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		_ = f.Close()
		if errors.Is(err, unix.EWOULDBLOCK) {
			return nil, errInUse
		}
		return nil, fmt.Errorf("locking the index: %w", err)
	}
	return &folder{dir: dir, of: of, lock: f, log: log}, nil
}

func (f *folder) close() error { return f.lock.Close() }

func (f *folder) path(name string) string { return filepath.Join(f.dir, name) }

// current reads the pointer. It is empty when there is none that can be used.
func (f *folder) current() string {
	b, err := os.ReadFile(f.path(pointerName))
	if err != nil {
		if !errors.Is(err, os.ErrNotExist) {
			f.log.Warn("index pointer cannot be read", "error", err)
		}
		return ""
	}
	var p pointer
	if err := json.Unmarshal(b, &p); err != nil || !isIndexName(p.Index) {
		f.log.Warn("index pointer is damaged")
		return ""
	}
	if p.Version != version() {
		f.log.Info("index was made by another version", "found", p.Version, "want", version())
		return ""
	}
	if p.Of != f.of {
		f.log.Warn("index is of another backpack")
		return ""
	}
	return p.Index
}

// point makes an index the current one, in one step that no crash can split.
func (f *folder) point(name string) error {
	b, err := json.Marshal(pointer{Index: name, Version: version(), Of: f.of})
	if err != nil {
		return fmt.Errorf("writing the index pointer: %w", err)
	}
	next := f.path(pointerName + ".new")
	if err := writeSynced(next, b); err != nil {
		return fmt.Errorf("writing the index pointer: %w", err)
	}
	err = os.Rename(next, f.path(pointerName))
	if errors.Is(err, os.ErrExist) { // something else stands there
		err = errors.Join(os.RemoveAll(f.path(pointerName)), os.Rename(next, f.path(pointerName)))
	}
	if err != nil {
		return fmt.Errorf("putting the index pointer in place: %w", err)
	}
	return syncDir(f.dir)
}

// sweep removes everything but the named index: what a rebuild that was broken
// off, a crash or another version left behind.
func (f *folder) sweep(keep string) {
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		f.log.Warn("index folder cannot be listed", "error", err)
		return
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), indexPrefix) && e.Name() != keep {
			f.remove(e.Name())
		}
	}
}

func (f *folder) remove(name string) {
	if err := os.RemoveAll(f.path(name)); err != nil {
		f.log.Warn("old index cannot be removed", "index", name, "error", err)
	}
}

// clear removes indexes for certain: those of names and what could not be
// removed earlier. Whoever purges must know that the old files are gone.
func (f *folder) clear(names ...string) error {
	f.left = append(f.left, names...)
	var errs []error
	f.left = slices.DeleteFunc(f.left, func(name string) bool {
		err := os.RemoveAll(f.path(name))
		errs = append(errs, err)
		return err == nil
	})
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("removing an old search index: %w", err)
	}
	return nil
}

func newIndexName() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // crypto/rand never fails: it ends the program
	return indexPrefix + hex.EncodeToString(b[:])
}

func isIndexName(name string) bool {
	rest, ok := strings.CutPrefix(name, indexPrefix)
	b, err := hex.DecodeString(rest)
	return ok && err == nil && len(b) == 8
}

func writeSynced(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return errors.Join(err, f.Sync(), f.Close())
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("syncing the index folder: %w", err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("syncing the index folder: %w", err)
	}
	return nil
}
