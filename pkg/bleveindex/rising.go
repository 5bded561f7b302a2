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

	"github.com/blevesearch/bleve/v2/index/scorch"

	"rugzak/pkg/rugzak"
)

// What clearly above the earlier rate is: so many times it, and so many standard
// deviations.
const (
	risenTimes    = 2
	risenSurprise = 3
	leastRising   = 4 // letters of a word that rises, unless it is an acronym
)

// risingWord is a word of new texts.
type risingWord struct {
	term, folded, shown string
	lang                rugzak.Lang
	in                  []rugzak.EntryID
	of                  map[rugzak.OrganisationID]bool
	surprise            float64
}

// Rising implements rugzak.Rising.
func (x *Index) Rising(ctx context.Context, ask rugzak.NewTexts) (risen rugzak.Risen, err error) {
	risen.Position, err = x.read(ctx, func(_ *generation, snapshot *scorch.IndexSnapshot) (err error) {
		words := slices.DeleteFunc(x.newWords(ask.Texts), func(w *risingWord) bool {
			return len(w.in) < rugzak.RisingEntries || len(w.of) < rugzak.RisingOrganisations
		})
		if len(words) == 0 || len(ask.Tokens) == 0 || ask.Most <= 0 {
			return nil
		}
		f := fitter{ctx: ctx, snapshot: snapshot, families: families{reader: snapshot, analysers: x.analysers}}
		if risen.Words, err = f.risen(ask, words); err != nil {
			return fmt.Errorf("looking for what rises: %w", err)
		}
		return nil
	})
	return risen, err
}

// newWords lists the words of new texts that say what they are about.
func (x *Index) newWords(texts []rugzak.NewText) []*risingWord {
	byTerm := map[string]*risingWord{}
	var all []*risingWord
	for _, text := range texts {
		a, general := x.analysers.of(text.Lang), x.general.of(text.Lang, x.analysers)
		for _, part := range []string{text.Title, text.Lesson, text.Text} {
			part = strings.ToValidUTF8(part[:min(len(part), rugzak.MaxLikeness)], "")
			for _, t := range queryTokens(part) {
				term := a.wordOf(t, leastRising)
				if term == "" || general[term] && !t.acronym {
					continue
				}
				key := string(text.Lang) + " " + term
				w := byTerm[key]
				if w == nil {
					w = &risingWord{term: term, folded: string(t.folded), shown: part[t.start:t.end], lang: text.Lang, of: map[rugzak.OrganisationID]bool{}}
					byTerm[key] = w
					all = append(all, w)
				}
				w.shown = better(w.shown, part[t.start:t.end], t.acronym)
				if len(w.in) == 0 || w.in[len(w.in)-1] != text.ID {
					w.in = append(w.in, text.ID)
				}
				w.of[text.Organisation] = true
			}
		}
	}
	return all
}

// risen keeps the words that stand in clearly more of the new texts than in what
// else the reader may find.
func (f *fitter) risen(ask rugzak.NewTexts, words []*risingWord) ([]rugzak.RisingWord, error) {
	b := rugzak.Bundle{Tokens: ask.Tokens}
	for _, t := range ask.Texts {
		b.Except = append(b.Except, t.ID)
	}
	if _, err := f.look(b); err != nil {
		return nil, err
	}
	var kept []*risingWord
	for _, w := range words {
		_, found, err := f.formsOf(w.folded, w.lang)
		if err != nil {
			return nil, err
		}
		before := (float64(found) + 1) / (float64(f.total) + 2)
		fresh := float64(len(ask.Texts))
		n := float64(len(w.in))
		if w.surprise = (n - fresh*before) / math.Sqrt(fresh*before*(1-before)); w.surprise >= risenSurprise && n >= risenTimes*fresh*before {
			kept = append(kept, w)
		}
	}
	slices.SortFunc(kept, func(a, b *risingWord) int {
		return cmp.Or(cmp.Compare(b.surprise, a.surprise), cmp.Compare(a.lang, b.lang), cmp.Compare(a.term, b.term))
	})
	var out []rugzak.RisingWord
	for _, w := range kept[:min(len(kept), ask.Most)] {
		out = append(out, rugzak.RisingWord{Word: w.shown, In: w.in})
	}
	return out, nil
}
