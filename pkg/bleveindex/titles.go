// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"rugzak/pkg/rugzak"
)

// fieldTitleWords holds the words of titles and tags as they are written, each
// with its place: what is suggested while typing are words, not the base forms
// by which texts are found.
const fieldTitleWords = "titlewords"

// wordPlace is where a word stands. It is the first byte of a term. There are few,
// because the same word at another place is another term: all places of a title
// apart would take twice the room.
type wordPlace byte

const (
	atBegin wordPlace = '1' + iota // the first word of a title
	inTitle
	inTag
)

// titleTerms are the terms of fieldTitleWords: place and word.
func titleTerms(d rugzak.Document) []string {
	var terms []string
	add := func(place wordPlace, text string, t token) {
		terms = append(terms, string(rune(place))+string(newTitleWord(text, t)))
	}
	for _, t := range tokenize([]byte(d.Title)) {
		if t.position == 1 {
			add(atBegin, d.Title, t)
		} else {
			add(inTitle, d.Title, t)
		}
	}
	for _, tag := range d.Tags {
		for _, t := range tokenize([]byte(tag)) {
			add(inTag, tag, t)
		}
	}
	return terms
}

// titleWord is a word of titles in one spelling: folded and, where that differs,
// as it is shown, which is in lower case unless it is written in capitals.
type titleWord string

func newTitleWord(text string, t token) titleWord {
	shown := text[t.start:t.end]
	if !t.acronym {
		shown = strings.ToLower(shown)
	}
	if shown == string(t.folded) || len(shown) > 2*maxTerm || strings.ContainsRune(shown, 0) {
		return titleWord(t.folded)
	}
	return titleWord(string(t.folded) + "\x00" + shown)
}

func (w titleWord) folded() string {
	folded, _, _ := strings.Cut(string(w), "\x00")
	return folded
}

func (w titleWord) shown() string {
	if _, shown, differs := strings.Cut(string(w), "\x00"); differs {
		return shown
	}
	return string(w)
}

// titles are the words of the titles of one segment, in memory (four bytes for
// each place of a word, and the words themselves), with the texts
// that have them: word w stands at at[starts[w]:starts[w+1]]. A segment never
// changes. Who may see a text is never decided by this.
type titles struct {
	words  []titleWord // sorted
	starts []uint32
	at     []placed // of each word in the order of the texts
}

// placed is a text and where in it a word stands.
type placed uint32

const placeBits = 2

func newPlaced(doc uint32, place wordPlace) placed {
	return placed(doc<<placeBits | uint32(place-atBegin))
}
func (p placed) doc() uint32      { return uint32(p) >> placeBits }
func (p placed) place() wordPlace { return atBegin + wordPlace(p&(1<<placeBits-1)) }

// span is a stretch of the sorted words.
type span struct{ first, end int }

// spanOf finds the words that equal, or with open begin with, a folded word.
func (t *titles) spanOf(folded string, open bool) span {
	first := sort.Search(len(t.words), func(i int) bool { return t.words[i] >= titleWord(folded) })
	beyond := folded + "\x01" // behind all spellings of the word
	if open {
		beyond = folded + "\xff" // no byte of a text
	}
	rest := t.words[first:]
	return span{first, first + sort.Search(len(rest), func(i int) bool { return rest[i] >= titleWord(beyond) })}
}

// of are the places of a word.
func (t *titles) of(word int) []placed { return t.at[t.starts[word]:t.starts[word+1]] }

// readTitles reads them from a segment, where words at other places are other
// terms.
func readTitles(s *scorch.SegmentSnapshot) (*titles, error) {
	dict, err := s.Segment().Dictionary(fieldTitleWords)
	if err != nil {
		return nil, fmt.Errorf("reading words of titles: %w", err)
	}
	places := map[titleWord][]placed{}
	total := 0
	terms := dict.AutomatonIterator(nil, nil, nil)
	for {
		e, err := terms.Next()
		if err != nil {
			return nil, fmt.Errorf("reading words of titles: %w", err)
		}
		if e == nil {
			break
		}
		docs, err := postingsOf(s, fieldTitleWords, e.Term, nil)
		if err != nil {
			return nil, err
		}
		place, word := wordPlace(e.Term[0]), titleWord(e.Term[1:])
		at := places[word]
		for it := docs.Iterator(); it.HasNext(); total++ {
			at = append(at, newPlaced(it.Next(), place))
		}
		places[word] = at
	}
	t := &titles{words: make([]titleWord, 0, len(places)), starts: make([]uint32, 1, len(places)+1), at: make([]placed, 0, total)}
	for word := range places {
		t.words = append(t.words, word)
	}
	slices.Sort(t.words)
	for _, word := range t.words {
		at := places[word]
		slices.Sort(at)
		t.at = append(t.at, at...)
		t.starts = append(t.starts, uint32(len(t.at)))
	}
	return t, nil
}
