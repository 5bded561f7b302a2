// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package media

import (
	"bytes"
	"io"
	"regexp"
)

// What a PDF says of its maker stands in its properties (ISO 32000-1, 14.3.3) and
// in its XMP packet (14.3.2), with signs that are made spaces in their place, as
// the file counts its bytes. What stands compressed is not seen; a file that is
// signed would no longer be what was signed, and of one that is locked the
// properties are not to be read.

var (
	pdfKeys = []string{"/Author", "/Company", "/Manager", "/LastModifiedBy"}
	pdfXMP  = []string{"dc:creator", "pdf:Author", "pdfx:Company", "pdfx:Manager", "pdfx:Author", "xmp:Author", "photoshop:CaptionWriter"}

	// elsewhere leads to an object with the value.
	elsewhere = regexp.MustCompile(`^\s*(\d{1,8})\s+(\d{1,5})\s+R\b`)
	pdfSpace  = " \t\r\n\f\x00"
)

// longestValue is how long a value may be that is looked for.
const longestValue = 8 << 10

// maxElsewhere bounds how many objects are looked up for one property.
const maxElsewhere = 8

func barePDF(file io.ReaderAt, size int64) (p patches, err error) {
	signed, err := found(file, size, "/ByteRange")
	if err != nil || len(signed) > 0 {
		return nil, err
	}
	locked, err := found(file, size, "/Encrypt")
	if err != nil {
		return nil, err
	}
	if len(locked) == 0 {
		for _, key := range pdfKeys {
			if err := p.values(file, size, key); err != nil {
				return nil, err
			}
		}
	}
	for _, name := range pdfXMP {
		if err := p.elements(file, size, name); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// values makes spaces of the value behind each key.
func (p *patches) values(file io.ReaderAt, size int64, key string) error {
	places, err := found(file, size, key)
	seen := map[string]bool{}
	for _, at := range places {
		if err != nil {
			return err
		}
		at += int64(len(key))
		var value []byte
		if value, err = piece(file, at, size, longestValue); err != nil {
			return err
		}
		to := elsewhere.FindSubmatch(value)
		if to == nil {
			p.value(at, value)
			continue
		}
		if head := string(to[1]) + " " + string(to[2]) + " obj"; !seen[head] && len(seen) < maxElsewhere {
			seen[head] = true // each is a walk through the file
			err = p.object(file, size, head)
		}
	}
	return err
}

// object makes spaces of an object that is a text.
func (p *patches) object(file io.ReaderAt, size int64, head string) error {
	places, err := found(file, size, head)
	for _, at := range places {
		if err != nil {
			return err
		}
		var before, value []byte
		if before, err = piece(file, max(0, at-1), size, min(at, 1)); err == nil && (len(before) == 0 || bytes.ContainsAny(before, pdfSpace)) {
			if value, err = piece(file, at+int64(len(head)), size, longestValue); err == nil {
				p.value(at+int64(len(head)), value)
			}
		}
	}
	return err
}

// value makes spaces of a text between brackets, or of one in hexadecimal.
func (p *patches) value(at int64, b []byte) {
	lead := len(b) - len(bytes.TrimLeft(b, pdfSpace))
	b = b[lead:]
	at += int64(lead) + 1
	switch {
	case len(b) == 0:
	case b[0] == '(':
		deep := 0
		for i := 0; i < len(b); i++ {
			switch b[i] {
			case '\\':
				i++
			case '(':
				deep++
			case ')':
				if deep--; deep == 0 {
					p.put(at, bytes.Repeat([]byte(" "), i-1))
					return
				}
			}
		}
	case b[0] == '<' && !bytes.HasPrefix(b, []byte("<<")):
		if end := bytes.IndexByte(b, '>'); end > 0 {
			p.put(at, bytes.Repeat([]byte("20"), end)[:end-1])
		}
	}
}

// elements makes spaces of the words in each element of XMP, and in each attribute.
func (p *patches) elements(file io.ReaderAt, size int64, name string) error {
	places, err := found(file, size, name)
	for _, at := range places {
		if err != nil {
			return err
		}
		at += int64(len(name))
		var b []byte
		if b, err = piece(file, at, size, longestValue); err != nil {
			return err
		}
		switch end := bytes.Index(b, []byte("</"+name)); {
		case len(b) > 1 && b[0] == '=':
			if end := bytes.IndexByte(b[2:], b[1]); end > 0 {
				p.put(at+2, bytes.Repeat([]byte(" "), end))
			}
		case end > 0 && bytes.IndexByte([]byte(" \t\r\n>"), b[0]) >= 0:
			p.put(at, blankWords(b[:end]))
		}
	}
	return err
}

// blankWords leaves of a piece of XML its tags only. It begins within one.
func blankWords(b []byte) []byte {
	out, tag := bytes.Clone(b), true
	for i, c := range b {
		switch {
		case c == '<':
			tag = true
		case c == '>':
			tag = false
		case !tag:
			out[i] = ' '
		}
	}
	return out
}
