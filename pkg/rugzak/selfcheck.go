// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"time"
)

// SelfPoint is a thing the organisations must be able to do without help from
// outside, before they carry on alone ("Kunnen we dit zelf?").
type SelfPoint string

// The points of the checklist.
const (
	SelfWelcome   SelfPoint = "welcome"   // new people find their way
	SelfThemes    SelfPoint = "themes"    // themes are bundled, their thread is written
	SelfQuestions SelfPoint = "questions" // every question gets an answer
	SelfBalls     SelfPoint = "balls"     // no ball lies still for long
	SelfMeetings  SelfPoint = "meetings"  // meetings with a method and a harvest
	SelfRounds    SelfPoint = "rounds"    // reflection rounds, to decisions
	SelfAgenda    SelfPoint = "agenda"    // the agenda moves
	SelfResults   SelfPoint = "results"   // interim results are made and explained
	SelfPartners  SelfPoint = "partners"  // partners take part as equals
	SelfManagers  SelfPoint = "managers"  // managers make room
	SelfPrivacy   SelfPoint = "privacy"   // reports and requests are settled in time
	SelfRunning   SelfPoint = "running"   // accounts, backups, updates
	SelfPeople    SelfPoint = "people"    // every role is with two people at least
)

// SelfPoints lists the points in the order in which they are shown.
func SelfPoints() []SelfPoint {
	return []SelfPoint{
		SelfWelcome, SelfThemes, SelfQuestions, SelfBalls, SelfMeetings, SelfRounds, SelfAgenda,
		SelfResults, SelfPartners, SelfManagers, SelfPrivacy, SelfRunning, SelfPeople,
	}
}

// SelfHow is how well they can.
type SelfHow string

// The answers.
const (
	SelfYes  SelfHow = "yes"
	SelfHelp SelfHow = "help" // with help
	SelfNo   SelfHow = "no"   // not yet
)

// SelfAnswers lists the answers in order.
func SelfAnswers() []SelfHow { return []SelfHow{SelfYes, SelfHelp, SelfNo} }

// SelfAnswer is what the core team said of a point. Who of them said it is not
// kept.
type SelfAnswer struct {
	Point SelfPoint
	How   SelfHow
	Note  string // what is still needed; may be empty
	At    time.Time
}

// MaxSelfNote is how long a note may be, in characters.
const MaxSelfNote = 300

// SelfCheck holds the answers in order of the points; a point without an answer
// is not in it.
type SelfCheck struct {
	Answers []SelfAnswer
	Version int
}

// Answer returns the answer of a point.
func (c SelfCheck) Answer(p SelfPoint) (SelfAnswer, bool) {
	i := slices.IndexFunc(c.Answers, func(a SelfAnswer) bool { return a.Point == p })
	if i < 0 {
		return SelfAnswer{}, false
	}
	return c.Answers[i], true
}

// Settled is how many points the organisations can do themselves.
func (c SelfCheck) Settled() int {
	n := 0
	for _, a := range c.Answers {
		if a.How == SelfYes {
			n++
		}
	}
	return n
}

// Say returns the list with these answers in place of those that were there. An
// answer that stays as it was keeps its day.
func (c SelfCheck) Say(answers []SelfAnswer, at time.Time) (SelfCheck, error) {
	var problems Problems
	out := SelfCheck{Version: c.Version}
	for _, p := range SelfPoints() {
		i := slices.IndexFunc(answers, func(a SelfAnswer) bool { return a.Point == p })
		if i < 0 {
			continue
		}
		a := answers[i]
		a.Note, a.At = Line(a.Note), at
		checkLine(&problems, "note_"+string(p), a.Note, MaxSelfNote)
		if a.How == "" && a.Note == "" {
			continue
		}
		if !slices.Contains(SelfAnswers(), a.How) {
			problems.Add("how_"+string(p), "error.choose")
		}
		if before, ok := c.Answer(p); ok && before.How == a.How && before.Note == a.Note {
			a.At = before.At
		}
		out.Answers = append(out.Answers, a)
	}
	return out, problems.Err()
}

// SelfCheckReader reads the checklist of the core team.
type SelfCheckReader interface {
	// SelfCheck returns the answers; none in a new backpack.
	SelfCheck() (SelfCheck, error)
}

// SelfCheckWriter writes the checklist of the core team.
type SelfCheckWriter interface {
	// SaveSelfCheck checks the version: base is the one that was read.
	SaveSelfCheck(c SelfCheck, base int) error
}
