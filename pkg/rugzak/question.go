// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"time"
)

// QuestionState is where the inquiry into a question is.
type QuestionState string

// The states of a question.
const (
	QuestionOpen      QuestionState = "open"
	QuestionExploring QuestionState = "exploring"
	QuestionTrying    QuestionState = "trying"
	QuestionAnswered  QuestionState = "answered"
	QuestionLetGo     QuestionState = "let-go"
)

// QuestionStates lists the states in order.
func QuestionStates() []QuestionState {
	return []QuestionState{QuestionOpen, QuestionExploring, QuestionTrying, QuestionAnswered, QuestionLetGo}
}

// Valid reports whether s is known.
func (s QuestionState) Valid() bool { return slices.Contains(QuestionStates(), s) }

// Open reports whether the question waits for an answer.
func (s QuestionState) Open() bool {
	return s == QuestionOpen || s == QuestionExploring || s == QuestionTrying
}

// QuestionSize tells a learning question (answer in days) from a joint inquiry.
type QuestionSize string

// The sizes of a question.
const (
	SizeLearning QuestionSize = "learning" // leervraag
	SizeJoint    QuestionSize = "joint"    // vraagstuk
)

// QuestionData is what a question (vraagstuk) holds beside its text.
//
// Size, first step with its day and hoped gain are the author's. State, ball
// and who is asked to take it are the present of the Inquiry: once the question
// is shared they change with it, by everybody who takes part, and the author's
// form leaves them as they are. Gain is what was told before there was an
// inquiry.
type QuestionData struct {
	Size      QuestionSize
	State     QuestionState
	BallWith  OrganisationID // an organisation, never a person; may be empty
	Since     string         // day since when, "2026-09-14"
	Asked     OrganisationID // who is asked to take the ball; may be empty
	NextStep  string
	When      string // day of the next step
	HopedGain string
	Gain      string
	// AskUntil is the last day on which others may only ask, no tips yet; empty
	// when there is no such phase. In a draft any day says that its author wants
	// one: it is counted from the day of sharing. See Asking.
	AskUntil string
}

// Keeping returns the question as a form has it, with what is the inquiry's as
// it is stored.
func (q QuestionData) Keeping(stored QuestionData) QuestionData {
	q.State, q.BallWith, q.Since, q.Asked, q.Gain = stored.State, stored.BallWith, stored.Since, stored.Asked, stored.Gain
	q.AskUntil = stored.AskUntil // has buttons of its own
	return q
}

// QuestionList holds the questions that carry a reader's token, newest first.
func QuestionList(token string) List { return List("question:" + token) }

// QuestionStateList holds those in a state.
func QuestionStateList(s QuestionState, token string) List {
	return List("question-state:" + string(s) + ":" + token)
}

// AskedList holds those of which an organisation is asked to take the ball.
func AskedList(o OrganisationID, token string) List { return List("asked:" + string(o) + ":" + token) }

// ballsList begins the names of the lists that are ordered by the age of the ball.
const ballsList = "balls:"

// BallsList holds the questions in which somebody has the ball while the
// inquiry goes on, the longest first.
func BallsList(token string) List { return List(ballsList + token) }

// questionLists are the lists of a question that others than its author may read.
func (e Entry) questionLists() []List {
	q := e.Question
	if e.Kind != KindQuestion || q == nil || !e.State.Public() {
		return nil
	}
	var lists []List
	for _, t := range EntryTokens(e) {
		lists = append(lists, QuestionList(t), QuestionStateList(q.State, t))
		if q.BallWith != "" && e.IsOpenQuestion() {
			lists = append(lists, BallsList(t))
		}
		if q.Asked != "" && e.IsOpenQuestion() {
			lists = append(lists, AskedList(q.Asked, t))
		}
	}
	return lists
}

// BallSince is the day since when the ball lies where it lies; that of sharing
// when none was told.
func (e Entry) BallSince() time.Time {
	if e.Question != nil {
		if day, err := time.Parse(time.DateOnly, e.Question.Since); err == nil {
			return day
		}
	}
	if at := e.ListedAt(); e.Mode == Anonymous { // no more than the month is told
		return time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC)
	}
	return e.ListedAt()
}

func (q *QuestionData) check(p *Problems) {
	if q == nil {
		p.Add("question", "error.choose")
		return
	}
	switch q.Size {
	case SizeLearning, SizeJoint:
	default:
		p.Add("question_size", "error.choose")
	}
	if !q.State.Valid() {
		p.Add("question_state", "error.choose")
	}
}

// limits checks what a draft may never break either.
func (q *QuestionData) limits(p *Problems) {
	if q == nil {
		return
	}
	checkLine(p, "question_next_step", q.NextStep, MaxLesson)
	checkLine(p, "question_hoped_gain", q.HopedGain, MaxLesson)
	checkLine(p, "question_gain", q.Gain, MaxLesson)
	if !validDay(q.Since) {
		p.Add("question_since", "error.day")
	}
	if !validDay(q.AskUntil) {
		p.Add("question_ask_until", "error.day")
	}
	if !validDay(q.When) {
		p.Add("question_when", "error.day")
	}
}

// validDay accepts an empty day and "2026-03-31".
func validDay(s string) bool {
	if s == "" {
		return true
	}
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}
