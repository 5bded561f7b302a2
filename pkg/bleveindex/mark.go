// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"bytes"
	"strings"

	"rugzak/pkg/rugzak"
)

// marker knows which words of a text in one language a query is about.
type marker struct {
	analyser *analyser
	terms    map[string]bool
	prefixes []string
	phrases  [][]string        // terms by place, "" for any word
	known    map[string]string // terms of words seen before: stemming is slow
	// first are the first bytes of all that is looked for. Stemming changes
	// the end of a word, so that no other word needs to be stemmed.
	first [256]bool
}

// mark is a stretch of text to be marked and the term it stands for.
type mark struct {
	rugzak.Span
	term string
}

func newMarker(q rugzak.Query, a *analyser) *marker {
	m := &marker{analyser: a, terms: map[string]bool{}, known: map[string]string{}}
	for i, c := range q.Clauses {
		if i == rugzak.MaxClauses {
			break
		}
		if c.Exclude || c.Field == rugzak.FieldTheme || c.Field == rugzak.FieldFrom {
			continue
		}
		tokens := queryTokens(c.Text)
		if c.Prefix && len(tokens) > 0 {
			m.prefixes = append(m.prefixes, string(tokens[len(tokens)-1].folded))
		}
		if terms := phrase(tokens, a); c.Phrase && len(terms) > 1 {
			m.phrases = append(m.phrases, terms)
			continue
		}
		for _, t := range tokens {
			if term := a.term(t); term != "" {
				m.terms[term] = true
			}
		}
	}
	m.noteFirst()
	return m
}

func (m *marker) noteFirst() {
	note := func(word string) {
		if word != "" {
			m.first[word[0]] = true
		}
	}
	for term := range m.terms {
		note(term)
	}
	for _, p := range m.prefixes {
		note(p)
	}
	for _, phrase := range m.phrases {
		for _, term := range phrase {
			note(term)
		}
	}
}

// marks finds what is to be marked, in order and without overlap.
func (m *marker) marks(text string) []mark {
	if len(m.terms)+len(m.prefixes)+len(m.phrases) == 0 {
		return nil
	}
	tokens := tokenize([]byte(text))
	terms := make([]string, len(tokens))
	wanted := make([]bool, len(tokens))
	for i, t := range tokens {
		terms[i] = m.term(t)
		wanted[i] = m.terms[terms[i]] && terms[i] != "" || m.hasPrefix(t, terms[i])
	}
	for _, p := range m.phrases {
		for i := range tokens {
			if terms[i] == p[0] {
				markPhrase(tokens, terms, wanted, i, p)
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

func (m *marker) hasPrefix(t token, term string) bool {
	for _, p := range m.prefixes {
		if bytes.HasPrefix(t.folded, []byte(p)) || strings.HasPrefix(term, p) {
			return true
		}
	}
	return false
}

// term gives the term of a word that may be looked for, and remembers it for
// the next time; it is empty for all others.
func (m *marker) term(t token) string {
	if !m.first[t.folded[0]] {
		return ""
	}
	if t.acronym {
		return m.analyser.term(t)
	}
	term, ok := m.known[string(t.folded)]
	if !ok {
		term = m.analyser.term(t)
		m.known[string(t.folded)] = term
	}
	return term
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
