// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"bytes"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// The sizes of a file's front matter. A whole export may hold methods whose
// many steps stand in it.
const (
	maxFrontMatter      = 64 << 10
	maxWholeFrontMatter = 1 << 20
)

const fence = "---"

// document is a Markdown file taken apart.
type document struct {
	fields *mapping // empty when the file has no front matter
	body   string   // everything after the closing fence, byte for byte
	bodyAt int      // line of the file on which the body begins
}

// split takes a file apart. It returns nil when the file cannot be read.
func split(data []byte, most int, p *problems) *document {
	data, ok := cleanBytes(data, p)
	if !ok {
		return nil
	}
	first, rest := cutLine(data)
	if !isFence(first) {
		return &document{fields: newMapping(nil, "", p), body: string(data), bodyAt: 1}
	}
	matter := rest
	for line := 2; len(rest) > 0; line++ {
		text, after := cutLine(rest)
		if isFence(text) {
			matter = matter[:len(matter)-len(rest)]
			if len(matter) > most {
				break
			}
			p.offset = 1
			root := parseYAML(matter, p)
			if p.malformed {
				return nil
			}
			return &document{fields: newMapping(root, "", p), body: string(after), bodyAt: line + 1}
		}
		rest = after
		if len(matter)-len(rest) > most {
			break
		}
	}
	if len(rest) > 0 {
		p.breaks(1, "exchange.front_matter_size", most>>10)
	} else {
		p.breaks(1, "exchange.front_matter_end")
	}
	return nil
}

// cleanBytes checks UTF-8, drops a byte order mark at the start and makes line
// feeds of the line ends of Windows.
func cleanBytes(data []byte, p *problems) ([]byte, bool) {
	if !utf8.Valid(data) {
		p.breaks(lineOf(data, firstInvalid(data)), "exchange.utf8")
		return nil, false
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")), true
}

func firstInvalid(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(data)
}

func lineOf(data []byte, offset int) int { return 1 + bytes.Count(data[:offset], []byte("\n")) }

func cutLine(data []byte) (line, rest []byte) {
	line, rest, _ = bytes.Cut(data, []byte("\n"))
	return line, rest
}

func isFence(line []byte) bool { return string(bytes.TrimRight(line, " \t")) == fence }

// checkBody notes a body that breaks a limit, with the line of the first
// character that may not stand in it.
func (d *document) checkBody(p *problems) {
	p.offset = 0
	if len(d.body) > rugzak.MaxBody {
		p.add(d.bodyAt, "body", "error.body_too_long", rugzak.MaxBody>>10)
	}
	if i := rugzak.UnprintableAt(d.body); i >= 0 {
		p.add(d.bodyAt+lineOf([]byte(d.body[:i]), i)-1, "body", "error.unprintable")
	}
}
