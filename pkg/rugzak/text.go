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
	for _, r := range s {
		if unicode.IsControl(r) || isInvisible(r) {
			return false
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
// or take no room: they can make a name look like another one.
func isInvisible(r rune) bool {
	switch {
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return true
	case r == 0x200b, r == 0x2060, r == 0xfeff, r == 0x00ad, r == 0x200e, r == 0x200f, r == 0x061c:
		return true
	}
	return false
}

// Line makes one clean line of what somebody typed in a single-line field:
// space at the ends goes, runs of space become one, and characters that cannot
// be seen are left out.
func Line(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.Map(func(r rune) rune {
		if isInvisible(r) {
			return -1
		}
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
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
