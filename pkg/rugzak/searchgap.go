// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// SearchGap (wat niet gevonden wordt) is something that people searched for and
// nobody wrote about where they may read. It is kept without the people: until
// three different people asked, as marks that cannot be followed back; from
// then on as a number.
type SearchGap struct {
	Term string // the whole query, as GapTerm makes it
	// Key and Marks belong together and are there only until the gap is shown:
	// which key made the marks, and one mark for each person.
	Key   string
	Marks []string
	// Count is how often it was asked; 0 until it is shown.
	Count int
	// First and Last are weeks, such as "2026-W48": never a day.
	First, Last string
	State       GapState
}

// GapPeople is how many different people must ask before a gap is shown.
const GapPeople = 3

// The bounds of gaps.
const (
	MaxGapTerm = 100  // characters; longer queries are stories
	MaxGaps    = 5000 // of all together; new ones are left out beyond
)

// GapMonths is how long a gap is kept after it was last asked for.
const GapMonths = 12

// Shown reports whether a gap may be shown to anybody.
func (g SearchGap) Shown() bool { return g.Count >= GapPeople && len(g.Marks) == 0 }

// GapState is what was done about a gap.
type GapState string

// The states.
const (
	GapOpen    GapState = ""
	GapSolved  GapState = "solved"  // until it is asked again
	GapIgnored GapState = "ignored" // for good
)

// Valid reports whether the state exists.
func (s GapState) Valid() bool {
	return slices.Contains([]GapState{GapOpen, GapSolved, GapIgnored}, s)
}

// GapTerm is a query as it is counted: in small letters, with single spaces. It
// is empty for what is not counted: what is long, has nothing to look for, or
// asks by the name of a writer.
func GapTerm(query string) string {
	q := ParseQuery(query)
	if slices.ContainsFunc(q.Clauses, func(c Clause) bool { return c.Field == FieldFrom }) ||
		!slices.ContainsFunc(q.Clauses, func(c Clause) bool { return !c.Exclude }) {
		return ""
	}
	term := strings.Join(strings.Fields(strings.ToLower(query)), " ")
	if utf8.RuneCountInString(term) > MaxGapTerm || !cleanLine(term) {
		return ""
	}
	return term
}

// WeekOf is the week of a time. Weeks compare as strings.
func WeekOf(t time.Time) string {
	year, week := t.UTC().ISOWeek()
	return fmt.Sprintf("%04d-W%02d", year, week)
}

// SearchGapReader reads gaps. Only the code that counts and the use cases that
// show may ask.
type SearchGapReader interface {
	SearchGap(term string) (SearchGap, error)
	// SearchGaps yields all gaps by term, also those that are not shown yet.
	SearchGaps() iter.Seq2[SearchGap, error]
}

// SearchGapWriter writes gaps.
type SearchGapWriter interface {
	SaveSearchGap(g SearchGap) error
	RemoveSearchGap(term string) error // one that is gone already is no error
}

// SearchSettings are rules for searching.
type SearchSettings struct {
	// CountGaps counts searches without result, without the person.
	CountGaps bool
}
