// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"strconv"
	"time"
)

// The words of cells, and what stands behind them.
const (
	CellEntry    = "entry"    // kind, organisation
	CellDrive    = "drive"    // drive
	CellTheme    = "theme"    // theme, organisation; on sheets of weeks
	CellVoice    = "voice"    // organisation that wrote or responded; on sheets of weeks
	CellUse      = "use"      // organisation of the lesson, organisation that applied it, outcome
	CellGrown    = "grown"    // maturity, above a loose idea
	CellReply    = "reply"    // kind of response, organisation
	CellQuestion = "question" // state
	CellHeard    = "heard"    // nothing: a question somebody else responded to
	CellTogether = "together" // "question" or "success"; at least two organisations
	CellPair     = "pair"     // nothing: a question that tells what was hoped and what came of it
	CellTried    = "tried"    // outcome of an experiment; "running" while it goes on
	CellHours    = "hours"    // working hours until somebody else responded to a question
	CellBall     = "ball"     // organisation of the question, organisation that has the ball, week since when
)

// OtherPartners stands in the scope of a partner for another partner that it
// may not know. It is no id of an organisation.
const OtherPartners OrganisationID = "~partners"

// StillRunning is the outcome of an experiment that goes on.
const StillRunning = "running"

// TallyInput is an entry with what is counted beside it.
type TallyInput struct {
	Entry     Entry
	Responses []Response
	Inquiry   Inquiry
	// Lesson is what an application applies; nil when it is gone.
	Lesson *Entry
	Growth Growth
	Kind   func(OrganisationID) OrganisationKind
	Zone   *time.Location
}

// Tally counts one entry. What it counts depends on nothing but the input, so
// that counting again gives the same.
func Tally(in TallyInput) Tallied {
	e := in.Entry
	t := Tallied{Entry: e.ID}
	if e.Kind == KindApplication && e.Application != nil && e.State.Public() {
		t.Lesson = e.Application.Lesson
	}
	scopes := ScopesOf(e, in.Kind)
	for _, s := range scopes {
		in.countIn(s, &t)
	}
	if t.Lesson != "" && in.Lesson != nil {
		in.countUse(scopes, &t)
	}
	t.Groups = gathered(t.Groups)
	return t
}

// countIn counts an entry in one scope.
func (in TallyInput) countIn(s Scope, t *Tallied) {
	e := in.Entry
	cells := Cells{NewCell(CellEntry, string(e.Kind), string(e.Organisation)): 1}
	for _, d := range e.Drives {
		cells.Add(NewCell(CellDrive, d), 1)
	}
	if e.Kind == KindQuestion && e.Question != nil {
		in.countQuestion(cells)
	}
	if e.Kind == KindSuccess && in.withInScope(s) >= 2 {
		cells.Add(NewCell(CellTogether, string(KindSuccess)), 1)
	}
	t.add(s, e.sheets(e.SharedAt), cells)
	if in.Growth.Month != "" {
		sheets := append([]Sheet{SheetAll, MonthSheet(in.Growth.Month)}, e.phaseSheet()...)
		t.add(s, sheets, Cells{NewCell(CellGrown, in.Growth.Maturity): 1})
	}
	t.add(s, []Sheet{WeekSheet(WeekOf(e.toldAt()))}, Cells{NewCell(CellVoice, string(e.Organisation)): 1})
	if len(e.Themes) > 0 {
		cells := Cells{}
		for _, th := range e.Themes {
			cells.Add(NewCell(CellTheme, string(th), string(e.Organisation)), 1)
		}
		t.add(s, []Sheet{WeekSheet(WeekOf(e.toldAt()))}, cells)
	}
	if e.IsOpenQuestion() && e.Question.BallWith != "" {
		ball := NewCell(CellBall, string(e.Organisation), string(in.named(s, e.Question.BallWith)), WeekOf(e.BallSince()))
		t.add(s, []Sheet{SheetNow}, Cells{ball: 1})
	}
	for _, r := range in.heard() {
		reply := NewCell(CellReply, string(r.Kind), string(in.named(s, r.Organisation)))
		t.add(s, e.sheets(r.At), Cells{reply: 1})
		t.add(s, []Sheet{WeekSheet(WeekOf(r.At))}, Cells{NewCell(CellVoice, string(in.named(s, r.Organisation))): 1})
	}
}

// countQuestion counts where a question is and who takes part in it.
func (in TallyInput) countQuestion(cells Cells) {
	e := in.Entry
	q := e.Question
	cells.Add(NewCell(CellQuestion, q.State), 1)
	if len(in.joined()) >= 2 {
		cells.Add(NewCell(CellTogether, string(KindQuestion)), 1)
	}
	if q.HopedGain != "" && in.Inquiry.Gain != "" {
		cells.Add(CellPair, 1)
	}
	for _, x := range in.Inquiry.Experiments {
		outcome := string(x.Outcome)
		if !x.Done() {
			outcome = StillRunning
		}
		cells.Add(NewCell(CellTried, outcome), 1)
	}
	// When something without name was shared is told by the month only, and so
	// is whether its writer responded.
	first := slices.IndexFunc(in.heard(), func(r Response) bool { return !e.IsAuthor(r.Author) })
	if first < 0 || e.Mode == Anonymous {
		if first >= 0 && slices.ContainsFunc(in.heard(), func(r Response) bool { return r.Organisation != e.Organisation }) {
			cells.Add(CellHeard, 1)
		}
		return
	}
	cells.Add(CellHeard, 1)
	hours := WorkingHours(e.SharedAt, in.heard()[first].At, in.Zone)
	cells.Add(NewCell(CellHours, strconv.Itoa(hours)), 1)
}

// countUse counts an application in the scopes of its lesson: where it is read
// itself, and elsewhere when its writer said that it may be told.
func (in TallyInput) countUse(scopes []Scope, t *Tallied) {
	e := in.Entry
	for _, s := range ScopesOf(*in.Lesson, in.Kind) {
		reads := slices.Contains(scopes, s)
		if !reads && !e.Application.Tell {
			continue
		}
		by := e.Organisation
		sheets := e.sheets(e.SharedAt)
		if !reads { // its phase is not told
			by, sheets = in.named(s, by), []Sheet{SheetAll, MonthSheet(monthOfDay(e.SharedAt))}
		}
		cell := NewCell(CellUse, string(in.Lesson.Organisation), string(by), string(e.Application.Outcome))
		t.add(s, sheets, Cells{cell: 1})
	}
}

// heard are the responses everybody who may read the entry may read, oldest
// first. What must stay on one side of a border counts nowhere, and neither
// does what answers it.
func (in TallyInput) heard() []Response {
	inside := map[string]bool{}
	for _, r := range in.Responses {
		inside[r.ID] = r.Inside
	}
	var out []Response
	for _, r := range in.Responses {
		if r.Shown() && !r.Inside && !inside[r.To] {
			out = append(out, r)
		}
	}
	return out
}

// joined are the organisations that take part in a question: that asked it, had
// the ball, tried something or responded.
func (in TallyInput) joined() []OrganisationID {
	out := []OrganisationID{in.Entry.Organisation}
	for _, p := range in.Inquiry.Passes {
		out = append(out, p.Organisation)
	}
	for _, x := range in.Inquiry.Experiments {
		out = append(out, x.Organisation)
	}
	for _, r := range in.heard() {
		out = append(out, r.Organisation)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// withInScope is how many organisations a scope may be told of that did it.
func (in TallyInput) withInScope(s Scope) int {
	n := 1
	for _, o := range in.Entry.With {
		if in.named(s, o) == o {
			n++
		}
	}
	return n
}

// named is an organisation as a scope may be told of it. A partner knows the
// departments, itself, and whoever wrote what it reads.
func (in TallyInput) named(s Scope, o OrganisationID) OrganisationID {
	own := s.Partner()
	if own == "" || o == own || o == in.Entry.Organisation && slices.Contains(ScopesOf(in.Entry, in.Kind), s) || in.Kind(o) == Department {
		return o
	}
	return OtherPartners
}

// toldAt is when an entry was shared, as far as that is told.
func (e Entry) toldAt() time.Time {
	if at := e.SharedAt; e.Mode == Anonymous {
		return time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC)
	}
	return e.SharedAt
}

func (e Entry) sheets(at time.Time) []Sheet {
	return append([]Sheet{SheetAll, MonthSheet(monthOfDay(at))}, e.phaseSheet()...)
}

func (e Entry) phaseSheet() []Sheet {
	if e.Phase == "" {
		return nil
	}
	return []Sheet{PhaseSheet(e.Phase)}
}

func (t *Tallied) add(s Scope, sheets []Sheet, cells Cells) {
	t.Groups = append(t.Groups, TallyGroup{Scopes: []Scope{s}, Sheets: sheets, Cells: cells})
}

// gathered puts together what stands on the same sheets, and then what is the
// same in several scopes, so that little has to be kept.
func gathered(groups []TallyGroup) []TallyGroup {
	var bySheet []TallyGroup
	for _, g := range groups {
		i := slices.IndexFunc(bySheet, func(o TallyGroup) bool {
			return slices.Equal(o.Scopes, g.Scopes) && slices.Equal(o.Sheets, g.Sheets)
		})
		if i < 0 {
			bySheet = append(bySheet, TallyGroup{Scopes: g.Scopes, Sheets: g.Sheets, Cells: Cells{}})
			i = len(bySheet) - 1
		}
		bySheet[i].Cells.AddAll(g.Cells, 1)
	}
	var out []TallyGroup
	for _, g := range bySheet {
		i := slices.IndexFunc(out, func(o TallyGroup) bool {
			return slices.Equal(o.Sheets, g.Sheets) && sameCells(o.Cells, g.Cells)
		})
		if i < 0 {
			out = append(out, g)
			continue
		}
		out[i].Scopes = append(slices.Clone(out[i].Scopes), g.Scopes...)
	}
	for i := range out {
		slices.Sort(out[i].Scopes)
	}
	return out
}

func sameCells(a, b Cells) bool {
	if len(a) != len(b) {
		return false
	}
	for cell, n := range a {
		if b[cell] != n {
			return false
		}
	}
	return true
}
