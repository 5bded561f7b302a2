// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"iter"
	"slices"
	"time"
)

// ReportReason says in a code what somebody found in a text. There is no free
// text: it would repeat what should not have been written.
type ReportReason string

// The reasons.
const (
	ReasonName      ReportReason = "name"      // naam of adres
	ReasonNumber    ReportReason = "number"    // nummer
	ReasonHealth    ReportReason = "health"    // gezondheid of situatie
	ReasonStory     ReportReason = "story"     // herkenbaar verhaal
	ReasonElse      ReportReason = "else"      // anders
	ReasonRetention ReportReason = "retention" // purged because it was kept long enough
	ReasonAuthor    ReportReason = "author"    // purged by its author
	ReasonOperator  ReportReason = "operator"  // purged by the owner of the data
)

// ReportReasons lists what somebody who reports a text may choose from.
func ReportReasons() []ReportReason {
	return []ReportReason{ReasonName, ReasonNumber, ReasonHealth, ReasonStory, ReasonElse}
}

// PurgeReasons lists the codes a tombstone may have.
func PurgeReasons() []ReportReason {
	return append(ReportReasons(), ReasonRetention, ReasonAuthor, ReasonOperator)
}

// Valid reports whether a tombstone may have the code.
func (r ReportReason) Valid() bool { return slices.Contains(PurgeReasons(), r) }

// Settlement says how a report ended.
type Settlement string

// The settlements; empty is open.
const (
	SettledBack   Settlement = "back"   // false alarm: shown again as it was
	SettledMended Settlement = "mended" // the author changed the text: shown again
	SettledPurged Settlement = "purged" // gone for good
)

// Settlements lists how a privacy officer may end a report.
func Settlements() []Settlement { return []Settlement{SettledBack, SettledMended, SettledPurged} }

const (
	// MaxReportsPerDay bounds how many texts one person hides in a day.
	MaxReportsPerDay = 10
	// MaxIncidentNote is the length of a privacy officer's note, in characters.
	MaxIncidentNote = 500
	// BreachHours is within how many hours a serious breach of personal data
	// must have been reported to the authority.
	BreachHours = 72
)

// Incident is the note of a report that a text says something of a person:
// what was found when, and who could see it then. It never holds the text.
type Incident struct {
	ID    string // as made by NewID
	Entry EntryID
	Theme ThemeID // of whose thread was reported, instead of Entry
	// Response to Entry that was reported, instead of the entry itself.
	Response string
	// Meeting or Need that was reported; Entry is empty then.
	Meeting string
	Need    string
	Text    Subject // or a shared text: see Subject.Text
	Found   time.Time
	// Reason and Reporter are for privacy officers only. A whole import leaves
	// the reporter empty.
	Reason   ReportReason
	Reporter PersonID

	// What the entry was, and who could see it: State goes back when the report
	// is settled. Readers counts the people whom the audience let in.
	State        State
	Version      int
	Revision     int
	Audience     Audience
	Organisation OrganisationID
	Team         TeamID
	Readers      int

	Asked   time.Time // the author asked to show it again
	Note    string    // of the privacy officer
	Settled time.Time
	How     Settlement
	By      PersonID // who settled it
}

// Subject is what was reported, as changes and tombstones name it.
func (i Incident) Subject() string {
	switch {
	case i.Theme != "":
		return ThemeSubject(i.Theme)
	case i.Response != "":
		return ResponseSubject(i.Entry, i.Response)
	case i.Meeting != "":
		return MeetingReportSubject(i.Meeting)
	case i.Need != "":
		return RoomReportSubject(i.Need)
	case i.Text != "":
		return string(i.Text)
	}
	return EntrySubject(i.Entry)
}

// Open reports whether the incident waits for a privacy officer.
func (i Incident) Open() bool { return i.How == "" }

// Deadline is when a serious breach must have been reported to the authority.
func (i Incident) Deadline() time.Time { return i.Found.Add(BreachHours * time.Hour) }

// IncidentReader reads incidents.
type IncidentReader interface {
	Incident(id string) (Incident, error)
	// Incidents yields them newest first.
	Incidents() iter.Seq2[Incident, error]
	ReportedTextReader
}

// IncidentWriter writes incidents.
type IncidentWriter interface {
	SaveIncident(i Incident) error
	ReportedTextWriter
}
