// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"rugzak/pkg/rugzak"
)

// What is suggested.
const (
	maxTypedWords = 8 // more is a sentence, and nothing is suggested
	leastTyped    = 3 // letters before a word is finished: two say too little
	leastWord     = 3 // letters of a word worth suggesting
)

// typed is what somebody typed, word by word.
type typed struct {
	text   string
	tokens []token
	// open says that the last word may go on: no space was typed behind it.
	open bool
}

// newTyped understands what was typed; ok is false when nothing is suggested for
// it: without a word, or where it is too long.
func newTyped(text string) (t typed, ok bool) {
	if len(text) > rugzak.MaxTyping || !utf8.ValidString(text) {
		return typed{}, false
	}
	t = typed{text: text, tokens: queryTokens(text)}
	last, _ := utf8.DecodeLastRuneInString(text)
	t.open = !unicode.IsSpace(last)
	return t, len(t.tokens) > 0 && len(t.tokens) <= maxTypedWords
}

func (t typed) last() token { return t.tokens[len(t.tokens)-1] }

// Suggest goes through the words that what was typed may stand for, and through
// the texts the reader may find, as the postings of the reader's tokens give
// them. Nothing is cut off before both are known, so that a hidden text, however
// new, can push nothing out of the answer.
func (x *Index) Suggest(ctx context.Context, ask rugzak.Typing) (found rugzak.Suggested, err error) {
	at, err := x.read(ctx, func(g *generation, snapshot *scorch.IndexSnapshot) (err error) {
		t, ok := newTyped(ask.Text)
		if !ok || len(ask.Tokens) == 0 {
			return nil
		}
		if found, err = x.suggest(ctx, g, snapshot, ask, t); err != nil {
			return fmt.Errorf("suggesting: %w", err)
		}
		return nil
	})
	found.Position = at
	return found, err
}

// suggest answers from one snapshot.
func (x *Index) suggest(ctx context.Context, g *generation, snapshot *scorch.IndexSnapshot, ask rugzak.Typing, t typed) (found rugzak.Suggested, err error) {
	segments := snapshot.Segments()
	columns, firsts, err := g.columns.whole(snapshot)
	if err != nil {
		return found, err
	}
	words := newFinishing(t, ask.Words, x.analysers)
	begins, others := make([]bitset, len(segments)), make([]bitset, len(segments))
	for i, s := range segments {
		if err := ctx.Err(); err != nil {
			return found, err
		}
		readable, err := readableIn(s, ask.Tokens, false)
		if err != nil {
			return found, err
		}
		begins[i], others[i] = columns[i].titles.match(readable, t, words)
	}
	for _, sets := range [][]bitset{begins, others} {
		newest := newPage(rugzak.Search{Size: ask.Titles - len(found.Titles)}, rugzak.ByNewest, snapshot)
		for i, set := range sets {
			for doc := range set.all() {
				if newest.size == 0 {
					break
				}
				if err := newest.add(hit{place: place{listed: columns[i].listed[doc]}, doc: firsts[i] + uint64(doc)}); err != nil {
					return found, err
				}
			}
		}
		r, err := newest.results()
		if err != nil {
			return found, err
		}
		for _, h := range r.Hits {
			found.Titles = append(found.Titles, h.ID)
		}
	}
	found.Words = words.best()
	return found, nil
}

// match finds the titles that begin with the first typed word and the others
// that hold all of them, among readable texts, and counts the words by which the
// last typed one may go on.
func (t *titles) match(readable bitset, typed typed, words *finishing) (begins, others bitset) {
	// The texts that have all words but the last: in title or tags, in the
	// title, in a title that begins with the first of them.
	anywhere, inside, leading := readable, readable, readable
	last := len(typed.tokens) - 1
	for i, w := range typed.tokens[:last] {
		here := [3]bitset{make(bitset, len(readable)), make(bitset, len(readable)), make(bitset, len(readable))}
		span := t.spanOf(string(w.folded), false)
		for word := span.first; word < span.end; word++ {
			for _, p := range t.of(word) {
				here[0].add(p.doc())
				if p.place() == inTag {
					continue
				}
				here[1].add(p.doc())
				if i > 0 || p.place() == atBegin {
					here[2].add(p.doc())
				}
			}
		}
		anywhere, inside, leading = anywhere.and(here[0]), inside.and(here[1]), leading.and(here[2])
	}
	begins, others = make(bitset, len(readable)), make(bitset, len(readable))
	span := t.spanOf(string(typed.last().folded), typed.open)
	for word := span.first; word < span.end; word++ {
		alone, together, before := 0, 0, -1
		for _, p := range t.of(word) {
			doc := p.doc()
			if !readable.has(doc) {
				continue
			}
			if int(doc) != before { // each text counts once
				before = int(doc)
				alone++
				if anywhere.has(doc) {
					together++
				}
			}
			if p.place() == inTag || !inside.has(doc) {
				continue
			}
			others.add(doc)
			if (last > 0 || p.place() == atBegin) && leading.has(doc) {
				begins.add(doc)
			}
		}
		words.count(t.words[word], together, alone)
	}
	others.without(begins)
	return begins, others
}

// Recognise implements rugzak.Suggester.
func (x *Index) Recognise(text string) func(name string) (rugzak.Recognised, bool) {
	t, ok := newTyped(text)
	return func(name string) (rugzak.Recognised, bool) {
		if !ok || !mayHold(name, string(t.last().folded)) {
			return rugzak.Recognised{}, false
		}
		return t.recognise(name)
	}
}

// mayHold says quickly of most names that they do not hold a folded word.
func mayHold(name, word string) bool {
	return !isASCII([]byte(name)) || strings.Contains(strings.ToLower(name), word)
}

// recognise looks for all typed words in a name, and says where they stand.
func (t typed) recognise(name string) (r rugzak.Recognised, ok bool) {
	tokens := tokenize([]byte(name))
	r.Begins = true
	for j, w := range t.tokens {
		prefix := t.open && j == len(t.tokens)-1
		fits := func(o token) bool {
			return string(o.folded) == string(w.folded) || prefix && strings.HasPrefix(string(o.folded), string(w.folded))
		}
		place := w.position - t.tokens[0].position + 1
		at := slices.IndexFunc(tokens, func(o token) bool { return o.position == place && fits(o) })
		if at < 0 {
			r.Begins = false
			if at = slices.IndexFunc(tokens, fits); at < 0 {
				return rugzak.Recognised{}, false
			}
		}
		end := tokens[at].end
		if prefix {
			end = tokens[at].start + lengthOf(name[tokens[at].start:end], w.folded)
		}
		r.Marks = append(r.Marks, rugzak.Span{Start: tokens[at].start, End: end})
	}
	slices.SortFunc(r.Marks, func(a, b rugzak.Span) int { return a.Start - b.Start })
	r.Marks = apart(r.Marks)
	return r, true
}

// apart joins marks that overlap.
func apart(marks []rugzak.Span) []rugzak.Span {
	out := marks[:0]
	for _, m := range marks {
		if n := len(out); n > 0 && m.Start < out[n-1].End {
			out[n-1].End = max(out[n-1].End, m.End)
			continue
		}
		out = append(out, m)
	}
	return out
}

// lengthOf is how much of a word its folded beginning covers.
func lengthOf(word string, folded []byte) int {
	for i, r := range word {
		if i > 0 && !unicode.Is(unicode.Mn, r) && len(fold([]byte(word[:i]))) >= len(folded) {
			return i
		}
	}
	return len(word)
}
