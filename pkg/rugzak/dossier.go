// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// DossierPart is a part of the dossier by which the movement is handed over
// (overdrachtsdossier): eight files that open without the site.
type DossierPart string

// The eight parts.
const (
	DossierCompass   DossierPart = "compass"
	DossierThemes    DossierPart = "themes"
	DossierInsights  DossierPart = "insights"
	DossierQuestions DossierPart = "questions"
	DossierAgenda    DossierPart = "agenda"
	DossierProgramme DossierPart = "programme"
	DossierRoles     DossierPart = "roles"
	DossierPlaybook  DossierPart = "playbook"
)

// DossierParts lists the parts in the order in which they are read.
func DossierParts() []DossierPart {
	return []DossierPart{
		DossierCompass, DossierThemes, DossierInsights, DossierQuestions,
		DossierAgenda, DossierProgramme, DossierRoles, DossierPlaybook,
	}
}

// DossierText is a text in both forms of the dossier.
type DossierText struct {
	Markdown, HTML string
	Lang           Lang
}

// DossierRef is a text that has a page of its own in the dossier.
type DossierRef struct {
	Entry EntryID
	Kind  Kind
	Title string
	Lang  Lang
	// About is the organisation, Lesson the lesson in one sentence.
	About, Lesson string
}

// DossierHead says who makes a dossier and when, and which texts and themes have
// a page in it.
type DossierHead struct {
	Maker  string
	At     time.Time
	Refs   []DossierRef
	Themes []Theme // id and title
}

// DossierEntry is an entry on its page: as far as the maker may read it at the
// moment, and never with the name of who wrote it.
type DossierEntry struct {
	Entry              Entry
	HTML               string
	Organisation, Team string
	With               []string // organisations it was done together with
	BallWith           string
	MonthOnly          bool // the day of its sharing is not told
	// Municipality says that all departments may read it, Readers which team and
	// organisations may.
	Municipality bool
	Readers      []string
}

// Shown is the day, or the month, of its sharing.
func (e DossierEntry) Shown() string {
	if e.MonthOnly {
		return e.Entry.ListedAt().UTC().Format("2006-01")
	}
	return e.Entry.ListedAt().UTC().Format(time.DateOnly)
}

// DossierDrive is a drive with how many entries show it.
type DossierDrive struct {
	Drive
	Count int
}

// DossierTheme is a theme with its common thread and its entries.
type DossierTheme struct {
	Theme      Theme
	Thread     DossierText // what stands before the answers
	Answers    []DossierAnswer
	Pins, Rest []EntryID
}

// DossierAnswer is the answer of a common thread to one question, with what is
// quoted beneath it.
type DossierAnswer struct {
	Prompt ThreadPrompt
	Text   DossierText
}

// DossierQuestion is an open question with its ball.
type DossierQuestion struct {
	Entry    EntryID
	State    QuestionState
	BallWith string
	Since    string // day; may be empty
	NextStep string
}

// DossierItem is an item of the future agenda.
type DossierItem struct {
	Item          AgendaItem
	Organisations []string
	Joint         bool
	// Beneath are the questions beneath it and the successes it led to.
	Beneath []EntryID
}

// DossierRound is a reflection round with what came of it, as far as the maker
// may read it.
type DossierRound struct {
	Round     ReflectionRound
	Questions []string
	Taking    []string
	Outcome   DossierText // empty while it is not there
	Changes   []RoundChange
	Decisions []string
}

// DossierMeeting is a meeting of the programme line.
type DossierMeeting struct {
	Meeting       Meeting
	Theme         ThemeID // it is about; may be empty
	Entry         EntryID
	Organisations []string
	Whole         bool // all departments are invited
}

// DossierInterim is an interim result: its numbers as they were frozen, and the
// stories of it that stand in the dossier.
type DossierInterim struct {
	Result  InterimResult // without figures
	Figures []DossierFigure
}

// DossierFigure is the number of a rung; Of is what it is a part of, 0 for
// nothing.
type DossierFigure struct {
	Rung  Rung
	N, Of int
}

// DossierFigures are the numbers of the five rungs.
func DossierFigures(f ResultFigures) []DossierFigure {
	grown := 0
	for _, m := range Maturities()[1:] {
		grown += f.Grown[m]
	}
	return []DossierFigure{
		{RungTogether, f.Entries + f.Replies, 0}, {RungUseful, f.Heard, f.Questions}, {RungApplied, f.Across, 0},
		{RungRealised, f.Outcomes[OutcomeWorked] + f.Outcomes[OutcomePartly], f.Uses}, {RungChanged, grown, 0},
	}
}

// DossierRole is what a role does, and who does it now.
type DossierRole struct {
	Role  Role
	Names []string // "name, organisation", only of roles people must find
}

// Dossier is everything in it that has no page of its own.
type Dossier struct {
	Narrow        bool // holds what only some may read
	Purpose       DossierText
	Drives        []DossierDrive
	Themes        []DossierTheme
	Agreed        []EntryID // working agreements
	Insights      []EntryID
	Questions     []DossierQuestion
	Agenda        []DossierItem
	Phases        []Phase
	Rounds        []DossierRound   // the last one first
	Meetings      []DossierMeeting // the last one first
	Methods       []EntryID
	Interims      []DossierInterim // the last one first
	Terms         []Term           // the glossary
	Roles         []DossierRole
	Organisations []Organisation // with what they need, and the teams that say what they need
	Playbook      DossierText
	Self          []SelfAnswer
}

// Named reports whether the people of the role are named: who keeps the
// movement going, and whom partners call. Of the others only what they do.
func (d DossierRole) Named() bool {
	return slices.Contains([]Role{RoleCoreTeam, RoleFacilitator, RolePartnerContact}, d.Role)
}

// DossierWords are the words of the files, in the language of the maker.
type DossierWords struct {
	Lang Lang
	Site string
	// Words are the sentences by their key: those of DossierWordKeys.
	Words map[string]string
}

// T is a sentence, with args in place of its verbs.
func (w DossierWords) T(key string, args ...any) string {
	if len(args) == 0 {
		return w.Words[key]
	}
	return fmt.Sprintf(w.Words[key], args...)
}

// Day is "14 september 2026" for "2026-09-14", and "september 2026" for
// "2026-09"; anything else as it is.
func (w DossierWords) Day(day string) string {
	layout := time.DateOnly
	if len(day) == len("2026-09") {
		layout = "2006-01"
	}
	t, err := time.Parse(layout, day)
	if err != nil {
		return day
	}
	month := w.T("month."+strconv.Itoa(int(t.Month()))) + " " + strconv.Itoa(t.Year())
	if layout == "2006-01" {
		return month
	}
	return strconv.Itoa(t.Day()) + " " + month
}

// DossierWordKeys lists the sentences a dossier needs.
func DossierWordKeys() []string {
	var keys []string
	for _, name := range dossierWords {
		keys = append(keys, "dossier."+name)
	}
	for _, p := range DossierParts() {
		keys = append(keys, "dossier.part."+string(p), "dossier.part."+string(p)+".text")
	}
	for _, k := range Kinds() {
		keys = append(keys, "kind."+string(k))
	}
	for _, o := range Outcomes() {
		keys = append(keys, "outcome."+string(o))
	}
	for _, s := range QuestionStates() {
		keys = append(keys, "questionstate."+string(s))
	}
	for _, h := range Horizons() {
		keys = append(keys, "horizon."+string(h))
	}
	for _, p := range ThreadPrompts() {
		keys = append(keys, "thread.prompt."+string(p))
	}
	for _, r := range Roles() {
		keys = append(keys, "role."+string(r), "role."+string(r)+".hint")
	}
	for _, p := range SelfPoints() {
		keys = append(keys, "self."+string(p))
	}
	for _, a := range SelfAnswers() {
		keys = append(keys, "self.answer."+string(a))
	}
	for _, r := range Rungs() {
		keys = append(keys, "results.number."+string(r))
	}
	for m := 1; m <= 12; m++ {
		keys = append(keys, "month."+strconv.Itoa(m))
	}
	return append(keys, "audience.internal", "site.untitled")
}

var dossierWords = []string{
	"title", "lead", "lead.narrow", "by", "parts", "offline", "none", "drives", "drive_count", "purpose",
	"thread", "thread.none", "begin", "entries", "closed", "open_questions", "lesson", "from", "with", "shared", "visible", "themes", "related", "gone",
	"agreed", "agreements", "insights.other", "ball", "since", "next_step", "hoped", "gain", "state", "steps", "minutes", "applied", "outcome",
	"leads", "joint", "not_joint", "done", "learned", "progress", "beneath", "phases", "rounds", "round.number", "round.every", "round.from", "round.taking", "round.questions", "round.outcome", "round.changes", "round.decisions", "meetings", "methods", "interims", "interim.number", "interim.of", "interim.stories", "glossary", "glossary.also", "when", "place", "about", "invited", "cancelled",
	"roles", "nobody", "organisations", "kind", "department", "partner", "needs", "offers", "ways", "self", "self.none",
}
