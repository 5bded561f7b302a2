// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package media

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"runtime/debug"
	"time"

	"rugzak/pkg/rugzak"
)

// The bounds of the process that reads one document.
const (
	readMemory   = 512 << 20        // bytes it may have
	readPatience = 20 * time.Second // how long it may take
	maxDocument  = 64 << 20         // bytes of the document
)

// Outside is how to start a process that reads one document: this program with
// arguments, to which the kind is added. The document is its standard input, the
// text its standard output. Without a program documents are read here.
type Outside struct {
	Program string
	Args    []string
	// Memory in bytes and Patience; where zero, 512 MiB and 20 seconds.
	Memory   int64
	Patience time.Duration
}

// text reads the text of a document. One that is too much for the process gives
// what it wrote until then.
func (o *Outside) text(ctx context.Context, kind rugzak.AttachmentKind, file *io.SectionReader) (string, error) {
	var out bytes.Buffer
	room := &bounded{to: &out, left: rugzak.MaxAttachedText}
	if o == nil || o.Program == "" {
		err := read(kind, file, file.Size(), room)
		if err != nil && !errors.Is(err, errFull) && out.Len() == 0 {
			return "", nil // nothing that can be read: no error, see rugzak.Media
		}
		return Clean(out.String()), ctx.Err()
	}
	patience := o.Patience
	if patience <= 0 {
		patience = readPatience
	}
	limited, stop := context.WithTimeout(ctx, patience)
	defer stop()
	cmd := exec.CommandContext(limited, o.Program, append(append([]string{}, o.Args...), string(kind))...)
	cmd.Env = []string{} // it needs nothing that this process knows
	cmd.Stdin, cmd.Stdout = file, room
	cmd.WaitDelay = time.Second
	if err := cmd.Run(); err != nil {
		if _, ended := errors.AsType[*exec.ExitError](err); !ended && limited.Err() == nil && !errors.Is(err, errFull) {
			return "", fmt.Errorf("media: read a document: %w", err)
		}
	}
	return Clean(out.String()), ctx.Err()
}

// errFull says that there is more text than is kept.
var errFull = errors.New("more text than is kept")

// bounded lets so many bytes through.
type bounded struct {
	to   io.Writer
	left int
}

func (b *bounded) Write(p []byte) (int, error) {
	if len(p) > b.left {
		n, err := b.to.Write(p[:b.left])
		b.left = 0
		return n, errors.Join(err, errFull)
	}
	b.left -= len(p)
	return b.to.Write(p)
}

// Inside is what the process of its own does: it bounds itself, reads one
// document and writes its text.
func Inside(kind rugzak.AttachmentKind, document io.Reader, text io.Writer, memory int64) error {
	if memory <= 0 {
		memory = readMemory
	}
	debug.SetMemoryLimit(memory / 2) // so that it tidies up before it is ended
	if err := boundMemory(memory); err != nil {
		return fmt.Errorf("media: bound memory: %w", err)
	}
	b, err := io.ReadAll(io.LimitReader(document, maxDocument))
	if err != nil {
		return fmt.Errorf("media: read the document: %w", err)
	}
	return read(kind, bytes.NewReader(b), int64(len(b)), &bounded{to: text, left: rugzak.MaxAttachedText})
}

func read(kind rugzak.AttachmentKind, file io.ReaderAt, size int64, out io.Writer) error {
	switch kind {
	case rugzak.AttachedPDF:
		return pdfText(out, file, size)
	case rugzak.AttachedWord:
		return wordText(out, file, size)
	}
	return fmt.Errorf("media: no document: %q", kind)
}
