// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"archive/zip"
	"errors"
	"io"
	"slices"
	"strings"
)

// Zip reads a zip archive of the given size. Nothing is unpacked to disk.
// Names that leave the archive, stand twice or cannot be shown, links and
// encrypted files are reported; hidden files are passed over.
func Zip(r io.ReaderAt, size int64, limits Limits) (*Source, error) {
	// The list of files is read whole before it can be counted: bound it by what
	// that many files with names of usual length may take.
	const perFile, beside = 160, 1 << 20
	bounded := &boundedReaderAt{r: r, left: int64(limits.Files)*perFile + beside}
	archive, err := zip.NewReader(bounded, size)
	if errors.Is(err, errSpent) || err == nil && len(archive.File) > limits.Files {
		return nil, refuse("", 0, "exchange.files", limits.Files)
	}
	if err != nil {
		return nil, refuse("", 0, "exchange.zip")
	}
	bounded.open = true
	s := &Source{limits: limits, left: limits.Total, close: func() error { return nil }}
	files := map[string]*zip.File{}
	for _, f := range archive.File {
		name := f.Name
		switch {
		case strings.HasSuffix(name, "/"): // a folder: its files say enough
		case !goodName(name):
			s.take(name, 0)
		case slices.ContainsFunc(strings.Split(name, "/"), isHidden):
		case files[name] != nil:
			s.refused = append(s.refused, refuse(name, 0, "exchange.name_twice"))
		case strings.Count(name, "/") > limits.Depth:
			s.refused = append(s.refused, refuse(name, 0, "exchange.depth", limits.Depth))
		case f.Flags&1 != 0:
			s.refused = append(s.refused, refuse(name, 0, "exchange.encrypted"))
		default:
			files[name] = f
			s.take(name, f.Mode().Type())
		}
	}
	slices.Sort(s.names)
	s.open = func(name string) (io.ReadCloser, error) { return files[name].Open() }
	return s, nil
}

// boundedReaderAt reads a bounded number of bytes until it is open.
type boundedReaderAt struct {
	r    io.ReaderAt
	left int64
	open bool
}

func (b *boundedReaderAt) ReadAt(p []byte, off int64) (int, error) {
	if !b.open {
		if b.left -= int64(len(p)); b.left < 0 {
			return 0, errSpent
		}
	}
	return b.r.ReadAt(p, off)
}
