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
	// maxCompound is the length in bytes beyond which a word is not taken apart:
	// the work grows with the square of it.
	maxCompound = 48
	// maxParts bounds how many parts a compound is taken into.
	maxParts = 6
)

// particles stand before verbs. The longest come first, so that "achteruit" is
// not taken for "achter".
var particles = longestFirst(strings.Fields(`aan aaneen achter achterna achterop achterover achteruit af bij binnen
	boven deel dicht door heen in kapot klaar langs leeg los mede mee na naast neer om omhoog omlaag onder op open opeen
	over plaats rond samen stil tegemoet tegen teleur tentoon terecht terug tewerk thuis toe tussen uit uiteen vast vol voor
	voort vooruit voorbij vrij weer weg`))

func longestFirst(list []string) []string {
	slices.SortStableFunc(list, func(a, b string) int { return len(b) - len(a) })
	return list
}

// part is a piece of a compound: where it stands, without what links it to the
// next, and what the table has of it.
type part struct {
	start, end int
	value      value
}

// Parts gives the base forms of the parts of a compound, from left to right, and
// after them the shorter compounds that stand in it and are words themselves:
// schuldhulpverlening is made of schuld, hulp and verlening, and hulpverlening
// stands in it. A word that is no compound gives nil.
func Parts(word string) []string {
	if len(word) < 2*minPart || len(word) > maxCompound {
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
	text := l.plain(r, word)
	for _, p := range parts {
		part := text[p.start:p.end]
		base := l.base(part, p.value)
		if base[0] != part[0] && !strings.HasPrefix(part, "ge") {
			base = part // wasgoed has nothing to do with zijn
		}
		add(base)
	}
	if len(parts) < 3 {
		return out
	}
	for i := range parts {
		for j := i + 1; j < len(parts); j++ {
			if j-i+1 == len(parts) {
				continue
			}
			inner := text[parts[i].start:parts[j].end]
			if v, known := r.get(inner); known {
				add(l.base(inner, v))
			}
		}
	}
	return out
}

// plain gives the spelling in which the parts of a word are looked for: its base
// form when the table has one, so that the end of a form is not taken for a word
// (diensten has no "sten").
func (l *lexicon) plain(r *reader, word string) string {
	if v, known := r.get(word); known && v.cut() == 0 {
		return l.base(word, v)
	} else if !known && strings.IndexByte(word, '\'') < 0 {
		if base := l.ending(r, word); base != "" {
			return base
		}
	}
	return word
}

// split takes the plain spelling of a word into parts, or gives nil.
func (l *lexicon) split(r *reader, word string) []part {
	word = l.plain(r, word)
	if len(word) > maxCompound {
		return nil
	}
	parts := l.known(r, word, 0, maxParts)
	if parts == nil {
		if v, known := r.get(word); known && v.cut() != free {
			return nil
		}
		c := cutter{l: l, r: r, word: word}
		parts = c.best()
	}
	if len(parts) < 2 {
		return nil
	}
	return parts
}

// known takes word[start:], which is in the table, into the parts that the table
// says, or gives nil when it says nothing.
func (l *lexicon) known(r *reader, word string, start, left int) []part {
	v, ok := r.get(word[start:])
	if !ok || v.cut() == 0 || v.cut() >= len(word)-start || left < 2 {
		return nil
	}
	at := len(word) - v.cut()
	first := l.whole(r, word[:at], start, left-1)
	last := l.whole(r, word, at, left-1)
	if first == nil || last == nil {
		return nil
	}
	return append(first, last...)
}

// whole reads word[start:] as one part, or as the parts the table says it has.
// At the end of a first part there can be what links it to the next.
func (l *lexicon) whole(r *reader, word string, start, left int) []part {
	word = strings.TrimSuffix(word, "-")
	texts := [2]string{word, strings.TrimSuffix(word, "s")}
	if v, ok := r.get(texts[1][start:]); ok && v.linked() > 1 {
		if with, ok := r.get(word[start:]); ok && with.lead() <= v.linked() && (v.end() > 1 || with.end() < 2) {
			texts[0], texts[1] = texts[1], texts[0] // volksgezondheid: volk, not volks
		}
	}
	for _, text := range texts {
		if len(text) < start+minPart {
			continue
		}
		if parts := l.known(r, text, start, left); parts != nil {
			return parts
		}
		if v, ok := r.get(text[start:]); ok {
			return []part{{start, len(text), v}}
		}
	}
	return nil
}

// cutter finds the parts of a compound that is not in the table: those that are
// known best as parts of other compounds, and as few as possible.
type cutter struct {
	l    *lexicon
	r    *reader
	word string
	done [maxCompound + 1]bool
	cost [maxCompound + 1]int // of the best reading of word[i:], 0: there is none
	next [maxCompound + 1]int // where its first part ends, with what links it
	head [maxCompound + 1]part
}

const (
	// dear is the cost beyond which a reading is not believed.
	dear = 12
	// perPart is what every part costs, however well it is known.
	perPart = 2
)

// price is what a part costs by how well it is known; a short one must be known
// well.
func price(level, length int) int {
	switch {
	case level == 0, length == minPart && level < 3:
		return 0
	case length == minPart:
		return perPart + 2
	case level == 3:
		return perPart
	case level == 2:
		return perPart + 1
	case length == 4:
		return perPart + 4
	}
	return perPart + 2
}

// best gives the parts of the best reading, or nil when none is believed.
func (c *cutter) best() []part {
	cost := c.from(0, maxParts)
	if cost == 0 || cost > dear {
		return nil
	}
	var out []part
	for at := 0; ; at = c.next[at] {
		p := c.head[at]
		if inner := c.l.known(c.r, c.word[:p.end], p.start, maxParts); inner != nil {
			out = append(out, inner...)
		} else {
			out = append(out, p)
		}
		if c.next[at] >= len(c.word) {
			return out
		}
	}
}

// from finds the best reading of word[start:] and gives its cost. At the start
// of the word, the word itself is no reading.
func (c *cutter) from(start, left int) int {
	if c.done[start] || left == 0 {
		return c.cost[start]
	}
	c.done[start] = true
	best := 0
	if start > 0 {
		if v, ok := c.r.get(c.word[start:]); ok && !v.name() {
			if best = price(v.end(), len(c.word)-start); best > 0 {
				c.next[start], c.head[start] = len(c.word), part{start, len(c.word), v}
			}
		}
	}
	for end := start + minPart; end <= len(c.word)-minPart; end++ {
		first, cost := c.leading(start, end)
		if cost == 0 {
			continue
		}
		rest := c.from(end, left-1)
		if rest == 0 {
			continue
		}
		if cost+rest < best || best == 0 || cost+rest == best && c.next[start] != len(c.word) && end > c.next[start] {
			best = cost + rest
			c.next[start], c.head[start] = end, first
		}
	}
	c.cost[start] = best
	return best
}

// leading reads word[start:end] as a part that others follow, with or without
// what links it to them.
func (c *cutter) leading(start, end int) (part, int) {
	text := strings.TrimSuffix(c.word[start:end], "-")
	if len(text) < minPart {
		return part{}, 0
	}
	p, best := part{}, 0
	if v, ok := c.r.get(text); ok && !v.name() {
		if best = price(v.lead(), len(text)); best > 0 {
			p = part{start, start + len(text), v}
		}
	}
	bare, ok := strings.CutSuffix(text, "s")
	if !ok || len(bare) < minPart {
		return p, best
	}
	if v, ok := c.r.get(bare); ok && !v.name() {
		if cost := price(v.linked(), len(bare)); cost > 0 && (best == 0 || cost <= best) {
			return part{start, start + len(bare), v}, cost
		}
	}
	return p, best
}
