// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// List names one of the lists in which the store keeps entries, newest first.
type List string

// SampleEntries holds the entries of the starter content.
const SampleEntries List = "sample"

// AllEntries holds every entry, drafts and withdrawn ones included.
const AllEntries List = "all"

// AuthorList holds what a person wrote by name, drafts included: what carries
// their token.
func AuthorList(id PersonID) List { return TokenList(PersonToken(id)) }

// DraftList holds a person's drafts: few among all they wrote.
func DraftList(id PersonID) List { return List("draft:" + string(id)) }

// WithdrawnList holds what a person wrote by name and took back.
func WithdrawnList(id PersonID) List { return List("withdrawn:" + string(id)) }

// ReportedList holds what a person wrote by name and somebody reported.
func ReportedList(id PersonID) List { return List("reported:" + string(id)) }

// ThemeList holds the entries of a theme.
func ThemeList(id ThemeID) List { return List("theme:" + string(id)) }

// OrganisationList holds the entries of an organisation.
func OrganisationList(id OrganisationID) List { return List("organisation:" + string(id)) }

// TokenList holds the entries that carry a reader's token; see EntryTokens.
func TokenList(token string) List { return List("token:" + token) }

// ApplicationList holds the applications a person shared by name.
func ApplicationList(id PersonID) List { return List("applied:" + string(id)) }

// TeamList holds what a team shared, by name or for the team: never what
// somebody of it wrote without name.
func TeamList(o OrganisationID, t TeamID) List { return List("team:" + string(o) + "/" + string(t)) }

// ReviewList holds the entries that are due for review and carry a reader's
// token.
func ReviewList(token string) List { return List("review:" + token) }

// OpenQuestionList holds the questions without an answer that carry a reader's
// token; see EntryTokens.
func OpenQuestionList(token string) List { return List("open:" + token) }

// BallList holds the same for the questions whose ball is with an organisation.
func BallList(o OrganisationID, token string) List { return List("ball:" + string(o) + "/" + token) }

// OccasionList holds the shared entries of an occasion that carry a reader's
// token.
func OccasionList(of Subject, token string) List { return List("occasion:" + string(of) + "/" + token) }

// IsOpenQuestion reports whether this is a shared question that waits for an
// answer.
func (e Entry) IsOpenQuestion() bool {
	return e.Kind == KindQuestion && e.Question != nil && e.State.Public() && e.State != StateArchived && e.Question.State.Open()
}

// Lists returns the lists an entry is in.
func (e Entry) Lists() []List {
	lists := []List{AllEntries, OrganisationList(e.Organisation)}
	if e.Sample {
		lists = append(lists, SampleEntries)
	}
	for _, a := range e.Authors {
		switch e.State {
		case StateDraft:
			lists = append(lists, DraftList(a))
		case StateWithdrawn:
			lists = append(lists, WithdrawnList(a))
		case StateReported:
			lists = append(lists, ReportedList(a))
		}
	}
	for _, t := range e.Themes {
		lists = append(lists, ThemeList(t))
	}
	open := e.IsOpenQuestion()
	for _, t := range EntryTokens(e) {
		lists = append(lists, TokenList(t))
		if e.State == StateToReview {
			lists = append(lists, ReviewList(t))
		}
		if e.Occasion != "" && e.State.Public() {
			lists = append(lists, OccasionList(e.Occasion, t))
		}
		if open {
			lists = append(lists, OpenQuestionList(t))
		}
		if open && e.Question.BallWith != "" {
			lists = append(lists, BallList(e.Question.BallWith, t))
		}
	}
	if e.Team != "" && e.Mode != Anonymous && e.State.Public() && e.State != StateArchived {
		lists = append(lists, TeamList(e.Organisation, e.Team))
	}
	if e.Kind == KindApplication && e.State.Public() {
		for _, a := range e.Authors {
			lists = append(lists, ApplicationList(a))
		}
	}
	return append(lists, e.questionLists()...)
}

// Mark is the place of an entry in a list, newest first: marks compare as
// strings. The empty mark lies before the newest.
type Mark string

// Mark returns the entry's place in every list it is in, but those that are
// ordered otherwise: see MarkIn.
func (e Entry) Mark() Mark { return markOf(e.ListedAt(), e.ID) }

// MarkIn returns the entry's place in a list: in BallsList by the age of the
// ball, the oldest first.
func (e Entry) MarkIn(l List) Mark {
	if strings.HasPrefix(string(l), ballsList) {
		return Mark(fmt.Sprintf("%016x%s", uint64(e.BallSince().UnixMilli())&math.MaxInt64, e.ID))
	}
	return e.Mark()
}

// Mark returns the place of a keep among all that a person took along.
func (k Keep) Mark() Mark { return markOf(k.At, k.Entry) }

func markOf(at time.Time, id EntryID) Mark {
	return Mark(fmt.Sprintf("%016x%s", uint64(math.MaxInt64-at.UnixMilli()), id))
}

// Valid reports whether m has the form of a mark.
func (m Mark) Valid() bool {
	if m == "" {
		return true
	}
	if len(m) < 17 || len(m) > 16+MaxSlug {
		return false
	}
	for i := range 16 {
		if c := m[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}
