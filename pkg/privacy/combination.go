// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package privacy

import "rugzak/pkg/rugzak"

// trait is something that, with two others, can make a person recognisable.
type trait byte

const (
	byAge trait = iota
	byPlace
	byFamily
	byNationality
	byDate
	bySchoolOrWork
	traits
)

// The combination that counts.
const (
	enoughTraits = 3
	passage      = 50 // tokens
)

// sighting is a trait in the text, in tokens.
type sighting struct {
	trait       trait
	first, last int
}

// combinations looks for passages with enough different traits of a person.
func (v *view) combinations() []rugzak.Finding {
	var found []rugzak.Finding
	var seen []sighting // of the passage so far
	for i := 0; i < len(v.tokens); i++ {
		kind, last, ok := v.trait(i)
		if !ok {
			continue
		}
		for len(seen) > 0 && (i-seen[0].first > passage || v.breaks(seen[0].first, i)) {
			seen = seen[1:]
		}
		seen = append(seen, sighting{kind, i, last})
		if from, enough := together(seen); enough {
			f := v.finding(rugzak.FindingCombination, v.tokens[seen[from].first].from, v.tokens[last].to)
			f.Suggestion = rugzak.SuggestGeneral
			found = append(found, f)
			seen = seen[:0]
		}
		i = last
	}
	return found
}

// breaks reports whether a new part of the text begins between two tokens.
func (v *view) breaks(from, to int) bool {
	sentences := v.tokens[to].sentence - v.tokens[from].sentence
	return sentences > 4
}

// together finds the shortest end of the passage with enough traits.
func together(seen []sighting) (from int, enough bool) {
	var has [traits]bool
	count := 0
	for i := len(seen) - 1; i >= 0 && i >= len(seen)-passage; i-- {
		if !has[seen[i].trait] {
			has[seen[i].trait] = true
			count++
		}
		if count == enoughTraits {
			return i, true
		}
	}
	return 0, false
}

// trait tells which trait begins at token i, and where it ends.
func (v *view) trait(i int) (kind trait, last int, ok bool) {
	t := v.tokens[i]
	next := v.at(i + 1)
	if t.kind == digits {
		if last, ok := v.age(i); ok {
			return byAge, last, true
		}
		last, ok := v.date(i)
		return byDate, last, ok && v.exact(i, last)
	}
	if t.kind != word {
		return 0, 0, false
	}
	switch {
	case t.means&streetName != 0 && !v.firstOfSentence(i) && (next.mark != '-' || next.gap != attached):
		return byPlace, i, true
	case t.means&areaWord != 0 && !t.capital && next.kind == word && next.capital && next.gap == spaced && !next.caps && next.means&noName == 0:
		return byPlace, i + 1, true
	case t.means&countWord != 0 && next.means&childWord != 0:
		return byFamily, i + 1, true
	case t.means&familyForm != 0:
		return byFamily, i, true
	case t.means&nationality != 0 && (t.capital || next.means&personOne != 0):
		return byNationality, i, true
	case t.means&schoolWord != 0 && v.isNameBehind(i):
		return bySchoolOrWork, v.nameEnd(v.nameBehind(i)), true
	case t.means&workWord != 0 && v.isNameBehind(i):
		return bySchoolOrWork, v.nameEnd(v.nameBehind(i)), true
	}
	return 0, 0, false
}

// exact wants a day in a month with its name or year, and no law from then.
func (v *view) exact(i, last int) bool {
	return !isOneOf(v.wordAt(i-1), "van", "of") || v.tokens[last].kind == word
}

// age knows "43 jaar", "43-jarige" and "34 years old".
func (v *view) age(i int) (last int, ok bool) {
	t := v.tokens[i]
	n := v.value(t)
	if t.size() > 2 || n < 1 || t.gap == attached && v.at(i-1).kind != mark {
		return 0, false
	}
	j := i + 1
	if v.at(j).kind == mark && v.at(j).mark == '-' && v.at(j).gap == attached {
		j++
	}
	w := v.at(j)
	if w.kind != word || w.means&ageWord == 0 || w.gap > wrapped {
		return 0, false
	}
	if behind := v.at(j + 1); behind.means&unit != 0 && behind.gap <= wrapped {
		return 0, false
	}
	return j, true
}

// nameBehind returns the token where the name of a school or employer behind
// token i begins.
func (v *view) nameBehind(i int) int {
	j := i + 1
	if isOneOf(v.wordAt(j), "de", "het", "the", "van") && v.at(j).gap == spaced {
		j++
	}
	return j
}

func (v *view) isNameBehind(i int) bool {
	n := v.at(v.nameBehind(i))
	return n.kind == word && n.capital && n.gap == spaced && n.means&noName == 0 && !v.tokens[i].capital
}
