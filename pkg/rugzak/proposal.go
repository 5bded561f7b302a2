// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"iter"
	"time"
)

// LaterAfter is after how long an entry that was put off for a theme is proposed
// again.
const LaterAfter = 14 * 24 * time.Hour

// ThemeToCome stands, in a refusal, for the theme that was proposed because its
// entries rose together, and that nobody made.
const ThemeToCome ThemeID = "+"

// ThemeRefusal says that somebody looked at an entry for a theme and did not put it
// in: not fitting, or not now. All curators share it. Without a theme it is of
// the entries that are in no theme.
type ThemeRefusal struct {
	Theme ThemeID
	Entry EntryID
	By    PersonID // empty once they left
	At    time.Time
	// Until is when the entry may be proposed again; never, without.
	Until time.Time
}

// NotFitting is a refusal for ever, Later one for a while.
func NotFitting(t ThemeID, e EntryID, by PersonID, now time.Time) ThemeRefusal {
	return ThemeRefusal{Theme: t, Entry: e, By: by, At: now}
}

// Later puts an entry off.
func Later(t ThemeID, e EntryID, by PersonID, now time.Time) ThemeRefusal {
	r := NotFitting(t, e, by, now)
	r.Until = now.Add(LaterAfter)
	return r
}

// Holds reports whether the entry is not to be proposed.
func (r ThemeRefusal) Holds(now time.Time) bool { return r.Until.IsZero() || now.Before(r.Until) }

// Validate checks a refusal that comes from elsewhere.
func (r ThemeRefusal) Validate() error {
	var p Problems
	if r.Theme != "" && r.Theme != ThemeToCome && !ValidSlug(string(r.Theme)) {
		p.Add("theme", "error.slug")
	}
	if !r.Until.IsZero() && r.Until.Before(r.At) {
		p.Add("until", "error.choose")
	}
	return p.Err()
}

// ThemeRefusalReader reads refusals.
type ThemeRefusalReader interface {
	Refusal(t ThemeID, e EntryID) (ThemeRefusal, error)
	// Refusals lists those of a theme, by entry.
	Refusals(t ThemeID) ([]ThemeRefusal, error)
	// AllRefusals yields every one, by theme and entry.
	AllRefusals() iter.Seq2[ThemeRefusal, error]
}

// ThemeRefusalWriter writes refusals. They go with the entry and with the theme.
type ThemeRefusalWriter interface {
	SaveRefusal(r ThemeRefusal) error
	RemoveRefusal(t ThemeID, e EntryID) error
}
