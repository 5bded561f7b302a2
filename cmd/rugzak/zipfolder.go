// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"archive/zip"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"rugzak/pkg/exchange"
)

// zipFolder sends a folder as a zip, made while it is read: the server may not
// see the files of whoever types. What cannot be sent goes along by name, so
// that the server tells of it. Without whole only Markdown is sent.
func zipFolder(name string, whole bool) (io.ReadCloser, error) {
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	limits := exchange.HandedOver()
	if whole {
		limits = exchange.WholeExport()
	}
	r, w := io.Pipe()
	go func() {
		defer root.Close()
		z := zip.NewWriter(w)
		f := folderZip{root: root, zip: z, whole: whole, most: limits.File}
		err := fs.WalkDir(root.FS(), ".", f.visit)
		if err == nil {
			err = z.Close()
		}
		w.CloseWithError(err) // nil is the end of the file
	}()
	return r, nil
}

type folderZip struct {
	root  *os.Root
	zip   *zip.Writer
	whole bool
	most  int64 // bytes of a file; one more tells the server that it is too large
}

func (f folderZip) visit(name string, d fs.DirEntry, err error) error {
	if err != nil {
		if name == "." {
			return err
		}
		return f.lost(name)
	}
	if name != "." && strings.HasPrefix(path.Base(name), ".") || path.Base(name) == "__MACOSX" {
		if d.IsDir() {
			return fs.SkipDir
		}
		return nil
	}
	ext := strings.ToLower(path.Ext(name))
	switch {
	case d.IsDir():
		return nil
	case !d.Type().IsRegular():
		h := &zip.FileHeader{Name: name}
		h.SetMode(d.Type() | 0o600)
		_, err := f.zip.CreateHeader(h)
		return err
	case !f.whole && ext != ".md" && ext != ".markdown":
		return nil
	}
	file, err := f.root.Open(name)
	if err != nil {
		return f.lost(name)
	}
	defer file.Close()
	to, err := f.zip.CreateHeader(&zip.FileHeader{Name: name}) // stored: it only passes through
	if err != nil {
		return err
	}
	_, err = io.Copy(to, io.LimitReader(file, f.most+1))
	return err
}

// lost sends the name of something that cannot be read, as a special file: the
// server refuses it by name.
func (f folderZip) lost(name string) error {
	h := &zip.FileHeader{Name: name}
	h.SetMode(fs.ModeIrregular | 0o600)
	_, err := f.zip.CreateHeader(h)
	return err
}
