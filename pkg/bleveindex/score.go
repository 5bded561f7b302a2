// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"context"
	"errors"
	"fmt"
	"math"

	index "github.com/blevesearch/bleve_index_api"

	"rugzak/pkg/rugzak"
)

// The constants of BM25. The typical length is a constant, not the average of
// all texts: bleve keeps no true one, and so the order of what a reader finds
// depends less on texts the reader may not see.
const (
	bm25K         = 1.2
	bm25B         = 0.75
	typicalLength = 150                                // words
	lengthShare   = bm25B / typicalLength * lengthUnit // per unit in which lengths are told
	noDoc         = math.MaxUint64
)

// stream walks through the texts that have one term.
type stream struct {
	postings postings
	at       index.TermFieldDoc
	doc      uint64 // noDoc at the end
	word     int    // which word of the plan
	weight   float64
}

func (s *stream) next() error {
	found, err := s.postings.Next(s.at.Reset())
	return s.arrive(found, err)
}

// advance goes to the first text from doc on.
func (s *stream) advance(doc index.IndexInternalID, n uint64) error {
	if s.doc >= n {
		return nil
	}
	found, err := s.postings.Advance(doc, s.at.Reset())
	return s.arrive(found, err)
}

func (s *stream) arrive(found *index.TermFieldDoc, err error) error {
	if err != nil {
		return fmt.Errorf("reading the postings of a word: %w", err)
	}
	if found == nil {
		s.doc = noDoc
		return nil
	}
	s.doc = found.ID.Value()
	return nil
}

// scorer gives texts a score by the words of a plan.
type scorer struct {
	words   []word
	idf     []float64
	bonus   float64 // for having all words: more than any sum of scores
	streams []*stream
	best    []float64 // per word, of the text at hand
}

// newScorer opens the postings of all words, in both languages. A word counts
// for as much as it is rare in all texts together, so that a Dutch word is not
// worth more because it is rare in the English ones.
func newScorer(ctx context.Context, reader index.IndexReader, p plan) (*scorer, error) {
	words := p.words
	total, err := reader.DocCount()
	if err != nil {
		return nil, fmt.Errorf("counting texts: %w", err)
	}
	s := &scorer{words: words, idf: make([]float64, len(words)), best: make([]float64, len(words))}
	for i, w := range words {
		found := uint64(0)
		for j, lang := range rugzak.Languages() {
			field := textField(lang)
			if w.terms[j] != "" {
				exact, err := reader.TermFieldReader(ctx, []byte(w.terms[j]), field, true, true, false)
				if err != nil {
					return nil, fmt.Errorf("looking up a word: %w", err)
				}
				found += exact.Count()
				s.streams = append(s.streams, &stream{postings: exact, word: i, weight: 1})
			}
			if w.prefix != "" {
				terms, err := expand(reader, field, w.prefix)
				if err != nil {
					return nil, err
				}
				any, err := conditions{ctx: ctx, reader: reader}.anyOf(field, terms)
				if err != nil {
					return nil, err
				}
				found += any.Count()
				s.streams = append(s.streams, &stream{postings: newAnyWord(any, reader), word: i, weight: 1})
			}
		}
		found = min(found, total)
		s.idf[i] = math.Log(1 + (float64(total-found)+0.5)/(float64(found)+0.5))
		s.bonus += s.idf[i] * (bm25K + 1)
	}
	if err := s.addSame(ctx, reader, p.same); err != nil {
		return nil, err
	}
	for _, st := range s.streams {
		if err := st.next(); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// nextLoose returns the first text from doc on that has a loose word.
func (s *scorer) nextLoose() uint64 {
	first := uint64(noDoc)
	for _, st := range s.streams {
		if st.doc < first && s.words[st.word].loose {
			first = st.doc
		}
	}
	return first
}

// score adds up what the words are worth in a text, times a boost of at most
// maxBoost that lifts no text with some words above one with all. All streams
// go to the text first.
func (s *scorer) score(id index.IndexInternalID, doc uint64, boost float64) (float64, error) {
	clear(s.best)
	for _, st := range s.streams {
		if err := st.advance(id, doc); err != nil {
			return 0, err
		}
		if st.doc != doc {
			continue
		}
		frequency := float64(st.at.Freq)
		length := 1 / (st.at.Norm * st.at.Norm)
		worth := st.weight * s.idf[st.word] * frequency * (bm25K + 1) / (frequency + bm25K*(1-bm25B) + bm25K*lengthShare*length)
		s.best[st.word] = max(s.best[st.word], worth)
	}
	sum, missing := 0.0, false
	for _, b := range s.best {
		sum += b
		missing = missing || b == 0
	}
	sum *= boost
	if !missing {
		sum += s.bonus * maxBoost
	}
	return sum, nil
}

// skipTo moves the loose words to the first text from id on.
func (s *scorer) skipTo(id index.IndexInternalID) error {
	doc := id.Value()
	for _, st := range s.streams {
		if s.words[st.word].loose {
			if err := st.advance(id, doc); err != nil {
				return err
			}
		}
	}
	return nil
}

// pass moves the loose words beyond a text.
func (s *scorer) pass(doc uint64) error {
	for _, st := range s.streams {
		if st.doc == doc {
			if err := st.next(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *scorer) close() error {
	var errs []error
	for _, st := range s.streams {
		errs = append(errs, st.postings.Close())
	}
	return errors.Join(errs...)
}
