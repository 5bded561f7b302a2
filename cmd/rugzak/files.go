// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// writeFile writes a file under a temporary name beside its place, syncs it,
// and moves it there: nothing stands at the place before it is complete. Only
// the owner may read it.
func writeFile(path string, replace bool, write func(io.Writer) error) (err error) {
	if _, err := os.Lstat(path); err == nil && !replace {
		return refused("cli.error.file_exists", path)
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = f.Close() // closed already when it failed late
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if err := write(f); err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

func syncDir(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// writeFolder writes a zip aside and unpacks it into a folder that is not there
// yet, or empty.
func writeFolder(path string, write func(io.Writer) error) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	entries, err := os.ReadDir(path)
	if err == nil && len(entries) > 0 {
		return refused("cli.error.folder_full", path)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	temp, err := os.MkdirTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	packed := filepath.Join(temp, "export.zip")
	if err := writeFile(packed, false, write); err != nil {
		return err
	}
	folder := filepath.Join(temp, "export")
	if err := unzip(packed, folder); err != nil {
		return err
	}
	if err := os.Rename(folder, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// unzip unpacks a zip that Rugzak itself made into a new folder.
func unzip(packed, folder string) error {
	z, err := zip.OpenReader(packed)
	if err != nil {
		return fmt.Errorf("unpack export: %w", err)
	}
	defer z.Close()
	if err := os.Mkdir(folder, 0o700); err != nil {
		return err
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer root.Close()
	for _, f := range z.File {
		if err := unzipFile(root, f); err != nil {
			return fmt.Errorf("unpack export: %w", err)
		}
	}
	return filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		return syncDir(name)
	})
}

func unzipFile(root *os.Root, f *zip.File) error {
	from, err := f.Open()
	if err != nil {
		return err
	}
	defer from.Close()
	if err := root.MkdirAll(filepath.Dir(filepath.FromSlash(f.Name)), 0o700); err != nil {
		return err
	}
	to, err := root.OpenFile(filepath.FromSlash(f.Name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return errors.Join(err, to.Sync(), to.Close())
}
