// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package media

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"

	"rugzak/pkg/rugzak"
)

// sort is one of the sorts of files that are taken. What is not here is refused.
type sort struct {
	detected string   // as the library calls it
	served   string   // as it is served
	names    []string // the endings its name may have
	kind     rugzak.AttachmentKind
}

// is reports whether a file is of this sort. Any text is a plain text too, and
// plainText looks whether it may be one.
func (s sort) is(detected *mimetype.MIME) bool {
	if s.kind != rugzak.AttachedText {
		return detected.Is(s.detected)
	}
	for m := detected; m != nil; m = m.Parent() {
		if m.Is(s.detected) {
			return true
		}
	}
	return false
}

var sorts = []sort{
	{"image/jpeg", "image/jpeg", []string{".jpg", ".jpeg", ".jfif"}, rugzak.AttachedImage},
	{"image/png", "image/png", []string{".png"}, rugzak.AttachedImage},
	{"image/webp", "image/webp", []string{".webp"}, rugzak.AttachedImage},
	{"image/gif", "image/gif", []string{".gif"}, rugzak.AttachedImage},
	{"application/pdf", "application/pdf", []string{".pdf"}, rugzak.AttachedPDF},
	{wordType, wordType, []string{".docx"}, rugzak.AttachedWord},
	{"text/plain", "text/plain; charset=utf-8", []string{".txt", ".md", ".markdown", ".csv"}, rugzak.AttachedText},
	{"audio/mpeg", "audio/mpeg", []string{".mp3"}, rugzak.AttachedAudio},
	{"audio/x-m4a", "audio/mp4", []string{".m4a"}, rugzak.AttachedAudio},
	{"audio/mp4", "audio/mp4", []string{".m4a", ".mp4"}, rugzak.AttachedAudio},
	{"audio/ogg", "audio/ogg", []string{".ogg", ".oga", ".opus"}, rugzak.AttachedAudio},
	{"audio/wav", "audio/wav", []string{".wav"}, rugzak.AttachedAudio},
}

const wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// remedies say of what is often sent, and not taken, what to do instead.
var remedies = map[string]string{
	".heic": "error.attachment.heic", ".heif": "error.attachment.heic",
	".doc": "error.attachment.old_word", ".docm": "error.attachment.old_word", ".odt": "error.attachment.old_word", ".rtf": "error.attachment.old_word",
	".svg": "error.attachment.svg",
	".mp4": "error.attachment.video", ".mov": "error.attachment.video", ".webm": "error.attachment.video", ".avi": "error.attachment.video",
	".xlsx": "error.attachment.office", ".pptx": "error.attachment.office", ".xls": "error.attachment.office", ".ppt": "error.attachment.office",
}

// sniffed is how many bytes decide what a file is.
const sniffed = 64 << 10

// Sort tells from its bytes what a file is.
func (f *Files) Sort(file rugzak.Upload, size int64, name string) (rugzak.AttachmentKind, string, error) {
	if size == 0 {
		return "", "", refused("error.attachment.empty")
	}
	head := make([]byte, min(size, sniffed))
	if _, err := file.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return "", "", fmt.Errorf("media: read the beginning: %w", err)
	}
	ending := strings.ToLower(path.Ext(name))
	detected := mimetype.Detect(head)
	at := slices.IndexFunc(sorts, func(s sort) bool { return s.is(detected) && slices.Contains(s.names, ending) })
	if at < 0 {
		if key, ok := remedies[ending]; ok {
			return "", "", refused(key)
		}
		if slices.ContainsFunc(sorts, func(s sort) bool { return s.kind != rugzak.AttachedText && s.is(detected) }) {
			return "", "", refused("error.attachment.name")
		}
		return "", "", refused("error.attachment.kind")
	}
	s := sorts[at]
	var err error
	switch s.kind {
	case rugzak.AttachedPDF:
		err = wholePDF(file, size)
	case rugzak.AttachedWord:
		err = plainWord(file, size)
	case rugzak.AttachedText:
		err = plainText(io.NewSectionReader(file, 0, size))
	}
	if err != nil {
		return "", "", err
	}
	return s.kind, s.served, nil
}

// wholePDF refuses what only begins as a PDF: cut short, or another file behind
// its end.
func wholePDF(file io.ReaderAt, size int64) error {
	const tail = 1024
	end := make([]byte, min(size, tail))
	if _, err := file.ReadAt(end, size-int64(len(end))); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("media: read the end: %w", err)
	}
	head := make([]byte, 5)
	if _, err := file.ReadAt(head, 0); err != nil || string(head) != "%PDF-" {
		return refused("error.attachment.damaged")
	}
	at := bytes.LastIndex(end, []byte("%%EOF"))
	if at < 0 || len(bytes.TrimSpace(end[at+len("%%EOF"):])) > 0 {
		return refused("error.attachment.damaged")
	}
	return nil
}

// plainText refuses what a browser or a machine would take for more than text.
func plainText(r io.Reader) error {
	b, err := io.ReadAll(io.LimitReader(r, maxPlainText+1))
	if err != nil {
		return fmt.Errorf("media: read text: %w", err)
	}
	if len(b) > maxPlainText {
		return refused("error.attachment.too_large")
	}
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(b) || bytes.ContainsFunc(b, func(c rune) bool { return c < ' ' && !strings.ContainsRune("\n\r\t\f", c) }) {
		return refused("error.attachment.text")
	}
	head := strings.ToLower(string(bytes.TrimSpace(b[:min(len(b), sniffed)])))
	for _, markup := range []string{"<!doctype", "<html", "<head", "<body", "<script", "<svg", "<?xml", "<?php", "<iframe", "#!"} {
		if strings.HasPrefix(head, markup) {
			return refused("error.attachment.kind")
		}
	}
	return nil
}

// maxPlainText is how large a text may be, in bytes.
const maxPlainText = 4 << 20

// The bounds of a Word document, which is a zip: a small one can hold a world.
const (
	maxParts    = 5000
	maxPart     = 32 << 20 // of one part, unpacked, in bytes
	maxUnpacked = 256 << 20
)

// plainWord refuses what is no Word document from its first byte to its last, and
// one that holds programs.
func plainWord(file io.ReaderAt, size int64) error {
	z, err := openWord(file, size)
	if err != nil {
		return err
	}
	var total uint64
	for _, part := range z.File {
		name := strings.ToLower(part.Name)
		switch {
		case strings.HasSuffix(name, ".bin") && strings.Contains(name, "vba"), strings.Contains(name, "/activex/"):
			return refused("error.attachment.macros")
		case strings.Contains(name, ".."), strings.HasPrefix(name, "/"), strings.Contains(name, `\`):
			return refused("error.attachment.damaged")
		}
		if total += part.UncompressedSize64; total > maxUnpacked {
			return refused("error.attachment.bomb")
		}
	}
	return nil
}

// openWord opens the zip of a Word document.
func openWord(file io.ReaderAt, size int64) (*zip.Reader, error) {
	head := make([]byte, 4)
	if _, err := file.ReadAt(head, 0); err != nil || string(head) != "PK\x03\x04" {
		return nil, refused("error.attachment.damaged")
	}
	z, err := zip.NewReader(file, size)
	if err != nil || z.Comment != "" {
		return nil, refused("error.attachment.damaged")
	}
	if len(z.File) > maxParts {
		return nil, refused("error.attachment.bomb")
	}
	types, document := false, false
	for _, part := range z.File {
		types = types || part.Name == "[Content_Types].xml"
		document = document || part.Name == wordDocument
	}
	if !types || !document {
		return nil, refused("error.attachment.damaged")
	}
	return z, nil
}

const wordDocument = "word/document.xml"
