// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"rugzak/pkg/rugzak"
)

// What makes a text fit a bundle. docs/search/proposals.md has what each brings.
const (
	// A word counts for less the more often a text says it already, but later
	// than in a search, and for less in a text that says more beside it.
	fitK = 2.5
	fitB = 1.0
	// Of all words of a bundle so many are looked up, and so many compared: to
	// say what a bundle is about takes more words than to say it of one text.
	mostOfBundle  = 600
	mostCompared  = 160
	sharedPower   = 0.25 // of the number of examples that have a word, in what it is worth
	leastTelling  = 2    // telling words a text must share to fit
	leastFit      = 0.1  // of what fits best, at least
	fitLengthUnit = fitB / typicalLength * lengthUnit
)

// bundled is a word of a bundle.
type bundled struct {
	term, folded, shown string
	lang                rugzak.Lang
	telling             bool      // one may name it as a reason
	times               []float64 // in each example, of typical length
	rough               float64   // what it may be worth, before its rarity is known
	in                  float64   // examples that have it
	forms               []string
	weight              float64
	texts               bitset
}

// Fitting implements rugzak.Fitting.
func (x *Index) Fitting(ctx context.Context, ask rugzak.Bundle) (fits rugzak.Fits, err error) {
	fits.Position, err = x.read(ctx, func(_ *generation, snapshot *scorch.IndexSnapshot) (err error) {
		ask.Examples = ask.Examples[:min(len(ask.Examples), rugzak.MaxExamples)]
		words := x.wordsOf(ask.Examples)
		if len(words) == 0 || len(ask.Tokens) == 0 || ask.Most <= 0 {
			return nil
		}
		f := fitter{ctx: ctx, snapshot: snapshot, families: families{reader: snapshot, analysers: x.analysers}}
		if fits.Entries, err = f.fits(ask, words); err != nil {
			return fmt.Errorf("looking for what fits: %w", err)
		}
		return nil
	})
	return fits, err
}

// wordsOf lists the words of a bundle that may say what it is about, those that
// may say most first.
func (x *Index) wordsOf(examples []rugzak.Example) []*bundled {
	byTerm := map[string]*bundled{}
	var all []*bundled
	for i, e := range examples {
		a, general := x.analysers.of(e.Lang), x.general.of(e.Lang, x.analysers)
		length, left := 0.0, rugzak.MaxLikeness
		times := map[*bundled]float64{}
		for _, part := range []struct {
			text   string
			weight float64
		}{{e.Title, titleWeight}, {e.Lesson, 1}, {e.Text, 1}} {
			text := part.text
			if len(text) > left {
				text = strings.ToValidUTF8(text[:left], "")
			}
			left -= len(text)
			for _, t := range queryTokens(text) {
				length += part.weight
				term := a.wordOf(t, leastLetters)
				if term == "" {
					continue
				}
				key := string(e.Lang) + " " + term
				w := byTerm[key]
				if w == nil {
					w = &bundled{
						term: term, folded: string(t.folded), shown: text[t.start:t.end], lang: e.Lang,
						telling: !general[term] || t.acronym, times: make([]float64, len(examples)),
					}
					byTerm[key] = w
					all = append(all, w)
				}
				w.shown = better(w.shown, text[t.start:t.end], t.acronym)
				times[w] += part.weight
			}
		}
		norm := fitK * (1 - fitB + fitB*length/typicalLength)
		for w, n := range times {
			w.times[i] = n * (fitK + 1) / (n + norm)
			w.rough += e.Weight * w.times[i]
			w.in++
		}
	}
	slices.SortFunc(all, func(a, b *bundled) int {
		return cmp.Or(cmp.Compare(b.rough, a.rough), cmp.Compare(a.lang, b.lang), cmp.Compare(a.term, b.term))
	})
	return all[:min(len(all), mostOfBundle)]
}

// better picks how to show a word: not as it begins a sentence.
func better(shown, other string, acronym bool) string {
	first, _ := utf8.DecodeRuneInString(shown)
	second, _ := utf8.DecodeRuneInString(other)
	if !acronym && unicode.IsLower(second) && !unicode.IsLower(first) {
		return other
	}
	return shown
}

// fitter compares a bundle with all that one reader may find.
type fitter struct {
	ctx      context.Context
	snapshot *scorch.IndexSnapshot
	families families
	readable []*roaring.Bitmap // per segment
	total    uint64
}

func (f *fitter) fits(ask rugzak.Bundle, words []*bundled) ([]rugzak.Fit, error) {
	all, err := f.look(ask)
	if err != nil {
		return nil, err
	}
	if words, err = f.weigh(words, ask.Examples); err != nil {
		return nil, err
	}
	texts, err := newPostings(f.ctx, f.snapshot, all)
	if err != nil {
		return nil, err
	}
	defer texts.close()
	worth := make([]float64, texts.n)
	for _, w := range words {
		tally := texts.take()
		for _, form := range w.forms {
			if _, err := texts.add(tally, textField(w.lang), form, 1, false); err != nil {
				texts.give(tally)
				return nil, err
			}
		}
		for doc := range tally.seen.all() {
			n := float64(tally.of[doc])
			worth[doc] += w.weight * n * (fitK + 1) / (n + fitK*(1-fitB) + fitK*fitLengthUnit*float64(texts.length[doc]))
		}
		w.texts = slices.Clone(tally.seen)
		texts.give(tally)
	}
	return f.best(ask.Most, words, worth)
}

// look finds the texts the reader may find, apart from some.
func (f *fitter) look(ask rugzak.Bundle) (all bitset, err error) {
	except := map[uint64]bool{}
	for _, id := range ask.Except {
		if n, err := f.snapshot.InternalID(string(id)); err == nil && n != nil {
			except[n.Value()] = true
		}
	}
	size := int64(0)
	for _, s := range f.snapshot.Segments() {
		size += s.FullSize()
	}
	all = newBitset(size)
	first := uint64(0)
	for _, s := range f.snapshot.Segments() {
		readable, err := comparableIn(s, ask.Tokens)
		if err != nil {
			return nil, err
		}
		for n := range except {
			if n >= first && n < first+uint64(s.FullSize()) {
				readable.Remove(uint32(n - first))
			}
		}
		for it := readable.Iterator(); it.HasNext(); {
			all.add(uint32(first) + it.Next())
		}
		f.readable, f.total = append(f.readable, readable), f.total+readable.GetCardinality()
		first += uint64(s.FullSize())
	}
	return all, nil
}

// weigh finds out how rare words are among what the reader may find, and keeps
// those that say most of what the examples are about. All examples count as one
// text each, however long they are.
func (f *fitter) weigh(words []*bundled, examples []rugzak.Example) ([]*bundled, error) {
	var kept []*bundled
	rare := map[*bundled]float64{}
	for _, w := range words {
		if err := f.ctx.Err(); err != nil {
			return nil, err
		}
		var found uint64
		var err error
		if w.forms, found, err = f.formsOf(w.folded, w.lang); err != nil {
			return nil, err
		}
		if found > 0 {
			rare[w] = idf(float64(found), float64(f.total))
			kept = append(kept, w)
		}
	}
	for i, e := range examples {
		sum := 0.0
		for _, w := range kept {
			v := w.times[i] * rare[w]
			sum += v * v
		}
		for _, w := range kept {
			if w.times[i] > 0 {
				w.weight += e.Weight * w.times[i] * rare[w] / math.Sqrt(sum)
			}
		}
	}
	for _, w := range kept {
		w.weight *= rare[w] * math.Pow(w.in, sharedPower)
	}
	slices.SortStableFunc(kept, func(a, b *bundled) int { return cmp.Compare(b.weight, a.weight) })
	return kept[:min(len(kept), mostCompared)], nil
}

// formsOf are the words of the index that are a word in some form, and in how
// many of the texts that were looked at they stand.
func (f *fitter) formsOf(folded string, of rugzak.Lang) (forms []string, found uint64, err error) {
	lang := slices.Index(rugzak.Languages(), of.Or(rugzak.Dutch))
	if forms, err = f.families.whole(folded, textField(of), lang); err != nil {
		return nil, 0, err
	}
	for i, s := range f.snapshot.Segments() {
		docs, err := anyPostings(s, textField(of), forms, nil)
		if err != nil {
			return nil, 0, err
		}
		found += docs.AndCardinality(f.readable[i])
	}
	return forms, found, nil
}

// best picks the texts that fit best.
func (f *fitter) best(most int, words []*bundled, worth []float64) ([]rugzak.Fit, error) {
	type candidate struct {
		doc   uint64
		worth float64
		words []string
	}
	top := slices.Max(append(worth, 0))
	var found []candidate
	for doc, sum := range worth {
		if sum == 0 || sum < leastFit*top {
			continue
		}
		c := candidate{doc: uint64(doc), worth: sum}
		for _, w := range words {
			if w.telling && w.texts.has(uint32(doc)) && len(c.words) < wordsShown {
				c.words = append(c.words, w.shown)
			}
		}
		if len(c.words) >= leastTelling {
			found = append(found, c)
		}
	}
	slices.SortFunc(found, func(a, b candidate) int { return cmp.Compare(b.worth, a.worth) })
	var out []rugzak.Fit
	for i := 0; i < len(found) && len(out) < most; {
		end := i + 1
		for end < len(found) && found[end].worth == found[i].worth {
			end++
		}
		// Where texts stand in the index depends on others: equals go by id.
		var equals []rugzak.Fit
		for _, c := range found[i:end] {
			id, err := f.snapshot.ExternalID(index.NewIndexInternalID(nil, c.doc))
			if err != nil {
				return nil, fmt.Errorf("looking up the id of a hit: %w", err)
			}
			equals = append(equals, rugzak.Fit{ID: rugzak.EntryID(id), Worth: c.worth / found[0].worth, Words: c.words})
		}
		slices.SortFunc(equals, func(a, b rugzak.Fit) int { return cmp.Compare(b.ID, a.ID) })
		out = append(out, equals[:min(len(equals), most-len(out))]...)
		i = end
	}
	return out, nil
}
