// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package privacy

import (
	"html"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// reading is a way to read a text: as it stands, or as its page shows it.
type reading struct {
	rendered bool
	// loose takes more characters for separators: near a word such as "BSN"
	// whatever stands between two digits is a way to write that number.
	loose bool
}

// looseMarks are those characters, when a digit comes next that are no cents.
const looseMarks = "/,_|\n"

// renderedMarks are the characters that make the two readings differ.
const renderedMarks = "*~`\\&%<+"

// escapable are the characters that Markdown lets a backslash take the meaning
// of, as far as it matters here.
const escapable = "*_~`.-&<+%\\"

// glyphKind is what a character means between digits.
type glyphKind byte

const (
	other glyphKind = iota
	number
	space
	dot
	hyphen
	invisible
)

// glyph is one character as it is read, width bytes long in the text.
type glyph struct {
	kind  glyphKind
	value byte // of a number
	r     rune
	width int
}

// maxTag and maxEntity bound how far a tag or an entity is followed.
const (
	maxTag    = 200
	maxEntity = 12
)

// glyphAt reads the character at the start of text, which is not empty.
func (rd reading) glyphAt(text string) glyph {
	c := text[0]
	if rd.loose && strings.IndexByte(looseMarks, c) >= 0 && len(text) > 1 && text[1] >= '0' && text[1] <= '9' && !beginsWithCents(text) {
		return glyph{kind: hyphen, r: rune(c), width: 1}
	}
	if rd.rendered {
		switch c {
		case '*', '~', '`': // an underscore within a word is no mark
			return glyph{kind: invisible, r: rune(c), width: 1}
		case '\\':
			if len(text) > 1 && strings.IndexByte(escapable, text[1]) >= 0 {
				return classify(rune(text[1]), 2)
			}
		case '&':
			if r, width, ok := entity(text); ok {
				return classify(r, width)
			}
		case '%':
			if r, width, ok := percentEscape(text); ok {
				return classify(r, width)
			}
		case '<':
			if width, ok := tag(text); ok {
				return glyph{kind: invisible, r: '<', width: width}
			}
		case '+': // a space in an address
			return glyph{kind: space, r: '+', width: 1}
		}
	}
	if c < utf8.RuneSelf {
		return classify(rune(c), 1)
	}
	r, width := utf8.DecodeRuneInString(text)
	return classify(r, width)
}

func classify(r rune, width int) glyph {
	g := glyph{kind: other, r: r, width: width}
	switch {
	case r >= '0' && r <= '9':
		g.kind, g.value = number, byte(r-'0')
	case r == ' ' || r == '\t':
		g.kind = space
	case r == '.':
		g.kind = dot
	case r == '-':
		g.kind = hyphen
	case r < utf8.RuneSelf:
	case unicode.Is(unicode.Zs, r):
		g.kind = space
	case unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me):
		g.kind = invisible // zero-width, soft hyphen, combining, keycap
	case unicode.Is(unicode.Pd, r) || r == '\u2212':
		g.kind = hyphen
	case r == '\uff0e' || r == '\u2024' || r == '\u00b7':
		g.kind = dot
	default:
		if value, ok := digitValue(r); ok {
			g.kind, g.value = number, value
		}
	}
	return g
}

// digitValue knows the decimal digits of all scripts: Unicode gives every
// script its ten in a row, from zero.
func digitValue(r rune) (byte, bool) {
	if r < utf8.RuneSelf {
		return byte(r - '0'), r >= '0' && r <= '9'
	}
	for _, rng := range unicode.Nd.R16 {
		if r >= rune(rng.Lo) && r <= rune(rng.Hi) {
			return byte((r - rune(rng.Lo)) % 10), true
		}
	}
	if r <= 0xffff {
		return 0, false
	}
	for _, rng := range unicode.Nd.R32 {
		if r >= rune(rng.Lo) && r <= rune(rng.Hi) {
			return byte((r - rune(rng.Lo)) % 10), true
		}
	}
	return 0, false
}

// entity reads an HTML entity such as &nbsp; or &#49;.
func entity(text string) (r rune, width int, ok bool) {
	end := strings.IndexByte(text[:min(len(text), maxEntity)], ';')
	if end < 0 {
		return 0, 0, false
	}
	plain := html.UnescapeString(text[:end+1])
	r, size := utf8.DecodeRuneInString(plain)
	return r, end + 1, size == len(plain)
}

// percentEscape reads one character of an address such as %20 or %C2%A0.
func percentEscape(text string) (r rune, width int, ok bool) {
	var decoded []byte
	for len(decoded) < utf8.UTFMax && len(text) >= width+3 && text[width] == '%' {
		b, err := strconv.ParseUint(text[width+1:width+3], 16, 8)
		if err != nil {
			break
		}
		decoded = append(decoded, byte(b))
		width += 3
		if utf8.FullRune(decoded) {
			r, _ := utf8.DecodeRune(decoded)
			return r, width, r != utf8.RuneError
		}
	}
	return 0, 0, false
}

// tag returns the length of an HTML tag or comment, which the page leaves out.
func tag(text string) (width int, ok bool) {
	if len(text) < 3 {
		return 0, false
	}
	if c := text[1] | 0x20; (c < 'a' || c > 'z') && text[1] != '/' && text[1] != '!' {
		return 0, false
	}
	end := strings.IndexAny(text[1:min(len(text), maxTag)], "<>\n")
	if end < 0 || text[1+end] != '>' {
		return 0, false
	}
	return end + 2, true
}
