// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxTerm is the length in bytes beyond which a word is cut: nobody searches
// for more, and hostile texts have words of any length.
const maxTerm = 64

// fold gives the form in which a word is compared: lower case, without accents,
// ligatures apart ("ĳ" is "ij"), apostrophes straight.
func fold(word []byte) []byte {
	if isASCII(word) {
		return clip(bytes.ToLower(word))
	}
	if len(word) > 8*maxTerm {
		word = word[:8*maxTerm]
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(string(word))) {
		switch {
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r), r == utf8.RuneError:
		case r == '’', r == '‘', r == 'ʼ', r == '`', r == '´':
			b.WriteByte('\'')
		case r == 'æ':
			b.WriteString("ae")
		case r == 'œ':
			b.WriteString("oe")
		case r == 'ø':
			b.WriteByte('o')
		case r == 'ß':
			b.WriteString("ss")
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return clip([]byte(b.String()))
}

// clip cuts a word at maxTerm bytes without splitting a character.
func clip(word []byte) []byte {
	if len(word) <= maxTerm {
		return word
	}
	end := maxTerm
	for end > 0 && !utf8.RuneStart(word[end]) {
		end--
	}
	return word[:end]
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
