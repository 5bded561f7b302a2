// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"slices"
	"strings"

	"rugzak/pkg/dutch"
	"rugzak/pkg/rugzak"
)

// maxUnits bounds what a text gets a score for: each takes room for every text of
// the index. What the question does not say itself is left out first.
const maxUnits = 2 * maxWords

// addParts adds the parts of a compound in the question: who asks for
// "samenwerkingsafspraken" also finds "afspraken over samenwerking".
func (b *builder) addParts(i int) error {
	w := b.words[i]
	if w.acronym || w.folded == "" || w.prefix != "" {
		return nil
	}
	for _, part := range dutch.Parts(w.folded) {
		if b.has(part) {
			continue // the question has it itself
		}
		if len(b.units) >= maxUnits {
			return nil
		}
		t := b.texts.take()
		b.units = append(b.units, unit{words: []int{i}, weight: splitWorth, tally: t})
		u := &b.units[len(b.units)-1]
		if err := b.addVariants(t, b.wordOf(part), i, 1, false); err != nil {
			return err
		}
		u.idf = idf(float64(t.found()), float64(b.texts.total))
	}
	return nil
}

// has reports whether the question has a word, in some form.
func (b *builder) has(base string) bool {
	return slices.ContainsFunc(b.words, func(w word) bool { return w.prefix == "" && b.analysers.baseOf(w.folded) == base })
}

// wordOf makes a word of the question of a folded one.
func (b *builder) wordOf(folded string) word {
	return word{folded: folded, terms: [2]string{b.analysers.nl.stemOf(folded), b.analysers.en.stemOf(folded)}}
}

// links stand between the parts of a Dutch compound.
var links = []string{"", "s", "en", "e", "n", "-"}

// leastJoined are the letters of a word that is looked for as part of a
// compound, and how many of the second one must follow the first.
const leastJoined = 3

// join are two neighbouring words of a question, of which at most one is a stop
// word ("zelf redzaamheid"), and the words of the plan they are.
type join struct {
	first, second string
	words         []int
}

// addJoined adds two neighbouring words of the question as one word: who asks
// for "steek proef" also finds "steekproef". Whether there is such a word is a
// matter of the texts the reader may see: with it come compounds of it, which a
// word of a hidden text may not bring.
func (b *builder) addJoined(j join) error {
	field := textField(rugzak.Dutch)
	for _, link := range links {
		if len(b.units) >= maxUnits {
			return nil
		}
		begin := j.first + link + j.second[:leastJoined]
		joined := b.wordOf(j.first + link + j.second)
		var forms []string
		err := eachTerm(b.reader, field, begin, func(term string) {
			if strings.HasPrefix(term, joined.folded) || b.analysers.nl.stemOf(term) == joined.terms[0] {
				forms = append(forms, term)
			}
		})
		if err != nil {
			return err
		}
		if found, err := b.repairer.hasAny(field, forms); err != nil {
			return err
		} else if !found {
			continue
		}
		t := b.texts.take()
		if err := b.addVariants(t, joined, 0, 1, false); err != nil {
			return err
		}
		b.units = append(b.units, unit{words: j.words, weight: joinWorth, tally: t,
			idf: idf(float64(t.found()), float64(b.texts.total))})
	}
	return nil
}
