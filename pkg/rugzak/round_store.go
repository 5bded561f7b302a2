// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// RoundReader reads reflection rounds and sets of questions.
type RoundReader interface {
	Round(id string) (ReflectionRound, error)
	// Rounds lists all, the first one first.
	Rounds() ([]ReflectionRound, error)
	// RoundsOn lists those whose days a day is one of, the first one first,
	// without reading the others.
	RoundsOn(day string) ([]ReflectionRound, error)
	QuestionSet(id QuestionSetID) (QuestionSet, error)
	// QuestionSets lists all by their Dutch name.
	QuestionSets() ([]QuestionSet, error)
}

// RoundWriter writes them. Both saves check the version as the others do.
type RoundWriter interface {
	SaveRound(r ReflectionRound, base int) error
	RemoveRound(id string) error
	SaveQuestionSet(q QuestionSet, base int) error
	RemoveQuestionSet(id QuestionSetID) error
}

// The notices of rounds. About is the id of the round.
const (
	NoticeRoundOpen    NoticeKind = "round_open"    // to everybody: it opened
	NoticeRoundOutcome NoticeKind = "round_outcome" // to everybody it is for: the joint outcome is there
)

// The changes of rounds.
const (
	VerbRoundSaved     Verb = "round.saved"
	VerbRoundRemoved   Verb = "round.removed"
	VerbRoundPublished Verb = "round.published" // its joint outcome
	VerbRoundDecided   Verb = "round.decided"
	VerbQuestionsSaved Verb = "questions.saved" // a set of them
)

// QuestionSetSubject is the subject of changes of a set of questions.
func QuestionSetSubject(id QuestionSetID) string { return "questions:" + string(id) }

// RoundSubject is the subject of changes of a round.
func RoundSubject(id string) string { return string(RoundOccasion(id)) }
