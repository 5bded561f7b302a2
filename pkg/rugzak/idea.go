// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"strings"
	"time"
)

// The bounds of ideas.
const (
	MaxIdeaText   = 1000 // characters
	MaxIdeaStep   = 300
	MaxIdeaAnswer = 300
	MaxOpenIdeas  = 30
)

// IdeaState is what became of an idea.
type IdeaState string

// The states of an idea.
const (
	IdeaOpen   IdeaState = "open"
	IdeaGrown  IdeaState = "grown"  // it became something: see Idea.Became
	IdeaClosed IdeaState = "closed" // not now
)

// Idea (idee) is a first small step to which the core team invites
// organisations. Who is invited finds it on the first page. It is the core
// team's, and an answer is an organisation's: no person is kept with either.
type Idea struct {
	ID    string // as made by NewID
	Title string
	Text  string // plain lines: why, and what for
	Step  string // the first small step, in one line
	// Organisations are invited: their people see it and answer.
	Organisations []OrganisationID
	Answers       []IdeaAnswer // at most one of each organisation
	State         IdeaState
	Became        Subject // an entry or an item of the agenda; may be empty
	Sample        bool
	At            time.Time
	UpdatedAt     time.Time
	Version       int
}

// IdeaReply is what an organisation says to an idea.
type IdeaReply string

// The replies.
const (
	IdeaYes   IdeaReply = "yes"   // "wij doen mee"
	IdeaLater IdeaReply = "later" // "nu niet, later graag"
)

// IdeaReplies lists the replies in the order in which they are offered.
func IdeaReplies() []IdeaReply { return []IdeaReply{IdeaYes, IdeaLater} }

// IdeaAnswer is the answer of an organisation; the last one counts.
type IdeaAnswer struct {
	Organisation OrganisationID
	Reply        IdeaReply
	Note         string // in one line; may be empty
	At           time.Time
}

// Invites reports whether somebody of this organisation may answer.
func (i Idea) Invites(o OrganisationID) bool { return o != "" && slices.Contains(i.Organisations, o) }

// Answer is what an organisation said.
func (i Idea) Answer(o OrganisationID) (IdeaAnswer, bool) {
	n := slices.IndexFunc(i.Answers, func(a IdeaAnswer) bool { return a.Organisation == o })
	if n < 0 {
		return IdeaAnswer{}, false
	}
	return i.Answers[n], true
}

// Reply puts the answer of an organisation in place of the one it gave before.
func (i *Idea) Reply(a IdeaAnswer) {
	i.Answers = append(slices.DeleteFunc(slices.Clone(i.Answers), func(old IdeaAnswer) bool { return old.Organisation == a.Organisation }), a)
}

// CanSeeIdea is the rule of who may see an idea: the core team, and who is
// invited.
func CanSeeIdea(p Person, i Idea) bool {
	return p.ID != "" && !p.Inactive && (CanSteer(p) || i.Invites(p.Organisation))
}

// CanAnswerIdea reports whether the person may answer for their organisation.
func CanAnswerIdea(p Person, i Idea) bool {
	return CanPost(p) && i.State == IdeaOpen && i.Invites(p.Organisation)
}

// BecameEntry is the entry it became.
func (i Idea) BecameEntry() (EntryID, bool) {
	id, ok := strings.CutPrefix(string(i.Became), "entry:")
	return EntryID(id), ok
}

// BecameItem is the item of the agenda it became.
func (i Idea) BecameItem() (id string, ok bool) {
	return strings.CutPrefix(string(i.Became), "agenda:")
}

// IdeaSubject is the subject of changes of an idea.
func IdeaSubject(id string) string { return "idea:" + id }

// The changes of an idea.
const (
	VerbIdeaSaved    Verb = "idea.saved"
	VerbIdeaAnswered Verb = "idea.answered"
	VerbIdeaGrown    Verb = "idea.grown"
	VerbIdeaClosed   Verb = "idea.closed"
	VerbIdeaRemoved  Verb = "idea.removed"
)

// Validate checks the limits of an idea.
func (i Idea) Validate() error {
	var p Problems
	if !ValidID(i.ID) {
		p.Add("id", "error.slug")
	}
	checkName(&p, "title", i.Title)
	checkText(&p, "text", i.Text, MaxIdeaText)
	if i.Step == "" {
		p.Add("step", "error.required")
	}
	checkLine(&p, "step", i.Step, MaxIdeaStep)
	if len(i.Organisations) == 0 {
		p.Add("organisations", "error.choose")
	}
	checkCount(&p, "organisations", len(i.Organisations), MaxAlso)
	for n, a := range i.Answers {
		if !slices.Contains(IdeaReplies(), a.Reply) || slices.ContainsFunc(i.Answers[:n], func(b IdeaAnswer) bool { return a.Organisation == b.Organisation }) {
			p.Add("answers", "error.choose")
		}
		checkLine(&p, "note", a.Note, MaxIdeaAnswer)
	}
	if !slices.Contains([]IdeaState{IdeaOpen, IdeaGrown, IdeaClosed}, i.State) {
		p.Add("state", "error.choose")
	}
	return p.Err()
}

// IdeaReader reads ideas.
type IdeaReader interface {
	Idea(id string) (Idea, error)
	// OpenIdeas lists the open ones to which an organisation is invited, oldest
	// first.
	OpenIdeas(o OrganisationID) ([]Idea, error)
	Ideas() ([]Idea, error) // all, oldest first
}

// IdeaWriter writes ideas.
type IdeaWriter interface {
	// SaveIdea checks the version: base is the one that was read.
	SaveIdea(i Idea, base int) error
	RemoveIdea(id string) error
}
