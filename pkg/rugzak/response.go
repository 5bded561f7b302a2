// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"iter"
	"slices"
	"strings"
	"time"
)

// ResponseKind says what a response is. A question comes first: whoever asks
// before they advise, learns along.
type ResponseKind string

// The kinds. An answer is only said to another response.
const (
	ResponseQuestion    ResponseKind = "question"    // vraag
	ResponseRecognition ResponseKind = "recognition" // herkenning
	ResponseExperience  ResponseKind = "experience"  // eigen ervaring
	ResponseTip         ResponseKind = "tip"
	ResponseAnswer      ResponseKind = "answer" // antwoord
)

// ResponseKinds lists what somebody may choose who responds to an entry, or to
// a response; the first is the default.
func ResponseKinds(reply bool) []ResponseKind {
	kinds := []ResponseKind{ResponseQuestion, ResponseRecognition, ResponseExperience, ResponseTip}
	if reply {
		kinds = append([]ResponseKind{ResponseAnswer}, kinds...)
	}
	return kinds
}

// The limits of responses.
const (
	// MaxResponse is the size of a response, in bytes.
	MaxResponse = 8 << 10
	// MaxResponses is how many an entry has: a talk that long belongs at a table.
	MaxResponses = 1000
	// MaxOwnResponses is how many of them are of one person.
	MaxOwnResponses = 200
	// MaxMentions is how many people one response names.
	MaxMentions = 10
)

// Response is what somebody says about an entry (reactie). Whoever may read the
// entry may read it, and nobody else ever.
type Response struct {
	ID    string // as made by NewID: responses are in this order
	Entry EntryID
	// To is the response it answers, which answers none itself; empty for a
	// response to the entry, which begins a thread.
	To     string
	Kind   ResponseKind
	Author PersonID // empty for what is left of one that was purged
	// Organisation is where the author was when they wrote it.
	Organisation OrganisationID
	Body         string // Markdown, stored byte for byte
	Lang         Lang
	Mentions     []PersonID // whom the body names; see Mentions
	// NotBSN holds the numbers, digits only, of which the author declared that
	// they are no citizen service number.
	NotBSN []string
	// Inside: something in it may be about a person, so that nobody across a
	// border between municipality and partners reads it.
	Inside    bool
	At        time.Time
	EditedAt  time.Time // zero when it never was
	Withdrawn bool      // by its author, who can put it back
	Reported  bool      // it says something of a person: see Incident.Response
	// Waits is the organisation an answer is waited for from; empty for what is
	// no question, or was answered.
	Waits OrganisationID
	// Became is the entry that its author made of it.
	Became EntryID
	// Version grows with every save by the author. A save against an older one
	// is a conflict.
	Version int
}

// Shown reports whether those who may read the entry may read the response.
func (r Response) Shown() bool { return r.Author != "" && !r.Withdrawn && !r.Reported }

// Thread is the response that begins the thread this one is in.
func (r Response) Thread() string {
	if r.To != "" {
		return r.To
	}
	return r.ID
}

// Clone returns a copy that shares nothing with r.
func (r Response) Clone() Response {
	r.Mentions, r.NotBSN = slices.Clone(r.Mentions), slices.Clone(r.NotBSN)
	return r
}

// Validate checks what a response may never break.
func (r Response) Validate() error {
	var p Problems
	if !slices.Contains(ResponseKinds(r.To != ""), r.Kind) {
		p.Add("kind", "error.choose")
	}
	if !r.Lang.Valid() {
		p.Add("lang", "error.choose")
	}
	switch {
	case strings.TrimSpace(r.Body) == "":
		p.Add("body", "error.response_required")
	case len(r.Body) > MaxResponse:
		p.Add("body", "error.response_too_long", MaxResponse>>10)
	case !cleanText(r.Body):
		p.Add("body", "error.unprintable")
	}
	if len(r.Mentions) > MaxMentions {
		p.Add("body", "error.mentions_many", MaxMentions)
	}
	return p.Err()
}

// ResponseSubject is the subject of changes and tombstones of a response.
func ResponseSubject(entry EntryID, id string) string {
	return "response:" + string(entry) + "/" + id
}

// ResponseOf returns the response a tombstone is of.
func (t Tombstone) ResponseOf() (entry EntryID, id string, ok bool) {
	rest, ok := strings.CutPrefix(t.Subject, "response:")
	if !ok {
		return "", "", false
	}
	e, id, ok := strings.Cut(rest, "/")
	return EntryID(e), id, ok
}

// The changes of responses. Their subject is the response, not the entry: what
// is found by searching does not change with them.
const (
	VerbResponded         Verb = "response.posted"
	VerbResponseEdited    Verb = "response.edited"
	VerbResponseWithdrawn Verb = "response.withdrawn"
	VerbResponsePutBack   Verb = "response.put-back"
	VerbResponseReported  Verb = "response.reported"
	VerbResponseSettled   Verb = "response.report-settled"
	VerbResponsePurged    Verb = "response.purged"
)

// The notices about responses. Those to who wrote an entry without name do not
// say which: nothing outside the link to the author may lead from one to the
// other.
const (
	NoticeResponse        NoticeKind = "response"         // about: the response
	NoticeResponseUnnamed NoticeKind = "response_unnamed" // on something without name
	NoticeMention         NoticeKind = "mention"          // about: the response
)

// ResponseReader reads responses.
type ResponseReader interface {
	Response(entry EntryID, id string) (Response, error)
	// Responses lists those of an entry, oldest first.
	Responses(entry EntryID) ([]Response, error)
	// ResponsesBy yields those of a person, by entry.
	ResponsesBy(person PersonID) iter.Seq2[Response, error]
	// ResponsesWaiting yields the questions that wait for an answer from an
	// organisation, oldest first.
	ResponsesWaiting(organisation OrganisationID) iter.Seq2[Response, error]
	// AllResponses yields all, by entry and id.
	AllResponses() iter.Seq2[Response, error]
}

// ResponseWriter writes responses. They go with their entry, and stay when the
// person goes.
type ResponseWriter interface {
	// SaveResponse stores a response. The stored version must be base (0: there
	// must be none), or it gives CodeConflict; r.Version is stored as it is.
	SaveResponse(r Response, base int) error
	// RemoveResponse takes one away, with the thanks for it.
	RemoveResponse(entry EntryID, id string) error
	// PurgeResponse takes away what one says and who said it, and all of it when
	// nothing answers it.
	PurgeResponse(entry EntryID, id string) error
}
