// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"time"
)

// Search is one question of one reader to the index.
type Search struct {
	Query  Query
	Tokens []string // ReaderTokens: without any, nothing is found
	Filter Filter
	Sort   Sort
	Size   int
	// After continues behind the last hit of a page, Before ends ahead of the
	// first: a Cursor from earlier Results of the same search. At most one.
	After, Before Cursor
	// Facets are counted. A facet with chosen values is counted as if none of
	// its own were chosen, so that others can be added to them.
	Facets []Facet
	// Archived includes entries in the archive.
	Archived bool
	// Now is the day from which the age of a text is told: of texts that are
	// found equally well by their words, newer ones stand a little higher. When
	// zero, age makes no difference.
	Now time.Time
	// Same are groups of words and phrases that mean the same: who asks for one
	// finds the others too, ranked a little lower.
	Same [][]string
	// Among limits the search to these entries, unless it is nil.
	Among []EntryID
	// Literal takes the words as they were typed: no typing error is repaired.
	Literal bool
}

// MaxPage is the largest number of hits of one page.
const MaxPage = 100

// Sort is the order of hits.
type Sort string

// The orders.
const (
	ByRelevance Sort = "relevance"
	ByNewest    Sort = "newest"
)

// Facet is a property by which hits are counted and chosen.
type Facet string

// The facets.
const (
	FacetKind         Facet = "kind"
	FacetOrganisation Facet = "organisation"
	FacetTheme        Facet = "theme"
	FacetPhase        Facet = "phase"
	FacetYear         Facet = "year"
	FacetLang         Facet = "lang"
	FacetDrive        Facet = "drive"
)

// Facets lists the facets of the search page.
func Facets() []Facet {
	return []Facet{FacetKind, FacetOrganisation, FacetTheme, FacetPhase, FacetYear, FacetLang}
}

// AllFacets lists every facet by which hits are counted and chosen: those of the
// search page, the drives, which are chosen on the page of the compass, the heaps
// of cards, and those of the library of methods.
func AllFacets() []Facet { return append(append(Facets(), FacetDrive, FacetCard), MethodFacets()...) }

// Valid reports whether hits are counted and chosen by it.
func (f Facet) Valid() bool { return slices.Contains(AllFacets(), f) }

// Filter chooses values per facet: any of the values of each facet.
type Filter map[Facet][]string

// FacetCount is a value of a facet and the number of hits that have it.
type FacetCount struct {
	Value string
	Count int
}

// Cursor is a place among the hits, made by the index. A cursor that cannot be
// read gives the first page.
type Cursor string

// Results is one page of hits with what the whole set looks like.
type Results struct {
	Hits   []Hit
	Total  int // exact
	Facets map[Facet][]FacetCount
	// Next and Previous are empty at the ends.
	Next, Previous Cursor
	// Meant is the query as it was probably meant; empty when there is nothing
	// to offer. Its words occur in what the reader may find.
	Meant string
	// Corrected says that the hits are those of Meant, because the query as it
	// was typed finds nothing.
	Corrected bool
	// Also are the words and phrases that mean the same as words of the query,
	// and were looked for too.
	Also []string
	// Position up to which the index had followed the log.
	Position Position
}

// Hit is an entry that was found. Scores are for the command line only.
type Hit struct {
	ID    EntryID
	Score float64
}

// Fragment is a piece of text with what is to be marked in it, as byte offsets
// in order and without overlap. Before and After say that text was cut off.
type Fragment struct {
	Text          string
	Marks         []Span
	Before, After bool
}

// Span is a stretch of bytes.
type Span struct{ Start, End int }
