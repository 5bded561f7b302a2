// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package dutch

import "strings"

// ending gives the base form of a word that is not in the list when it is one
// that is with an ending on it, or "".
func (l *lexicon) ending(r *reader, word string) string {
	for _, end := range []string{"'tjes", "'tje", "'jes", "'je", "'s", "'en", "'er"} {
		if bare, ok := strings.CutSuffix(word, end); ok && len(bare) > 1 {
			return l.baseOf(r, bare)
		}
	}
	if !letters(word) || len(word) < 5 {
		return ""
	}
	for _, made := range regular {
		if bare, ok := strings.CutSuffix(word, made.end); ok && len(bare) > 2 {
			if v, known := r.get(bare + made.was); known && !v.name() {
				return l.base(bare+made.was, v)
			}
		}
	}
	for _, end := range []string{"er", "ere", "st", "ste"} {
		if bare, ok := strings.CutSuffix(word, end); ok && len(bare) > 3 && hasVowel(bare) {
			if base := l.degree(r, bare, end[0] == 's'); base != "" {
				return base
			}
		}
	}
	for _, end := range []string{"s", "e", "n", "je", "jes", "tje", "tjes"} {
		if bare, ok := strings.CutSuffix(word, end); ok && len(bare) > 3 && (end != "n" || strings.HasSuffix(bare, "e")) {
			if v, known := r.get(bare); known && (!v.name() || end == "e" && strings.HasSuffix(bare, "s")) && (end != "s" || !strings.HasSuffix(bare, "s")) {
				return l.base(bare, v)
			}
		}
	}
	if bare, ok := strings.CutSuffix(word, "en"); ok && len(bare) > 3 && hasVowel(bare) {
		for _, noun := range singulars(bare) {
			if v, known := r.get(noun); known && !v.name() {
				return l.base(noun, v)
			}
		}
	}
	return ""
}

// degree gives the adjective of a comparative or superlative without its ending,
// or "": digitaler is of digitaal, because digitale is.
func (l *lexicon) degree(r *reader, bare string, plain bool) string {
	candidates := []string{bare}
	if !plain {
		candidates = singulars(bare)
	}
	for _, adjective := range candidates {
		if v, known := r.get(adjective); !known || v.name() || l.base(adjective, v) != adjective {
			continue
		}
		for _, inflected := range []string{bare + "e", inflect(adjective)} {
			if v, known := r.get(inflected); known && inflected != adjective && l.base(inflected, v) == adjective {
				return adjective
			}
		}
	}
	return ""
}

// inflect gives an adjective with a long vowel or a soft consonant its "e".
func inflect(adjective string) string {
	n := len(adjective)
	last := adjective[n-1:]
	switch last {
	case "f":
		last = "v"
	case "s":
		last = "z"
	}
	if n > 3 && isVowel(adjective[n-2]) && adjective[n-2] == adjective[n-3] {
		return adjective[:n-2] + last + "e"
	}
	return adjective[:n-1] + last + "e"
}

// regular are endings of diminutives before which a word is spelled differently:
// rekeninkje, autootje, boompje.
var regular = []struct{ end, was string }{
	{"inkje", "ing"}, {"inkjes", "ing"}, {"aatje", "a"}, {"aatjes", "a"}, {"ootje", "o"}, {"ootjes", "o"}, {"uutje", "u"}, {"uutjes", "u"},
	{"eetje", "e"}, {"eetjes", "e"}, {"mpje", "m"}, {"mpjes", "m"},
}

// trim takes from a word of elsewhere the endings that words get in Dutch. It
// is careful: what is left must still look like a word.
func trim(word string) string {
	if !letters(word) || len(word) < 5 {
		return word
	}
	for _, end := range []string{"tjes", "jes", "tje", "je"} {
		if bare, ok := strings.CutSuffix(word, end); ok && len(bare) > 3 {
			return bare
		}
	}
	for _, end := range []string{"eerden", "eerde", "eert", "eerd"} { // pseudonimiseert, gepseudonimiseerd
		if bare, ok := strings.CutSuffix(word, end); ok && len(bare) > 3 {
			return strings.TrimPrefix(bare, "ge") + "eer"
		}
	}
	if bare, ok := strings.CutSuffix(word, "ies"); ok && len(bare) > 3 {
		return bare + "y" // policies; what ends in "ie" is in the list or made of what is
	}
	if bare, ok := strings.CutSuffix(word, "s"); ok && !strings.ContainsRune("aious", rune(bare[len(bare)-1])) {
		return bare
	}
	if bare, ok := strings.CutSuffix(word, "en"); ok && len(bare) > 4 && hasVowel(bare) && !isVowel(bare[len(bare)-1]) {
		return singulars(bare)[0]
	}
	return word
}

// singulars gives what a plural without its "en" can come from, the likeliest
// first.
func singulars(bare string) []string {
	n := len(bare)
	last := bare[n-1]
	if isVowel(last) {
		return []string{bare}
	}
	if n > 1 && bare[n-2] == last {
		return []string{bare[:n-1], bare}
	}
	hard := string(last)
	switch last {
	case 'v':
		hard = "f"
	case 'z':
		hard = "s"
	}
	if n > 2 && isVowel(bare[n-2]) && !isVowel(bare[n-3]) && bare[n-2] != 'i' && bare[n-2] != 'y' {
		return []string{bare[:n-1] + bare[n-2:n-1] + hard, bare[:n-1] + hard}
	}
	return []string{bare[:n-1] + hard}
}

func isVowel(c byte) bool { return strings.IndexByte("aeiouy", c) >= 0 }

func hasVowel(s string) bool { return strings.ContainsAny(s, "aeiouy") }

// letters reports whether a word has nothing but letters.
func letters(s string) bool {
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return true
}
