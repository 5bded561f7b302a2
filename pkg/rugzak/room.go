// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"iter"
	"slices"
	"strings"
	"time"
)

// The bounds of needs for room.
const (
	MaxRoomText    = 300 // characters in what the room is for, and in each line about it
	MaxRoomLines   = 50  // about one need
	MaxOpenNeeds   = 50  // of one team at a time
	RoomClosedDays = 90  // how long a need that was closed is still shown
)

// RoomKind says which room is needed.
type RoomKind string

// The kinds of room.
const (
	RoomTime    RoomKind = "time"    // tijd
	RoomMoney   RoomKind = "money"   // geld
	RoomMandate RoomKind = "mandate" // mandaat
	RoomContact RoomKind = "contact" // contact
)

// RoomKinds lists the kinds in the order in which they are offered.
func RoomKinds() []RoomKind { return []RoomKind{RoomTime, RoomMoney, RoomMandate, RoomContact} }

// RoomState is what became of a need.
type RoomState string

// The states of a need.
const (
	RoomOpen   RoomState = "open"
	RoomMade   RoomState = "made"   // a manager made room
	RoomClosed RoomState = "closed" // no longer needed
)

// RoomNeed (behoefte aan ruimte) is what a person or a team needs to go on:
// only their own team sees it, its manager included. It asks for something; it
// says nothing about how anybody works.
type RoomNeed struct {
	ID           string // as made by NewID
	Organisation OrganisationID
	Team         TeamID
	// Writer is told what becomes of it, and may withdraw it. Nobody else learns
	// who it is when ForTeam is set. Empty when they are gone.
	Writer  PersonID
	ForTeam bool // namens het team: no person is named
	Kind    RoomKind
	Text    string  // what for, in one line
	Entry   EntryID // question or experiment it is for; may be empty
	State   RoomState
	Lines   []RoomLine // what was said about it, oldest first
	At      time.Time
	// DoneAt is when room was made or the need was closed.
	DoneAt time.Time
	Sample bool
	// Reported: it says something of a person, see Incident.Need.
	Reported bool
	Version  int
}

// RoomLineKind says what a line about a need is.
type RoomLineKind string

// The kinds of lines. The first three are a manager's, the last the team's.
const (
	RoomLineMade     RoomLineKind = "made"     // "ik maak ruimte": what and when
	RoomLineQuestion RoomLineKind = "question" // "vraag iets"
	RoomLineThanks   RoomLineKind = "thanks"   // "bedank"
	RoomLineAnswer   RoomLineKind = "answer"   // to a question
)

// RoomLine is one thing that was said about a need. By is empty for somebody
// who is gone.
type RoomLine struct {
	Kind RoomLineKind
	By   PersonID
	Text string // may be empty for thanks
	At   time.Time
}

// The notices of needs for room. About is the id of the need.
const (
	NoticeRoomAsked    NoticeKind = "room_asked"    // to the managers of the team
	NoticeRoomMade     NoticeKind = "room_made"     // to the writer
	NoticeRoomQuestion NoticeKind = "room_question" // to the writer
	NoticeRoomThanks   NoticeKind = "room_thanks"   // to the writer
	NoticeRoomAnswer   NoticeKind = "room_answer"   // to the manager who asked
	NoticeRoomReported NoticeKind = "room_reported" // to the writer: what to do now
	NoticeRoomSettled  NoticeKind = "room_settled"  // to the writer
)

// RoomNotice reports whether a notice is about a need for room.
func RoomNotice(k NoticeKind) bool {
	return slices.Contains([]NoticeKind{NoticeRoomAsked, NoticeRoomMade, NoticeRoomQuestion, NoticeRoomThanks, NoticeRoomAnswer, NoticeRoomReported, NoticeRoomSettled}, k)
}

// InTeam reports whether the person belongs to the team of the need.
func (n RoomNeed) InTeam(p Person) bool {
	return p.Team != "" && p.Team == n.Team && p.Organisation == n.Organisation
}

// CanAskRoom reports whether the person may say that their team needs room.
func CanAskRoom(p Person) bool { return CanPost(p) && p.Team != "" }

// RoomReportSubject is the subject of what is written down of the report of a
// need.
func RoomReportSubject(id string) string { return "room:" + id }

// The changes of a need that was reported.
const (
	VerbRoomReported Verb = "room.reported"
	VerbRoomSettled  Verb = "room.report-settled"
	VerbRoomPurged   Verb = "room.purged"
)

// RoomOf returns the need a tombstone is of.
func (t Tombstone) RoomOf() (id string, ok bool) { return strings.CutPrefix(t.Subject, "room:") }

// CanSeeRoom is the rule of who may see a need: its own team, and who wrote it;
// only who wrote it while it is reported. No role opens it to anybody else.
func CanSeeRoom(p Person, n RoomNeed) bool {
	return p.ID != "" && !p.Inactive && (n.InTeam(p) && !n.Reported || n.Writer == p.ID)
}

// CanGiveRoom reports whether the person is a manager.
func CanGiveRoom(p Person) bool { return p.can(PermRoom) && p.IsMember() }

// CanMakeRoom reports whether the person is a manager of the team of the need:
// they can make room, ask and thank. Nobody can assign, score or approve.
func CanMakeRoom(p Person, n RoomNeed) bool {
	return CanGiveRoom(p) && n.InTeam(p) && !n.Reported
}

// CanCloseRoom reports whether the person may answer for the need, close it and
// withdraw it: who wrote it, and anybody of the team when they are gone.
func CanCloseRoom(p Person, n RoomNeed) bool {
	return CanPost(p) && (n.Writer == p.ID || n.Writer == "" && n.InTeam(p))
}

// Validate checks the limits of a need.
func (n RoomNeed) Validate() error {
	var p Problems
	if !slices.Contains(RoomKinds(), n.Kind) {
		p.Add("kind", "error.choose")
	}
	if n.Text == "" {
		p.Add("text", "error.required")
	}
	checkLine(&p, "text", n.Text, MaxRoomText)
	if n.Organisation == "" || n.Team == "" {
		p.Add("team", "error.choose")
	}
	if !slices.Contains([]RoomState{RoomOpen, RoomMade, RoomClosed}, n.State) {
		p.Add("state", "error.choose")
	}
	checkCount(&p, "line", len(n.Lines), MaxRoomLines)
	for _, l := range n.Lines {
		if l.Text == "" && l.Kind != RoomLineThanks {
			p.Add("line", "error.required")
		}
		checkLine(&p, "line", l.Text, MaxRoomText)
		if !slices.Contains([]RoomLineKind{RoomLineMade, RoomLineQuestion, RoomLineThanks, RoomLineAnswer}, l.Kind) {
			p.Add("line", "error.choose")
		}
	}
	return p.Err()
}

// RoomReader reads needs for room.
type RoomReader interface {
	RoomNeed(id string) (RoomNeed, error)
	// RoomNeeds lists those of a team, oldest first.
	RoomNeeds(o OrganisationID, t TeamID) ([]RoomNeed, error)
	// AllRoomNeeds yields every need, by id.
	AllRoomNeeds() iter.Seq2[RoomNeed, error]
}

// RoomWriter writes needs for room. When a person goes, their needs and lines
// stay without them.
type RoomWriter interface {
	// SaveRoomNeed checks the version as the other saves do.
	SaveRoomNeed(n RoomNeed, base int) error
	RemoveRoomNeed(id string) error
}
