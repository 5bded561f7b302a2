// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"strings"
	"time"
)

// Compass is the shared purpose with its drives (kompas).
type Compass struct {
	Purpose string // Markdown
	Drives  []Drive
	// Why is what made us change it, in one line, and Occasion the meeting or
	// round in which that was decided; both may be empty.
	Why       string
	Occasion  Subject
	Sample    bool
	Version   int
	UpdatedAt time.Time
}

// Drive is one thing that moves us (drijfveer).
type Drive struct {
	ID      DriveID
	Name    string
	Meaning string // one sentence
	// Closed: it is no longer in the compass. Entries in which it was seen keep it.
	Closed bool
}

// The limits of a compass.
const (
	MaxCompassText   = 4 << 10 // bytes
	MinCompassDrives = 4       // in use at a time
	MaxCompassDrives = 6
	MaxAllDrives     = 60 // with those that were closed
	MaxDriveName     = 60 // characters
)

// Drive returns the drive with this id.
func (c Compass) Drive(id DriveID) (Drive, bool) {
	for _, d := range c.Drives {
		if d.ID == id {
			return d, true
		}
	}
	return Drive{}, false
}

// Open lists the drives that are in the compass now.
func (c Compass) Open() []Drive {
	return slices.DeleteFunc(slices.Clone(c.Drives), func(d Drive) bool { return d.Closed })
}

// Validate checks the limits of a compass that people write.
func (c Compass) Validate() error {
	var p Problems
	if strings.TrimSpace(c.Purpose) == "" {
		p.Add("purpose", "error.required")
	}
	if len(c.Purpose) > MaxCompassText {
		p.Add("purpose", "error.body_too_long", MaxCompassText>>10)
	}
	if !cleanText(c.Purpose) {
		p.Add("purpose", "error.unprintable")
	}
	if n := len(c.Open()); n < MinCompassDrives || n > MaxCompassDrives {
		p.Add("drives", "error.compass.drives", MinCompassDrives, MaxCompassDrives)
	}
	checkCount(&p, "drives", len(c.Drives), MaxAllDrives)
	seen := map[DriveID]bool{}
	for _, d := range c.Drives {
		if !ValidSlug(string(d.ID)) || seen[d.ID] {
			p.Add("drives", "error.slug")
		}
		seen[d.ID] = true
		if d.Name == "" {
			p.Add("drives", "error.required")
		}
		checkLine(&p, "drives", d.Name, MaxDriveName)
		checkLine(&p, "drives", d.Meaning, MaxLesson)
	}
	checkLine(&p, "why", c.Why, MaxLesson)
	return p.Err()
}

// CompassReader reads what the compass was before. As it is now, it stands in
// the Movement.
type CompassReader interface {
	// PastCompasses lists the versions that were, the newest first.
	PastCompasses() ([]Compass, error)
}

// CompassWriter keeps what the compass was.
type CompassWriter interface {
	// PutPastCompass keeps a version that is no longer the newest.
	PutPastCompass(c Compass) error
	// RemovePastCompasses forgets them all: the sample content was taken away.
	RemovePastCompasses() error
}

// RoundPlan is how reflection rounds were kept before each was a record of its
// own: a set of questions that comes back. Older exports and the starter content
// hold it; the daily work makes a ReflectionRound of it.
type RoundPlan struct {
	ID        string // slug
	Title     string
	Text      string
	Weeks     int    // from one round to the next
	Start     string // day
	Questions []string
	Sample    bool
}

// Movement is what gives the backpack direction: it is small, read on most
// pages and changed seldom, so it is kept as one record.
type Movement struct {
	Compass Compass
	Agenda  []AgendaItem
	Rounds  []RoundPlan
	Phases  []Phase
	// Wordings are the sentences people replaced by their own, by key.
	Wordings []Wording
}
