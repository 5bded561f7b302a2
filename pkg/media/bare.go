// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package media

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"

	"rugzak/pkg/rugzak"
)

// Bare returns a document or a sound without what programs wrote down beside it
// of who made it: a colleague who shares without name would be named by the
// properties of their own file. What people read or hear stays as it is.
func (f *Files) Bare(kind rugzak.AttachmentKind, mediaType string, file rugzak.Upload, size int64) io.ReadCloser {
	if kind == rugzak.AttachedWord {
		read, write := io.Pipe()
		go func() {
			var err error
			defer func() {
				if failed := recover(); failed != nil { // a photo that the reader of its EXIF cannot take
					err = errors.Join(refused("error.attachment.damaged"), fmt.Errorf("media: make bare: %v", failed))
				}
				write.CloseWithError(err)
			}()
			err = bareWord(write, file, size)
		}()
		return read
	}
	var p patches
	var err error
	switch {
	case kind == rugzak.AttachedPDF:
		p, err = barePDF(file, size)
	case mediaType == "audio/mpeg":
		p, err = bareMP3(file, size)
	case mediaType == "audio/mp4":
		p, err = bareMP4(file, 0, size, 0)
	case mediaType == "audio/wav":
		p, err = bareWAV(file, size)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return io.NopCloser(failing{fmt.Errorf("media: make bare: %w", err)})
	}
	return io.NopCloser(p.over(file, size))
}

type failing struct{ error }

func (f failing) Read([]byte) (int, error) { return 0, f.error }

// patch is a piece of a file that other bytes of the same length stand for.
type patch struct {
	at, size int64
	with     io.Reader
}

type patches []patch

func (p *patches) put(at int64, with []byte) {
	*p = append(*p, patch{at, int64(len(with)), bytes.NewReader(with)})
}

// clear has zeros stand for a piece.
func (p *patches) clear(at, size int64) {
	if size > 0 {
		*p = append(*p, patch{at, size, io.LimitReader(zeros{}, size)})
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}

// over is the file with the pieces put in. Of pieces over each other the first counts.
func (p patches) over(file io.ReaderAt, size int64) io.Reader {
	slices.SortStableFunc(p, func(a, b patch) int { return cmp.Compare(a.at, b.at) })
	var parts []io.Reader
	done := int64(0)
	for _, x := range p {
		if x.at < done || x.at+x.size > size {
			continue
		}
		parts = append(parts, io.NewSectionReader(file, done, x.at-done), x.with)
		done = x.at + x.size
	}
	return io.MultiReader(append(parts, io.NewSectionReader(file, done, size-done))...)
}

// How many pieces of a sound are looked at, and in how many places of a document a
// text is looked for: more than that nobody's program writes.
const (
	maxPatches = 10_000
	maxFound   = 200
)

// found lists where a text stands in a file.
func found(file io.ReaderAt, size int64, text string) (at []int64, err error) {
	const step = 256 << 10
	b := make([]byte, step+len(text)-1)
	for from := int64(0); from < size && len(at) < maxFound; from += step {
		n, err := file.ReadAt(b[:min(int64(len(b)), size-from)], from)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		for begin := 0; ; {
			i := bytes.Index(b[begin:n], []byte(text))
			if i < 0 || len(at) == maxFound {
				break
			}
			at = append(at, from+int64(begin+i))
			begin += i + len(text)
		}
	}
	return at, nil
}

// piece reads at most so many bytes.
func piece(file io.ReaderAt, at, size, most int64) ([]byte, error) {
	b := make([]byte, max(0, min(most, size-at)))
	n, err := file.ReadAt(b, at)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return b[:n], err
}
