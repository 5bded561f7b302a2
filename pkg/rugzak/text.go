// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// cleanLine reports whether s is valid UTF-8 on one line, without control,
// bidirectional or zero-width characters: what may stand in names and titles.
func cleanLine(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	before := ' '
	for _, r := range s {
		if unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp) || isInvisible(before, r) {
			return false
		}
		if !unicode.Is(unicode.Mn, r) {
			before = r
		}
	}
	return true
}

// cleanText reports whether s is valid UTF-8 without characters that cannot be
// read.
func cleanText(s string) bool { return utf8.ValidString(s) && UnprintableAt(s) < 0 }

// UnprintableAt returns the place of the first control character in a text
// other than white space (tab, line feed, vertical tab and form feed); -1 when
// there is none.
func UnprintableAt(s string) int {
	for i := range len(s) {
		if c := s[i]; c < 0x20 && (c < '\t' || c > '\f') || c == 0x7f {
			return i
		}
	}
	return -1
}

// isInvisible holds for characters that change the order of other characters
// or take no room: they can make a name look like another one. What joins
// characters may stand where it does something: in an emoji, and in scripts
// that need it; before is the last character that is no accent.
func isInvisible(before, r rune) bool {
	switch r {
	case 0x200c, 0x200d: // joiners
		return before < 0x0300 || unicode.Is(unicode.Latin, before) || unicode.IsSpace(before)
	case 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2800, 0x3164, 0xffa0: // fillers: letters without a shape
		return true
	}
	switch {
	case r >= 0xfe00 && r <= 0xfe0f: // how an emoji looks
		return before < 0x80 && before != '#' && before != '*' && (before < '0' || before > '9') || unicode.IsLetter(before)
	case r >= 0xe0000 && r <= 0xe0fff: // letters nobody sees
		return true
	}
	return unicode.Is(unicode.Cf, r)
}

// EndsOpen reports whether a line of a text ends without a point, as headings
// and items of lists do. Put on one line, a sign keeps it from what follows.
func EndsOpen(line string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(line, unicode.IsSpace))
	return unicode.IsLetter(last) || unicode.IsNumber(last) || strings.ContainsRune(`)”"’'`, last)
}

// Line makes one clean line of what somebody typed in a single-line field:
// space at the ends goes, runs of space become one, characters that cannot be
// seen are left out, and a letter with its accent is one character.
func Line(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	before := ' '
	s = strings.Map(func(r rune) rune {
		if isInvisible(before, r) {
			return -1
		}
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			r = ' '
		}
		if !unicode.Is(unicode.Mn, r) {
			before = r
		}
		return r
	}, s)
	return strings.Join(strings.Fields(compose(s)), " ")
}

// Newlines turns the line ends of a form into line feeds, and nothing else:
// the text is stored exactly as accepted.
func Newlines(s string) string {
	return strings.ReplaceAll(s, "\r\n", "\n")
}

// BlankBody reports whether a text holds nothing but headings and space, as
// a template that nobody filled in does.
func BlankBody(body string) bool {
	for line := range strings.Lines(body) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if hashes := len(line) - len(strings.TrimLeft(line, "#")); hashes >= 1 && hashes <= 6 &&
			(len(line) == hashes || line[hashes] == ' ') {
			continue
		}
		return false
	}
	return true
}
