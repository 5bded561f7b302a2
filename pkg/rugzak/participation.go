// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"iter"
	"slices"
	"strings"
	"time"
)

// Way is how somebody joins in. Deciding along is none of them.
type Way string

// The ways, from light to full.
const (
	WayFollow Way = "follow" // meekijken: hears of it, owes nothing
	WayThink  Way = "think"  // meedenken: asks, answers, or comes to one meeting
	WayDo     Way = "do"     // meedoen: a small step of one's own, with a day
)

// Ways lists them.
func Ways() []Way { return []Way{WayFollow, WayThink, WayDo} }

// Valid reports whether w is known.
func (w Way) Valid() bool { return slices.Contains(Ways(), w) }

// Subject names what a participation is about, as changes do: "entry:ID",
// "theme:ID", "agenda:ID" or "meeting:ID".
type Subject string

// SubjectKind is the part before the colon.
type SubjectKind string

// The kinds of subject somebody can join.
const (
	OfEntry   SubjectKind = "entry"
	OfTheme   SubjectKind = "theme"
	OfAgenda  SubjectKind = "agenda"
	OfMeeting SubjectKind = "meeting"
)

// OfRound is a reflection round: an occasion of entries, and nothing to join.
const OfRound SubjectKind = "round"

// MeetingOccasion is the occasion of what was harvested in a meeting.
func MeetingOccasion(id string) Subject { return Subject(string(OfMeeting) + ":" + id) }

// Occasion returns the meeting or the round of which something came; the kind is
// empty for what is none.
func (s Subject) Occasion() (SubjectKind, string) {
	kind, id, ok := strings.Cut(string(s), ":")
	if !ok || !ValidID(id) || SubjectKind(kind) != OfMeeting && SubjectKind(kind) != OfRound {
		return "", ""
	}
	return SubjectKind(kind), id
}

// AgendaSubject names an item of the agenda.
func AgendaSubject(id string) Subject { return Subject(string(OfAgenda) + ":" + id) }

// Split returns the kind and the id; the kind is empty for what is no subject.
func (s Subject) Split() (SubjectKind, string) {
	kind, id, ok := strings.Cut(string(s), ":")
	if !ok || !ValidSlug(id) || !slices.Contains([]SubjectKind{OfEntry, OfTheme, OfAgenda, OfMeeting}, SubjectKind(kind)) {
		return "", ""
	}
	return SubjectKind(kind), id
}

// MaxParticipations is in how much one person takes part at most.
const MaxParticipations = 1000

// Participation (meekijken, meedenken, meedoen) is how one person joins in with
// one subject. It can be changed or left at any time, without a reason.
type Participation struct {
	Person PersonID
	Of     Subject
	Way    Way
	// Step is "mijn kleine stap" and When its day, for who takes part.
	Step string
	When string
	// DoneAt is when the step was done; zero while it is promised.
	DoneAt time.Time
	// ShowName: who takes part lets others see their name. The others count only.
	ShowName bool
	Meeting  string // the one meeting somebody signed up for; may be empty
	At       time.Time
}

// Promised reports whether there is a step that was not done yet.
func (p Participation) Promised() bool { return p.Way == WayDo && p.Step != "" && p.DoneAt.IsZero() }

// Overdue reports whether the day of a promised step has passed.
func (p Participation) Overdue(now time.Time) bool {
	return p.Promised() && p.When != "" && p.When < now.UTC().Format(time.DateOnly)
}

// Validate checks the limits.
func (p Participation) Validate() error {
	var ps Problems
	if !p.Way.Valid() {
		ps.Add("way", "error.choose")
	}
	if kind, _ := p.Of.Split(); kind == "" {
		ps.Add("of", "error.choose")
	}
	checkLine(&ps, "step", p.Step, MaxLesson)
	if p.Way == WayDo && p.Step == "" {
		ps.Add("step", "error.join.step")
	}
	switch {
	case !validDay(p.When):
		ps.Add("when", "error.day")
	case p.Way == WayDo && p.When == "":
		ps.Add("when", "error.join.when")
	}
	if p.Meeting != "" && !ValidSlug(p.Meeting) {
		ps.Add("meeting", "error.choose")
	}
	return ps.Err()
}

// Participant is who joined in, with as much of the person as decides what they
// may read.
type Participant struct {
	Participation
	Member Person // id, organisation with its kind, team, and whether they are here
}

// ParticipationReader reads who joins in. What a person takes part in is
// nobody's business but theirs: use cases show totals, and names of those who
// chose so.
type ParticipationReader interface {
	Participation(person PersonID, of Subject) (Participation, error)
	// Participations lists those of a person, by subject.
	Participations(person PersonID) ([]Participation, error)
	// Participants yields who joins in with a subject, by id.
	Participants(of Subject) iter.Seq2[Participant, error]
	// PromisesOf yields the promised steps of an organisation's people, the
	// first day first.
	PromisesOf(o OrganisationID) iter.Seq2[Participation, error]
	AllParticipations() iter.Seq2[Participation, error]
}

// ParticipationWriter writes who joins in. It goes with the person and with the
// subject.
type ParticipationWriter interface {
	SaveParticipation(p Participation) error
	RemoveParticipation(person PersonID, of Subject) error
	// RemoveParticipants takes away everybody who joined in with a subject that
	// is gone.
	RemoveParticipants(of Subject) error
}
