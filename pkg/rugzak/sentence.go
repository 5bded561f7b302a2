// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// SentenceEnd is where the first sentence of a text without line ends stops,
// its mark included. A full stop behind an abbreviation, or between brackets,
// ends none.
func SentenceEnd(text string) int {
	brackets := 0 // open
	for i, r := range text {
		switch r {
		case '(':
			brackets++
		case ')':
			brackets--
		}
		end := i + utf8.RuneLen(r)
		if !strings.ContainsRune(".!?", r) || end < len(text) && text[end] != ' ' {
			continue
		}
		if r == '.' && end < len(text) {
			word := text[strings.LastIndexByte(text[:i], ' ')+1 : i]
			short := utf8.RuneCountInString(word) <= 4 && !startsUpper(text[end+1:])
			if short || strings.Contains(word, ".") || brackets > 0 {
				continue
			}
		}
		return end
	}
	return len(text)
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}
