// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// State is where an entry is in its life.
type State string

// The states.
const (
	StateDraft     State = "draft"     // concept: its authors only
	StateShared    State = "shared"    // gedeeld
	StateToReview  State = "to-review" // te herzien: shared, and past its review-by date
	StateArchived  State = "archived"  // archief: still readable, found only when asked for
	StateWithdrawn State = "withdrawn" // ingetrokken: its authors only, who can put it back
	StateReported  State = "reported"  // gemeld: its authors and privacy officers, who settle the report
)

// Public reports whether the audience counts: drafts and withdrawn entries are
// for their authors, reported ones for privacy officers too, whatever the
// audience says.
func (s State) Public() bool {
	return s == StateShared || s == StateToReview || s == StateArchived
}

// AuthorMode is how the author is shown.
type AuthorMode string

// The author modes.
const (
	ByName    AuthorMode = "name"      // met naam
	ByTeam    AuthorMode = "team"      // namens het team
	Anonymous AuthorMode = "anonymous" // zonder naam
)

// AuthorModes lists the modes in the order in which they are offered.
func AuthorModes() []AuthorMode { return []AuthorMode{ByName, ByTeam, Anonymous} }

// The limits of an entry. Sizes in bytes unless said otherwise.
const (
	MaxTitle     = 200 // characters
	MaxLesson    = 400 // characters
	MaxBody      = 256 << 10
	MaxThemes    = 3
	MaxDrives    = 2
	MaxWith      = 20
	MaxTags      = 10
	MaxTag       = 40 // characters
	MaxRelations = 20
	MaxSource    = 64
	MaxExternal  = 200
)

// Entry is anything in the backpack (bijdrage).
type Entry struct {
	ID       EntryID
	Kind     Kind
	State    State
	Lang     Lang
	Title    string
	Lesson   string // the lesson in one sentence
	Body     string // Markdown, stored byte for byte
	Mode     AuthorMode
	Authors  []PersonID // empty for a shared entry without name: see Reader.HiddenAuthors
	Audience Audience

	Organisation OrganisationID
	// OrganisationKind is the kind of Organisation, kept beside it so that
	// rights need no second look-up.
	OrganisationKind OrganisationKind
	Team             TeamID // may be empty

	Themes []ThemeID
	Drives []DriveID
	Tags   []string
	// With are the organisations that did it together with Organisation ("samen
	// met"): see Together. A reader is told only of those they may know.
	With     []OrganisationID
	Phase    PhaseID
	Month    string // month of the event, "2026-03"; may be empty
	ReviewBy string // month, may be empty
	// Agreed is the day on which somebody marked it as a working agreement,
	// "2026-11-26"; may be empty. See MaturityOf.
	Agreed string
	// Occasion is the meeting or the reflection round it came of; may be empty.
	// It is set when the entry is begun, and stays.
	Occasion Subject
	// HideTaking: a draft that answers a round, and whose organisation is not to be
	// shown as taking part. Nothing keeps it once the answer is shared.
	HideTaking bool
	Relations  []Relation

	Question    *QuestionData
	Application *ApplicationData
	Method      *MethodData

	// NotBSN holds the numbers, digits only, of which the author declared that
	// they are no citizen service number.
	NotBSN []string

	External External // where an imported entry came from
	Sample   bool     // made by the starter content

	Revision int // number of the newest revision; 0 for a draft never shared
	// Version grows with every save by an author, drafts included. A save
	// against an older version is a conflict.
	Version   int
	CreatedAt time.Time
	UpdatedAt time.Time
	SharedAt  time.Time // zero for a draft
}

// External names the origin of an imported entry; both parts or none.
type External struct{ Source, ID string }

// IsZero reports whether there is no origin.
func (x External) IsZero() bool { return x == External{} }

// ListedAt is the time by which lists are ordered, newest first: of sharing,
// or of the last save for a draft.
func (e Entry) ListedAt() time.Time {
	if e.SharedAt.IsZero() {
		return e.UpdatedAt
	}
	return e.SharedAt
}

// IsAuthor reports whether the person is named among the authors. For entries
// without name the store's hidden authors decide.
func (e Entry) IsAuthor(p PersonID) bool { return p != "" && slices.Contains(e.Authors, p) }

// Actor is the word for the writer of this entry in changes and logs.
func (e Entry) Actor(p PersonID) string {
	if e.Mode == Anonymous || e.State == StateDraft {
		return "anon:" + string(e.ID)
	}
	return "person:" + string(p)
}

// Together is how many organisations did it: the own one and those it was done
// with. A success is of two at least; with fewer it may as well be an experience.
func (e Entry) Together() int { return 1 + len(e.With) }

// Clone returns a copy that shares nothing with e.
func (e Entry) Clone() Entry {
	e.Authors = slices.Clone(e.Authors)
	e.Audience.Also = slices.Clone(e.Audience.Also)
	e.Themes = slices.Clone(e.Themes)
	e.Drives = slices.Clone(e.Drives)
	e.With = slices.Clone(e.With)
	e.Tags = slices.Clone(e.Tags)
	e.Relations = slices.Clone(e.Relations)
	e.NotBSN = slices.Clone(e.NotBSN)
	if e.Question != nil {
		q := *e.Question
		e.Question = &q
	}
	if e.Application != nil {
		a := *e.Application
		e.Application = &a
	}
	if e.Method != nil {
		m := *e.Method
		m.Steps = slices.Clone(m.Steps)
		e.Method = &m
	}
	return e
}

// Validate checks the rules that hold for a shared entry. A draft may be
// incomplete: see ValidateDraft.
func (e Entry) Validate() error {
	p := e.limits()
	if e.Title == "" {
		p.Add("title", "error.title_required")
	}
	if strings.TrimSpace(e.Body) == "" && e.Lesson == "" {
		p.Add("body", "error.body_required")
	}
	if e.Organisation == "" || !e.OrganisationKind.Valid() {
		p.Add("organisation", "error.choose")
	}
	e.checkAudience(&p)
	switch e.Kind {
	case KindApplication:
		e.Application.check(&p)
	case KindMethod:
		e.Method.check(&p)
	case KindQuestion:
		e.Question.check(&p)
	}
	return p.Err()
}

// ValidateDraft checks only what a draft may never break.
func (e Entry) ValidateDraft() error {
	p := e.limits()
	return p.Err()
}

// ValidateAudience checks only who may read a shared entry: that can be
// narrowed whatever else has become wrong with it.
func (e Entry) ValidateAudience() error {
	var p Problems
	e.checkAudience(&p)
	return p.Err()
}

func (e Entry) limits() Problems {
	var p Problems
	if !e.Kind.Valid() {
		p.Add("kind", "error.choose")
	}
	if !e.Lang.Valid() {
		p.Add("lang", "error.choose")
	}
	if !slices.Contains(AuthorModes(), e.Mode) {
		p.Add("author_mode", "error.choose")
	}
	if e.Mode == ByTeam && e.Team == "" {
		p.Add("author_mode", "error.team_required")
	}
	checkLine(&p, "title", e.Title, MaxTitle)
	checkLine(&p, "lesson", e.Lesson, MaxLesson)
	if len(e.Body) > MaxBody {
		p.Add("body", "error.body_too_long", MaxBody>>10)
	}
	if !cleanText(e.Body) {
		p.Add("body", "error.unprintable")
	}
	checkCount(&p, "themes", len(e.Themes), MaxThemes)
	checkCount(&p, "drives", len(e.Drives), MaxDrives)
	checkCount(&p, "with", len(e.With), MaxWith)
	if slices.Contains(e.With, e.Organisation) && e.Organisation != "" || slices.Contains(e.With, WholeMunicipality) {
		p.Add("with", "error.choose")
	}
	checkCount(&p, "tags", len(e.Tags), MaxTags)
	for _, t := range e.Tags {
		checkLine(&p, "tags", t, MaxTag)
	}
	if !validMonth(e.Month) {
		p.Add("month", "error.month")
	}
	if !validMonth(e.ReviewBy) {
		p.Add("review_by", "error.month")
	}
	if !validDay(e.Agreed) {
		p.Add("agreed", "error.day")
	}
	if kind, _ := e.Occasion.Occasion(); e.Occasion != "" && kind == "" {
		p.Add("occasion", "error.choose")
	}
	checkCount(&p, "relations", len(e.Relations), MaxRelations)
	for _, r := range e.Relations {
		if !r.Type.Valid() || r.To == "" || r.To == e.ID {
			p.Add("relations", "error.relation")
		}
	}
	e.Question.limits(&p)
	e.Method.limits(&p)
	if len(e.External.Source) > MaxSource || len(e.External.ID) > MaxExternal ||
		(e.External.Source == "") != (e.External.ID == "") {
		p.Add("id", "error.external")
	}
	return p
}

func (e Entry) checkAudience(p *Problems) {
	a := e.Audience
	switch {
	case a.Level.Rank() < LevelTeam.Rank():
		p.Add("audience", "error.choose")
	case a.Level == LevelTeam && e.Team == "":
		p.Add("audience", "error.audience.team")
	case a.Level == LevelInternal && e.OrganisationKind == Partner:
		p.Add("audience", "error.audience.partner_internal")
	}
	checkCount(p, "audience", len(a.Also), MaxAlso)
	if e.OrganisationKind == Department && slices.Contains(a.Also, WholeMunicipality) {
		p.Add("audience", "error.choose")
	}
}

func checkLine(p *Problems, field, s string, most int) {
	if utf8.RuneCountInString(s) > most {
		p.Add(field, "error.too_long", most)
	} else if !cleanLine(s) {
		p.Add(field, "error.unprintable")
	}
}

// checkText notes a long or unprintable text of several lines.
func checkText(p *Problems, field, s string, most int) {
	if utf8.RuneCountInString(s) > most {
		p.Add(field, "error.too_long", most)
	} else if !cleanText(s) {
		p.Add(field, "error.unprintable")
	}
}

func checkCount(p *Problems, field string, n, most int) {
	if n > most {
		p.Add(field, "error.too_many", most)
	}
}

// validMonth accepts an empty month and "2026-03".
func validMonth(s string) bool {
	if s == "" {
		return true
	}
	_, err := time.Parse("2006-01", s)
	return err == nil
}
