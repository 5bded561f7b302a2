// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package privacy

import "rugzak/pkg/rugzak"

// span is a part of a chain: from the first digit up to but not the second.
type span struct{ from, to int }

// judge returns the findings in one chain.
func judge(c chain, words *wordIndex) []rugzak.Finding {
	var found []rugzak.Finding
	for _, part := range withoutDates(c, groupsOf(c)) {
		for i := range part {
			for j := i; j < len(part) && part[j].to-part[i].from <= fullLength; j++ {
				w := window{chain: c, part: part, first: i, last: j}
				if f, ok := w.finding(words); ok {
					found = append(found, f)
				}
			}
		}
	}
	return found
}

// window is a row of whole groups of a chain, between dates.
type window struct {
	chain       chain
	part        []span
	first, last int
}

func (w window) finding(words *wordIndex) (rugzak.Finding, bool) {
	digits := w.chain.digits[w.part[w.first].from:w.part[w.last].to]
	switch {
	case len(digits) < shortLength, !passesEleven(digits), w.isPhone(),
		len(digits) == shortLength && !w.alone():
		return rugzak.Finding{}, false
	}
	start, end := digits[0].start, digits[len(digits)-1].end
	named := words.near(start, end)
	if !named && (len(digits) == shortLength || !w.plausible()) {
		return rugzak.Finding{}, false
	}
	f := rugzak.Finding{Start: start, End: end, Class: rugzak.FindingBSN, Declarable: !named}
	for _, d := range digits {
		f.Number += string(rune('0' + d.value))
	}
	return f, true
}

// alone says that the window is one group, or all there is.
func (w window) alone() bool {
	return w.first == w.last || w.first == 0 && w.last == len(w.part)-1
}

// isPhone holds for the nine digits behind a country code, written with + or
// with 00, or behind "(0)".
func (w window) isPhone() bool {
	from, d := w.part[w.first].from, w.chain.digits
	abroad := from == len("0031") && d[0].value == 0 && d[1].value == 0 && d[2].value == 3 && d[3].value == 1
	return w.chain.trunk && from == 0 || w.chain.plus && from > 0 && from <= maxCountryCode || abroad
}

const maxCountryCode = 3

// plausible says that somebody may have meant these nine digits as one number,
// with no word nearby to say so.
func (w window) plausible() bool {
	if w.first == w.last {
		return !w.isFraction()
	}
	inner := w.separator(w.first + 1)
	same, dotted := true, true
	for i := w.first + 1; i <= w.last; i++ {
		same = same && w.separator(i) == inner
		dotted = dotted && w.separator(i) == byDot && w.size(i) == 3
	}
	if dotted && w.chain.cents && w.last == len(w.part)-1 {
		return false // an amount
	}
	if w.last-w.first == 1 && inner != bySpace {
		return false // a fraction, a range, a reference such as 2011-12345
	}
	if w.isRange() {
		return false
	}
	if w.alone() {
		return true
	}
	return same && w.apart(w.first, w.first-1, inner) && w.apart(w.last+1, w.last+1, inner)
}

// isRange holds for two numbers with thousands in dots and a dash between them.
func (w window) isRange() bool {
	dashes, thousands := 0, [2]bool{}
	for i := w.first + 1; i <= w.last; i++ {
		switch sep := w.separator(i); {
		case sep == byDot && w.size(i) == 3 && dashes < 2:
			thousands[dashes] = true
		case sep == byHyphen || sep == bySeveral:
			dashes++
		default:
			return false
		}
	}
	return dashes == 1 && thousands[0] && thousands[1]
}

// apart says that the neighbour group does not belong to the same number: it
// stands apart in another way, or is too long to be thousands before thousands.
func (w window) apart(at, neighbour int, inner separator) bool {
	if neighbour < 0 || neighbour >= len(w.part) {
		return true
	}
	thousands := true
	for i := w.first; i <= w.last; i++ {
		thousands = thousands && w.size(i) == 3
	}
	return w.separator(at) != inner || thousands && w.size(neighbour) > 3
}

// isFraction holds for a single group behind "0," or behind one to three
// digits and a dot.
func (w window) isFraction() bool {
	if w.first == 0 {
		return w.chain.zero && w.part[0].from == 0
	}
	return w.first == 1 && w.last == len(w.part)-1 && w.separator(1) == byDot && w.size(0) <= 3
}

// separator is what stands before group i.
func (w window) separator(i int) separator { return w.chain.digits[w.part[i].from].before }

func (w window) size(i int) int { return w.part[i].to - w.part[i].from }

// groupsOf takes a chain apart at its separators.
func groupsOf(c chain) []span {
	var groups []span
	for i, d := range c.digits {
		if i == 0 || d.before != joined {
			groups = append(groups, span{i, i})
		}
		groups[len(groups)-1].to = i + 1
	}
	return groups
}

// withoutDates takes the dates out of a chain and returns what is left between
// them: a date with an hour behind it often has nine digits.
func withoutDates(c chain, groups []span) [][]span {
	var parts [][]span
	from := 0
	for i := 0; i+2 < len(groups); i++ {
		if isDate(c, groups[i:i+3]) {
			parts = append(parts, groups[from:i])
			from = i + 3
			i += 2
		}
	}
	return append(parts, groups[from:])
}

// isDate knows 23-11-2026 and 2026-11-23, with hyphens, dots or spaces.
func isDate(c chain, groups []span) bool {
	first := c.digits[groups[1].from].before
	if first == bySeveral || first != c.digits[groups[2].from].before {
		return false
	}
	day, month, year := groups[0], groups[1], groups[2]
	if day.to-day.from == 4 {
		day, year = year, day
	}
	return between(c, day, 1, 31, 2) && between(c, month, 1, 12, 2) &&
		year.to-year.from == 4 && between(c, year, 1900, 2099, 4)
}

func between(c chain, group span, least, most, length int) bool {
	if group.to-group.from > length {
		return false
	}
	n := 0
	for _, d := range c.digits[group.from:group.to] {
		n = 10*n + int(d.value)
	}
	return n >= least && n <= most
}
