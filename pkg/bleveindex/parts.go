// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	index "github.com/blevesearch/bleve_index_api"
)

// fieldParts holds the parts of Dutch compounds, as base forms: a text with
// "samenwerkingsafspraken" is also about "samenwerking" and "afspraak". Parts
// have no places, and the length of the text they stand in.
const fieldParts = "parts_nl"

// parts is the field of the parts of the compounds in a text.
type parts struct {
	of        *words
	analysers analysers
	found     index.TokenFrequencies
}

// Analyze implements index.Field. The text it is of goes first.
func (p *parts) Analyze() {
	p.found = index.TokenFrequencies{}
	add := func(term string, times int) {
		f := p.found[term]
		if f == nil {
			f = &index.TokenFreq{Term: []byte(term)}
			p.found[term] = f
		}
		f.SetFrequency(f.Frequency() + times)
	}
	for word, freq := range p.of.found {
		for _, part := range p.analysers.partsOf(word) {
			add(part, freq.Frequency())
		}
	}
	for _, piece := range p.of.pieces {
		text := []byte(piece.text)
		for _, verb := range p.analysers.fallenApart(text, tokenize(text)) {
			add(ownBase+verb.base, piece.weight)
		}
	}
}

// Name implements index.Field, as do all below.
func (p *parts) Name() string { return fieldParts }

// Value is needed by fields that are stored only.
func (p *parts) Value() []byte { return nil }

// ArrayPositions are not used.
func (p *parts) ArrayPositions() []uint64 { return nil }

// EncodedFieldType says that this is text.
func (p *parts) EncodedFieldType() byte { return 't' }

// Options says what is kept: no places.
func (p *parts) Options() index.FieldIndexingOptions { return index.IndexField }

// AnalyzedLength is that of the text.
func (p *parts) AnalyzedLength() int { return p.of.length }

// AnalyzedTokenFrequencies are the parts with how often they occur.
func (p *parts) AnalyzedTokenFrequencies() index.TokenFrequencies { return p.found }

// NumPlainTextBytes is for statistics; the text has counted already.
func (p *parts) NumPlainTextBytes() uint64 { return 0 }

// Size is about what it takes in memory.
func (p *parts) Size() int { return 64 * len(p.found) }
