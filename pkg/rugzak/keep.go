// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"iter"
	"slices"
	"time"
	"unicode/utf8"
)

// The limits of a keep, in characters.
const (
	MaxPurpose  = 200
	MaxKeepNote = 2000
)

// KeepAnswer is what somebody says when they are asked whether they used what
// they took along.
type KeepAnswer string

// The answers.
const (
	KeepUsed   KeepAnswer = "used"    // ja
	KeepNotYet KeepAnswer = "not-yet" // nog niet: ask again after the same time
	KeepUnfit  KeepAnswer = "unfit"   // past toch niet: ask no more
)

// KeepAnswers lists the answers in the order in which they are offered.
func KeepAnswers() []KeepAnswer { return []KeepAnswer{KeepUsed, KeepNotYet, KeepUnfit} }

// NoticeKeepDue asks whether somebody used what they took along.
const NoticeKeepDue NoticeKind = "keep_due"

// Keep is an entry taken along in a person's backpack (meenemen). Nobody but
// that person sees it.
type Keep struct {
	Person  PersonID
	Entry   EntryID
	Purpose string // "voor het overleg met de woningcorporatie"; may be empty
	Note    string // of one's own, plain lines; may be empty
	At      time.Time
	// Weeks is after how long they are asked whether they used it; 0 for never.
	Weeks int
	// RemindAt is when they are asked next; zero when that is not planned.
	RemindAt time.Time
	AskedAt  time.Time  // when they were last asked
	Answer   KeepAnswer // what they said since; empty when nothing
}

// Due reports whether the person is to be asked, or was and did not answer.
func (k Keep) Due(now time.Time) bool {
	return k.Waiting() || !k.RemindAt.IsZero() && !now.Before(k.RemindAt)
}

// Waiting reports whether the person was asked and did not answer.
func (k Keep) Waiting() bool { return k.RemindAt.IsZero() && !k.AskedAt.IsZero() && k.Answer == "" }

// Remind plans the question some weeks after a moment; 0 asks never.
func (k *Keep) Remind(weeks int, from time.Time) {
	k.Weeks, k.RemindAt = weeks, time.Time{}
	if weeks > 0 {
		k.RemindAt = from.AddDate(0, 0, 7*weeks)
	}
}

// Ask writes down that the person is asked now.
func (k *Keep) Ask(now time.Time) { k.RemindAt, k.AskedAt, k.Answer = time.Time{}, now, "" }

// Say writes down the answer: after "not yet" they are asked again after the
// same time, or after the usual one when it was not planned.
func (k *Keep) Say(answer KeepAnswer, usual int, now time.Time) {
	k.Answer, k.RemindAt = answer, time.Time{}
	if answer != KeepNotYet {
		return
	}
	if k.Weeks == 0 {
		k.Weeks = usual
	}
	k.Remind(k.Weeks, now)
}

// KeepWeeks are the times after which somebody may choose to be asked; beside
// them 0 for never, and what is usual on this site.
func KeepWeeks() []int { return []int{2, 4, 6, 8, 13, 26} }

// MaxKeepWeeks is the longest time after which somebody is asked.
const MaxKeepWeeks = 104

// Validate checks the limits of a keep.
func (k Keep) Validate() error {
	var p Problems
	checkLine(&p, "purpose", k.Purpose, MaxPurpose)
	if utf8.RuneCountInString(k.Note) > MaxKeepNote {
		p.Add("note", "error.too_long", MaxKeepNote)
	} else if !cleanText(k.Note) {
		p.Add("note", "error.unprintable")
	}
	if k.Weeks < 0 || k.Weeks > MaxKeepWeeks {
		p.Add("weeks", "error.choose")
	}
	if k.Answer != "" && !slices.Contains(KeepAnswers(), k.Answer) {
		p.Add("answer", "error.choose")
	}
	return p.Err()
}

// LoopSettings are rules for the learning loop.
type LoopSettings struct {
	// KeepWeeks is after how many weeks somebody is asked whether they used what
	// they took along, unless they choose otherwise; 0 asks only who chooses it.
	KeepWeeks int
}

func (s LoopSettings) check(p *Problems) {
	if s.KeepWeeks < 0 || s.KeepWeeks > MaxKeepWeeks {
		p.Add("keep_weeks", "error.keep_weeks", MaxKeepWeeks)
	}
}

// KeepReader reads what people took along.
type KeepReader interface {
	Keep(person PersonID, entry EntryID) (Keep, error)
	Keeps(person PersonID) ([]Keep, error) // newest first
	// KeepsAfter yields the same, beginning after a mark: what a page of them
	// costs does not depend on how many there are.
	KeepsAfter(person PersonID, after Mark) iter.Seq2[Keep, error]
	AllKeeps() iter.Seq2[Keep, error]
	// Keepers lists who took an entry along.
	Keepers(entry EntryID) ([]PersonID, error)
	// DueKeeps lists the keeps whose keeper is to be asked by now, at most
	// limit, those that wait longest first. What it costs depends on how many
	// are due, not on how many there are.
	DueKeeps(now time.Time, limit int) ([]Keep, error)
	// AskedKeeps lists the keeps a person was asked about and did not answer.
	// What it costs depends on how many those are.
	AskedKeeps(person PersonID) ([]Keep, error)
}

// KeepWriter writes down what people take along.
type KeepWriter interface {
	SaveKeep(k Keep) error
	RemoveKeep(person PersonID, entry EntryID) error
}
