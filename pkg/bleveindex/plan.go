// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"rugzak/pkg/rugzak"
)

// plan is a query in terms of the index.
type plan struct {
	// words are scored. Of the loose ones at least one must occur; a text with
	// all of them stands above a text with some.
	words []word
	// required and excluded decide which texts count, without a score.
	required, excluded []condition
	// joins are neighbouring words that a text may have as one.
	joins []join
	// same are words that mean the same as words of the plan.
	same []sameWord
}

// maxWords bounds the words that are scored.
const maxWords = 64

// word is one word of a query: as it was typed, folded, and its stem in each
// language. With a prefix, all words that start so stand for it.
type word struct {
	folded  string
	acronym bool
	terms   [2]string // in the order of rugzak.Languages
	prefix  string
	loose   bool // not from a phrase or a title clause
}

// condition holds for a text that has one of the tokens, or the words in a row.
type condition struct {
	title  bool        // look in titles only
	phrase [2][]string // words in the order of their places; empty: any word
	prefix string
	field  string // with tokens: where to look
	tokens []string
	// clause is the number of the clause it is made of; or are conditions of
	// which one is as good.
	clause int
	or     []condition
}

// newPlan understands a query in both languages. A stop word of either language
// is left out: "de" is rare in English texts and would weigh heavily there.
// Whether words are left out may not depend on what the index holds, because
// then it would tell of texts the reader may not see.
func newPlan(q rugzak.Query, a analysers) plan {
	var p plan
	for i, c := range q.Clauses {
		if i == rugzak.MaxClauses {
			break
		}
		if c.Field == rugzak.FieldTheme || c.Field == rugzak.FieldFrom {
			cond := condition{field: fieldFrom, tokens: c.IDs, clause: i}
			if c.Field == rugzak.FieldTheme {
				cond.field = string(rugzak.FacetTheme)
			}
			p.add(cond, c.Exclude)
			continue
		}
		tokens := queryTokens(c.Text)
		if c.Exclude || c.Phrase || c.Field == rugzak.FieldTitle {
			cond, ok := newCondition(c, tokens, a)
			if !ok {
				continue
			}
			cond.clause = i
			p.add(cond, c.Exclude)
			if c.Exclude {
				continue
			}
		}
		loose := !c.Phrase && c.Field == rugzak.FieldAny
		for j, t := range tokens {
			w := word{folded: string(t.folded), acronym: t.acronym, terms: a.terms(t), loose: loose}
			if c.Prefix && j == len(tokens)-1 {
				w.prefix = string(t.folded)
			}
			if w.terms[0] != "" && w.terms[1] != "" || w.prefix != "" {
				p.words = append(p.words, w)
			}
		}
	}
	p.words = unique(p.words)
	p.words = p.words[:min(len(p.words), maxWords)]
	p.joins = p.joined(q)
	p.addTogether(q, a)
	return p
}

// addTogether adds the verbs of which the question has both parts, as loose words:
// who asks "meldt aan" also finds "aanmelden".
func (p *plan) addTogether(q rugzak.Query, a analysers) {
	var text []byte
	for _, c := range q.Clauses[:min(len(q.Clauses), rugzak.MaxClauses)] {
		if !c.Exclude && !c.Phrase && !c.Prefix && c.Field == rugzak.FieldAny {
			text = append(append(text, c.Text...), ' ')
		}
	}
	tokens := tokenize(text)
	for _, v := range a.fallenApart(text, tokens) {
		for i, w := range p.words {
			if w.loose && w.folded == string(tokens[v.verb].folded) {
				p.same = append(p.same, sameWord{word: i, verb: v.base, worth: sameWorth})
			}
		}
	}
}

// joined lists the pairs of neighbours among the loose words.
func (p *plan) joined(q rugzak.Query) []join {
	var joins []join
	before := ""
	for _, c := range q.Clauses[:min(len(q.Clauses), rugzak.MaxClauses)] {
		if !c.IsPlain() {
			before = ""
			continue
		}
		for _, t := range queryTokens(c.Text) {
			now := string(t.folded)
			j := join{first: before, second: now}
			for i, w := range p.words {
				if w.loose && w.prefix == "" && (w.folded == before || w.folded == now) {
					j.words = append(j.words, i)
				}
			}
			if len(before) >= leastJoined && len(now) >= leastJoined && len(j.words) > 0 && before != now {
				joins = append(joins, j)
			}
			before = now
		}
	}
	return joins
}

func (p *plan) add(c condition, exclude bool) {
	if exclude {
		p.excluded = append(p.excluded, c)
	} else {
		p.required = append(p.required, c)
	}
}

// hasLoose reports whether a text must have one of the words.
func (p *plan) hasLoose() bool {
	for _, w := range p.words {
		if w.loose {
			return true
		}
	}
	return false
}

// newCondition makes a condition of a phrase, a title or an exclusion. There is
// none when all its words are stop words of one of the languages.
func newCondition(c rugzak.Clause, tokens []token, a analysers) (condition, bool) {
	cond := condition{title: c.Field == rugzak.FieldTitle, phrase: [2][]string{phrase(tokens, a.nl), phrase(tokens, a.en)}}
	if c.Prefix && len(tokens) == 1 {
		cond.prefix = string(tokens[0].folded)
		return cond, true
	}
	return cond, len(cond.phrase[0]) > 0 && len(cond.phrase[1]) > 0
}

// phrase puts the words at their places; a stop word leaves its place open.
func phrase(tokens []token, a *analyser) []string {
	var words []string
	last := 0
	for _, t := range tokens {
		if !a.says(t) {
			continue
		}
		for place := last + 1; len(words) > 0 && place < t.position; place++ {
			words = append(words, "")
		}
		last = t.position
		words = append(words, string(t.folded))
	}
	return words
}

// queryTokens splits a word or phrase of a query, leaving out the parts of
// short names.
func queryTokens(text string) []token {
	var tokens []token
	for _, t := range tokenize([]byte(text)) {
		if !t.part {
			tokens = append(tokens, t)
		}
	}
	return tokens
}

// terms gives the term of a word in each language.
func (a analysers) terms(t token) [2]string { return [2]string{a.nl.term(t), a.en.term(t)} }

func unique(words []word) []word {
	seen := map[word]bool{}
	var out []word
	for _, w := range words {
		if !seen[w] {
			seen[w] = true
			out = append(out, w)
		}
	}
	return out
}
