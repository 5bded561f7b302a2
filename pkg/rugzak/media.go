// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"context"
	"io"
)

// Upload is a file that comes from outside, whole, and nothing of it trusted.
type Upload interface {
	io.Reader
	io.ReaderAt
	io.Seeker
}

// Media knows what files are. It is safe for concurrent use. What it refuses is
// an *Error with CodeInvalid whose key says why and what to do.
type Media interface {
	// Sort tells from its bytes what a file is; its name must agree. mediaType is
	// what it may be served as.
	Sort(file Upload, size int64, name string) (kind AttachmentKind, mediaType string, err error)
	// Picture makes an image anew: upright, no larger than readers need and
	// without anything but its pixels. One is made at a time.
	Picture(ctx context.Context, file Upload) (Picture, error)
	// Bare is a file that is no image without what programs wrote down in it of
	// who made it, and with whom, as far as that is known. Who calls closes it.
	Bare(kind AttachmentKind, mediaType string, file Upload, size int64) io.ReadCloser
	// Text returns what is written in a file, plain and at most MaxAttachedText
	// bytes. A file without text, or one that takes too long or too much, gives
	// what was found; that is no error.
	Text(ctx context.Context, kind AttachmentKind, file Upload, size int64) (string, error)
}

// Picture is an image that was made anew.
type Picture struct {
	Type          string // "image/jpeg" or "image/png"
	Data          []byte
	Width, Height int
	Small         []byte // no wider than a phone shows; nil where Data is that small
}
