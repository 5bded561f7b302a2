// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"iter"
	"slices"
	"time"
)

// The limits of an inquiry. Of what is kept as a history the oldest goes.
const (
	MaxInquiryHistory = 200
	MaxExperiments    = 50
	// ManyInTeam is from how many people in a team the page says that a smaller
	// one works better.
	ManyInTeam = 20
	// StillAfter is from when a ball that nobody moved counts as still.
	StillAfter = 14 * 24 * time.Hour
)

// Inquiry (onderzoek) is what grows beside a question once it is shared: how
// its state came about, who had the ball, who leads, what was tried. The text
// is its author's; this is of everybody who takes part, so that it is kept on
// its own.
//
// The question itself (QuestionData) holds the state and the ball as they are
// now, and who is asked to take it: lists and cards need no more. Both are
// written in one transaction. A question to which nothing happened yet has no
// inquiry: see InquiryOf.
type Inquiry struct {
	Entry  EntryID
	Moves  []QuestionMove // oldest first
	Passes []BallPass     // oldest first; the last one without an end has the ball
	Asks   []BallAsk      // oldest first; at most the last one is open
	// Lead is who leads now (trekker); empty when nobody does. Nobody but that
	// person made it so.
	Lead  PersonID
	Leads []LeadTurn // oldest first
	Offer *LeadOffer // the lead offers to hand over
	// Experiments are the small steps that were tried, oldest first.
	Experiments []Experiment
	// Gain is what came of it, as those who take part tell it.
	Gain string
	// Answer is the insight or application that answered the question.
	Answer EntryID
	// Numbers counts the experiments that were ever made.
	Numbers int
	Version int
}

// QuestionMove is a change of state, by an organisation: who did it is not kept.
type QuestionMove struct {
	At           time.Time
	From, To     QuestionState
	Organisation OrganisationID
	// Learned is what was learned, or why it was let go; may be empty.
	Learned string
}

// BallPass is a time in which an organisation had the ball. For the first ones
// only the day is known.
type BallPass struct {
	Organisation OrganisationID
	Since, Until time.Time // Until is zero for who has it
}

// AskOutcome is what became of a request to take the ball.
type AskOutcome string

// The outcomes of a request.
const (
	AskOpen      AskOutcome = "open"
	AskAccepted  AskOutcome = "accepted"
	AskDeclined  AskOutcome = "declined"
	AskTakenBack AskOutcome = "taken-back"
)

// BallAsk is a request to take the ball. Until it is accepted the ball stays
// where it is.
type BallAsk struct {
	From, To OrganisationID // From is of who asks
	// Asker may take the request back and hears of the answer; empty when the
	// author of a question without name asked.
	Asker      PersonID
	Note       string
	At         time.Time
	Outcome    AskOutcome
	Reason     string // of a refusal; may be empty
	AnsweredAt time.Time
}

// LeadTurn is a time in which somebody led.
type LeadTurn struct {
	Person       PersonID
	Organisation OrganisationID
	From, Until  time.Time // Until is zero for who leads
}

// LeadOffer is the lead's offer to hand over: to one person, or to whoever wants.
type LeadOffer struct {
	To PersonID // empty for whoever wants
	At time.Time
}

// Experiment is a small step that is tried out.
type Experiment struct {
	Number       int
	Step         string
	Organisation OrganisationID
	Person       PersonID // who put their own name to it; may be empty
	Until        string   // day
	Outcome      Outcome  // empty while it runs
	Learned      string
	At           time.Time
	DoneAt       time.Time
}

// Done reports whether the outcome is known.
func (x Experiment) Done() bool { return x.Outcome != "" }

// Overdue reports whether the day has passed and nobody told how it went.
func (x Experiment) Overdue(now time.Time) bool {
	return !x.Done() && x.Until != "" && x.Until < now.UTC().Format(time.DateOnly)
}

// InquiryOf is the inquiry of a question to which nothing happened yet: the
// ball lies where the question says.
func InquiryOf(e Entry) Inquiry {
	i := Inquiry{Entry: e.ID}
	q := e.Question
	if q == nil {
		return i
	}
	i.Gain = q.Gain
	if q.BallWith != "" {
		i.Passes = []BallPass{{Organisation: q.BallWith, Since: e.BallSince()}}
	}
	return i
}

// Clone returns a copy that shares nothing with i.
func (i Inquiry) Clone() Inquiry {
	i.Moves, i.Passes, i.Asks = slices.Clone(i.Moves), slices.Clone(i.Passes), slices.Clone(i.Asks)
	i.Leads, i.Experiments = slices.Clone(i.Leads), slices.Clone(i.Experiments)
	if i.Offer != nil {
		o := *i.Offer
		i.Offer = &o
	}
	return i
}

// OpenAsk is the request that waits for an answer.
func (i Inquiry) OpenAsk() (BallAsk, bool) {
	if n := len(i.Asks); n > 0 && i.Asks[n-1].Outcome == AskOpen {
		return i.Asks[n-1], true
	}
	return BallAsk{}, false
}

// Settle ends the open request.
func (i *Inquiry) Settle(how AskOutcome, reason string, at time.Time) {
	if _, open := i.OpenAsk(); open {
		ask := &i.Asks[len(i.Asks)-1]
		ask.Outcome, ask.Reason, ask.AnsweredAt = how, reason, at
	}
}

// Ask adds a request.
func (i *Inquiry) Ask(a BallAsk) { i.Asks = newest(append(i.Asks, a)) }

// Pass gives the ball to an organisation.
func (i *Inquiry) Pass(to OrganisationID, at time.Time) {
	if n := len(i.Passes); n > 0 && i.Passes[n-1].Until.IsZero() {
		i.Passes[n-1].Until = at
	}
	i.Passes = newest(append(i.Passes, BallPass{Organisation: to, Since: at}))
}

// Move adds a change of state.
func (i *Inquiry) Move(m QuestionMove) { i.Moves = newest(append(i.Moves, m)) }

// Take makes a person the lead, and ends the turn of who was.
func (i *Inquiry) Take(p PersonID, o OrganisationID, at time.Time) {
	i.StepDown(at)
	i.Lead = p
	i.Leads = newest(append(i.Leads, LeadTurn{Person: p, Organisation: o, From: at}))
}

// StepDown leaves the question without a lead.
func (i *Inquiry) StepDown(at time.Time) {
	if n := len(i.Leads); n > 0 && i.Leads[n-1].Until.IsZero() {
		i.Leads[n-1].Until = at
	}
	i.Lead, i.Offer = "", nil
}

func newest[T any](history []T) []T {
	if n := len(history); n > MaxInquiryHistory {
		return history[n-MaxInquiryHistory:]
	}
	return history
}

// Involved lists the people whom the inquiry names now: the lead, who is
// offered to lead, and who does an experiment that still runs.
func (i Inquiry) Involved() []PersonID {
	var out []PersonID
	add := func(p PersonID) {
		if p != "" && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	add(i.Lead)
	if i.Offer != nil {
		add(i.Offer.To)
	}
	for _, x := range i.Experiments {
		if !x.Done() {
			add(x.Person)
		}
	}
	return out
}

// Validate checks the limits.
func (i Inquiry) Validate() error {
	var p Problems
	checkLine(&p, "gain", i.Gain, MaxLesson)
	for _, m := range i.Moves {
		checkLine(&p, "learned", m.Learned, MaxLesson)
		if !m.To.Valid() || !m.From.Valid() {
			p.Add("state", "error.choose")
		}
	}
	for n, a := range i.Asks {
		checkLine(&p, "note", a.Note, MaxLesson)
		checkLine(&p, "reason", a.Reason, MaxLesson)
		if a.To == "" || a.Outcome == AskOpen && n < len(i.Asks)-1 || !a.Outcome.valid() {
			p.Add("to", "error.choose")
		}
	}
	checkCount(&p, "step", len(i.Experiments), MaxExperiments)
	for _, x := range i.Experiments {
		x.check(&p)
	}
	return p.Err()
}

func (x Experiment) check(p *Problems) {
	if x.Step == "" {
		p.Add("step", "error.required")
	}
	checkLine(p, "step", x.Step, MaxLesson)
	checkLine(p, "learned", x.Learned, MaxLesson)
	if !validDay(x.Until) {
		p.Add("until", "error.day")
	}
	if x.Outcome != "" && !slices.Contains(Outcomes(), x.Outcome) {
		p.Add("outcome", "error.choose")
	}
}

func (o AskOutcome) valid() bool {
	return slices.Contains([]AskOutcome{AskOpen, AskAccepted, AskDeclined, AskTakenBack}, o)
}

// The notices of an inquiry. About is the state of a question that moved.
const (
	NoticeBallAsked     NoticeKind = "ball_asked"     // your organisation is asked to take the ball
	NoticeBallAnswered  NoticeKind = "ball_answered"  // what you asked about the ball was answered
	NoticeQuestionMoved NoticeKind = "question_moved" // to who takes part, the lead and the authors
	NoticeLead          NoticeKind = "lead_offered"   // the lead is offered to you
	NoticeOverlap       NoticeKind = "overlap"        // somebody saw overlap with what you wrote
)

// InquiryReader reads inquiries.
type InquiryReader interface {
	Inquiry(id EntryID) (Inquiry, error)
	// Inquiries yields all, by entry.
	Inquiries() iter.Seq2[Inquiry, error]
	// InvolvedIn lists the questions in whose inquiry a person is named now.
	InvolvedIn(person PersonID) ([]EntryID, error)
	// ExperimentsOf lists the questions in which an organisation does an
	// experiment that still runs, the first to end first.
	ExperimentsOf(o OrganisationID) ([]EntryID, error)
}

// InquiryWriter writes inquiries. They go with their entry; what names a person
// who is removed loses the name.
type InquiryWriter interface {
	// SaveInquiry checks the version as the other saves do.
	SaveInquiry(i Inquiry, base int) error
}
