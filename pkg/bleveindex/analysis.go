// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/nl"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"

	"rugzak/pkg/dutch"
	"rugzak/pkg/rugzak"
)

// analysisVersion changes with everything that makes other terms of the same
// text: an index made by another version is made again.
const analysisVersion = 4

// token is a word as it stands in a text.
type token struct {
	start, end int // bytes in the text
	position   int // counted in words, from 1
	folded     []byte
	acronym    bool // written in capitals: never a stop word
	// part marks a word that also stands in the text as part of a short name
	// ("W" and "I" of "W&I", "18" of "18-"). A text is indexed with both, a
	// query looks for the name only.
	part bool
}

// tokenize splits a text into words by the rules of Unicode, splits what those
// rules keep together (a:b, a_b, and a.b where somebody forgot a space), and
// keeps short names that they take apart: W&I, 18-, 18+.
func tokenize(text []byte) []token {
	stream := unicode.NewUnicodeTokenizer().Tokenize(loosened(text))
	tokens := make([]token, 0, len(stream))
	for i, t := range stream {
		folded := bytes.TrimSuffix(fold(t.Term), []byte("'s"))
		if len(folded) == 0 {
			continue
		}
		tokens = append(tokens, token{start: t.Start, end: t.End, position: t.Position, folded: folded, acronym: isAcronym(t.Term)})
		last := &tokens[len(tokens)-1]
		if before := previous(tokens); before != nil && i > 0 && before.end == stream[i-1].End && before.start == stream[i-1].Start && isName(text, stream[i-1], t) {
			name := token{start: before.start, end: t.End, position: before.position, acronym: true,
				folded: bytes.ToLower(text[before.start:t.End])}
			before.part, last.part = true, true
			tokens = append(tokens, name)
		} else if isAge(text, t) {
			last.part = true
			tokens = append(tokens, token{start: t.Start, end: t.End + 1, position: t.Position, acronym: true,
				folded: text[t.Start : t.End+1]})
		}
	}
	return tokens
}

// loosened returns the text with spaces where words are to be split, at the
// same offsets.
func loosened(text []byte) []byte {
	out := bytes.Clone(text)
	for i, c := range out {
		switch {
		case c == ':', c == '_':
			out[i] = ' '
		case c == '.' && i > 0 && isLetterByte(out[i-1]):
			out[i] = ' '
		}
	}
	return out
}

// previous returns the last token but one.
func previous(tokens []token) *token {
	if len(tokens) < 2 {
		return nil
	}
	return &tokens[len(tokens)-2]
}

// isName reports whether two words make a name such as W&I or Q&A. What comes
// after a name is no part of it.
func isName(text []byte, a, b *analysis.Token) bool {
	return b.Start == a.End+1 && text[a.End] == '&' && len(a.Term) <= 3 && len(b.Term) <= 3 &&
		isASCII(a.Term) && isASCII(b.Term)
}

// isAge reports whether a number is written as in "18-" or "18+".
func isAge(text []byte, t *analysis.Token) bool {
	if t.Type != analysis.Numeric || len(t.Term) > 3 || t.End >= len(text) || (text[t.End] != '-' && text[t.End] != '+') {
		return false
	}
	return t.End+1 == len(text) || !isWordByte(text[t.End+1])
}

func isWordByte(c byte) bool { return isLetterByte(c) || c >= '0' && c <= '9' }

// isLetterByte counts every byte of a character beyond ASCII as a letter.
func isLetterByte(c byte) bool { return c >= 0x80 || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// isAcronym reports whether a word is two to five capitals and digits.
func isAcronym(word []byte) bool {
	if len(word) < 2 || len(word) > 5 {
		return false
	}
	for _, c := range word {
		if (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// analyser makes the terms of one language. It is safe for concurrent use.
type analyser struct {
	stop  analysis.TokenMap
	stem  analysis.TokenFilter
	stems *wordCache[string]
}

// analysers is what an index needs to read texts and queries.
type analysers struct {
	nl, en *analyser
	parts  *wordCache[[]string]
	bases  *wordCache[string]
}

// isOther reports whether two Dutch words with the same stem are known to be
// different words (man, maan).
func (a analysers) isOther(word, other string) bool {
	return a.baseOf(word) != a.baseOf(other) && a.isKnown(word) && a.isKnown(other)
}

// isKnown reports whether a word is in the list of Dutch words, or a regular
// form of one that is.
func (a analysers) isKnown(word string) bool {
	if dutch.Known(word) {
		return true
	}
	base := a.baseOf(word)
	return base != word && dutch.Known(base)
}

// baseOf gives the base form of a Dutch word.
func (a analysers) baseOf(word string) string {
	base, ok := a.bases.get(word)
	if !ok {
		base = dutch.Base(word)
		a.bases.put(word, base)
	}
	return base
}

// ownBase stands before the base form of a word itself, among those of parts.
const ownBase = "="

// partsOf gives the terms of fieldParts for a Dutch word: the base forms of its
// parts and, when a word with its base form would not find it by its stem, its
// own base form (liep: loop).
func (a analysers) partsOf(word string) []string {
	list, ok := a.parts.get(word)
	if ok {
		return list
	}
	list = dutch.Parts(word)
	base := a.baseOf(word)
	stem := a.nl.stemOf(base)
	if base != word && !(strings.HasPrefix(word, stem) && a.nl.stemOf(word) == stem) || !strings.HasPrefix(word, stem) {
		list = append(slices.Clone(list), ownBase+base)
	}
	a.parts.put(word, list)
	return list
}

func newAnalysers() (analysers, error) {
	dutch, err := newAnalyser(nl.DutchStopWords, nl.NewDutchStemmerFilter())
	if err != nil {
		return analysers{}, err
	}
	english, err := newAnalyser(en.EnglishStopWords, en.NewEnglishStemmerFilter())
	return analysers{nl: dutch, en: english, parts: newWordCache[[]string](), bases: newWordCache[string]()}, err
}

func newAnalyser(stopWords []byte, stem analysis.TokenFilter) (*analyser, error) {
	stop := analysis.NewTokenMap()
	err := stop.LoadBytes(stopWords)
	return &analyser{stop: stop, stem: stem, stems: newWordCache[string]()}, err
}

// of returns the analyser of a language, Dutch when it is none of ours.
func (a analysers) of(lang rugzak.Lang) *analyser {
	if lang == rugzak.English {
		return a.en
	}
	return a.nl
}

// says reports whether a word says something: it is no stop word.
func (a *analyser) says(t token) bool { return t.acronym || !a.stop[string(t.folded)] }

// isStop reports whether a folded word is a stop word of either language.
func (a analysers) isStop(word string) bool { return a.nl.stop[word] || a.en.stop[word] }

// term gives the stem by which a word is compared; nothing for a stop word.
func (a *analyser) term(t token) string {
	if !a.says(t) {
		return ""
	}
	return a.stemOf(string(t.folded))
}

// wordOf gives the stem of a word that may say what a text is about: it has
// letters, and at least so many unless it is an acronym. Nothing for others.
func (a *analyser) wordOf(t token, letters int) string {
	if !t.acronym && (utf8.RuneCount(t.folded) < letters || !hasLetter(t.folded)) {
		return ""
	}
	return a.term(t)
}

// stemOf gives the stem of a folded word.
func (a *analyser) stemOf(word string) string {
	if stem, ok := a.stems.get(word); ok {
		return stem
	}
	one := [1]*analysis.Token{{Term: []byte(word)}}
	stem := string(a.stem.Filter(one[:])[0].Term)
	a.stems.put(word, stem)
	return stem
}

// Analyze makes an analyser one of bleve's. A text is indexed by its words as
// they are written, folded: which words belong together is decided when a
// question is asked.
func (a *analyser) Analyze(text []byte) analysis.TokenStream {
	tokens := tokenize(text)
	backing := make([]analysis.Token, 0, len(tokens))
	stream := make(analysis.TokenStream, 0, len(tokens))
	for _, t := range tokens {
		if !a.says(t) {
			continue
		}
		backing = append(backing, analysis.Token{Term: t.folded, Start: t.start, End: t.end, Position: t.position})
		stream = append(stream, &backing[len(backing)-1])
	}
	return stream
}
