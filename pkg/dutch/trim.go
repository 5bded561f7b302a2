// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package dutch

import "strings"

// trim takes from a word that is not in the list the endings that tell forms
// of one word apart. It is careful: what is left must still look like a word,
// and a word that the list knows wins from one it does not.
func (l *lexicon) trim(r *reader, word string) string {
	for _, end := range []string{"'tjes", "'tje", "'jes", "'je", "'s", "'en", "'er"} {
		if bare, ok := strings.CutSuffix(word, end); ok && len(bare) > 1 {
			return l.baseOf(r, bare)
		}
	}
	if !letters(word) || len(word) < 5 {
		return word
	}
	try := func(bare string) (string, bool) {
		if value, known := r.get(bare); known && value&isName == 0 {
			return l.base(bare, value), true
		}
		return "", false
	}
	for _, end := range []string{"tjes", "pjes", "jes", "tje", "pje", "je"} {
		if bare, ok := strings.CutSuffix(word, end); ok && len(bare) > 3 {
			return bare
		}
	}
	if bare, ok := strings.CutSuffix(word, "s"); ok && !strings.HasSuffix(bare, "s") && !strings.HasSuffix(bare, "i") && !strings.HasSuffix(bare, "u") {
		if base, ok := try(bare); ok {
			return base
		}
		return bare
	}
	if bare, ok := strings.CutSuffix(word, "en"); ok && len(bare) > 4 && hasVowel(bare) {
		for _, noun := range singulars(bare) {
			if base, ok := try(noun); ok {
				return base
			}
		}
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
