// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "unicode"

// lookalike reports whether a name is made to look like another: a word with
// letters of Latin and of a script that has the same shapes, or letters from
// the shelves of Unicode that only copy others. Names in one script, whichever
// it is, are fine.
func lookalike(name string) bool {
	latin, other := false, false
	for _, r := range name {
		switch {
		case !unicode.IsLetter(r):
			if !unicode.Is(unicode.Mn, r) {
				latin, other = false, false // the next word
			}
			continue
		case isCopy(r):
			return true
		case unicode.Is(unicode.Latin, r):
			latin = true
		case unicode.In(r, unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Cherokee, unicode.Coptic, unicode.Lisu, unicode.Deseret):
			other = true
		}
		if latin && other {
			return true
		}
	}
	return false
}

// isCopy holds for letters that are another letter in a dress: wide, bold,
// enclosed or small.
func isCopy(r rune) bool {
	switch {
	case r >= 0xff21 && r <= 0xff5a, r >= 0x1d400 && r <= 0x1d7ff, r >= 0x2100 && r <= 0x214f, r >= 0x2c60 && r <= 0x2c7f,
		r >= 0xfb00 && r <= 0xfb06, r >= 0x1d00 && r <= 0x1dbf, r >= 0x2090 && r <= 0x209c, r >= 0xa720 && r <= 0xa7ff:
		return true
	}
	return false
}

// plainASCII reports whether s holds visible ASCII only: addresses have no
// other letters, so that none can look like that of somebody else.
func plainASCII(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}
