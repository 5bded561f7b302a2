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
