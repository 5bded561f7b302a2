// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import "strings"

// irregular claims the forms of the hand-made list of nouns, for the word itself
// and for compounds that end in it.
func (l *lexicon) irregular(list [][]string) {
	for n, line := range list {
		base := line[0]
		if l.is(base, "lc") && !l.is(base, "Ve") && !strings.HasPrefix(base, "ge") {
			l.claim(base, base, head)
		}
		for i, form := range line[1:] {
			r := plural
			if bare, sure := strings.CutSuffix(form, "!"); sure {
				line[i+1], form, r = bare, bare, forced
			}
			l.claim(form, base, r)
			if strings.HasSuffix(form, "je") {
				l.claim(form+"s", base, r)
				line = append(line, form+"s")
			}
		}
		list[n] = line
	}
	ends := map[string][]string{}
	for _, line := range list {
		if len(line[0]) > 2 {
			ends[line[0]] = append(ends[line[0]], line[1:]...)
		}
	}
	for _, w := range sorted(l.kinds) {
		for n := 2; n < len(w)-1; n++ {
			for _, form := range ends[w[n:]] {
				if full := w[:n] + form; l.listed(full) && !l.is(full, "Vi") {
					l.claim(full, w, plural)
				}
			}
		}
	}
}

// nouns claims the forms of nouns and adjectives: first of what has a class of
// its own, then of what only has a place in compounds.
func (l *lexicon) nouns(entries []entry, suffixes map[string][]rule) {
	for _, e := range entries {
		if e.any("ZYA") {
			l.noun(e, suffixes)
		}
	}
	for _, e := range entries {
		if w := fold(e.word); e.any("ZYC") && !e.flags["Vi"] && !e.name {
			for _, p := range plurals(w) {
				if l.kind(p, "C") && !l.kind(p, "ZYAV") {
					l.claim(p, w, plural)
				}
			}
		}
	}
	l.regular(entries)
	for _, e := range entries {
		w := fold(e.word)
		if e.any("ZYA") || !e.any("C") || e.has("Vi", "Ve") {
			continue
		}
		switch {
		case len(l.claims[w]) == 0:
		case !e.has("Cc", "Ch", "Cd"), l.participleOf(w) != "", l.claimed(w, plural), l.claimed(w, infinitive), l.claimed(w, forced), l.claimed(w, inflected):
			continue
		}
		l.claim(w, w, head)
	}
}

// noun claims the forms of one noun or adjective.
func (l *lexicon) noun(e entry, suffixes map[string][]rule) {
	w := fold(e.word)
	adjective := e.any("A")
	if n := len(w); n > 9 && strings.HasSuffix(w, "en") && w[n-3] == w[n-4] && l.is(w[:n-3], "Ze") {
		return // the list has some plurals as if they were words (krantenkoppen)
	}
	if verb := l.participleOf(w); verb != "" && (adjective || e.flags["Ve"]) &&
		(adjective || !e.any("ZY")) || verb != "" && strings.Index(w, "ge") > 1 {
		// A participle that is used as an adjective (beperkt, beperkter) is a form
		// of its verb; apart.txt has those that have become words of their own.
		e.forms(suffixes, func(class, form, _ string) {
			if class[0] == 'A' || class == "Ve" || class == "Zk" {
				l.claim(form, verb, inflected)
			}
		})
		l.claim(w, verb, adjectival)
		return
	}
	if e.flags["Ve"] && !adjective && len(l.claims[w]) > 0 {
		return
	}
	if e.flags["Zb"] && !e.any("YA") && !e.has("Ca", "Cc") && l.past[w] {
		return // ging and ving are in the list as if they had a plural
	}
	if !e.flags["Vi"] {
		l.claim(w, w, head)
	}
	short := e.flags["Zb"] && e.flags["Ze"] // mostly one of the two is of another word
	e.forms(suffixes, func(class, form, _ string) {
		switch {
		case class == "Zm":
			base := w + "heid"
			l.claim(base, base, head)
			l.claim(form, base, plural)
		case class == "Zk":
			l.claim(form, w, inflected)
		case class == "Zb" && short:
			l.claim(form, w, inflected)
		case class[0] == 'Z':
			l.claim(form, w, plural)
		case class[0] == 'Y':
			l.claim(form, w, small)
			if class == "Yf" { // balletje is of bal, not of ballet
				l.claim(form, w, plural)
			}
		case class == "Ai", class[0] == 'A' && strings.HasSuffix(w, "e"):
			l.claim(form, w, listed)
		case class == "Aa", class == "Al", class == "An", class == "Ar", class == "Am":
			l.claim(form, w, adjectival)
		case class[0] == 'A':
			l.claim(form, w, inflected)
		}
	})
}
