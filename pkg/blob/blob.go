// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Package blob implements rugzak.Blobs: files in a folder beside the store, each
// under the SHA-256 of its bytes. A file is written under a temporary name,
// synced and moved into place before Put returns, so that a crash leaves a whole
// file or none, and one that nothing refers to is collected later.
package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"rugzak/pkg/rugzak"
)

// tempPrefix begins the name of a file that is being written.
const tempPrefix = ".new-"

// Folder keeps files in a folder. It is safe for concurrent use within one
// process, which must be the one that holds the store.
type Folder struct {
	path string
	now  func() time.Time
	room func(path string) (left int64, known bool)
	// moving keeps a file from being collected between the moment Put finds that
	// it is there and the moment it is marked as new.
	moving sync.Mutex
}

var _ rugzak.Blobs = (*Folder)(nil)

// Open opens a folder, and makes it when it is not there. What a crash left half
// written is taken away.
func Open(path string, clock rugzak.Clock) (*Folder, error) {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, fmt.Errorf("blob: make folder: %w", err)
	}
	left, err := filepath.Glob(filepath.Join(path, tempPrefix+"*"))
	if err != nil {
		return nil, fmt.Errorf("blob: look for what was broken off: %w", err)
	}
	for _, name := range left {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("blob: take away what was broken off: %w", err)
		}
	}
	return &Folder{path: path, now: clock.Now, room: roomIn}, nil
}

// file is where a file is: a folder per first two digits keeps folders small.
func (f *Folder) file(h rugzak.BlobHash) string {
	return filepath.Join(f.path, string(h[:2]), string(h))
}

// Put keeps what r gives.
func (f *Folder) Put(ctx context.Context, r io.Reader, limit int64) (h rugzak.BlobHash, size int64, err error) {
	temp, err := os.CreateTemp(f.path, tempPrefix+"*")
	if err != nil {
		return "", 0, fmt.Errorf("blob: put: %w", err)
	}
	defer func() {
		if failed := os.Remove(temp.Name()); failed != nil && !errors.Is(failed, fs.ErrNotExist) {
			err = errors.Join(err, failed)
		}
	}()
	sum := sha256.New()
	size, err = io.Copy(io.MultiWriter(temp, sum), io.LimitReader(contextReader{ctx, r}, limit+1))
	if err == nil && size > limit {
		err = &rugzak.Error{Code: rugzak.CodeTooLarge, Key: "error.attachment.too_large"}
	}
	if err == nil {
		err = temp.Sync()
	}
	if err = errors.Join(err, temp.Close()); err != nil {
		return "", 0, fmt.Errorf("blob: put: %w", err)
	}
	h = hashOf(sum)
	return h, size, f.place(temp.Name(), h)
}

func hashOf(sum hash.Hash) rugzak.BlobHash { return rugzak.BlobHash(hex.EncodeToString(sum.Sum(nil))) }

// place moves a whole file under its name. One that is there is marked as new
// instead, and only if its bytes are still right: a damaged one is replaced.
func (f *Folder) place(temp string, h rugzak.BlobHash) error {
	f.moving.Lock()
	defer f.moving.Unlock()
	path := f.file(h)
	if f.verify(context.Background(), h) == nil {
		now := f.now()
		if err := os.Chtimes(path, now, now); err != nil {
			return fmt.Errorf("blob: put: %w", err)
		}
		return nil
	}
	if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("blob: put: %w", err)
	}
	now := f.now()
	if err := errors.Join(os.Chtimes(temp, now, now), os.Rename(temp, path)); err != nil {
		return fmt.Errorf("blob: put: %w", err)
	}
	// The folder may be new, also since a crash.
	if err := errors.Join(syncFolder(filepath.Dir(path)), syncFolder(f.path)); err != nil {
		return fmt.Errorf("blob: put: %w", err)
	}
	return nil
}

// spare is what files leave free, in bytes: texts need room in the store beside
// them, and a store that met a full disk takes nothing any more.
const spare = 256 << 20

// Aside keeps what r gives in a file of which nobody knows the name.
func (f *Folder) Aside(ctx context.Context, r io.Reader, limit int64) (rugzak.Aside, int64, error) {
	if left, known := f.room(f.path); known && left < spare+limit {
		return nil, 0, &rugzak.Error{Code: rugzak.CodeUnavailable, Key: "error.attachment.no_room", Err: fmt.Errorf("blob: %d bytes are left in %s", left, f.path)}
	}
	file, err := os.CreateTemp(f.path, tempPrefix+"*")
	if err != nil {
		return nil, 0, fmt.Errorf("blob: aside: %w", err)
	}
	kept := &aside{File: file}
	if os.Remove(file.Name()) != nil { // systems that remove no open file remove it later
		kept.name = file.Name()
	}
	size, err := io.Copy(file, io.LimitReader(contextReader{ctx, r}, limit+1))
	if err == nil && size > limit {
		err = &rugzak.Error{Code: rugzak.CodeTooLarge, Key: "error.attachment.too_large"}
	}
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("blob: aside: %w", errors.Join(err, kept.Close()))
	}
	return kept, size, nil
}

// aside is a file that goes when it is closed.
type aside struct {
	*os.File
	name string
}

func (a *aside) Close() error {
	err := a.File.Close()
	if a.name != "" {
		err = errors.Join(err, os.Remove(a.name))
	}
	return err
}

// Open opens a file for reading.
func (f *Folder) Open(_ context.Context, h rugzak.BlobHash) (io.ReadSeekCloser, error) {
	if !h.Valid() {
		return nil, rugzak.NotFound()
	}
	file, err := os.Open(f.file(h))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, rugzak.NotFound()
	}
	if err != nil {
		return nil, fmt.Errorf("blob: open: %w", err)
	}
	return file, nil
}

// All yields what is there.
func (f *Folder) All(ctx context.Context) iter.Seq2[rugzak.Blob, error] {
	return func(yield func(rugzak.Blob, error) bool) {
		stop := errors.New("stop")
		err := f.each(ctx, func(b rugzak.Blob) error {
			if !yield(b, nil) {
				return stop
			}
			return nil
		})
		if err != nil && !errors.Is(err, stop) {
			yield(rugzak.Blob{}, err)
		}
	}
}

// each walks over the files. What is no
// file of ours is passed over.
func (f *Folder) each(ctx context.Context, do func(rugzak.Blob) error) error {
	folders, err := os.ReadDir(f.path)
	if err != nil {
		return fmt.Errorf("blob: list: %w", err)
	}
	for _, folder := range folders {
		if !folder.IsDir() || len(folder.Name()) != 2 {
			continue
		}
		files, err := os.ReadDir(filepath.Join(f.path, folder.Name()))
		if err != nil {
			return fmt.Errorf("blob: list: %w", err)
		}
		for _, file := range files {
			h := rugzak.BlobHash(file.Name())
			if !h.Valid() || !strings.HasPrefix(file.Name(), folder.Name()) || !file.Type().IsRegular() {
				continue
			}
			info, err := file.Info()
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return fmt.Errorf("blob: list: %w", err)
			}
			if err := errors.Join(ctx.Err(), do(rugzak.Blob{Hash: h, Size: info.Size(), At: info.ModTime()})); err != nil {
				return err
			}
		}
	}
	return nil
}

// Collect removes what nothing refers to.
func (f *Folder) Collect(ctx context.Context, grace time.Duration, used func(rugzak.BlobHash) (bool, error)) (removed int, err error) {
	before := f.now().Add(-grace)
	err = f.each(ctx, func(b rugzak.Blob) error {
		if b.At.After(before) {
			return nil
		}
		gone, err := f.remove(b.Hash, before, used)
		if gone {
			removed++
		}
		return err
	})
	return removed, err
}

// remove takes a file away when nothing refers to it. It looks again under the
// lock: Put may have marked it as new meanwhile.
func (f *Folder) remove(h rugzak.BlobHash, before time.Time, used func(rugzak.BlobHash) (bool, error)) (bool, error) {
	f.moving.Lock()
	defer f.moving.Unlock()
	path := f.file(h)
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("blob: collect: %w", err)
	}
	if info.ModTime().After(before) {
		return false, nil
	}
	if needed, err := used(h); err != nil || needed {
		return false, err
	}
	if err := os.Remove(path); err != nil {
		return false, fmt.Errorf("blob: collect: %w", err)
	}
	return true, syncFolder(filepath.Dir(path))
}

// Verify reads a file and compares its bytes with its name.
func (f *Folder) Verify(ctx context.Context, h rugzak.BlobHash) error {
	if !h.Valid() {
		return rugzak.NotFound()
	}
	return f.verify(ctx, h)
}

func (f *Folder) verify(ctx context.Context, h rugzak.BlobHash) (err error) {
	file, err := f.Open(ctx, h)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	sum := sha256.New()
	if _, err := io.Copy(sum, contextReader{ctx, file}); err != nil {
		return fmt.Errorf("blob: read: %w", err)
	}
	if got := hashOf(sum); got != h {
		return &rugzak.Error{Code: rugzak.CodeInternal, Key: "error.attachment.damaged",
			Err: fmt.Errorf("blob: %s holds other bytes", h)}
	}
	return nil
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

func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
