// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// The bounds of reflection rounds.
const (
	DefaultRoundWeeks = 8  // from one round to the next
	MaxRoundWeeks     = 52 // a year
	DefaultRoundOpen  = 14 // days in which people answer
	MaxRoundQuestions = 8
	MaxRoundQuestion  = 200 // characters
	MaxRoundText      = 1000
	MaxRoundDomain    = 80
	MaxRoundChanges   = 8
	MaxRoundDecisions = 20
	MaxOutcome        = 64 << 10 // bytes
)

// RoundState is where a reflection round is.
type RoundState string

// The states.
const (
	RoundPlanned RoundState = "planned" // it did not open yet
	RoundOpen    RoundState = "open"    // people answer
	RoundClosed  RoundState = "closed"  // the core team writes the joint outcome
	RoundDone    RoundState = "done"    // everybody reads the joint outcome
)

// RoundQuestion is a question in both languages; one of them may be empty.
type RoundQuestion struct{ NL, EN string }

// In is the question in a language, or in the other where it has no words there.
func (q RoundQuestion) In(l Lang) string {
	if l == English && q.EN != "" || q.NL == "" {
		return q.EN
	}
	return q.NL
}

// QuestionSet (vragenset) is what a reflection round begins with. People keep
// the sets; a round keeps the questions as they were when it was planned.
type QuestionSet struct {
	ID        QuestionSetID
	NameNL    string
	NameEN    string
	Questions []RoundQuestion
	Closed    bool // no longer offered
	Sample    bool
	Version   int
	UpdatedAt time.Time
}

// QuestionSetID is a slug.
type QuestionSetID string

// Name is the name of the set in a language.
func (q QuestionSet) Name(l Lang) string { return RoundQuestion{q.NameNL, q.NameEN}.In(l) }

// ReflectionRound (reflectieronde) asks all organisations the same questions. An
// answer is an entry whose Occasion is the round, so that its readers, privacy
// and purge are those of entries. Of who answered, the round holds at most the
// organisation, and only when who answered lets it be shown.
type ReflectionRound struct {
	ID        string // as made by NewID
	Number    int    // the first round is 1
	Title     string // may be empty: then its number is its name
	Text      string // what it is about
	Set       QuestionSetID
	Questions []RoundQuestion
	Weeks     int    // from its opening to that of the next; 0 when none comes
	Opens     string // day
	Closes    string // day, the last one on which people answer
	// InvitedAt is when the organisations were invited; zero before.
	InvitedAt time.Time
	// Taking are organisations that are shown as taking part.
	Taking []OrganisationID

	// Outcome is the joint outcome, Markdown. Like the common thread of a theme
	// it is read by who may read every entry it quotes. Also are the partners it
	// is for, beside all departments.
	Outcome     string
	Also        []OrganisationID
	PublishedAt time.Time // of the outcome; zero while it is written
	// Changes are the most significant changes that were chosen.
	Changes   []RoundChange
	Decisions []RoundDecision

	Sample    bool
	At        time.Time
	UpdatedAt time.Time
	Version   int
}

// RoundChange is the most significant change in one domain (meest betekenisvolle
// verandering): an entry, and why it was chosen.
type RoundChange struct {
	Domain string
	Entry  EntryID
	Reason string
}

// DecisionGoal is where a decision goes on.
type DecisionGoal string

// The goals. One without goal stands on its own.
const (
	DecisionAgenda  DecisionGoal = "agenda"
	DecisionCompass DecisionGoal = "compass"
)

// RoundDecision is what was decided after a round. Item is the item of the
// agenda that came of it, or that it is about; empty for the compass.
type RoundDecision struct {
	ID   string // as made by NewID
	Text string
	Goal DecisionGoal
	Item string
	At   time.Time
}

// SampleRound is a round of the starter content: its days count from the one on
// which it is loaded, and Answers are the slugs of entries that answer it.
type SampleRound struct {
	ReflectionRound
	OpensInDays, ClosesInDays, PublishedInDays int
	Answers                                    []string
}

// RoundOccasion is the occasion of what answers a round.
func RoundOccasion(id string) Subject { return Subject(string(OfRound) + ":" + id) }

// Today is the day it is, where the people of the backpack live.
func Today(now time.Time) string { return now.In(here()).Format(time.DateOnly) }

// State is where the round is on a day.
func (r ReflectionRound) State(now time.Time) RoundState {
	today := now.In(here()).Format(time.DateOnly)
	switch {
	case !r.PublishedAt.IsZero():
		return RoundDone
	case today < r.Opens:
		return RoundPlanned
	case today <= r.Closes:
		return RoundOpen
	}
	return RoundClosed
}

// EndsNow is the last day of a round that is closed now: yesterday. ok is false
// for one that is not open, and on its first day, which it always has.
func (r ReflectionRound) EndsNow(now time.Time) (day string, ok bool) {
	day = now.In(here()).AddDate(0, 0, -1).Format(time.DateOnly)
	return day, r.State(now) == RoundOpen && r.Opens <= day
}

// Next plans the round after this one: on the first day from now on that is so
// many times its weeks after its opening. ok is false when none comes.
func (r ReflectionRound) Next(now time.Time) (next ReflectionRound, ok bool) {
	opens, closes := r.Begins(), r.Ends()
	if r.Weeks <= 0 || opens.IsZero() || closes.IsZero() {
		return next, false
	}
	today := now.In(here()).Format(time.DateOnly)
	lasts := closes.Sub(opens)
	for opens = opens.AddDate(0, 0, 7*r.Weeks); opens.Format(time.DateOnly) < today; {
		opens = opens.AddDate(0, 0, 7*r.Weeks)
	}
	return ReflectionRound{
		Number: r.Number + 1, Set: r.Set, Questions: slices.Clone(r.Questions), Weeks: r.Weeks,
		Opens: opens.Format(time.DateOnly), Closes: opens.Add(lasts).Format(time.DateOnly),
	}, true
}

// Begins is its first day, at midnight in UTC; zero when it has none.
func (r ReflectionRound) Begins() time.Time { return dayOf(r.Opens) }

// Ends is its last day.
func (r ReflectionRound) Ends() time.Time { return dayOf(r.Closes) }

func dayOf(s string) time.Time {
	day, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return time.Time{}
	}
	return day
}

// Tokens are those of everybody the joint outcome is for.
func (r ReflectionRound) Tokens() []string {
	tokens := []string{InternalToken}
	for _, o := range r.Also {
		tokens = append(tokens, OrganisationToken(o))
	}
	return tokens
}

// Sources are the entries the joint outcome and the chosen changes are made of.
func (r ReflectionRound) Sources() []EntryID {
	out := Quotes(r.Outcome)
	for _, c := range r.Changes {
		if !slices.Contains(out, c.Entry) {
			out = append(out, c.Entry)
		}
	}
	return out
}

// CanReadOutcome is the rule of who the joint outcome is for, with the changes
// that were chosen and what was decided, its sources aside:
// once it is published the departments and its partners; before that who writes
// it.
func CanReadOutcome(p Person, r ReflectionRound) bool {
	if p.ID == "" || p.Inactive || r.Outcome == "" && len(r.Changes)+len(r.Decisions) == 0 {
		return false
	}
	if r.PublishedAt.IsZero() {
		return CanSteer(p)
	}
	return p.IsMember() || slices.Contains(r.Also, p.Organisation)
}

// Validate checks the limits of a round.
func (r ReflectionRound) Validate() error {
	var p Problems
	if r.Number < 1 {
		p.Add("number", "error.choose")
	}
	checkLine(&p, "title", r.Title, MaxMeetingTitle)
	checkProse(&p, "text", r.Text, MaxRoundText)
	checkRoundQuestions(&p, r.Questions)
	if r.Weeks < 0 || r.Weeks > MaxRoundWeeks {
		p.Add("weeks", "error.round.weeks", MaxRoundWeeks)
	}
	checkRoundDay(&p, "opens", r.Opens)
	checkRoundDay(&p, "closes", r.Closes)
	if validDay(r.Opens) && validDay(r.Closes) && r.Closes < r.Opens {
		p.Add("closes", "error.round.closes")
	}
	if len(r.Outcome) > MaxOutcome {
		p.Add("outcome", "error.body_too_long", MaxOutcome>>10)
	}
	if !cleanText(r.Outcome) {
		p.Add("outcome", "error.unprintable")
	}
	checkCount(&p, "also", len(r.Also), MaxAlso)
	r.checkChanges(&p)
	checkCount(&p, "decision", len(r.Decisions), MaxRoundDecisions)
	for _, d := range r.Decisions {
		if d.Text == "" {
			p.Add("decision", "error.required")
		}
		checkLine(&p, "decision", d.Text, MaxLesson)
		if !slices.Contains([]DecisionGoal{"", DecisionAgenda, DecisionCompass}, d.Goal) {
			p.Add("goal", "error.choose")
		}
	}
	return p.Err()
}

func (r ReflectionRound) checkChanges(p *Problems) {
	checkCount(p, "domain", len(r.Changes), MaxRoundChanges)
	seen := map[string]bool{}
	for _, c := range r.Changes {
		domain := strings.ToLower(c.Domain)
		switch {
		case c.Domain == "":
			p.Add("domain", "error.required")
		case seen[domain]:
			p.Add("domain", "error.round.domain")
		}
		seen[domain] = true
		checkLine(p, "domain", c.Domain, MaxRoundDomain)
		if !ValidID(string(c.Entry)) {
			p.Add("entry", "error.choose")
		}
		if strings.TrimSpace(c.Reason) == "" {
			p.Add("reason", "error.round.reason")
		}
		checkProse(p, "reason", c.Reason, MaxRoundText)
	}
}

// Validate checks the limits of a set of questions.
func (q QuestionSet) Validate() error {
	var p Problems
	if !ValidSlug(string(q.ID)) {
		p.Add("id", "error.slug")
	}
	checkName(&p, "name_nl", q.NameNL)
	checkLine(&p, "name_en", q.NameEN, MaxName)
	checkRoundQuestions(&p, q.Questions)
	return p.Err()
}

func checkRoundQuestions(p *Problems, all []RoundQuestion) {
	if len(all) == 0 {
		p.Add("questions", "error.round.questions")
	}
	checkCount(p, "questions", len(all), MaxRoundQuestions)
	for _, q := range all {
		if q.NL == "" {
			p.Add("questions", "error.round.dutch")
		}
		checkLine(p, "questions", q.NL, MaxRoundQuestion)
		checkLine(p, "questions", q.EN, MaxRoundQuestion)
	}
}

func checkRoundDay(p *Problems, field, day string) {
	switch {
	case day == "":
		p.Add(field, "error.required")
	case !validDay(day):
		p.Add(field, "error.day")
	}
}

// checkProse checks a text of several lines.
func checkProse(p *Problems, field, s string, most int) {
	if utf8.RuneCountInString(s) > most {
		p.Add(field, "error.too_long", most)
	} else if !cleanText(s) {
		p.Add(field, "error.unprintable")
	}
}
