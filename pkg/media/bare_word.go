// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package media

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// emptyParts stand for the parts of a Word document that say who made it, where
// they work and with whom (ECMA-376, parts 1 and 2). What refers to them still does.
var emptyParts = map[string]string{
	"docprops/core.xml":   `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>`,
	"docprops/app.xml":    `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>`,
	"docprops/custom.xml": `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>`,
	"word/people.xml":     `<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"/>`,
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// bareWord writes a Word document without the names of who made it and of who
// changed or remarked something in it, and its photos without where they were made.
func bareWord(to io.Writer, file io.ReaderAt, size int64) error {
	z, err := openWord(file, size)
	if err != nil {
		return err
	}
	out := zip.NewWriter(to)
	for _, part := range z.File {
		if err := barePart(out, part); err != nil {
			return asDamaged(err)
		}
	}
	return out.Close()
}

// asDamaged makes a refusal of what a broken zip gives.
func asDamaged(err error) error {
	_, corrupt := errors.AsType[flate.CorruptInputError](err)
	if corrupt || errors.Is(err, zip.ErrFormat) || errors.Is(err, zip.ErrChecksum) || errors.Is(err, zip.ErrAlgorithm) || errors.Is(err, io.ErrUnexpectedEOF) {
		return refused("error.attachment.damaged")
	}
	return err
}

func barePart(out *zip.Writer, part *zip.File) error {
	name := strings.ToLower(part.Name)
	empty, replaced := emptyParts[name]
	named, photo := false, strings.HasPrefix(name, "word/media/") && (strings.HasSuffix(name, ".jpg") || strings.HasSuffix(name, ".jpeg"))
	if !replaced && strings.HasPrefix(name, "word/") && strings.HasSuffix(name, ".xml") {
		var err error
		if named, err = unnamed(io.Discard, part); err != nil {
			return err
		}
	}
	if !replaced && !named && !photo {
		return out.Copy(part)
	}
	w, err := out.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	switch {
	case replaced:
		_, err = io.WriteString(w, xmlHead+empty)
	case photo:
		var from io.ReadCloser
		if from, err = part.Open(); err == nil {
			err = errors.Join(barePhoto(w, from), from.Close())
		}
	default:
		_, err = unnamed(w, part)
	}
	return err
}

// whoChanged finds in a tag who changed or remarked something.
var whoChanged = regexp.MustCompile(`(\s\w+:(?:author|initials)\s*=\s*)("[^"]*"|'[^']*')`)

// unnamed copies a part without the names in its tags, and reports whether there
// were any. Word itself writes "Author" where somebody leaves out who they are.
func unnamed(to io.Writer, part *zip.File) (named bool, err error) {
	from, err := part.Open()
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	r, w := bufio.NewReader(from), bufio.NewWriter(to)
	for {
		text, err := r.ReadSlice('<')
		if _, failed := w.Write(text); failed != nil {
			return named, failed
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF):
			return named, w.Flush()
		case err != nil:
			return named, fmt.Errorf("media: word: %w", err)
		}
		tag, err := restOfTag(r)
		if err != nil && !errors.Is(err, io.EOF) {
			return named, fmt.Errorf("media: word: %w", err)
		}
		if without := whoChanged.ReplaceAll(tag, []byte(`$1"Author"`)); !bytes.Equal(without, tag) {
			named, tag = true, without
		}
		if _, err := w.Write(tag); err != nil {
			return named, err
		}
	}
}

// longestTag is more than any tag of a document that somebody wrote.
const longestTag = 1 << 20

// restOfTag reads until the bracket that closes a tag, which does not count
// between quotes.
func restOfTag(r *bufio.Reader) (tag []byte, err error) {
	quote := byte(0)
	for {
		c, err := r.ReadByte()
		if err != nil {
			return tag, err
		}
		tag = append(tag, c)
		switch {
		case tag[0] == '!' || tag[0] == '?': // a remark: nothing in it is quoted
			if c == '>' {
				return tag, nil
			}
		case c == quote:
			quote = 0
		case quote != 0:
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return tag, nil
		}
		if len(tag) > longestTag {
			return tag, refused("error.attachment.bomb")
		}
	}
}
