// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"context"
	"math"
	"slices"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"rugzak/pkg/rugzak"
)

// The constants of BM25 (Robertson and Zaragoza, "The Probabilistic Relevance
// Framework: BM25 and Beyond", 2009). The typical length is a constant, not the
// average of all texts: bleve keeps no true one, and the order of what a reader
// finds may not depend on texts the reader may not see.
const (
	bm25K         = 1.2
	bm25B         = 0.75
	typicalLength = 150                                // words
	lengthShare   = bm25B / typicalLength * lengthUnit // per unit in which lengths are told
	noDoc         = math.MaxUint64
)

// What lifts a text that has all words of a question, in some form or as they
// were typed or with the same stem: the first as a share of its score, the second
// of the highest score there can be.
const (
	allBonus   = 0.3
	wholeBonus = 0.05
)

// What counts beside the words themselves.
const (
	splitWorth = 0.5 // the parts of a compound in the question, each
	joinWorth  = 0.7 // two of its words where a text has them as one
)

// unit is something a text gets a score for: a word of the question, a part of
// it, or two of its words written as one.
type unit struct {
	words  []int // of the plan: which it covers
	weight float64
	idf    float64
	tally  *tally
}

// scorer gives texts a score by the words of a plan.
type scorer struct {
	words []word
	units []unit
	whole []bitset // per word: the texts that have it, or its stem
	texts *postings
	loose bitset  // the texts that have a loose word
	most  float64 // the score of a text that has everything, without end

	used    []variantOf // for what stands near each other
	covered []bool
	// meant has, per word, what it was taken for because no text the reader may
	// see has it; empty for all others.
	meant []string
	// offered has what a word was probably meant to be although some text has it.
	offered []string
}

// variantOf is a variant that occurs, of a word of the plan.
type variantOf struct {
	variant
	word int
}

// newScorer reads the postings of all words, in both languages. A word counts
// for as much as it is rare in all texts of the reader together, so that a Dutch
// word is not worth more because it is rare in the English ones.
func newScorer(ctx context.Context, snapshot *scorch.IndexSnapshot, p plan, a analysers, fix *repairer) (*scorer, error) {
	s := &scorer{
		words: p.words, covered: make([]bool, len(p.words)),
		meant: make([]string, len(p.words)), offered: make([]string, len(p.words)),
	}
	var err error
	if s.texts, err = newPostings(ctx, snapshot, fix.readable); err != nil {
		return nil, err
	}
	b := builder{scorer: s, ctx: ctx, reader: snapshot, families: families{reader: snapshot, analysers: a}, analysers: a, repairer: fix}
	if err := b.build(p); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// score adds up what the words are worth in a text, to be lifted by use and age,
// and says what it gets on top of that because it has all words as they are.
func (s *scorer) score(doc uint64) (sum, top float64) {
	if len(s.units) == 0 {
		return 0, 0
	}
	norm := bm25K*(1-bm25B) + bm25K*lengthShare*float64(s.texts.length[doc])
	clear(s.covered)
	for i := range s.units {
		u := &s.units[i]
		tf := float64(u.tally.of[doc])
		if tf == 0 {
			continue
		}
		sum += u.weight * u.idf * tf * (bm25K + 1) / (tf + norm)
		for _, w := range u.words {
			s.covered[w] = true
		}
	}
	all, whole := true, true
	for i := range s.words {
		all = all && s.covered[i]
		whole = whole && s.whole[i].has(uint32(doc))
	}
	if all {
		sum *= 1 + allBonus
	}
	if whole {
		top = wholeBonus * s.most
	}
	return sum, top
}

// close gives back what took room.
func (s *scorer) close() {
	for _, u := range s.units {
		s.texts.give(u.tally)
	}
	s.units = nil
	s.texts.close()
}

// whatWasMeant gives the question as it was probably meant, and whether the
// texts were looked for by it.
func (s *scorer) whatWasMeant(q rugzak.Query) (meant string, corrected bool) {
	if meant = meantQuery(q, s.words, s.meant); meant != "" {
		return meant, true
	}
	return meantQuery(q, s.words, s.offered), false
}

// idf is the weight of a word by the number of texts that have it.
func idf(found, total float64) float64 {
	found = min(found, total)
	return math.Log(1 + (total-found+0.5)/(found+0.5))
}

// builder reads the postings for a scorer.
type builder struct {
	*scorer
	ctx       context.Context
	reader    index.IndexReader
	families  families
	analysers analysers
	repairer  *repairer
}

// build reads the words of the question, then their parts, then two words as one.
func (b *builder) build(p plan) error {
	b.whole = make([]bitset, len(p.words))
	for i := range p.words {
		if err := b.addWord(i, p); err != nil {
			return err
		}
	}
	for i := range p.words {
		if err := b.addParts(i); err != nil {
			return err
		}
	}
	for _, j := range p.joins {
		if err := b.addJoined(j); err != nil {
			return err
		}
	}
	b.loose = newBitset(int64(b.texts.n))
	for _, u := range b.units {
		if b.words[u.words[0]].loose {
			b.loose.or(u.tally.seen)
		}
		b.most += u.weight * u.idf * (bm25K + 1)
	}
	return nil
}

// addWord adds a word of the question: itself, its forms, compounds of it, what
// means the same, and when nothing has it what it was probably meant to be.
func (b *builder) addWord(i int, p plan) error {
	w := b.words[i]
	t := b.texts.take()
	b.units = append(b.units, unit{words: []int{i}, weight: 1, tally: t})
	u := &b.units[len(b.units)-1]
	if w.terms[0] != "" && w.terms[1] != "" || w.prefix == "" {
		if err := b.addVariants(t, w, i, 1, true); err != nil {
			return err
		}
	}
	if w.prefix != "" {
		if err := b.addPrefix(t, w.prefix, 1); err != nil {
			return err
		}
	}
	b.whole[i] = t.whole
	for _, same := range p.same {
		if same.word == i && same.verb != "" {
			if err := b.addVariants(t, b.wordOf(same.verb), i, same.worth, false); err != nil {
				return err
			}
		} else if same.word == i {
			if err := b.addSame(t, same.cond, same.worth); err != nil {
				return err
			}
		}
	}
	if w.prefix == "" {
		if err := b.repair(i, t); err != nil {
			return err
		}
	}
	u.idf = idf(float64(t.found()), float64(b.texts.total))
	return nil
}

// addVariants counts all variants of a word in both languages.
func (b *builder) addVariants(t *tally, w word, i int, worth float64, near bool) error {
	for lang := range rugzak.Languages() {
		list, err := b.families.of(w, lang)
		if err != nil {
			return err
		}
		for _, v := range list {
			n, err := b.texts.add(t, v.field, v.term, worth*v.worth, v.whole)
			if err != nil {
				return err
			}
			if n > 0 && near && v.field != fieldParts {
				b.used = append(b.used, variantOf{v, i})
			}
		}
	}
	return nil
}

// addPrefix counts all words that begin so as the word itself, for what they are
// worth.
func (b *builder) addPrefix(t *tally, prefix string, worth float64) error {
	for _, lang := range rugzak.Languages() {
		terms, err := b.repairer.expand(b.ctx, textField(lang), prefix)
		if err != nil {
			return err
		}
		for _, term := range terms {
			if _, err := b.texts.add(t, textField(lang), term, worth, true); err != nil {
				return err
			}
		}
	}
	return nil
}

// addSame counts a word or phrase that means the same.
func (b *builder) addSame(t *tally, cond condition, worth float64) error {
	for lang := range rugzak.Languages() {
		row := cond.phrase[lang]
		if len(row) == 0 {
			continue
		}
		if len(row) == 1 {
			terms, err := b.families.whole(row[0], textField(rugzak.Languages()[lang]), lang)
			if err != nil {
				return err
			}
			for _, term := range terms {
				if _, err := b.texts.add(t, textField(rugzak.Languages()[lang]), term, worth, false); err != nil {
					return err
				}
			}
			if lang == 0 {
				if _, err := b.texts.add(t, fieldParts, b.analysers.baseOf(row[0]), worth*partWorth, false); err != nil {
					return err
				}
			}
			continue
		}
		c := conditions{ctx: b.ctx, reader: b.reader, families: b.families, sight: b.repairer}
		found, err := c.phrase(textField(rugzak.Languages()[lang]), row, lang, b.texts.readable)
		if err != nil {
			return err
		}
		b.texts.addFound(t, found, worth, b.seen)
	}
	return nil
}

// seen reports whether a text has a word that was counted.
func (b *builder) seen(doc uint32) bool {
	return slices.ContainsFunc(b.units, func(u unit) bool { return u.tally.seen.has(doc) })
}
