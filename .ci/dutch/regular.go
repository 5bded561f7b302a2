// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import "strings"

// regular gives nouns the regular forms that the list has as words of their own:
// a diminutive (wetje, omaatje), and the plural of an English word (coaches).
func (l *lexicon) regular(entries []entry) {
	for _, e := range entries {
		w := fold(e.word)
		if e.name || !e.any("ZY") && !e.has("Cc", "Cd", "Ch") || e.any("A") && !e.any("Z") || e.has("Vi", "Ve") || len(w) < 3 {
			continue
		}
		for _, form := range diminutives(w, e.word) {
			if l.is(form, "lc") && (len(l.claims[form]) == 0 || l.claimed(form, head)) {
				l.claim(form, w, small)
			}
		}
		if strings.HasSuffix(w, "ch") || strings.HasSuffix(w, "sh") || strings.HasSuffix(w, "x") || strings.HasSuffix(w, "ss") {
			if l.is(w+"es", "lc") {
				l.claim(w+"es", w, plural)
			}
		}
	}
}

// degree gives the adjective of which a spelling is the regular comparative
// (bozer, positievere), or "".
func (l *lexicon) degree(form string) string {
	bare, ok := strings.CutSuffix(strings.TrimSuffix(form, "e"), "er")
	if !ok {
		return ""
	}
	for _, w := range stems(bare + "en") {
		if l.kind(w, "A") && !l.claimed(w, forced) {
			return w
		}
	}
	return ""
}

// inflectedOf gives the word of which a spelling that is a word of its own in
// the list is an inflected form after all: of a participle (geschatte), of a
// comparative (grotere), of a superlative or what else has an "e" (armsten); or "".
func (l *lexicon) inflectedOf(form string) string {
	if len(form) < 6 {
		return ""
	}
	if bare, ok := strings.CutSuffix(form, "e"); ok {
		if verb := l.participleOf(undouble(bare)); verb != "" && strings.Contains(bare, "ge") {
			return verb
		}
		if strings.HasSuffix(bare, "er") {
			return l.formOf(bare)
		}
	}
	if bare, ok := strings.CutSuffix(form, "n"); ok && strings.HasSuffix(bare, "ste") {
		return l.formOf(bare)
	}
	return ""
}

// formOf gives the adjective of which a spelling is a form and nothing else, or "".
func (l *lexicon) formOf(form string) string {
	of := ""
	for _, c := range l.claims[form] {
		switch {
		case (c.role == inflected || c.role == adjectival) && l.kind(c.word, "A"):
			of = c.word
		default:
			return ""
		}
	}
	return of
}

// undouble takes away the second of two equal letters at the end.
func undouble(w string) string {
	if n := len(w); n > 2 && w[n-1] == w[n-2] {
		return w[:n-1]
	}
	return w
}

// doubled gives the plural of a short noun of which the last letter is doubled,
// or "".
func doubled(noun string) string {
	n := len(noun)
	if n < 3 || isVowel(noun[n-1]) || !isVowel(noun[n-2]) || strings.ContainsAny(noun[:n-2], vowels) {
		return ""
	}
	return noun + noun[n-1:] + "en"
}

// diminutives gives what a noun can be made small with by the rules of
// spelling; cafeetje shows that the list has an accent.
func diminutives(noun, written string) []string {
	n := len(noun)
	last := noun[n-1:]
	switch {
	case strings.HasSuffix(written, "é"):
		return []string{noun + "etje"}
	case strings.HasSuffix(noun, "ing"):
		return []string{noun[:n-1] + "kje", noun + "etje"}
	case strings.ContainsAny(last, "aou") && !isVowel(noun[n-2]):
		return []string{noun + last + "tje"}
	case isVowel(noun[n-1]), last == "w":
		return []string{noun + "tje"}
	case last == "m":
		return []string{noun + "pje"}
	case strings.Contains("lnr", last):
		return []string{noun + "tje"}
	}
	return []string{noun + "je"}
}

// english links the infinitives that other rules leave alone, English verbs
// mostly, with the stem that keeps its spelling: downloaden, updaten, aankomen.
func (l *lexicon) english(of map[string][]string) {
	linked := map[string]bool{}
	for _, list := range of {
		for _, w := range list {
			linked[w] = true
		}
	}
	for _, w := range sorted(l.kinds) {
		if linked[w] || !strings.HasSuffix(w, "en") || !l.claimed(w, infinitive) || !l.is(w, "Vi") {
			continue
		}
		for _, s := range []string{strings.TrimSuffix(w, "en"), strings.TrimSuffix(w, "n")} {
			if len(s) > 3 && l.is(s, "V3", "Vp", "Vq") && !l.kind(s, "A") && !l.listed(s+s[len(s)-1:]+"en") {
				of[s] = append(of[s], w)
				break
			}
		}
	}
}
