// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"slices"
	"strings"
)

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
