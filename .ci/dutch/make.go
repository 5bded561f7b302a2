// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"slices"
	"strings"
)

// inseparable prefixes take the place of "ge" in a participle.
var inseparable = []string{"be", "ge", "her", "ont", "ver", "er", "mis", "weer", "over", "onder", "om", "door", "voor", "vol", "aan", "wan"}

// both are prefixes that stay in place in some verbs: overlijden, but overlopen.
var both = []string{"over", "onder", "om", "door", "voor", "vol", "weer", "achter", "mis"}

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

// strong claims the forms of strong verbs, for the verb itself and for verbs
// that end in it.
func (l *lexicon) strong(list [][]string) {
	for _, line := range list {
		verb, sure := strings.CutSuffix(line[0], "!")
		line[0] = verb
		l.claim(verb, verb, infinitive)
		if sure {
			l.claim(verb, verb, forced)
		}
		for _, form := range line[1:] {
			form, sure = strings.CutSuffix(form, "!")
			r := finite
			if strings.HasPrefix(form, "ge") {
				r = participle
			}
			if sure {
				r = forced
			}
			l.claim(form, verb, r)
			l.past[form] = true
			if part, ok := strings.CutPrefix(form, "ge"); ok && len(part) > 2 {
				l.claim(withE(form), verb, inflected)
			}
		}
	}
	for _, w := range sorted(l.kinds) {
		if !strings.HasSuffix(w, "n") || l.is(w, "na") && !l.is(w, "lc") {
			continue
		}
		for _, line := range list {
			lead, ok := strings.CutSuffix(w, line[0])
			if !ok || lead == "" || !l.verbal(w) {
				continue
			}
			if !l.isLead(lead) {
				continue
			}
			if !strings.HasSuffix(w, "en") { // gaan, staan, slaan, doen, zien
				l.claim(w, w, infinitive)
				l.claim(w+"d", w, inflected)
				l.claim(w+"de", w, inflected)
			}
			for _, form := range line[1:] {
				form = strings.TrimSuffix(form, "!")
				bare, is := strings.CutPrefix(form, "ge")
				switch {
				case is && len(bare) > 2 && slices.Contains(inseparable, lead) && !l.listed(lead+form):
					l.claim(lead+bare, w, participle)
					l.claim(withE(lead+bare), w, inflected)
				case is && len(bare) > 2:
					l.claim(lead+form, w, participle)
					l.claim(withE(lead+form), w, inflected)
					if l.listed(lead + form) {
						l.sep[w] = lead
					}
				default:
					l.claim(lead+form, w, finite)
					l.past[lead+form] = true
				}
			}
		}
	}
}

// isLead reports whether something can stand before a verb: one or two prefixes.
func (l *lexicon) isLead(lead string) bool {
	for _, p := range inseparable {
		if lead == p {
			return true
		}
		if rest, ok := strings.CutSuffix(lead, p); ok && p != "ge" && slices.Contains(l.leads, rest) {
			return true
		}
	}
	return slices.Contains(l.leads, lead)
}

// verbal reports whether a word can be an infinitive.
func (l *lexicon) verbal(w string) bool {
	for _, lead := range l.leads {
		if rest, ok := strings.CutPrefix(w, lead+"ge"); ok && l.is(lead+rest, "Vi") {
			return false // aangedragen is of aandragen
		}
	}
	if l.is(w, "Vi") {
		return true
	}
	for _, end := range []string{"gaan", "staan", "slaan", "doen", "zien"} {
		if strings.HasSuffix(w, end) {
			return !strings.HasSuffix(w, "ge"+end)
		}
	}
	if l.kind(w, "ZYA") {
		return false
	}
	for _, s := range stems(w) {
		if l.is(s, "V3", "Vp", "Vq") {
			return true
		}
	}
	return false
}

// verbs links stems, infinitives and participles, and claims their forms.
func (l *lexicon) verbs(entries []entry, suffixes map[string][]rule) {
	of := map[string][]string{} // stem -> infinitives
	for _, w := range sorted(l.kinds) {
		if !strings.HasSuffix(w, "en") || !l.verbal(w) {
			continue
		}
		l.claim(w, w, infinitive)
		l.claim(w+"d", w, inflected)
		l.claim(w+"de", w, inflected)
		found := false
		all := stems(w)
		for _, s := range all {
			if l.is(s, "V3", "Vp", "Vq") || l.is(s+"t", "Va", "Vb") {
				of[s] = append(of[s], w)
				found = true
				break
			}
		}
		for _, s := range all {
			if !found && (l.listed(s) || l.listed(s+"t")) && (l.is(s, "lc") || l.is(s+"t", "lc")) {
				of[s] = append(of[s], w)
				break
			}
		}
	}
	l.english(of)
	for _, s := range sorted(of) {
		list := of[s]
		for _, inf := range list {
			l.claim(s, inf, stem)
			if c := s[len(s)-1]; c != 't' {
				l.claim(s+"t", inf, finite)
			}
			past := "de"
			switch {
			case l.is(s, "Vq"), l.is(s+"t", "Vb"):
				past = "te"
			case l.is(s, "Vp"), l.is(s+"t", "Va"):
			case strings.ContainsRune("tkfsp", rune(s[len(s)-1])), strings.HasSuffix(s, "ch"):
				past = "te"
			}
			weak := l.is(s, "Vp", "Vq") || l.is(s+"t", "Va", "Vb") || l.listed(s+past)
			if weak {
				l.claim(s+past, inf, finite)
				l.claim(s+past+"n", inf, finite)
			}
			if double := s + s[len(s)-1:] + "en"; l.listed(double) && l.verbal(double) && s != stems(inf)[0] {
				continue // afgesteld is of afstellen, not of afstelen
			}
			for _, p := range l.participles(s) {
				if !l.listed(p) || l.kind(p, "ZY") && !l.is(p, "Ve") && !weak {
					continue
				}
				if !l.is(p, "Ve") && !l.is(p, "lc") {
					continue
				}
				if end := p[len(p)-1:]; p != s && len(p) == len(strings.TrimSuffix(p, end))+1 && s[len(s)-1] != 't' && s[len(s)-1] != 'd' && end != past[:1] && end != "n" {
					continue
				}
				l.claim(p, inf, participle)
				l.claim(withE(p), inf, inflected)
				if n := strings.Index(p, "ge"); n > 1 && p[:n]+p[n+2:] != "" && strings.HasPrefix(inf, p[:n]) {
					if rest := inf[n:]; l.listed(rest) && !strings.HasPrefix(rest, "ge") {
						l.sep[inf] = p[:n]
					}
				}
			}
		}
	}
	for _, e := range entries {
		if e.lead == "" || !e.flags["Vi"] {
			continue
		}
		rest := strings.TrimPrefix(fold(e.word), e.lead)
		if (!slices.Contains(both, e.lead) || e.lead == "voor" && l.bare(rest)) && (l.bare(rest) || l.sep[rest] == "") {
			l.sep[fold(e.word)] = e.lead
		}
	}
	// Stems whose infinitive is not known are a word of their own.
	for _, e := range entries {
		w := fold(e.word)
		if e.name || !e.any("V") || e.flags["Vi"] || e.flags["Ve"] || of[w] != nil || len(l.claims[w]) > 0 {
			continue
		}
		e.forms(suffixes, func(class, form, _ string) {
			if class[0] == 'V' {
				l.claim(form, w, finite)
				l.claim(w, w, stem)
			}
		})
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

// participleOf gives the verb of which a spelling is the past participle, or "".
func (l *lexicon) participleOf(form string) string {
	if l.own[form] {
		return ""
	}
	for _, c := range l.claims[form] {
		if c.role == participle || c.role == forced && strings.HasPrefix(form, "ge") || c.role == adjectival && c.word != form ||
			c.role == inflected && c.word+"d" == form {
			return c.word
		}
	}
	return ""
}

func (l *lexicon) claimed(form string, r role) bool {
	return slices.ContainsFunc(l.claims[form], func(c claim) bool { return c.role == r })
}

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

// rest claims what the list has without classes: plurals of words in the list,
// and words of their own.
func (l *lexicon) rest() {
	all := sorted(l.kinds)
	for _, w := range all {
		if l.is(w, "na") && !l.is(w, "lc") {
			continue
		}
		if strings.HasSuffix(w, "s") && l.listed(w+"e") && len(l.claims[w+"e"]) == 0 { // Amsterdams, Amsterdamse
			l.claim(w+"e", w, inflected)
		}
		for _, p := range plurals(w) {
			if l.listed(p) && len(l.claims[p]) == 0 && l.is(p, "lc") && len(w) > 3 && !l.kind(p, "ZYAV") {
				l.claim(p, w, plural)
			}
		}
	}
	for _, w := range all {
		if len(l.claims[w]) == 0 {
			if of := l.degree(w); of != "" {
				l.claim(w, of, inflected)
			} else {
				l.claim(w, w, listed)
			}
		}
	}
	for _, w := range all {
		own := len(l.claims[w]) == 1 && l.claims[w][0].word == w && l.claims[w][0].role != forced && !l.own[w]
		if of := l.inflectedOf(w); own && of != "" && !l.kind(w, "AYV") && !l.is(w, "Za", "Zb", "Zm") {
			l.claims[w] = []claim{{of, inflected}}
		}
	}
	// The plural of a diminutive is of the word the diminutive is of.
	for _, form := range sorted(l.claims) {
		tiny, ok := strings.CutSuffix(form, "jes")
		if !ok || l.claimed(form, forced) || len(l.claims[tiny+"je"]) == 0 || l.claimed(tiny+"je", head) {
			continue
		}
		l.claims[form] = slices.Clone(l.claims[tiny+"je"])
	}
}
