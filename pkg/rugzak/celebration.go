// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"fmt"
	"slices"
	"time"
)

// MaxCelebrated is how many successes are celebrated in a month.
const MaxCelebrated = 5

// Celebration (wat vieren we?) is what is celebrated in a month: successes of
// two organisations or more, each with the reason. Each reader sees those they
// may read. Who chose is not kept: the change log knows.
type Celebration struct {
	Month   string // "2026-11"
	Picks   []DigestPick
	At      time.Time
	Version int
}

// Validate checks the bounds.
func (c Celebration) Validate() error {
	var p Problems
	if c.Month == "" || !validMonth(c.Month) {
		p.Add("month", "error.choose")
	}
	checkCount(&p, "picks", len(c.Picks), MaxCelebrated)
	for i, pick := range c.Picks {
		name := fmt.Sprintf("reason_%d", i+1)
		checkLine(&p, name, pick.Reason, MaxDigestReason)
		if pick.Reason == "" {
			p.Add(name, "error.required")
		}
		if slices.ContainsFunc(c.Picks[:i], func(o DigestPick) bool { return o.Entry == pick.Entry }) {
			p.Add(fmt.Sprintf("entry_%d", i+1), "error.digest.twice")
		}
	}
	return p.Err()
}

// MonthIn is the month of a moment, as it is here.
func MonthIn(at time.Time) string { return at.In(here()).Format("2006-01") }

// VerbCelebrationSaved is the change of what is celebrated in a month.
const VerbCelebrationSaved Verb = "celebration.saved"

// CelebrationSubject is the subject of changes of a celebration.
func CelebrationSubject(month string) string { return "celebration:" + month }

// CelebrationReader reads what is celebrated.
type CelebrationReader interface {
	// Celebration returns that of a month; nothing chosen is no error.
	Celebration(month string) (Celebration, error)
	Celebrations() ([]Celebration, error) // newest first
}

// CelebrationWriter writes what is celebrated.
type CelebrationWriter interface {
	// SaveCelebration checks the version: base is the one that was read. One
	// without picks is taken away. A pick goes with its entry.
	SaveCelebration(c Celebration, base int) error
}
