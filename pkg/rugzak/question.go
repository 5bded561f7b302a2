// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "time"

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
type QuestionData struct {
	Size      QuestionSize
	State     QuestionState
	BallWith  OrganisationID // an organisation, never a person; may be empty
	Since     string         // day since when, "2026-09-14"
	NextStep  string
	When      string // day of the next step
	HopedGain string
	Gain      string
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
	switch q.State {
	case QuestionOpen, QuestionExploring, QuestionTrying, QuestionAnswered, QuestionLetGo:
	default:
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
