// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"rugzak/pkg/rugzak"
)

// folderTarget writes into a temporary folder beside the final one.
type folderTarget struct{ path, temp string }

func newFolderTarget(path string) (*folderTarget, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("export to folder: %w", err)
	}
	if err := wantEmpty(path); err != nil {
		return nil, err
	}
	temp, err := os.MkdirTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return nil, unwritable(err)
	}
	return &folderTarget{path: path, temp: temp}, nil
}

// wantEmpty refuses to write over anything but an empty folder.
func wantEmpty(path string) error {
	entries, err := os.ReadDir(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil || len(entries) > 0 {
		return &rugzak.Error{Code: rugzak.CodeInvalid, Key: "exchange.target_exists", Err: err}
	}
	return nil
}

func unwritable(err error) error {
	return &rugzak.Error{Code: rugzak.CodeInvalid, Key: "exchange.target", Err: err}
}

func (t *folderTarget) put(name string, data []byte) error {
	full := filepath.Join(t.temp, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(full), 0o700); err != nil {
		return err
	}
	return os.WriteFile(full, data, 0o600)
}

func (t *folderTarget) copy(name string, from io.Reader) error {
	full := filepath.Join(t.temp, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(full), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(full, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, from)
	return errors.Join(err, f.Close())
}

// commit makes the files durable and moves the folder to its place. Syncing at
// the end lets the disk write many files at once.
func (t *folderTarget) commit() error {
	err := filepath.WalkDir(t.temp, func(name string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return syncPath(name)
	})
	if err != nil {
		return err
	}
	if err := wantEmpty(t.path); err != nil {
		return err
	}
	// An empty folder must make room; this fails when it is not empty any more.
	if err := os.Remove(t.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(t.temp, t.path); err != nil {
		return err
	}
	return syncPath(filepath.Dir(t.path))
}

func (t *folderTarget) discard() error { return os.RemoveAll(t.temp) }

func syncPath(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// zipTime stands on every file of a zip, so that it says nothing of when the
// export was made. It is the first moment a zip can tell.
var zipTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// zipTarget streams a zip.
type zipTarget struct{ w *zip.Writer }

func newZipTarget(w io.Writer) *zipTarget { return &zipTarget{zip.NewWriter(w)} }

func (t *zipTarget) put(name string, data []byte) error {
	h := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: zipTime}
	h.SetMode(0o600)
	f, err := t.w.CreateHeader(h)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return err
}

// copy stores a file as it is: pictures and documents are compressed already.
func (t *zipTarget) copy(name string, from io.Reader) error {
	h := &zip.FileHeader{Name: name, Method: zip.Store, Modified: zipTime}
	h.SetMode(0o600)
	f, err := t.w.CreateHeader(h)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, from)
	return err
}

func (t *zipTarget) commit() error  { return t.w.Close() }
func (t *zipTarget) discard() error { return nil }

// zipFileTarget writes a zip under a temporary name.
type zipFileTarget struct {
	*zipTarget
	path string
	file *os.File
}

func newZipFileTarget(path string) (*zipFileTarget, error) {
	if err := wantAbsent(path); err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*") // mode 0600
	if err != nil {
		return nil, unwritable(err)
	}
	return &zipFileTarget{zipTarget: newZipTarget(f), path: path, file: f}, nil
}

func wantAbsent(path string) error {
	_, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return &rugzak.Error{Code: rugzak.CodeInvalid, Key: "exchange.target_exists", Err: err}
}

func (t *zipFileTarget) commit() error {
	if err := t.zipTarget.commit(); err != nil {
		return err
	}
	if err := errors.Join(t.file.Sync(), t.file.Close()); err != nil {
		return err
	}
	if err := wantAbsent(t.path); err != nil {
		return err
	}
	if err := os.Rename(t.file.Name(), t.path); err != nil {
		return err
	}
	return syncPath(filepath.Dir(t.path))
}

func (t *zipFileTarget) discard() error {
	_ = t.file.Close() // closed already when commit failed late
	return os.Remove(t.file.Name())
}
