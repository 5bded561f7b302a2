// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// Limits bound what is read from a folder or a zip. Sizes are in bytes as they
// come out, counted while reading: no size that a zip claims is believed.
type Limits struct {
	Files int   // of any sort, folders included
	File  int64 // one file
	Total int64 // all files together
	Depth int   // folders inside folders
}

// HandedOver are the limits for files that anybody hands over.
func HandedOver() Limits {
	return Limits{Files: 20_000, File: maxFrontMatter + 2*rugzak.MaxBody, Total: 512 << 20, Depth: 16}
}

// WholeExport are the limits for an export, which its owner wrote.
func WholeExport() Limits {
	return Limits{Files: 500_000, File: 64 << 20, Total: 16 << 30, Depth: 4}
}

// maxName is the longest name of a file with its folders, in bytes.
const maxName = 1024

// Source is a folder or a zip of readable files. It is for one reader at a
// time.
type Source struct {
	names   []string // sorted
	refused []error  // files that are there and will not be opened
	open    func(name string) (io.ReadCloser, error)
	limits  Limits
	left    int64 // bytes that may still come
	close   func() error
}

// Open opens the folder or zip at a path. A folder is never left, whatever
// links stand in it.
func Open(name string, limits Limits) (*Source, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, unreadable(err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(unreadable(err), f.Close())
	}
	if info.IsDir() {
		return openFolder(name, f, limits)
	}
	s, err := Zip(f, info.Size(), limits)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	s.close = f.Close
	return s, nil
}

func openFolder(name string, f *os.File, limits Limits) (*Source, error) {
	_ = f.Close() // nothing was written to it
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, unreadable(err)
	}
	s, err := Folder(root.FS(), limits)
	if err != nil {
		return nil, errors.Join(err, root.Close())
	}
	s.close = root.Close
	return s, nil
}

func unreadable(err error) error {
	return &rugzak.Error{Code: rugzak.CodeInvalid, Key: "exchange.unreadable", Err: fmt.Errorf("open source: %w", err)}
}

// Folder reads a folder tree. Hidden files and folders are passed over, links
// are reported and not followed.
func Folder(fsys fs.FS, limits Limits) (*Source, error) {
	s := &Source{limits: limits, left: limits.Total, close: func() error { return nil }}
	s.open = func(name string) (io.ReadCloser, error) { return fsys.Open(name) }
	seen := 0
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			if name == "." {
				return err
			}
			s.refused = append(s.refused, refuse(name, 0, "exchange.unreadable"))
			return nil
		}
		if seen++; seen > limits.Files+1 {
			return refuse("", 0, "exchange.files", limits.Files)
		}
		if name != "." && isHidden(path.Base(name)) {
			return skip(d)
		}
		if d.IsDir() && strings.Count(name, "/") >= limits.Depth {
			s.refused = append(s.refused, refuse(name, 0, "exchange.depth", limits.Depth))
			return fs.SkipDir
		}
		if !d.IsDir() {
			s.take(name, d.Type())
		}
		return nil
	})
	if rugzak.CodeOf(err) == rugzak.CodeInternal {
		return nil, unreadable(err)
	} else if err != nil {
		return nil, err
	}
	slices.Sort(s.names)
	return s, nil
}

func skip(d fs.DirEntry) error {
	if d.IsDir() {
		return fs.SkipDir
	}
	return nil
}

func isHidden(base string) bool { return strings.HasPrefix(base, ".") || base == "__MACOSX" }

// take accepts a file by its name and type, or notes why not.
func (s *Source) take(name string, mode fs.FileMode) {
	switch {
	case !goodName(name):
		s.refused = append(s.refused, refuse(shown(name), 0, "exchange.name"))
	case mode&fs.ModeSymlink != 0:
		s.refused = append(s.refused, refuse(name, 0, "exchange.link"))
	case !mode.IsRegular():
		s.refused = append(s.refused, refuse(name, 0, "exchange.special"))
	default:
		s.names = append(s.names, name)
	}
}

// goodName accepts names that stay inside the source on every system and can
// be shown.
func goodName(name string) bool {
	return len(name) <= maxName && utf8.ValidString(name) && fs.ValidPath(name) && name != "." &&
		!strings.Contains(name, "\\") && !strings.ContainsFunc(name, unicode.IsControl)
}

// Close closes what the source reads from.
func (s *Source) Close() error { return s.close() }

// Len is the number of files in the source, for a progress bar.
func (s *Source) Len() int { return len(s.names) + len(s.refused) }

func (s *Source) has(name string) bool {
	_, found := slices.BinarySearch(s.names, name)
	return found
}

// errSpent ends the reading of a source whose files are larger together than
// allowed.
var errSpent = errors.New("source is larger than its limit")

// read returns a whole file. It never reads more than the limits allow,
// whatever the file or zip says about its size; errSpent says that no file may
// be read any more.
func (s *Source) read(name string) ([]byte, error) {
	f, err := s.open(name)
	if err != nil {
		return nil, refuse(name, 0, "exchange.unreadable")
	}
	defer f.Close()
	var buf bytes.Buffer
	n, err := io.Copy(&buf, io.LimitReader(f, min(s.limits.File, s.left)+1))
	s.left -= n
	switch {
	case s.left < 0:
		return nil, errSpent
	case n > s.limits.File:
		return nil, refuse(name, 0, "exchange.file_size", int(s.limits.File>>10))
	case err != nil:
		return nil, refuse(name, 0, "exchange.unreadable")
	}
	return buf.Bytes(), nil
}

// spent is the error for errSpent.
func (s *Source) spent() error {
	return refuse("", 0, "exchange.total_size", int(s.limits.Total>>20))
}
