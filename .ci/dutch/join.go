// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"slices"
	"strings"
)

// join makes one word of a noun and the verb that is made of it (werk, werken),
// and of an adjective and the noun that is its form (deskundig, deskundige).
func (l *lexicon) join(apart, alone, same [][]string) {
	for _, line := range apart {
		l.claims[line[0]] = slices.DeleteFunc(l.claims[line[0]], func(c claim) bool { return c.word == line[1] })
		if len(l.claims[line[0]]) == 0 {
			l.claim(line[0], line[0], head)
		}
		if noun := line[0]; doubled(noun) == line[1] && l.kind(noun, "C") && !l.kind(noun, "ZYA") {
			l.claim(line[1], noun, plural) // wetten: the list has no plural of wet
		}
	}
	only := map[string]bool{}
	for _, line := range alone {
		for _, w := range line {
			only[w] = true
		}
	}
	for form, claims := range l.claims {
		if only[form] {
			l.claims[form] = []claim{{form, forced}}
			continue
		}
		l.claims[form] = slices.DeleteFunc(claims, func(c claim) bool { return only[c.word] })
		if len(l.claims[form]) == 0 {
			delete(l.claims, form)
		}
	}
	for w := range only {
		l.claims[w] = []claim{{w, forced}}
	}
	for _, line := range same {
		l.unite(line[0], line[1])
	}
	for _, form := range sorted(l.claims) {
		l.variants(form)
		if !l.claimed(form, head) {
			continue
		}
		of, tiny, sure := "", "", false
		for _, c := range l.claims[form] {
			switch {
			case c.word == form:
			case (c.role == stem || (c.role == finite || c.role == participle) && strings.HasPrefix(c.word, form)) &&
				strings.HasSuffix(c.word, "n") && l.kind(form, "ZYC") && !l.is(form, "Zm"):
				if !l.claimed(c.word, head) {
					l.unite(form, c.word)
				} else if !l.kind(form, "ZYA") { // wagen has nothing to do with waag, jongen with jong
					l.claims[form] = []claim{c}
				}
			case c.role == inflected && c.word+"st" == form && !l.kind(form, "ZYCV"): // liefst
				l.unite(c.word, form)
			case c.role == plural && strings.HasSuffix(form, "je"): // by hand or with a letter doubled
				tiny, sure = c.word, true
			case c.role == small:
				if len(c.word) > len(tiny) && !sure {
					tiny = c.word
				}
			case (c.role == inflected || c.role == adjectival) && strings.HasSuffix(form, "e"):
				if of == "" || far(c, form) < 2 {
					of = c.word
				}
			}
		}
		for _, word := range []string{of, tiny} {
			if word != "" {
				l.unite(word, form)
			}
		}
	}
}

// variants makes one word of two that have their plural in common because they
// differ in a last "e" only: uitgave and uitgaaf, student and studente.
func (l *lexicon) variants(form string) {
	long := strings.TrimSuffix(form, "n")
	if long == form || !strings.HasSuffix(long, "e") || !slices.Contains(l.claims[form], claim{long, plural}) {
		return
	}
	for _, c := range l.claims[form] {
		if c.role == plural && c.word != long && slices.Contains(stems(form), c.word) {
			l.unite(c.word, long)
		}
	}
}
