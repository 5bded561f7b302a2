// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"slices"
	"strings"

	"rugzak/pkg/dutch"
	"rugzak/pkg/rugzak"
)

// sameWorth is what a word that means the same is worth beside the word that was
// typed.
const sameWorth = 0.7

// TermKey is the form in which a search compares words.
func (x *Index) TermKey(words string) string {
	var key []string
	for _, said := range x.analysers.says(words) {
		key = append(key, said.terms[0])
	}
	return strings.Join(key, " ")
}

// TermParts are the keys of the parts of a Dutch compound.
func (x *Index) TermParts(word string) []string {
	var keys []string
	for _, part := range dutch.Parts(strings.ToLower(word)) {
		if key := x.TermKey(part); key != "" {
			keys = append(keys, key)
		}
	}
	return keys
}

// said is a word that says something.
type said struct {
	terms [2]string // in the order of rugzak.Languages
	// short is set for a short name that spells another word when it is not
	// written in capitals: ZIN is no zin.
	short bool
}

// says gives the words that say something in both languages, in order: stop words
// are left out, as in a query.
func (a analysers) says(words string) []said {
	var out []said
	for _, t := range queryTokens(words) {
		if terms := a.terms(t); terms[0] != "" && terms[1] != "" {
			out = append(out, said{terms: terms, short: t.acronym && dutch.Known(string(t.folded))})
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
	// short are the members that nobody looks for who does not write them: texts
	// are searched without regard to capitals, and would have the other word.
	short map[string]bool
}

// sameMember is one word or phrase of a group.
type sameMember struct {
	says       []said
	group, pos int
}

// isShort reports whether it is a short name that spells another word.
func (m sameMember) isShort() bool { return len(m.says) == 1 && m.says[0].short }

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
	t := &sameTable{groups: groups, first: [2]map[string][]sameMember{{}, {}}, short: map[string]bool{}}
	for i, group := range groups {
		for j, word := range group {
			m := sameMember{says: a.says(word), group: i, pos: j}
			if len(m.says) == 0 {
				continue
			}
			if m.isShort() {
				t.short[word] = true
			}
			for lang := range t.first {
				first := m.says[0].terms[lang]
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
	var run []said
	end := func() {
		for len(run) > 0 {
			m, ok := t.longest(run)
			if !ok {
				run = run[1:]
				continue
			}
			out = t.add(out, m, run[:len(m.says)], -1)
			run = run[len(m.says):]
		}
	}
	for i, c := range q.Clauses[:min(len(q.Clauses), rugzak.MaxClauses)] {
		if c.Field != rugzak.FieldAny || c.Exclude || c.Prefix {
			end()
			continue
		}
		words := a.says(c.Text)
		if !c.Phrase {
			run = append(run, words...)
			continue
		}
		end()
		if m, ok := t.longest(words); ok && len(m.says) == len(words) {
			out = t.add(out, m, words, i)
		}
	}
	end()
	return out
}

// add lists the other members of a group.
func (t *sameTable) add(out []alternative, m sameMember, words []said, clause int) []alternative {
	of := make([][2]string, len(words))
	for i, w := range words {
		of[i] = w.terms
	}
	for pos, text := range t.groups[m.group] {
		if pos != m.pos && !t.short[text] {
			out = append(out, alternative{text: text, of: of, clause: clause})
		}
	}
	return out
}

// longest finds the longest word or phrase of a group that begins a row of
// terms.
func (t *sameTable) longest(row []said) (best sameMember, found bool) {
	for lang := range t.first {
		if len(row) == 0 {
			break
		}
		for _, m := range t.first[lang][row[0].terms[lang]] {
			if len(m.says) > len(row) || len(m.says) <= len(best.says) {
				continue
			}
			fits := !m.isShort() || row[0].short
			for i, w := range m.says {
				fits = fits && w.terms[lang] == row[i].terms[lang]
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
