// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "time"

// RequestKind says what a person asks about their own data.
type RequestKind string

// The kinds.
const (
	// RequestCorrection asks to put something right that the person cannot
	// change themselves.
	RequestCorrection RequestKind = "correction"
	// RequestErasure asks to be forgotten; what was shared stays without name.
	RequestErasure RequestKind = "erasure"
	// RequestErasureTexts asks to be forgotten with everything that was written.
	RequestErasureTexts RequestKind = "erasure-texts"
)

// RequestKinds lists the kinds.
func RequestKinds() []RequestKind {
	return []RequestKind{RequestCorrection, RequestErasure, RequestErasureTexts}
}

// MaxRequest is the longest text of a request, in characters.
const MaxRequest = 500

// PersonRequest is what somebody asks about their own data. It waits for an
// administrator, and is gone once it was settled.
type PersonRequest struct {
	ID     string // as made by NewID
	Person PersonID
	Kind   RequestKind
	Text   string // what must be put right; for a correction only
	At     time.Time
}

// DueAt is when the law wants an answer: within a month.
func (r PersonRequest) DueAt() time.Time { return r.At.AddDate(0, 1, 0) }

// The notices of requests.
const (
	NoticeRequest        NoticeKind = "person_request"         // to administrators
	NoticeRequestDone    NoticeKind = "person_request_done"    // to who asked
	NoticeRequestRefused NoticeKind = "person_request_refused" // to who asked
)

// RequestReader reads requests.
type RequestReader interface {
	PersonRequest(id string) (PersonRequest, error)
	// PersonRequests lists those that wait, oldest first.
	PersonRequests() ([]PersonRequest, error)
}

// RequestWriter writes requests. They go with their person.
type RequestWriter interface {
	SavePersonRequest(r PersonRequest) error
	RemovePersonRequest(id string) error
}

// OwnData is what the backpack holds about a person, for that person: the part
// that is not their texts. Field names are those of the file they get.
type OwnData struct {
	Made         time.Time     `json:"made"`
	ID           PersonID      `json:"id"`
	Name         string        `json:"name"`
	Email        string        `json:"email"`
	Organisation string        `json:"organisation"`
	Team         string        `json:"team,omitempty"`
	Roles        []Role        `json:"roles"`
	Language     Lang          `json:"language,omitempty"`
	TourDone     bool          `json:"was_shown_around,omitempty"`
	Visual       bool          `json:"writes_with_formatting,omitempty"`
	Why          string        `json:"why,omitempty"`
	WhyFor       string        `json:"why_visible_to,omitempty"`
	RoomNeeds    []OwnRoomNeed `json:"needs_for_room,omitempty"`
	Meetings     []OwnMeeting  `json:"meetings_made,omitempty"`
	Entries      int           `json:"entries"`
	WithoutName  int           `json:"entries_without_name"`
	Drafts       int           `json:"drafts"`
	Withdrawn    int           `json:"withdrawn"`
	Keeps        []OwnKeep     `json:"keeps,omitempty"`
	Joined       []OwnJoined   `json:"joined,omitempty"`
	Led          []OwnTurn     `json:"led,omitempty"`
	Searches     []OwnSearch   `json:"saved_searches,omitempty"`
	Feeds        []OwnFeed     `json:"feeds,omitempty"`
	Responses    []OwnResponse `json:"responses,omitempty"`
	Asks         []OwnAsk      `json:"asked_of_writers,omitempty"`
	Signals      []OwnSignal   `json:"signals,omitempty"`
	Sessions     []OwnSession  `json:"sessions,omitempty"`
	Notices      []OwnNotice   `json:"notices,omitempty"`
	Messages     OwnMessages   `json:"messages"`
	Requests     []OwnRequest  `json:"requests,omitempty"`
	Audit        []OwnAuditAct `json:"audit,omitempty"`
	AuditMore    bool          `json:"audit_has_more,omitempty"`
	Factors      []OwnFactor   `json:"factors,omitempty"`
	Identities   []OwnIdentity `json:"identities,omitempty"`
}

// OwnKeep is something a person took along.
type OwnKeep struct {
	Entry    EntryID    `json:"entry"`
	Title    string     `json:"title,omitempty"`
	Purpose  string     `json:"purpose,omitempty"`
	Note     string     `json:"note,omitempty"`
	At       time.Time  `json:"at"`
	RemindAt time.Time  `json:"remind_at,omitzero"`
	AskedAt  time.Time  `json:"asked_at,omitzero"`
	Answer   KeepAnswer `json:"answer,omitempty"`
}

// OwnJoined is something a person joined in with.
type OwnJoined struct {
	Of       Subject   `json:"of"`
	Title    string    `json:"title,omitempty"`
	Way      Way       `json:"way"`
	Step     string    `json:"step,omitempty"`
	When     string    `json:"when,omitempty"`
	Done     time.Time `json:"done,omitzero"`
	ShowName bool      `json:"shows_name,omitempty"`
	At       time.Time `json:"at"`
}

// OwnTurn is a time in which a person leads or led a question.
type OwnTurn struct {
	Entry EntryID   `json:"entry"`
	From  time.Time `json:"from"`
	Until time.Time `json:"until,omitzero"`
}

// OwnMessages is how a person wants to be told; of the kinds those they chose
// about.
type OwnMessages struct {
	Digest bool                           `json:"message_of_the_week_by_mail"`
	Quiet  bool                           `json:"no_mail_at_once"`
	Kinds  map[NoticeGroup]OwnMessageKind `json:"kinds,omitempty"`
	Week   Week                           `json:"last_week_mailed,omitempty"`
}

// OwnMessageKind is what a person chose for a kind of notices.
type OwnMessageKind struct {
	Hidden bool    `json:"not_in_the_site"`
	Mail   MailWay `json:"mail"`
}

// OwnResponse is something a person said about an entry.
type OwnResponse struct {
	ID        string       `json:"id"`
	Entry     EntryID      `json:"entry"`
	Title     string       `json:"title,omitempty"`
	Kind      ResponseKind `json:"kind"`
	Text      string       `json:"text"`
	At        time.Time    `json:"at"`
	EditedAt  time.Time    `json:"edited_at,omitzero"`
	Withdrawn bool         `json:"withdrawn,omitempty"`
	Reported  bool         `json:"reported,omitempty"`
	// Unseen: the person may not read any more what it is about.
	Unseen bool `json:"unseen,omitempty"`
}

// OwnSignal is a word of recognition or thanks that a person gave.
type OwnSignal struct {
	Entry EntryID    `json:"entry"`
	Title string     `json:"title,omitempty"`
	Kind  SignalKind `json:"kind"`
	At    time.Time  `json:"at"`
}

// OwnSearch is a search a person saved.
type OwnSearch struct {
	Name   string    `json:"name"`
	Query  string    `json:"query,omitempty"`
	Filter Filter    `json:"filter,omitempty"`
	Notify bool      `json:"notify,omitempty"`
	At     time.Time `json:"at"`
}

// OwnRoomNeed is a need for room a person wrote, or a line they wrote about one.
type OwnRoomNeed struct {
	Kind    RoomKind  `json:"kind"`
	Text    string    `json:"text,omitempty"` // of the need, when it is theirs
	State   RoomState `json:"state"`
	ForTeam bool      `json:"for_team,omitempty"`
	Lines   []string  `json:"lines,omitempty"` // theirs
	At      time.Time `json:"at"`
}

// OwnMeeting is a meeting a person made.
type OwnMeeting struct {
	Title string    `json:"title"`
	Day   string    `json:"day"`
	Start string    `json:"start"`
	At    time.Time `json:"at"`
}

// OwnFeed is a private address of a feed; the address itself is not among it,
// because nobody knows it any more.
type OwnFeed struct {
	Name   string    `json:"name"`
	Kind   FeedKind  `json:"kind"`
	At     time.Time `json:"at"`
	UsedAt time.Time `json:"used_on,omitzero"`
}

// OwnSession is a browser in which a person is signed in.
type OwnSession struct {
	CreatedAt time.Time `json:"created_at"`
	SeenAt    time.Time `json:"seen_at"`
}

// OwnFactor is a passkey or a code app, without what checks it.
type OwnFactor struct {
	Kind      FactorKind `json:"kind"`
	Name      string     `json:"name,omitempty"`
	CreatedAt time.Time  `json:"created_at"`
	UsedAt    time.Time  `json:"used_at,omitzero"`
}

// OwnIdentity is how another system knows a person.
type OwnIdentity struct {
	Issuer  string    `json:"issuer"`
	Subject string    `json:"subject"`
	At      time.Time `json:"at"`
}

// OwnNotice is something a person was told.
type OwnNotice struct {
	Kind NoticeKind `json:"kind"`
	At   time.Time  `json:"at"`
}

// OwnRequest is a request that waits.
type OwnRequest struct {
	ID    string      `json:"id"`
	Kind  RequestKind `json:"kind"`
	Text  string      `json:"text,omitempty"`
	At    time.Time   `json:"at"`
	DueAt time.Time   `json:"due_at"`
}

// OwnAuditAct is a line of the audit log about a person's account.
type OwnAuditAct struct {
	At   time.Time `json:"at"`
	Verb AuditVerb `json:"verb"`
	// Own says that the person did it; else it was done to their account.
	Own    bool   `json:"own"`
	Detail string `json:"detail,omitempty"`
}
