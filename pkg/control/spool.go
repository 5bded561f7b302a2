// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package control

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"rugzak/pkg/rugzak"
)

// spoolPattern names the files in which imports are kept while they are read.
const spoolPattern = ".import-*"

// spool is a file that was sent, kept in the data directory because a zip is
// read from its end, and because nothing may wait for a slow sender while it
// writes to the store.
type spool struct {
	*os.File
	size  int64
	lines int
}

// newSpool keeps at most limit bytes.
func newSpool(dir string, r io.Reader, limit int64) (*spool, error) {
	f, err := os.CreateTemp(dir, spoolPattern) // mode 0600
	if err != nil {
		return nil, fmt.Errorf("keep import: %w", err)
	}
	s := &spool{File: f}
	counter := &lineCounter{}
	s.size, err = io.Copy(f, io.TeeReader(io.LimitReader(r, limit+1), counter))
	s.lines = counter.lines
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	switch {
	case err != nil:
		return nil, errors.Join(fmt.Errorf("keep import: %w", err), s.remove())
	case s.size > limit:
		tooLarge := &rugzak.Error{Code: rugzak.CodeTooLarge, Key: "exchange.total_size", Args: []any{int(limit >> 20)}}
		return nil, errors.Join(tooLarge, s.remove())
	}
	return s, nil
}

func (s *spool) remove() error { return errors.Join(s.Close(), os.Remove(s.Name())) }

// RemoveSpools takes away what imports left behind when a server was killed.
// Only the holder of the store's lock may call it.
func RemoveSpools(dir string) error {
	names, err := filepath.Glob(filepath.Join(dir, spoolPattern))
	for _, name := range names {
		err = errors.Join(err, os.Remove(name))
	}
	return err
}

type lineCounter struct{ lines int }

func (c *lineCounter) Write(p []byte) (int, error) {
	c.lines += bytes.Count(p, []byte{'\n'})
	return len(p), nil
}
