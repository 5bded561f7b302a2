// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"strings"
	"unicode"
)

// Excerpt returns the beginning of a plain text on one line, at most max
// characters long, cut between words and ending in an ellipsis when cut. A
// first word longer than max is cut inside.
func Excerpt(plain string, max int) string {
	if max <= 0 {
		return ""
	}
	// No need to look at the whole text: a character takes at most four bytes,
	// and spaces are folded before the cut.
	text := make([]rune, 0, max+2)
	space := false
	for _, r := range plain {
		if unicode.IsSpace(r) {
			space = len(text) > 0
			continue
		}
		if space {
			text = append(text, ' ')
			space = false
		}
		if text = append(text, r); len(text) > max {
			return cut(text, max)
		}
	}
	return string(text)
}

// cut shortens a text that has more than max characters.
func cut(text []rune, max int) string {
	end := max - 1 // room for the ellipsis
	for i := end; i > 0; i-- {
		if text[i] == ' ' {
			end = i
			break
		}
	}
	return strings.TrimRightFunc(string(text[:end]), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",;:-–", r)
	}) + "…"
}
