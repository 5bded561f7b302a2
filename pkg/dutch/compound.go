// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package dutch

import (
	"slices"
	"strings"
)

const (
	// minPart is the length in bytes below which a part of a compound is not
	// looked for: short parts make nonsense of long words.
	minPart = 3
	// maxParts bounds how many parts a compound is taken into.
	maxParts = 5
)

// particles stand before verbs and what is made of verbs. They are no parts:
// "overheid" is not about "over". The longest come first, so that "achteruit"
// is not taken for "achter".
var particles = longestFirst(strings.Fields(`aan aaneen achter achterna achterop achterover achteruit af bij binnen
	boven deel dicht door heen in kapot klaar langs leeg los mede mee na naast neer om omhoog omlaag onder op open opeen
	over plaats rond samen stil tegemoet tegen teleur tentoon terecht terug tewerk thuis toe tussen uit uiteen vast vol voor
	voort vooruit voorbij vrij weer weg`))

// barred are words that are no part of a compound: particles and prefixes that
// are words by themselves, and endings that look like words.
var barred = set(`aan achter bij binnen boven buiten dan dat den der des die dit doen door een eer eren erig haar heid hem hen
	her het hun ing ingen lang lijk lijke los mede mee met mis naar neer niet nis ont onder ons ont ook oor over rond samen
	sel sels ster sters tal tegen ten ter terug toe toen tot tussen uit van ver veel voor voort wan weer zelf zien zij zijn`)

func longestFirst(list []string) []string {
	slices.SortStableFunc(list, func(a, b string) int { return len(b) - len(a) })
	return list
}

func set(list string) map[string]bool {
	m := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		m[word] = true
	}
	return m
}

// part is a piece of a compound: where it stands, without what links it to the
// next, and what the table has of it.
type part struct {
	start, end int
	value      uint64
}

// Parts gives the base forms of the parts of a compound, from left to right, and
// after them the shorter compounds that stand in it and are words themselves:
// schuldhulpverlening is made of schuld, hulp and verlening, and hulpverlening
// stands in it. A word that is no compound gives nil.
func Parts(word string) []string {
	if len(word) < 2*minPart || len(word) > maxWord {
		return nil
	}
	l := words()
	r := l.reader()
	defer l.release(r)
	parts := l.split(r, word)
	if parts == nil {
		return nil
	}
	out := make([]string, 0, len(parts)+2)
	add := func(base string) {
		if base != word && !slices.Contains(out, base) {
			out = append(out, base)
		}
	}
	for _, p := range parts {
		add(l.base(word[p.start:p.end], p.value))
	}
	if len(parts) < 3 {
		return out
	}
	for i := range parts {
		for j := i + 1; j < len(parts); j++ {
			if j-i+1 == len(parts) {
				continue
			}
			inner := word[parts[i].start:parts[j].end]
			if value, known := r.get(inner); known {
				add(l.base(inner, value))
			}
		}
	}
	return out
}

// split takes a word into parts, or gives nil.
func (l *lexicon) split(r *reader, word string) []part {
	if value, known := r.get(word); known && value&(whole|isName) != 0 {
		return nil
	}
	best := l.cut(r, word, 0, maxParts)
	if len(best) < 2 {
		return nil
	}
	return best
}

// cut finds the most plausible parts of word[start:], which is not taken as a
// whole when it is the whole word.
func (l *lexicon) cut(r *reader, word string, start, left int) []part {
	var best []part
	if left < 2 {
		return nil
	}
	for end := len(word) - minPart; end >= start+minPart; end-- {
		first, ok := l.leading(r, word, start, end)
		if !ok {
			continue
		}
		rest := l.tail(r, word, end, left-1)
		if rest == nil {
			continue
		}
		if try := append([]part{first}, rest...); best == nil || better(word, try, best) {
			best = try
		}
	}
	return best
}

// tail reads word[start:] as the last part, or as a compound itself.
func (l *lexicon) tail(r *reader, word string, start, left int) []part {
	rest := word[start:]
	value, known := r.get(rest)
	ends := known && value&canEnd != 0 && value&isName == 0 && !barred[rest]
	if ends && value&whole != 0 {
		return []part{{start, len(word), value}}
	}
	deeper := l.cut(r, word, start, left)
	if deeper != nil && (ends || known || len(deeper) == 2) {
		return deeper
	}
	if ends {
		return []part{{start, len(word), value}}
	}
	return deeper
}

// leading reads word[start:end] as a part that others follow, with or without
// what links it to them.
func (l *lexicon) leading(r *reader, word string, start, end int) (part, bool) {
	text := strings.TrimSuffix(word[start:end], "-")
	if len(text) < minPart || barred[text] {
		return part{}, false
	}
	if value, known := r.get(text); known && value&canLead != 0 && value&isName == 0 {
		return part{start, start + len(text), value}, true
	}
	if bare, ok := strings.CutSuffix(text, "s"); ok && len(bare) >= minPart && !barred[bare] {
		if value, known := r.get(bare); known && value&canLeadS != 0 {
			return part{start, start + len(bare), value}, true
		}
	}
	return part{}, false
}

// better reports whether a reading is more plausible than another: fewer short
// parts, then fewer parts, then a longer last part.
func better(word string, a, b []part) bool {
	if x, y := short(a), short(b); x != y {
		return x < y
	}
	if len(a) != len(b) {
		return len(a) < len(b)
	}
	return a[len(a)-1].start < b[len(b)-1].start
}

func short(parts []part) int {
	n := 0
	for _, p := range parts {
		if p.end-p.start < 4 {
			n++
		}
	}
	return n
}
