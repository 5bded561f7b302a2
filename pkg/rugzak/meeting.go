// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // the zone must also be known in an empty container image
)

// The bounds of meetings.
const (
	MaxMeetingTitle = 120 // characters
	MaxMeetingPlace = 300
	// MeetingLasts is how long a meeting without an end takes in a calendar.
	MeetingLasts = time.Hour
)

// Meeting (bijeenkomst) is when people see each other. Who is invited sees it.
type Meeting struct {
	ID    string // as made by NewID
	Title string
	Day   string // "2026-12-03"
	Start string // "14:00", as the clock says in the Netherlands
	End   string // may be empty
	Place string // where, or the address of an online meeting; may be empty
	// Entry or Theme is what it is about; both may be empty. A reader who may
	// not see that does not see the meeting either, unless they signed up.
	Entry EntryID
	Theme ThemeID
	// Method is the working method it is done by; may be empty. Who may not read
	// it sees the meeting without it.
	Method EntryID
	// Organisations are invited: their members see it and can sign up.
	// WholeMunicipality stands for all departments.
	Organisations []OrganisationID
	MadeBy        PersonID // empty when they are gone
	Cancelled     bool
	Reported      bool // it says something of a person: see Incident.Meeting
	Sample        bool
	At            time.Time
	UpdatedAt     time.Time
	Version       int
}

// SampleMeeting is a meeting of the starter content: so many days after it is
// loaded. Its entry is a slug.
type SampleMeeting struct {
	Meeting
	InDays int
}

// The notices of meetings. About is the id of the meeting.
const (
	NoticeMeetingCancelled NoticeKind = "meeting_cancelled" // to who signed up
	NoticeMeetingMoved     NoticeKind = "meeting_moved"     // to who signed up
	NoticeMeetingReported  NoticeKind = "meeting_reported"  // to its maker: what to do now
	NoticeMeetingSettled   NoticeKind = "meeting_settled"   // to its maker
)

// MeetingNotice reports whether a notice is about a meeting.
func MeetingNotice(k NoticeKind) bool {
	return slices.Contains([]NoticeKind{NoticeMeetingCancelled, NoticeMeetingMoved, NoticeMeetingReported, NoticeMeetingSettled}, k)
}

// MeetingReportSubject is the subject of what is written down of the report of a
// meeting.
func MeetingReportSubject(id string) string { return "meeting:" + id }

// The changes of a meeting that was reported.
const (
	VerbMeetingReported Verb = "meeting.reported"
	VerbMeetingSettled  Verb = "meeting.report-settled"
	VerbMeetingPurged   Verb = "meeting.purged"
)

// MeetingOf returns the meeting a tombstone is of.
func (t Tombstone) MeetingOf() (id string, ok bool) { return strings.CutPrefix(t.Subject, "meeting:") }

// here is where the people of the backpack live: clocks stand as they do there.
var here = sync.OnceValue(func() *time.Location {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic("rugzak: a zone that is built in must be there: " + err.Error())
	}
	return zone
})

func (m Meeting) moment(clock string) time.Time {
	at, err := time.ParseInLocation(time.DateOnly+" 15:04", m.Day+" "+clock, here())
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}

// Begins is the moment it begins; zero when the day or the time is none.
func (m Meeting) Begins() time.Time { return m.moment(m.Start) }

// Ends is the moment it ends.
func (m Meeting) Ends() time.Time {
	if m.End != "" {
		return m.moment(m.End)
	}
	if begins := m.Begins(); !begins.IsZero() {
		return begins.Add(MeetingLasts)
	}
	return time.Time{}
}

// Upcoming reports whether it has not ended yet.
func (m Meeting) Upcoming(now time.Time) bool { return m.Ends().After(now) }

// Online reports whether the place is an address on the web.
func (m Meeting) Online() bool {
	return strings.HasPrefix(m.Place, "https://") && !strings.ContainsAny(m.Place, " \"<>\\")
}

// Invites reports whether somebody of this organisation is invited.
func (m Meeting) Invites(p Person) bool {
	return slices.Contains(m.Organisations, p.Organisation) ||
		p.IsMember() && slices.Contains(m.Organisations, WholeMunicipality)
}

// CanSeeMeeting is the rule of who may see a meeting: who is invited, and who
// made it; only its maker while it is reported. readsAbout says that they may see
// what it is about, signedUp that they said to come.
func CanSeeMeeting(p Person, m Meeting, readsAbout, signedUp bool) bool {
	if p.ID == "" || p.Inactive {
		return false
	}
	return m.MadeBy == p.ID || !m.Reported && m.Invites(p) && (readsAbout || signedUp)
}

// CanChangeMeeting reports whether the person may change or cancel a meeting
// they see: who made it, and facilitators and the core team.
func CanChangeMeeting(p Person, m Meeting) bool {
	return CanPost(p) && (m.MadeBy == p.ID || CanCurate(p))
}

// Validate checks the limits of a meeting.
func (m Meeting) Validate() error {
	var p Problems
	if m.Title == "" {
		p.Add("title", "error.required")
	}
	checkLine(&p, "title", m.Title, MaxMeetingTitle)
	checkLine(&p, "place", m.Place, MaxMeetingPlace)
	switch {
	case m.Day == "":
		p.Add("day", "error.required")
	case !validDay(m.Day):
		p.Add("day", "error.day")
	}
	switch {
	case m.Start == "":
		p.Add("start", "error.required")
	case !validClock(m.Start):
		p.Add("start", "error.clock")
	}
	switch {
	case m.End == "":
	case !validClock(m.End):
		p.Add("end", "error.clock")
	case m.End <= m.Start:
		p.Add("end", "error.meeting_end")
	}
	if m.Entry != "" && m.Theme != "" {
		p.Add("title", "error.choose")
	}
	if len(m.Organisations) == 0 {
		p.Add("organisations", "error.choose")
	}
	checkCount(&p, "organisations", len(m.Organisations), MaxAlso)
	return p.Err()
}

// validClock accepts "09:05".
func validClock(s string) bool {
	_, err := time.Parse("15:04", s)
	return err == nil && len(s) == len("15:04")
}
