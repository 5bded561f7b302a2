// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"strconv"
	"strings"
	"unicode"
)

// idPrefix keeps the ids of a text apart from those of the page around it.
const idPrefix = "user-content-"

const maxSlug = 80 // characters

// folds writes accented Latin letters without their accent.
var folds = strings.NewReplacer(
	"à", "a", "á", "a", "â", "a", "ã", "a", "ä", "a", "å", "a", "ā", "a", "ă", "a", "ą", "a",
	"ç", "c", "ć", "c", "č", "c", "ď", "d", "đ", "d", "è", "e", "é", "e", "ê", "e", "ë", "e",
	"ē", "e", "ė", "e", "ę", "e", "ě", "e", "ğ", "g", "ì", "i", "í", "i", "î", "i", "ï", "i",
	"ī", "i", "į", "i", "ı", "i", "ł", "l", "ñ", "n", "ń", "n", "ň", "n", "ò", "o", "ó", "o",
	"ô", "o", "õ", "o", "ö", "o", "ø", "o", "ő", "o", "ř", "r", "ś", "s", "š", "s", "ş", "s",
	"ș", "s", "ť", "t", "ț", "t", "ţ", "t", "ù", "u", "ú", "u", "û", "u", "ü", "u", "ū", "u",
	"ů", "u", "ű", "u", "ý", "y", "ÿ", "y", "ź", "z", "ż", "z", "ž", "z",
	"æ", "ae", "œ", "oe", "ß", "ss", "ĳ", "ij",
)

// slug makes the part of an address that a heading is known by: lower case,
// accents folded, a hyphen for each space, other signs left out.
func slug(text string) string {
	var b strings.Builder
	length := 0
	for _, r := range folds.Replace(strings.ToLower(strings.TrimSpace(text))) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '_', r == '-':
			b.WriteRune(r)
		case unicode.IsSpace(r):
			b.WriteByte('-')
		default:
			continue
		}
		if length++; length == maxSlug {
			break
		}
	}
	return b.String()
}

// slugs hands out ids that are unique within one text.
type slugs struct {
	used map[string]bool
	next map[string]int
}

func newSlugs() *slugs {
	return &slugs{used: make(map[string]bool), next: make(map[string]int)}
}

func (s *slugs) id(text string) string {
	base := slug(text)
	if base == "" {
		base = "h"
	}
	candidate := base
	for s.used[candidate] {
		s.next[base]++
		candidate = base + "-" + strconv.Itoa(s.next[base])
	}
	s.used[candidate] = true
	return idPrefix + candidate
}

// target is the id an address such as "#aanpak" points at.
func (s *slugs) target(fragment string) string {
	if rest, ok := strings.CutPrefix(fragment, idPrefix); ok {
		return idPrefix + rest
	}
	return idPrefix + slug(fragment)
}
