// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"iter"
	"time"
)

// TextProposal is another text for an entry, as somebody who may not change it
// would write it. Its author sees the difference and takes it over, or not.
type TextProposal struct {
	ID                  string // as made by NewID
	Entry               EntryID
	Asker               PersonID
	Title, Lesson, Body string
	Why                 string // one line; may be empty
	// Base is the version of the entry it was made from.
	Base   int
	NotBSN []string // as the author of the entry declared them
	// State: once it is answered, what it said is gone.
	State WideningState
	At    time.Time
}

// Expired reports whether a proposal is over, answered or not.
func (x TextProposal) Expired(now time.Time) bool { return !now.Before(x.At.Add(WideningLasts)) }

// Validate checks the limits; those of the text are those of entries.
func (x TextProposal) Validate() error {
	var p Problems
	checkLine(&p, "title", x.Title, MaxTitle)
	checkLine(&p, "lesson", x.Lesson, MaxLesson)
	checkLine(&p, "why", x.Why, MaxEnrichText)
	if x.Title == "" && x.State == WideningOpen {
		p.Add("title", "error.title_required")
	}
	if len(x.Body) > MaxBody {
		p.Add("body", "error.body_too_long", MaxBody>>10)
	}
	if !cleanText(x.Body) {
		p.Add("body", "error.unprintable")
	}
	return p.Err()
}

// The notices about proposals.
const (
	NoticeTextAsked NoticeKind = "text_asked"
	NoticeTextYes   NoticeKind = "text_yes"
	NoticeTextNo    NoticeKind = "text_no"
)

// TextProposalReader reads proposals.
type TextProposalReader interface {
	TextProposal(entry EntryID, id string) (TextProposal, error)
	// TextProposals lists those about an entry, oldest first.
	TextProposals(entry EntryID) ([]TextProposal, error)
	AllTextProposals() iter.Seq2[TextProposal, error]
}

// TextProposalWriter writes proposals. They go with their entry, with its past
// and with the person who made them.
type TextProposalWriter interface {
	SaveTextProposal(x TextProposal) error
	RemoveTextProposal(entry EntryID, id string) error
}
