// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"iter"
	"slices"
	"time"
)

// Widening is a request to the author of an entry: "Mag dit breder?" Only the
// author's yes changes who may read it.
type Widening struct {
	ID    string // as made by NewID
	Entry EntryID
	Asker PersonID
	// Audience is what would come on top; its level is empty when only
	// organisations would.
	Audience Audience
	State    WideningState
	At       time.Time
}

// WideningState is what became of a request.
type WideningState string

// The states of a request.
const (
	WideningOpen WideningState = "open"
	WideningYes  WideningState = "yes"
	WideningNo   WideningState = "no"
)

// The bounds of requests.
const (
	// WideningLasts is how long a request stands, and how long nobody asks the
	// same again.
	WideningLasts = 30 * 24 * time.Hour
	// MaxWidenings is how many requests one person makes in a day.
	MaxWidenings = 10
)

// Expired reports whether a request is over, answered or not.
func (w Widening) Expired(now time.Time) bool { return !now.Before(w.At.Add(WideningLasts)) }

// Widened is an audience with another on top.
func (a Audience) Widened(more Audience) Audience {
	if more.Level.Rank() > a.Level.Rank() {
		a.Level = more.Level
	}
	also := slices.Concat(a.Also, more.Also)
	slices.Sort(also)
	a.Also = slices.Compact(also)
	return a
}

// The notices about requests. Who wrote without name is told without the entry:
// nothing outside the link to the author may lead from one to the other.
const (
	NoticeWideningAsked NoticeKind = "widening_asked"
	NoticeWideningYes   NoticeKind = "widening_yes"
	NoticeWideningNo    NoticeKind = "widening_no"
)

// WideningReader reads requests.
type WideningReader interface {
	Widening(entry EntryID, id string) (Widening, error)
	// Widenings lists the requests about an entry, oldest first.
	Widenings(entry EntryID) ([]Widening, error)
	// AskedAbout lists the entries of a person, also those without name, that
	// there are requests about, of whatever kind: to widen, to enrich, or to take
	// over another text.
	AskedAbout(person PersonID) ([]EntryID, error)
	AllWidenings() iter.Seq2[Widening, error]
}

// WideningWriter writes requests. They go with their entry and with the person
// who asked.
type WideningWriter interface {
	SaveWidening(w Widening) error
	RemoveWidening(entry EntryID, id string) error
}
