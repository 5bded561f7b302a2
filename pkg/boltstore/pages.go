// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"go.etcd.io/bbolt"
)

// How bbolt lays out a page: a header of id (8 bytes), flags (2), number of
// elements (2) and number of pages that go with it (4), then the elements.
// Source: go.etcd.io/bbolt, internal/common, page.go and bucket.go.
const (
	pageHeader  = 16
	pageElement = 16 // of a branch: where (4), key (4), page (8); of a leaf: flags, where, key, value (4 each)
	pageBranch  = 1
	pageLeaf    = 2
	leafBucket  = 1  // flag of an element that is a bucket in itself
	bucketHead  = 16 // its root page (8; 0 when the page lies behind this head) and its counter (8)
	deepest     = 64 // levels; no tree that bbolt grows comes near

	// Of a first page, behind its header.
	metaFreelist = pageHeader + 32
	metaTx       = pageHeader + 48
	noFreelist   = ^uint64(0)
)

// pageWalk follows every page of the file from its root and trusts nothing that
// it reads: bbolt does, so that a page number gone wrong ends the program, or
// keeps it in a circle for ever. It reads the file itself and not the map, where
// reading outside the file is a fault that only the same goroutine can catch.
type pageWalk struct {
	ctx    context.Context
	file   io.ReaderAt
	size   int             // of a page, in bytes
	pages  uint64          // how many there are
	seen   map[uint64]bool // pages that have their place in the tree
	report func(problem string)
	deep   bool // buckets as well, and not only the tree that holds them
	sound  bool
}

// soundPages reports what is wrong with the tree of pages, and whether bbolt can
// be trusted with it. Nobody may write meanwhile.
func soundPages(ctx context.Context, path string, tx *bbolt.Tx, report func(problem string)) (sound bool, err error) {
	w := pageWalk{ctx: ctx, report: report, deep: true}
	err = errors.Join(w.run(path, tx), ctx.Err())
	return w.sound, err
}

// soundRoot is an error when bbolt cannot be trusted with the tree of the buckets
// themselves, a page or three, which every piece of work begins with.
func soundRoot(path string, tx *bbolt.Tx) error {
	var problems []error
	w := pageWalk{ctx: context.Background(), report: func(problem string) { problems = append(problems, errors.New(problem)) }}
	if err := w.run(path, tx); err != nil {
		return err
	}
	return errors.Join(problems...)
}

func (w *pageWalk) run(path string, tx *bbolt.Tx) (err error) {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("boltstore: look at the pages: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	w.file, w.size, w.seen, w.sound = file, tx.DB().Info().PageSize, map[uint64]bool{}, true
	w.pages = uint64(tx.Size()) / uint64(w.size)
	w.page(uint64(tx.Cursor().Bucket().RootPage()), 0)
	w.freelist(uint64(tx.ID()))
	return nil
}

func (w *pageWalk) wrong(id uint64, format string, values ...any) {
	w.sound = false
	w.report(fmt.Sprintf("file pages: page %d: ", id) + fmt.Sprintf(format, values...))
}

// page looks at one page and at what hangs below it.
func (w *pageWalk) page(id uint64, level int) {
	if w.ctx.Err() != nil {
		return
	}
	first, more, ok := w.place(id)
	if !ok {
		return
	}
	if more > 0 {
		first = make([]byte, w.size*(more+1))
		if !w.read(id, first) {
			return
		}
	}
	w.content(id, first, level)
}

// place reads the first page of what should be at id and gives the pages that
// go with it their place.
func (w *pageWalk) place(id uint64) (first []byte, more int, ok bool) {
	if id < 2 || id >= w.pages {
		w.wrong(id, "lies outside the file of %d pages", w.pages)
		return nil, 0, false
	}
	first = make([]byte, w.size)
	if !w.read(id, first) {
		return nil, 0, false
	}
	own, last := binary.NativeEndian.Uint64(first), id+uint64(binary.NativeEndian.Uint32(first[12:]))
	switch {
	case own != id:
		w.wrong(id, "says that it is page %d", own)
		return nil, 0, false
	case last >= w.pages:
		w.wrong(id, "goes on outside the file")
		return nil, 0, false
	}
	for n := id; n <= last; n++ {
		if w.seen[n] {
			w.wrong(n, "has two places in the tree")
			return nil, 0, false
		}
		w.seen[n] = true
	}
	return first, int(last - id), true
}

func (w *pageWalk) read(id uint64, into []byte) bool {
	_, err := w.file.ReadAt(into, int64(id)*int64(w.size))
	if err != nil {
		w.wrong(id, "cannot be read: %v", err)
	}
	return err == nil
}

// freelist looks at the list of free pages that the newest first page tells of.
func (w *pageWalk) freelist(tx uint64) {
	for id := range uint64(2) {
		meta := make([]byte, w.size)
		if !w.read(id, meta) {
			return
		}
		list := binary.NativeEndian.Uint64(meta[metaFreelist:])
		if binary.NativeEndian.Uint64(meta[metaTx:]) == tx && list != noFreelist {
			_, _, _ = w.place(list)
			return
		}
	}
}

// content looks at the elements of a page, or of the page inside a small bucket.
func (w *pageWalk) content(id uint64, page []byte, level int) {
	flags, count := binary.NativeEndian.Uint16(page[8:]), int(binary.NativeEndian.Uint16(page[10:]))
	switch {
	case flags != pageBranch && flags != pageLeaf, flags == pageBranch && count == 0:
		w.wrong(id, "is no page of the tree (kind %#x with %d elements)", flags, count)
		return
	case len(page) < pageHeader+count*pageElement:
		w.wrong(id, "has too many elements: %d", count)
		return
	case level > deepest:
		w.wrong(id, "lies too deep")
		return
	}
	var last []byte
	for n := range count {
		at := pageHeader + n*pageElement
		word := func(n int) uint64 { return uint64(binary.NativeEndian.Uint32(page[at+4*n:])) }
		where, key, value := word(0), word(1), uint64(0)
		if flags == pageLeaf {
			where, key, value = word(1), word(2), word(3)
		}
		from := uint64(at) + where
		if from+key+value > uint64(len(page)) {
			w.wrong(id, "element %d lies outside the page", n)
			return
		}
		name := page[from : from+key]
		if n > 0 && bytes.Compare(last, name) >= 0 {
			w.wrong(id, "element %d is out of order", n)
			return
		}
		last = name
		switch {
		case flags == pageBranch:
			w.page(binary.NativeEndian.Uint64(page[at+8:]), level+1)
		case w.deep && word(0)&leafBucket != 0:
			w.bucket(id, page[from+key:from+key+value], level+1)
		}
	}
}

// bucket looks at a bucket, which holds either the number of its first page or,
// while it is small, that page itself.
func (w *pageWalk) bucket(id uint64, value []byte, level int) {
	switch {
	case len(value) < bucketHead:
		w.wrong(id, "holds a bucket cut short")
	case binary.NativeEndian.Uint64(value) != 0:
		w.page(binary.NativeEndian.Uint64(value), level)
	case len(value) < bucketHead+pageHeader:
		w.wrong(id, "holds a bucket cut short")
	default:
		w.content(id, value[bucketHead:], level)
	}
}
