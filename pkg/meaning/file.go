// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package meaning

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"rugzak/pkg/rugzak"
)

// The file is a row of records, each with its length and checksum in front. The
// first says whose vectors follow. A crash leaves a record that is not whole:
// the file ends before it, at an older position.
const (
	fileName    = "vectors"
	fileVersion = 1
	maxRecord   = 64 << 20
)

type header struct {
	Version   int
	Model, Of string
}

// record is a batch, or as many items as a new file is written in at a time.
type record struct {
	Header   *header
	Put      []item
	Remove   []rugzak.EntryID
	Position rugzak.Position
}

// fits reports whether all vectors have one length: that of the others, unless
// there are none yet.
func (r record) fits(dimensions int) bool {
	for _, it := range r.Put {
		if len(it.Vectors) == 0 {
			return false
		}
		for _, v := range it.Vectors {
			if dimensions == 0 {
				dimensions = len(v.Parts)
			}
			if len(v.Parts) != dimensions || dimensions == 0 {
				return false
			}
		}
	}
	return true
}

func (r record) write(w io.Writer) error {
	b := bytes.NewBuffer(make([]byte, 8))
	if err := gob.NewEncoder(b).Encode(r); err != nil {
		return err
	}
	data := b.Bytes()
	binary.BigEndian.PutUint32(data, uint32(len(data)-8))
	binary.BigEndian.PutUint32(data[4:], crc32.ChecksumIEEE(data[8:]))
	_, err := w.Write(data)
	return err
}

var errDamaged = errors.New("a record is not whole")

// readRecord returns a record and its size; io.EOF at the end.
func readRecord(from io.Reader) (r record, size int64, err error) {
	var front [8]byte
	if _, err := io.ReadFull(from, front[:]); err != nil {
		if errors.Is(err, io.EOF) {
			return r, 0, io.EOF
		}
		return r, 0, errDamaged
	}
	length := binary.BigEndian.Uint32(front[:])
	if length > maxRecord {
		return r, 0, errDamaged
	}
	data := make([]byte, length)
	if _, err := io.ReadFull(from, data); err != nil || crc32.ChecksumIEEE(data) != binary.BigEndian.Uint32(front[4:]) {
		return r, 0, errDamaged
	}
	if gob.NewDecoder(bytes.NewReader(data)).Decode(&r) != nil {
		return r, 0, errDamaged
	}
	return r, int64(length) + 8, nil
}

// load reads the file, as far as it is whole.
func (s *Store) load() error {
	path := filepath.Join(s.dir, fileName)
	if err := os.Remove(path + ".new"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove unfinished meanings: %w", err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return s.rewrite()
	}
	if err != nil {
		return fmt.Errorf("open meanings: %w", err)
	}
	from := bufio.NewReaderSize(f, 1<<20)
	first, whole, err := readRecord(from)
	if err != nil || first.Header == nil || *first.Header != s.header {
		s.log.Info("meanings are made anew", "damaged", err != nil)
		return errors.Join(f.Close(), s.rewrite())
	}
	for {
		r, size, err := readRecord(from)
		if err == nil && !r.fits(s.dimensions) {
			err = errDamaged
		}
		if err != nil {
			if !errors.Is(err, io.EOF) {
				s.log.Warn("meanings end at a record that is not whole")
			}
			break
		}
		s.take(r)
		whole += size
	}
	_, err = f.Seek(whole, io.SeekStart)
	if err := errors.Join(err, f.Truncate(whole)); err != nil {
		return errors.Join(fmt.Errorf("open meanings: %w", err), f.Close())
	}
	s.file = f
	return nil
}

// reload goes back to what is whole in the file, after a write that failed.
func (s *Store) reload() error {
	err := s.file.Close()
	s.forget()
	return errors.Join(err, s.load())
}

// rewrite makes the file anew from what counts: it takes the place of the old
// one when it is safe on the disk, and the bytes of the old one go with it.
func (s *Store) rewrite() error {
	path := filepath.Join(s.dir, fileName)
	f, err := os.OpenFile(path+".new", os.O_CREATE|os.O_RDWR|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("write meanings anew: %w", err)
	}
	err = s.writeAll(f)
	if err = errors.Join(err, f.Sync()); err == nil {
		err = os.Rename(path+".new", path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write meanings anew: %w", err), f.Close())
	}
	if s.file != nil {
		err = s.file.Close()
	}
	s.file, s.dead = f, 0
	return errors.Join(err, syncDir(s.dir))
}

// writeAll writes what counts, as load reads it.
func (s *Store) writeAll(f io.Writer) error {
	w := bufio.NewWriterSize(f, 1<<20)
	if err := (record{Header: &s.header}).write(w); err != nil {
		return err
	}
	ids := make([]rugzak.EntryID, 0, len(s.items))
	for id := range s.items {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for part := range slices.Chunk(ids, 500) {
		var r record
		for _, id := range part {
			r.Put = append(r.Put, s.items[id])
		}
		if err := r.write(w); err != nil {
			return err
		}
	}
	// Last: a file that is cut short stands at the beginning of the log.
	if err := (record{Position: s.position}).write(w); err != nil {
		return err
	}
	return w.Flush()
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("sync folder of meanings: %w", err)
	}
	return errors.Join(d.Sync(), d.Close())
}
