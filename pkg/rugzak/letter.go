// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"fmt"
	"slices"
	"time"
)

// The bounds of a theme letter.
const (
	MaxLetterEntries = 3
	MaxLetterLead    = 600 // characters
	MaxLetterWhy     = 160
	MaxLetterDate    = 120
	// LetterPause is how long a theme has no other letter, so that whoever
	// follows it is not mailed more often.
	LetterPause = 7 * 24 * time.Hour
)

// LetterPick is an entry in a theme letter, and why it is there.
type LetterPick struct {
	Entry EntryID
	Why   string
}

// ThemeLetter (themabrief) tells of a theme: its common thread, three entries,
// one open question, one working method and one date. Each reader sees of it
// what they may read at that moment. It holds no text of others.
type ThemeLetter struct {
	ID     string // as made by NewID
	Theme  ThemeID
	Lead   string // a few lines of who sends it; may be empty
	Thread int    // the version of the thread it tells
	Picks  []LetterPick
	// Question and Method are entries; may be empty.
	Question EntryID
	Method   EntryID
	// Meeting is the date; or Day with What happens then. All may be empty.
	Meeting string
	Day     string // "2026-12-03"
	What    string
	NotBSN  []string
	At      time.Time
	// SentAt is zero for one that is being made: its curators see it.
	SentAt  time.Time
	Version int
}

// Sent reports whether its readers may see it.
func (l ThemeLetter) Sent() bool { return !l.SentAt.IsZero() }

// Entries are those it tells of.
func (l ThemeLetter) Entries() (out []EntryID) {
	for _, p := range l.Picks {
		out = append(out, p.Entry)
	}
	for _, id := range []EntryID{l.Question, l.Method} {
		if id != "" {
			out = append(out, id)
		}
	}
	return out
}

// Without is the letter without an entry that is gone; some is false when it
// was not in it.
func (l ThemeLetter) Without(id EntryID) (_ ThemeLetter, some bool) {
	had := len(l.Entries())
	l.Picks = slices.DeleteFunc(slices.Clone(l.Picks), func(p LetterPick) bool { return p.Entry == id })
	if l.Question == id {
		l.Question = ""
	}
	if l.Method == id {
		l.Method = ""
	}
	return l, len(l.Entries()) < had
}

// Validate checks the bounds.
func (l ThemeLetter) Validate() error {
	var p Problems
	if !ValidSlug(string(l.Theme)) {
		p.Add("theme", "error.slug")
	}
	checkLine(&p, "lead", l.Lead, MaxLetterLead)
	checkCount(&p, "picks", len(l.Picks), MaxLetterEntries)
	for i, pick := range l.Picks {
		checkLine(&p, fmt.Sprintf("why_%d", i+1), pick.Why, MaxLetterWhy)
		if slices.ContainsFunc(l.Picks[:i], func(o LetterPick) bool { return o.Entry == pick.Entry }) {
			p.Add(fmt.Sprintf("entry_%d", i+1), "error.digest.twice")
		}
	}
	switch {
	case !validDay(l.Day):
		p.Add("day", "error.day")
	case l.Day == "" && l.What != "":
		p.Add("day", "error.required")
	case l.Day != "" && l.What == "":
		p.Add("what", "error.required")
	}
	if l.Meeting != "" && !ValidSlug(l.Meeting) {
		p.Add("meeting", "error.choose")
	}
	if l.Meeting != "" && l.Day != "" {
		p.Add("day", "error.letter.one_date")
	}
	checkLine(&p, "what", l.What, MaxLetterDate)
	return p.Err()
}

// NoticeThemeLetter tells who joins in with a theme that there is a letter.
// About is the id of the letter.
const NoticeThemeLetter NoticeKind = "theme_letter"

// The changes of a letter.
const (
	VerbLetterSaved Verb = "letter.saved"
	VerbLetterSent  Verb = "letter.sent"

	VerbLetterRemoved Verb = "letter.removed"
)

// LetterSubject is the subject of changes of a letter.
func LetterSubject(id string) string { return "letter:" + id }

// LetterReader reads theme letters.
type LetterReader interface {
	ThemeLetter(id string) (ThemeLetter, error)
	// ThemeLetters lists those of a theme, newest first.
	ThemeLetters(theme ThemeID) ([]ThemeLetter, error)
	AllThemeLetters() ([]ThemeLetter, error) // by id
}

// LetterWriter writes theme letters. They go with their theme; what they say of
// an entry goes with the entry.
type LetterWriter interface {
	// SaveThemeLetter checks the version: base is the one that was read.
	SaveThemeLetter(l ThemeLetter, base int) error
	RemoveThemeLetter(id string) error
}
