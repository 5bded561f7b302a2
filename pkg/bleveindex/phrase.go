// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"errors"
	"fmt"
	"slices"

	index "github.com/blevesearch/bleve_index_api"
)

// phrase finds those of some texts that have the words in a row, in any form.
// Only of texts that have all of the words the places are read, and those of a
// word that stands in the row more than once are read once.
func (c conditions) phrase(field string, row []string, lang int, texts bitset) (found bitset, err error) {
	var words []*rowWord
	at := make([]int, len(row)) // of each place its word, -1 for any
	known := map[string]int{}
	defer func() {
		for _, w := range words {
			err = errors.Join(err, w.close())
		}
	}()
	for i, word := range row {
		if at[i] = -1; word == "" {
			continue
		}
		if n, again := known[word]; again {
			at[i] = n
			continue
		}
		forms, err := c.families.whole(word, field, lang)
		if err != nil {
			return nil, err
		}
		if texts, err = c.anyOf(field, forms, texts); err != nil {
			return nil, err
		}
		at[i], known[word] = len(words), len(words)
		words = append(words, &rowWord{forms: forms})
	}
	found = make(bitset, len(texts))
	if len(row) == 1 || texts.isEmpty() {
		return texts, nil
	}
	for _, w := range words {
		if err := w.open(c, field); err != nil {
			return nil, err
		}
	}
	read := 0
	for doc := range texts.all() {
		if read++; read%256 == 1 {
			if err := c.ctx.Err(); err != nil {
				return nil, err
			}
		}
		for _, w := range words {
			if err := w.read(uint64(doc)); err != nil {
				return nil, err
			}
		}
		if hasRow(words, at) {
			found.add(doc)
		}
	}
	return found, nil
}

// rowWord is a word of a phrase: its forms, and where they stand in one text.
type rowWord struct {
	forms    []string
	postings []rowPostings
	places   []uint64 // in order
}

// rowPostings goes along the texts that have one form.
type rowPostings struct {
	list index.TermFieldReader
	at   *index.TermFieldDoc // nil at the end
}

func (w *rowWord) open(c conditions, field string) error {
	for _, form := range w.forms {
		list, err := c.reader.TermFieldReader(c.ctx, []byte(form), field, true, false, true)
		if err != nil {
			return fmt.Errorf("looking for a phrase: %w", err)
		}
		w.postings = append(w.postings, rowPostings{list: list})
		p := &w.postings[len(w.postings)-1]
		if p.at, err = list.Next(nil); err != nil {
			return fmt.Errorf("looking for a phrase: %w", err)
		}
	}
	return nil
}

// read looks up where a word stands in a text, which comes behind the last one.
func (w *rowWord) read(doc uint64) error {
	w.places = w.places[:0]
	for i := range w.postings {
		p := &w.postings[i]
		if p.at != nil && p.at.ID.Value() < doc {
			var err error
			if p.at, err = p.list.Advance(index.NewIndexInternalID(nil, doc), p.at.Reset()); err != nil {
				return fmt.Errorf("reading the places of a phrase: %w", err)
			}
		}
		if p.at == nil || p.at.ID.Value() != doc {
			continue
		}
		for _, v := range p.at.Vectors {
			w.places = append(w.places, v.Pos)
		}
	}
	slices.Sort(w.places)
	return nil
}

func (w *rowWord) close() error {
	var errs []error
	for _, p := range w.postings {
		errs = append(errs, p.list.Close())
	}
	return errors.Join(errs...)
}

// hasRow reports whether the words stand at these places behind each other
// anywhere in a text. The first place has a word.
func hasRow(words []*rowWord, at []int) bool {
	return slices.ContainsFunc(words[at[0]].places, func(begin uint64) bool {
		for i, word := range at[1:] {
			if word < 0 {
				continue
			}
			if _, stands := slices.BinarySearch(words[word].places, begin+uint64(i)+1); !stands {
				return false
			}
		}
		return true
	})
}
