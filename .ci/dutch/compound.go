// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"math"
	"strings"
)

const (
	minPart = 3
	maxCut  = 1<<cutBits - 2
	free    = 1<<cutBits - 1 // a compound of more than two parts of which no two are a word
)

// reading is one way to see a word as two parts.
type reading struct {
	left   string // first part, without what links it
	linked bool   // with a linking s
	right  string
	word   string // the word the right part belongs to
}

// compounds learns from the list itself what makes compounds: a spelling that
// begins many words before something that is a word too, and a word that ends
// many, are good parts. A word is taken apart where both are.
func (l *lexicon) compounds(entries []entry, suffixes map[string][]rule, barred, wholes [][]string) {
	first, last := map[string]bool{}, map[string]bool{} // words that are no first or last part
	for _, line := range barred {
		for _, w := range line {
			bare := strings.Trim(w, "-")
			first[bare] = first[bare] || !strings.HasPrefix(w, "-")
			last[bare] = last[bare] || !strings.HasSuffix(w, "-")
		}
	}
	flagged := flagged(entries, suffixes)
	all := l.readings(first, last, wholes)
	order := sorted(all)
	l.lead, l.linked, l.end = map[string]float64{}, map[string]float64{}, map[string]float64{}
	for range 4 {
		lead, linked, end := map[string]float64{}, map[string]float64{}, map[string]float64{}
		for _, w := range order {
			list, total := all[w], 0.0
			for _, r := range list {
				total += l.weight(r)
			}
			for _, r := range list {
				share := l.weight(r) / total
				if r.linked {
					linked[r.left] += share
				} else {
					lead[r.left] += share
				}
				end[r.word] += share
			}
		}
		l.lead, l.linked, l.end = lead, linked, end
	}
	for form := range l.claims {
		if l.nameOnly(form) {
			l.parts[form] |= 1 << nameAt
			continue
		}
		if len(form) < minPart {
			continue
		}
		w := l.winner(form)
		if !first[form] {
			long := len(form) > 5 && w == form && !l.claimed(form, infinitive) || len(form) > 4 && l.claimed(form, stem)
			l.parts[form] |= level(l.lead[form], form, long || flagged[form]&1 != 0)
			l.parts[form] |= level(l.linked[form], form, flagged[form]&2 != 0) << linkedAt
		}
		if !last[form] && l.ending(form) {
			l.parts[form] |= level(l.end[w], form, driven(form) || flagged[form]&4 != 0) << endAt
		}
	}
	for _, w := range sorted(l.kinds) {
		if len(w) > 11 && len(all[w]) == 0 && len(l.claims[w]) > 0 && l.is(w, "lc") && l.winner(w) == w && !l.derived(w) && l.threefold(w) {
			l.cuts[w] = free
		}
	}
	for _, w := range order {
		list := all[w]
		best, score := reading{}, 0.0
		for _, r := range list {
			a, b := l.parts[r.left]&3, l.parts[r.right]>>endAt&3
			if r.linked {
				a = l.parts[r.left] >> linkedAt & 3
			}
			if !believed(a, b, len(r.left)) || !believed(b, a, len(r.right)) {
				continue
			}
			if len(w) < 10 && l.lead[w]+l.linked[w]+l.end[w] > min(l.asFirst(r), l.end[r.word]) {
				continue // a short word that makes more compounds than its parts is none
			}
			if s := l.weight(r) * deeper(r, all); s > score {
				best, score = r, s
			}
		}
		if score > 0 && len(best.right) <= maxCut {
			l.cuts[w] = len(best.right)
		}
	}
}

// believed reports whether a part can be taken for one: it is well known, or it
// is long and the other part is known from many words.
func believed(part, other uint64, length int) bool {
	switch {
	case length == minPart:
		return part == 3
	case part >= 2:
		return true
	}
	return part == 1 && other == 3 && length > 4
}

// threefold reports whether a word can be read as three parts that are well known.
func (l *lexicon) threefold(w string) bool {
	first := func(text string) bool {
		bare, _ := strings.CutSuffix(text, "s")
		return l.parts[text]&3 > 1 || l.parts[bare]>>linkedAt&3 > 1
	}
	for a := 4; a <= len(w)-8; a++ {
		for b := a + 4; b <= len(w)-4; b++ {
			if l.parts[w[b:]]>>endAt&3 > 1 && first(w[:a]) && first(w[a:b]) {
				return true
			}
		}
	}
	return false
}

// deeper prefers the reading whose parts can be taken apart too.
func deeper(r reading, all map[string][]reading) float64 {
	if len(all[r.right]) > 0 || len(all[r.left]) > 0 {
		return 3
	}
	return 1
}

// asFirst is in how many words of the list the left of a reading stands first.
func (l *lexicon) asFirst(r reading) float64 {
	if r.linked {
		return l.linked[r.left]
	}
	return l.lead[r.left]
}

// weight is how plausible a reading is by what is known so far.
func (l *lexicon) weight(r reading) float64 {
	return math.Sqrt((l.asFirst(r)+.1)*(l.end[r.word]+.1)) * float64(min(len(r.left), 6)*min(len(r.right), 6))
}

// level is how well a part is known: 1 as possible, 3 as common.
func level(count float64, form string, flagged bool) uint64 {
	switch {
	case count >= 8:
		return 3
	case count >= 2:
		return 2
	case len(form) > minPart && (flagged || count >= .7):
		return 1
	}
	return 0
}

func (l *lexicon) nameOnly(form string) bool {
	return l.is(form, "na") && !l.is(form, "lc") && !l.kind(form, "ZYA") && l.claims[form][0].role == listed
}

// flagged tells what the list says of spellings in compounds: 1 first part, 2
// with a linking s, 4 last part.
func flagged(entries []entry, suffixes map[string][]rule) map[string]int {
	out := map[string]int{}
	for _, e := range entries {
		w := fold(e.word)
		if e.name || e.lead != "" {
			continue
		}
		if e.has("Ca", "CA", "Cb", "CB", "Ce") || e.any("ZY") && len(w) > 4 {
			out[w] |= 1
		}
		if e.has("Ch", "Cd") || strings.HasSuffix(w, "ing") || strings.HasSuffix(w, "heid") || strings.HasSuffix(w, "teit") || strings.HasSuffix(w, "schap") {
			out[w] |= 2
		}
		ends := e.has("Cc", "Cd") || e.any("ZY") && len(w) > 3
		if ends {
			out[w] |= 4
		}
		e.forms(suffixes, func(class, form, flags string) {
			if strings.Contains(flags, "Ca") && class[0] == 'Z' {
				out[form] |= 1
			}
			if ends && (class[0] == 'Z' || class[0] == 'Y') {
				out[form] |= 4
			}
		})
	}
	return out
}

// ending reports whether a spelling can be the last part of a noun or adjective.
func (l *lexicon) ending(form string) bool {
	w := l.winner(form)
	if driven(form) && l.participleOf(strings.TrimSuffix(form, "e")) != "" {
		return true
	}
	if !l.kind(w, "ZYAC") && !l.claimed(w, head) {
		return false // lagen: mostly of liggen, so basaltlagen has another way
	}
	if l.claimed(form, head) || l.kind(form, "ZYAC") && !l.is(form, "Vi") {
		return true
	}
	for _, c := range l.claims[form] {
		if (c.role == plural || c.role == small || c.role == adjectival || c.role == inflected) && l.kind(c.word, "ZYAC") {
			return true
		}
	}
	return false
}

// driven reports whether a spelling looks like a participle that can end an
// adjective: datagedreven, risicogestuurd.
func driven(form string) bool { return strings.HasPrefix(form, "ge") && len(form) > 6 }

// beginning reports whether a spelling can be the first part of a compound.
func (l *lexicon) beginning(form string) bool {
	if l.nameOnly(form) {
		return false
	}
	return l.kind(form, "ZYCAV") && !l.is(form, "Ve") || l.claimed(form, plural) || l.claimed(form, head)
}

// readings gives for each word of the list the ways to see it as two parts.
func (l *lexicon) readings(first, last map[string]bool, wholes [][]string) map[string][]reading {
	whole := map[string]bool{}
	for _, line := range wholes {
		for _, w := range line {
			whole[w] = true
			delete(l.sep, w)
		}
	}
	out := map[string][]reading{}
	for _, w := range sorted(l.kinds) {
		if len(l.claims[w]) == 0 || whole[w] || len(w) < 2*minPart || !l.is(w, "lc") || l.winner(w) != l.find(w) || l.derived(w) {
			continue
		}
		var list []reading
		for at := minPart; at <= len(w)-minPart; at++ {
			left, right := strings.TrimSuffix(w[:at], "-"), w[at:]
			if last[right] || len(l.claims[right]) == 0 || l.nameOnly(right) || !l.ending(right) || strings.HasSuffix(w[:at], "--") {
				continue
			}
			r := reading{left: left, right: right, word: l.winner(right)}
			if len(left) >= minPart && !first[left] && len(l.claims[left]) > 0 && l.beginning(left) {
				list = append(list, r)
			}
			if bare, ok := strings.CutSuffix(left, "s"); ok && len(bare) >= minPart && !first[bare] && len(l.claims[bare]) > 0 &&
				l.beginning(bare) && l.kind(bare, "ZYC") {
				r.left, r.linked = bare, true
				list = append(list, r)
			}
		}
		if len(list) > 0 {
			out[w] = list
		}
	}
	return out
}

// derived reports whether a word is a verb, or made of one: its parts are those
// of the verb (beschikking is of beschikken and has nothing of a king).
func (l *lexicon) derived(w string) bool {
	if l.claimed(w, infinitive) && !l.kind(w, "ZY") {
		return true
	}
	if _, ok := l.sep[l.winner(w)]; ok {
		return true
	}
	for _, end := range []string{"ing", "er", "aar", "ster"} {
		root, ok := strings.CutSuffix(w, end)
		if !ok {
			continue
		}
		for _, verb := range []string{root + "en", root + "n", strings.TrimSuffix(root, "d") + "en"} {
			if l.claimed(verb, infinitive) {
				return true
			}
		}
		if n := len(root); n > 3 && isVowel(root[n-2]) && root[n-2] == root[n-3] && l.claimed(root[:n-2]+root[n-1:]+"en", infinitive) {
			return true
		}
		if n := len(root); n > 3 && l.claimed(root+root[n-1:]+"en", infinitive) {
			return true
		}
	}
	return false
}
