// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"iter"
	"slices"
	"time"
)

// Enrichment is a request to the author of an entry to add something to it
// (verrijken). Who asks changes nothing; the author does, or not.
type Enrichment struct {
	ID     string // as made by NewID
	Entry  EntryID
	Asker  PersonID
	Points []EnrichPoint
	Text   string // a line of the asker's own; may be empty
	State  WideningState
	At     time.Time
}

// EnrichPoint is something others would like to read more about.
type EnrichPoint string

// The points.
const (
	EnrichLesson    EnrichPoint = "lesson"    // the lesson in one sentence
	EnrichResult    EnrichPoint = "result"    // what came of it
	EnrichCondition EnrichPoint = "condition" // when it works and when it does not
	EnrichTogether  EnrichPoint = "together"  // who did what
	EnrichMonday    EnrichPoint = "monday"    // what a colleague can do with it on Monday
)

// EnrichPoints lists the points in the order in which they are offered.
func EnrichPoints() []EnrichPoint {
	return []EnrichPoint{EnrichLesson, EnrichResult, EnrichCondition, EnrichTogether, EnrichMonday}
}

// MaxEnrichText is how long a line of the asker may be, in characters.
const MaxEnrichText = 300

// Expired reports whether a request is over, answered or not.
func (x Enrichment) Expired(now time.Time) bool { return !now.Before(x.At.Add(WideningLasts)) }

// Validate wants something that is asked.
func (x Enrichment) Validate() error {
	var p Problems
	if x.State == WideningOpen && len(x.Points) == 0 && x.Text == "" {
		p.Add("points", "error.enrich.nothing")
	}
	for _, point := range x.Points {
		if !slices.Contains(EnrichPoints(), point) {
			p.Add("points", "error.choose")
		}
	}
	checkLine(&p, "text", x.Text, MaxEnrichText)
	return p.Err()
}

// The notices about these requests. Who wrote without name is told without the
// entry: nothing outside the link to the author may lead from one to the other.
const (
	NoticeEnrichAsked NoticeKind = "enrich_asked"
	NoticeEnrichYes   NoticeKind = "enrich_yes"
	NoticeEnrichNo    NoticeKind = "enrich_no"
)

// EnrichmentReader reads these requests.
type EnrichmentReader interface {
	Enrichment(entry EntryID, id string) (Enrichment, error)
	// Enrichments lists those about an entry, oldest first.
	Enrichments(entry EntryID) ([]Enrichment, error)
	AllEnrichments() iter.Seq2[Enrichment, error]
}

// EnrichmentWriter writes them. They go with their entry and with the person
// who asked.
type EnrichmentWriter interface {
	SaveEnrichment(x Enrichment) error
	RemoveEnrichment(entry EntryID, id string) error
}
