// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"github.com/blevesearch/bleve/v2/analysis"
	index "github.com/blevesearch/bleve_index_api"

	"rugzak/pkg/rugzak"
)

// words is a field made of pieces of text, written as small as the index allows:
// a word that counts several times has its place once, and places carry no
// offsets, because what is found is marked by reading the text again.
type words struct {
	name     string
	analyser analysis.Analyzer
	pieces   []piece

	found  index.TokenFrequencies
	length int
}

// piece is a text in which each word counts as often as its weight says.
type piece struct {
	text   string
	weight int
}

const (
	// pieceGap lies between the places of two pieces. No phrase runs over it: a
	// query has at most one word, stop words included, per two bytes.
	pieceGap = rugzak.MaxQuery/2 + 1
	// lengthUnit is in how many words the length of a text is told: a byte then
	// holds that of nearly all texts.
	lengthUnit = 4
)

// Analyze implements index.Field.
func (w *words) Analyze() {
	var tokens []analysis.TokenStream
	total := 0
	for _, p := range w.pieces {
		stream := w.analyser.Analyze([]byte(p.text))
		tokens = append(tokens, stream)
		total += len(stream)
	}
	w.found = make(index.TokenFrequencies, total)
	places, pointers := make([]index.TokenLocation, total), make([]*index.TokenLocation, total)
	next, begin, length := 0, 0, 0
	for i, stream := range tokens {
		weight, last := w.pieces[i].weight, 0
		for _, t := range stream {
			places[next].Position = begin + t.Position
			pointers[next] = &places[next]
			f := w.found[string(t.Term)]
			if f == nil {
				f = &index.TokenFreq{Term: t.Term, Locations: pointers[next : next+1 : next+1]}
				w.found[string(t.Term)] = f
			} else {
				f.Locations = append(f.Locations, pointers[next])
			}
			f.SetFrequency(f.Frequency() + weight)
			last = max(last, t.Position)
			length += weight
			next++
		}
		begin += last + pieceGap
	}
	w.length = (length + lengthUnit - 1) / lengthUnit
}

// Name implements index.Field, as do all below.
func (w *words) Name() string { return w.name }

// Value is needed by fields that are stored only.
func (w *words) Value() []byte { return nil }

// ArrayPositions are not used: the pieces lie apart by their places.
func (w *words) ArrayPositions() []uint64 { return nil }

// EncodedFieldType says that this is text.
func (w *words) EncodedFieldType() byte { return 't' }

// Options says what is kept.
func (w *words) Options() index.FieldIndexingOptions {
	return index.IndexField | index.IncludeTermVectors
}

// AnalyzedLength is in lengthUnits.
func (w *words) AnalyzedLength() int { return w.length }

// AnalyzedTokenFrequencies are the words with their places.
func (w *words) AnalyzedTokenFrequencies() index.TokenFrequencies { return w.found }

// NumPlainTextBytes is for statistics.
func (w *words) NumPlainTextBytes() uint64 {
	n := 0
	for _, p := range w.pieces {
		n += len(p.text)
	}
	return uint64(n)
}

// Size is about what it takes in memory.
func (w *words) Size() int { return int(w.NumPlainTextBytes()) + 64*len(w.found) }
