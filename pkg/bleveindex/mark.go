// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"bytes"
	"slices"
	"strings"

	"rugzak/pkg/dutch"
	"rugzak/pkg/rugzak"
)

// marker knows which words of a text in one language a query is about: the same
// words in any form, compounds of them, and words that mean nearly the same.
type marker struct {
	analysers analysers
	lang      int // in the order of rugzak.Languages
	// What is looked for, by stem and, in Dutch, by base form; each says which
	// word of the query it stands for.
	stems, bases map[string]string
	words        map[string]string // word of the query by its stem
	derived      []rooted          // words of which a longer one may be made
	prefixes     []string
	phrases      [][]string        // stems by place, "" for any word
	known        map[string]string // what words seen before stand for
}

// rooted is a word with its stem.
type rooted struct{ word, stem string }

// mark is a stretch of text to be marked and the word of the query it stands for.
type mark struct {
	rugzak.Span
	term string
}

// fillers are words that no stop list has and that stand in every other
// sentence. A question in full has them, and who reads what it found would see
// little else marked. They are marked where nothing else is asked.
var fillers = map[string]bool{
	"we": true, "wij": true, "jij": true, "jou": true, "jouw": true, "jullie": true, "onze": true, "hen": true,
}

// newMarker understands a query as newPlan does, for one language.
func newMarker(q rugzak.Query, lang rugzak.Lang, a analysers, same []alternative) *marker {
	m := &marker{analysers: a, stems: map[string]string{}, words: map[string]string{}, bases: map[string]string{}, known: map[string]string{}}
	if lang == rugzak.English {
		m.lang = 1
	}
	more := m.asksMore(q)
	for i, c := range q.Clauses {
		if i == rugzak.MaxClauses {
			break
		}
		if !markable(c) {
			continue
		}
		tokens := queryTokens(c.Text)
		if c.Prefix && len(tokens) > 0 {
			m.prefixes = append(m.prefixes, string(tokens[len(tokens)-1].folded))
		}
		if c.Phrase && len(phrase(tokens, m.own())) > 1 {
			m.addPhrase(tokens)
			continue
		}
		for _, t := range tokens {
			if !more || !fillers[string(t.folded)] {
				m.addWord(t, "")
			}
		}
	}
	for _, alt := range same {
		if tokens := queryTokens(alt.text); len(phrase(tokens, m.own())) > 1 {
			m.addPhrase(tokens)
		} else {
			for _, t := range tokens {
				m.addWord(t, alt.of[0][m.lang])
			}
		}
	}
	return m
}

// own is the analyser of the language.
func (m *marker) own() *analyser {
	if m.lang == 1 {
		return m.analysers.en
	}
	return m.analysers.nl
}

// asksMore reports whether words beside fillers are to be marked.
func (m *marker) asksMore(q rugzak.Query) bool {
	telling := func(t token) bool { return !fillers[string(t.folded)] && m.own().term(t) != "" }
	return slices.ContainsFunc(q.Clauses, func(c rugzak.Clause) bool {
		return markable(c) && slices.ContainsFunc(queryTokens(c.Text), telling)
	})
}

// markable reports whether the words of a clause stand in texts.
func markable(c rugzak.Clause) bool {
	return !c.Exclude && c.Field != rugzak.FieldTheme && c.Field != rugzak.FieldFrom
}

// addWord looks for a word, which stands for itself unless something else is
// named.
func (m *marker) addWord(t token, standsFor string) {
	stem := m.own().term(t)
	if stem == "" {
		return
	}
	if standsFor == "" {
		standsFor = stem
	}
	add := func(in map[string]string, key string) {
		if _, has := in[key]; !has {
			in[key] = standsFor
		}
	}
	add(m.stems, stem)
	m.words[stem] = string(t.folded)
	if m.lang == 0 && !t.acronym {
		base := m.analysers.baseOf(string(t.folded))
		add(m.bases, base)
		if len(stem) >= leastDerived {
			m.derived = append(m.derived, rooted{string(t.folded), stem})
		}
		if standsFor == stem {
			for _, part := range dutch.Parts(string(t.folded)) {
				add(m.bases, part)
			}
		}
	}
}

func (m *marker) addPhrase(tokens []token) {
	row := phrase(tokens, m.own())
	for i, w := range row {
		if w != "" {
			row[i] = m.own().stemOf(w)
		}
	}
	m.phrases = append(m.phrases, row)
}

// marks finds what is to be marked, in order and without overlap.
func (m *marker) marks(text string) []mark {
	if len(m.stems)+len(m.prefixes)+len(m.phrases) == 0 {
		return nil
	}
	tokens := tokenize([]byte(text))
	terms := make([]string, len(tokens))
	wanted := make([]bool, len(tokens))
	for i, t := range tokens {
		terms[i] = m.standsFor(t)
		wanted[i] = terms[i] != "" || m.hasPrefix(t)
	}
	if len(m.phrases) > 0 {
		stems := make([]string, len(tokens))
		for i, t := range tokens {
			stems[i] = m.own().term(t)
		}
		for _, p := range m.phrases {
			for i := range tokens {
				if stems[i] == p[0] {
					markPhrase(tokens, stems, wanted, i, p)
				}
			}
		}
	}
	var marks []mark
	for i, t := range tokens {
		if !wanted[i] {
			continue
		}
		at := mark{Span: rugzak.Span{Start: t.start, End: t.end}, term: terms[i]}
		if n := len(marks); n > 0 && at.Start < marks[n-1].End {
			// A short name and one of its parts: the longer of the two.
			marks[n-1].Start = min(marks[n-1].Start, at.Start)
			marks[n-1].End = max(marks[n-1].End, at.End)
			continue
		}
		marks = append(marks, at)
	}
	return marks
}

func (m *marker) hasPrefix(t token) bool {
	for _, p := range m.prefixes {
		if bytes.HasPrefix(t.folded, []byte(p)) {
			return true
		}
	}
	return false
}

// standsFor says which word of the query a word of the text stands for; nothing
// when for none.
func (m *marker) standsFor(t token) string {
	if t.acronym {
		return m.stems[m.own().term(t)]
	}
	word := string(t.folded)
	found, ok := m.known[word]
	if !ok {
		found = m.lookUp(t, word)
		m.known[word] = found
	}
	return found
}

// lookUp is standsFor for a word that was not seen before: by its base form, then
// by its parts, then as made of a word of the query, then by its stem.
func (m *marker) lookUp(t token, word string) string {
	stem := m.own().term(t)
	if stem == "" {
		return ""
	}
	if m.lang != 0 {
		return m.stems[stem]
	}
	base := m.analysers.baseOf(word)
	if found := m.bases[base]; found != "" {
		return found
	}
	if found := m.stems[stem]; found != "" && !dutch.Known(word) {
		return found
	}
	for _, part := range m.analysers.partsOf(word) {
		if found := m.bases[part]; found != "" {
			return found
		}
	}
	for _, d := range m.derived {
		if strings.HasPrefix(word, d.stem) && len(word) <= len(d.stem)+mostDerived && m.analysers.isDerived(d.word, d.stem, word) {
			return m.stems[d.stem]
		}
	}
	found := m.stems[stem]
	if found != "" && m.analysers.isOther(m.words[stem], word) {
		return ""
	}
	return found
}

// markPhrase marks the words of a phrase if it begins at token i.
func markPhrase(tokens []token, terms []string, wanted []bool, i int, phrase []string) {
	begin := tokens[i].position
	matched := make([]int, 0, len(phrase))
	for place, want := range phrase {
		// Go to the word at this place; a short name shares it with its parts.
		for i < len(tokens) && (tokens[i].position < begin+place || tokens[i].position == begin+place && want != "" && terms[i] != want) {
			i++
		}
		if i == len(tokens) || tokens[i].position != begin+place {
			return
		}
		if want != "" {
			matched = append(matched, i)
		}
	}
	for _, i := range matched {
		wanted[i] = true
	}
}
