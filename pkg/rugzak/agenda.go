// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"time"
)

// Horizon is how far away an agenda item lies.
type Horizon string

// The horizons.
const (
	HorizonNow      Horizon = "now"
	HorizonThisYear Horizon = "this-year"
	HorizonLater    Horizon = "later"
)

// Horizons lists the horizons from near to far.
func Horizons() []Horizon { return []Horizon{HorizonNow, HorizonThisYear, HorizonLater} }

// AgendaItem is an item of the future agenda (agendapunt).
type AgendaItem struct {
	ID            string // slug
	Title         string
	Text          string // plain lines
	Horizon       Horizon
	Organisations []OrganisationID // who leads
	// Questions are the questions beneath it, Successes the successes it led to.
	Questions []EntryID
	Successes []EntryID
	// Progress is told in words, oldest first.
	Progress []AgendaProgress
	// DoneAt is when it was finished; zero while it is not. Learned is what we
	// learned then, in one line; may be empty.
	DoneAt  time.Time
	Learned string
	// Occasion is the meeting or round in which it came up; may be empty.
	Occasion Subject
	Sample   bool
	// Version grows with every change of what its form holds.
	Version   int
	UpdatedAt time.Time
}

// AgendaProgress is how far an item is, as somebody of an organisation told it.
type AgendaProgress struct {
	At           time.Time
	Organisation OrganisationID
	Text         string // one line
}

// The limits of the agenda.
const (
	MaxAgenda         = 200 // items
	MaxAgendaText     = 2000
	MaxAgendaLinks    = 50 // questions, and successes, of one item
	MaxAgendaProgress = 60
)

// Done reports whether the item is finished.
func (a AgendaItem) Done() bool { return !a.DoneAt.IsZero() }

// Newest is the last that was told of its progress; nil when nothing was.
func (a AgendaItem) Newest() *AgendaProgress {
	if len(a.Progress) == 0 {
		return nil
	}
	return &a.Progress[len(a.Progress)-1]
}

// Item returns the item of the agenda with this id.
func (m Movement) Item(id string) (AgendaItem, bool) {
	for _, a := range m.Agenda {
		if a.ID == id {
			return a, true
		}
	}
	return AgendaItem{}, false
}

// Validate checks the limits of an item.
func (a AgendaItem) Validate() error {
	var p Problems
	if !ValidSlug(a.ID) {
		p.Add("id", "error.slug")
	}
	checkName(&p, "title", a.Title)
	checkText(&p, "text", a.Text, MaxAgendaText)
	if !slices.Contains(Horizons(), a.Horizon) {
		p.Add("horizon", "error.choose")
	}
	checkCount(&p, "organisations", len(a.Organisations), MaxAlso)
	checkCount(&p, "questions", len(a.Questions), MaxAgendaLinks)
	checkCount(&p, "successes", len(a.Successes), MaxAgendaLinks)
	checkCount(&p, "progress", len(a.Progress), MaxAgendaProgress)
	for _, l := range a.Progress {
		if l.Text == "" {
			p.Add("progress", "error.required")
		}
		checkLine(&p, "progress", l.Text, MaxLesson)
	}
	checkLine(&p, "learned", a.Learned, MaxLesson)
	return p.Err()
}

// CanProgress reports whether the person may tell how far an item is, link what
// belongs to it and finish it: facilitators and the core team, and everybody of
// an organisation that leads it.
func CanProgress(p Person, a AgendaItem) bool {
	return CanCurate(p) || CanPost(p) && slices.Contains(a.Organisations, p.Organisation)
}

// NoticeAgendaMoved tells who joins in with an item that something happened to
// it. About is the id of the item.
const NoticeAgendaMoved NoticeKind = "agenda_moved"

// The changes of the agenda.
const (
	VerbAgendaSaved    Verb = "agenda.saved"
	VerbAgendaMoved    Verb = "agenda.moved"    // to another horizon, finished or taken up again
	VerbAgendaProgress Verb = "agenda.progress" // told in words
	VerbAgendaLinked   Verb = "agenda.linked"   // with a question or a success
	VerbAgendaRemoved  Verb = "agenda.removed"
	VerbCompassSaved   Verb = "compass.saved"
	VerbPhasesSaved    Verb = "phases.saved"
	VerbWordingsSaved  Verb = "wordings.saved"
)
