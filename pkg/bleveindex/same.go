// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"slices"
	"strings"

	"rugzak/pkg/rugzak"
)

// sameWorth is what a word that means the same is worth beside the word that was
// typed.
const sameWorth = 0.7

// TermKey is the form in which a search compares words.
func (x *Index) TermKey(words string) string {
	var key []string
	for _, term := range x.analysers.says(words) {
		key = append(key, term[0])
	}
	return strings.Join(key, " ")
}

// says gives the terms of the words that say something in both languages, in
// order: stop words are left out, as in a query.
func (a analysers) says(words string) [][2]string {
	var out [][2]string
	for _, t := range queryTokens(words) {
		if term := a.terms(t); term[0] != "" && term[1] != "" {
			out = append(out, term)
		}
	}
	return out
}

// sameTable knows the groups of words that mean the same. Groups come with
// every search and hardly ever change, so that the table of the last ones is
// kept.
type sameTable struct {
	groups [][]string
	// members by their first term, per language.
	first [2]map[string][]sameMember
}

// sameMember is one word or phrase of a group.
type sameMember struct {
	terms      [][2]string
	group, pos int
}

// sameTable returns the table of these groups.
func (x *Index) sameTable(groups [][]string) *sameTable {
	if len(groups) == 0 {
		return nil
	}
	if kept := x.same.Load(); kept != nil && len(kept.groups) == len(groups) && &kept.groups[0] == &groups[0] {
		return kept
	}
	t := newSameTable(groups, x.analysers)
	x.same.Store(t)
	return t
}

// newSameTable arranges groups by how their members begin.
func newSameTable(groups [][]string, a analysers) *sameTable {
	t := &sameTable{groups: groups, first: [2]map[string][]sameMember{{}, {}}}
	for i, group := range groups {
		for j, word := range group {
			m := sameMember{terms: a.says(word), group: i, pos: j}
			if len(m.terms) == 0 {
				continue
			}
			for lang := range t.first {
				first := m.terms[0][lang]
				t.first[lang][first] = append(t.first[lang][first], m)
			}
		}
	}
	return t
}

// alternative is a word or phrase that means the same as a part of a query.
type alternative struct {
	text string
	// of are the terms of that part, and clause is where it stands.
	of     [][2]string
	clause int
}

// alternatives lists what else a query may look for. A part of a query is some
// loose words in a row, or all of a phrase; the longest that stands in a group
// counts.
func (t *sameTable) alternatives(q rugzak.Query, a analysers) []alternative {
	if t == nil {
		return nil
	}
	var out []alternative
	var run [][2]string
	end := func() {
		for len(run) > 0 {
			m, ok := t.longest(run)
			if !ok {
				run = run[1:]
				continue
			}
			out = t.add(out, m, run[:len(m.terms)], -1)
			run = run[len(m.terms):]
		}
	}
	for i, c := range q.Clauses[:min(len(q.Clauses), rugzak.MaxClauses)] {
		if c.Field != rugzak.FieldAny || c.Exclude || c.Prefix {
			end()
			continue
		}
		terms := a.says(c.Text)
		if !c.Phrase {
			run = append(run, terms...)
			continue
		}
		end()
		if m, ok := t.longest(terms); ok && len(m.terms) == len(terms) {
			out = t.add(out, m, terms, i)
		}
	}
	end()
	return out
}

// add lists the other members of a group.
func (t *sameTable) add(out []alternative, m sameMember, of [][2]string, clause int) []alternative {
	for pos, text := range t.groups[m.group] {
		if pos != m.pos {
			out = append(out, alternative{text: text, of: slices.Clone(of), clause: clause})
		}
	}
	return out
}

// longest finds the longest word or phrase of a group that begins a row of
// terms.
func (t *sameTable) longest(row [][2]string) (best sameMember, found bool) {
	for lang := range t.first {
		if len(row) == 0 {
			break
		}
		for _, m := range t.first[lang][row[0][lang]] {
			if len(m.terms) > len(row) || len(m.terms) <= len(best.terms) {
				continue
			}
			fits := true
			for i, term := range m.terms {
				fits = fits && term[lang] == row[i][lang]
			}
			if fits {
				best, found = m, true
			}
		}
	}
	return best, found
}

// widen makes a plan look for the alternatives too: beside the words they stand
// for, and in place of a phrase that is required.
func (p *plan) widen(all []alternative, worth float64, a analysers) {
	for _, alt := range all {
		tokens := queryTokens(alt.text)
		cond, ok := newCondition(rugzak.Clause{Text: alt.text, Phrase: true}, tokens, a)
		if !ok {
			continue
		}
		for i := range p.required {
			if r := &p.required[i]; alt.clause >= 0 && r.clause == alt.clause {
				r.or = append(r.or, cond)
			}
		}
		for _, terms := range alt.of {
			for i, w := range p.words {
				if w.terms == terms && w.prefix == "" {
					p.same = append(p.same, sameWord{word: i, cond: cond, worth: worth})
				}
			}
		}
	}
}

// sameWord is a word or phrase that counts, for less, as a word of the plan.
type sameWord struct {
	word  int
	cond  condition
	verb  string // instead of cond: the verb whose parts stand in the question
	worth float64
}

// also lists the texts of alternatives, each once.
func also(all []alternative) []string {
	var out []string
	for _, alt := range all {
		if !slices.Contains(out, alt.text) {
			out = append(out, alt.text)
		}
	}
	return out
}
