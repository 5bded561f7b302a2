// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	index "github.com/blevesearch/bleve_index_api"

	"rugzak/pkg/rugzak"
)

// What a word of a text is worth to a word of a question, beside the same word
// or one with the same stem. docs/search/steps.md has what each brings.
const (
	formWorth    = 0.2 // another form of the same word (liep: lopen)
	derivedWorth = 0.3 // a word that goes on after its stem (toegankelijk: toegankelijkheid)
	partWorth    = 0.6 // a compound it is a part of (afspraak: samenwerkingsafspraken)
)

const (
	leastStem    = 3 // letters of a stem by which words with the same stem are looked up
	leastDerived = 5 // letters of a stem by which derived words are looked up
	mostEnding   = 9 // letters that a form of a word has beyond its stem
	mostDerived  = 5 // letters that a derived word has beyond the stem
)

// variant is a term that counts for a word of a question.
type variant struct {
	field string
	term  string
	worth float64
	// whole says that it is the word itself, or has its stem.
	whole bool
}

// families looks up which words of an index belong to a word.
type families struct {
	reader    index.IndexReader
	analysers analysers
}

// of lists the terms of a language that count for a word, each once, those worth
// most first. They need not occur.
func (f families) of(w word, lang int) ([]variant, error) {
	field := textField(rugzak.Languages()[lang])
	own := f.analysers.of(rugzak.Languages()[lang])
	variants := []variant{{field: field, term: w.folded, worth: 1, whole: true}}
	stem := w.terms[lang]
	if w.acronym || stem == "" {
		return variants, nil
	}
	seen := map[string]bool{w.folded: true}
	add := func(term string, worth float64, whole bool) {
		if !seen[term] {
			seen[term] = true
			variants = append(variants, variant{field: field, term: term, worth: worth, whole: whole})
		}
	}
	isDutch := lang == 0
	err := f.alike(field, stem, w.folded, lang, func(term string, sameStem bool) {
		if sameStem {
			add(term, 1, true)
		} else if isDutch && len(stem) >= leastDerived && (f.analysers.isDerived(w.folded, stem, term) || f.analysers.isDerived(term, stem, w.folded)) {
			add(term, derivedWorth, false)
		}
	})
	if err != nil || !isDutch {
		return variants, err
	}
	base := f.analysers.baseOf(w.folded)
	if other := own.stemOf(base); other != stem {
		add(base, formWorth, false)
		err := f.alike(field, other, base, lang, func(term string, sameStem bool) {
			if sameStem {
				add(term, formWorth, false)
			}
		})
		if err != nil {
			return nil, err
		}
	}
	variants = append(variants, variant{field: fieldParts, term: base, worth: partWorth},
		variant{field: fieldParts, term: ownBase + base, worth: formWorth})
	slices.SortStableFunc(variants, func(a, b variant) int {
		switch {
		case a.whole == b.whole:
			return 0
		case a.whole:
			return -1
		}
		return 1
	})
	return variants, nil
}

// whole lists the words of a field of one language that are a word or a form of
// it, for phrases and titles.
func (f families) whole(folded, field string, lang int) ([]string, error) {
	own := f.analysers.of(rugzak.Languages()[lang])
	terms := []string{folded}
	add := func(term string, sameStem bool) {
		if sameStem && !slices.Contains(terms, term) {
			terms = append(terms, term)
		}
	}
	stem := own.stemOf(folded)
	if err := f.alike(field, stem, folded, lang, add); err != nil {
		return nil, err
	}
	if lang != 0 {
		return terms, nil
	}
	base := f.analysers.baseOf(folded)
	add(base, true)
	if other := own.stemOf(base); other != stem {
		if err := f.alike(field, other, base, lang, add); err != nil {
			return nil, err
		}
	}
	return terms, nil
}

// alike calls do for the terms of a field that begin with the stem of a word and
// are not much longer, and says which of them have that stem. It leaves out what
// has the stem by chance.
func (f families) alike(field, stem, word string, lang int, do func(term string, sameStem bool)) error {
	begin := stem
	if lang != 0 && len(stem) > leastStem { // "studi" of "studies" is "study" too
		begin = stem[:len(stem)-1]
	}
	if utf8.RuneCountInString(begin) < leastStem {
		return nil
	}
	own := f.analysers.of(rugzak.Languages()[lang])
	return eachTerm(f.reader, field, begin, func(term string) {
		if len(term) > len(stem)+mostEnding {
			return
		}
		same := own.stemOf(term) == stem
		if !same && len(term) > len(stem)+mostDerived {
			return
		}
		if same && lang == 0 && term != word && f.analysers.isOther(word, term) {
			// Made of each other they are near, the more so as they share a stem
			// (aanpassen, aanpassing); otherwise they have the stem by chance.
			if same = false; !f.analysers.isDerived(word, stem, term) && !f.analysers.isDerived(term, stem, word) {
				return
			}
		}
		do(term, same)
	})
}

// eachTerm calls do for every term of a field that begins so.
func eachTerm(reader index.IndexReader, field, begin string, do func(term string)) error {
	dict, err := reader.FieldDictPrefix(field, []byte(begin))
	if err != nil {
		return fmt.Errorf("looking up words by their beginning: %w", err)
	}
	for {
		e, err := dict.Next()
		if err != nil {
			return errors.Join(fmt.Errorf("looking up words by their beginning: %w", err), dict.Close())
		}
		if e == nil {
			break
		}
		do(e.Term)
	}
	if err := dict.Close(); err != nil {
		return fmt.Errorf("looking up words by their beginning: %w", err)
	}
	return nil
}
