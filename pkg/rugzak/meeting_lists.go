// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"iter"
	"time"
)

// MeetingList is a list in which meetings stand by the moment they begin, so
// that who looks at those to come does not read all that were.
type MeetingList string

// The lists: of whom an organisation invites, who made them, and what they are
// about.
func InvitedList(o OrganisationID) MeetingList { return MeetingList("invited:" + o) }
func MadeByList(p PersonID) MeetingList        { return MeetingList("made:" + p) }
func MeetingEntryList(e EntryID) MeetingList   { return MeetingList("entry:" + e) }
func MeetingThemeList(t ThemeID) MeetingList   { return MeetingList("theme:" + t) }

// Lists are those in which a meeting stands.
func (m Meeting) Lists() (out []MeetingList) {
	for _, o := range m.Organisations {
		out = append(out, InvitedList(o))
	}
	if m.MadeBy != "" {
		out = append(out, MadeByList(m.MadeBy))
	}
	if m.Entry != "" {
		out = append(out, MeetingEntryList(m.Entry))
	}
	if m.Theme != "" {
		out = append(out, MeetingThemeList(m.Theme))
	}
	return out
}

// InvitedLists are the lists of what a person is invited to: see Invites.
func InvitedLists(p Person) []MeetingList {
	out := []MeetingList{InvitedList(p.Organisation)}
	if p.IsMember() {
		out = append(out, InvitedList(WholeMunicipality))
	}
	return out
}

// SeenLists are lists that hold every meeting a person may see, and others: see
// CanSeeMeeting.
func SeenLists(p Person) []MeetingList { return append(InvitedLists(p), MadeByList(p.ID)) }

// UpcomingFrom is the first day of which a meeting may not have ended yet.
func UpcomingFrom(now time.Time) (day string) {
	return now.Add(-MeetingLasts).In(here()).Format(time.DateOnly)
}

// BegunBefore is the first day of which no meeting can have begun.
func BegunBefore(now time.Time) (day string) {
	return now.In(here()).AddDate(0, 0, 1).Format(time.DateOnly)
}

// MeetingReader reads meetings.
type MeetingReader interface {
	Meeting(id string) (Meeting, error)
	// Meetings lists all, by the moment they begin: for what goes over
	// everything.
	Meetings() ([]Meeting, error)
	// MeetingsFrom yields those of a list from a day on, the first one first.
	MeetingsFrom(l MeetingList, day string) iter.Seq2[Meeting, error]
	// MeetingsBefore yields those of before a day, the last one first.
	MeetingsBefore(l MeetingList, day string) iter.Seq2[Meeting, error]
}

// MeetingWriter writes meetings. When a person goes, theirs stay without them.
type MeetingWriter interface {
	// SaveMeeting checks the version as the other saves do.
	SaveMeeting(m Meeting, base int) error
	RemoveMeeting(id string) error
}
