// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// ResultsView is "Stand van zaken": figures of organisations, each with a story.
type ResultsView struct {
	rugzak.MovementResults
	Stories map[rugzak.Rung]Card
	// Gaps is how many searches without result wait for somebody; for curators.
	Gaps      int
	ShowGaps  bool
	MayFreeze bool
}

// Results returns the figures of the scope of a reader. What it costs does not
// depend on how many entries there are: the counts were made before.
func (s *Service) Results(ctx context.Context, by rugzak.Person, span rugzak.ResultSpan) (ResultsView, error) {
	scope := rugzak.ScopeOf(by)
	if scope == "" {
		return ResultsView{}, mustSignIn()
	}
	if !span.Valid() {
		span = rugzak.ResultSpans()[0]
	}
	v := ResultsView{MayFreeze: rugzak.CanSteer(by), ShowGaps: rugzak.CanCurate(by)}
	var rungs []rugzak.Rung
	var raw []rawCard
	err := s.view(ctx, "results", func(r rugzak.Reader) (err error) {
		if v.MovementResults, err = s.resultsOf(r, scope, span); err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		stories, err := storiesOf(r, scope, v.From)
		if err != nil {
			return err
		}
		rungs, raw = nil, nil
		for _, rung := range rugzak.StoryPlaces() {
			if e, ok := stories[rung]; ok {
				mine, err := isMine(r, by, e)
				if err != nil {
					return err
				}
				rungs, raw = append(rungs, rung), append(raw, n.card(by, e, mine))
			}
		}
		return nil
	})
	if err != nil {
		return ResultsView{}, err
	}
	v.Stories = map[rugzak.Rung]Card{}
	for i, card := range s.finish(ctx, raw) {
		v.Stories[rungs[i]] = card
	}
	if v.ShowGaps {
		gaps, err := s.SearchGaps(ctx, by)
		if err != nil {
			return ResultsView{}, err
		}
		v.Gaps = len(gaps.Open)
	}
	return v, nil
}

// reckoning is what figures are reckoned with.
type reckoning struct {
	r      rugzak.Reader
	scope  rugzak.Scope
	people *rugzak.PeopleFigures
	orgs   map[rugzak.OrganisationID]rugzak.Organisation
	now    time.Time
	seen   map[rugzak.OrganisationID]bool // organisations that are in the figures
}

// resultsOf reckons the figures of a scope from the sheets.
func (s *Service) resultsOf(r rugzak.Reader, scope rugzak.Scope, span rugzak.ResultSpan) (rugzak.MovementResults, error) {
	k := &reckoning{r: r, scope: scope, now: s.now(), orgs: map[rugzak.OrganisationID]rugzak.Organisation{}, seen: map[rugzak.OrganisationID]bool{}}
	out := rugzak.MovementResults{Scope: scope, Span: span, Day: k.now.In(s.Zone).Format(time.DateOnly)}
	all, err := r.Organisations()
	if err != nil {
		return out, err
	}
	for _, o := range all {
		k.orgs[o.ID] = o
	}
	figures, err := r.PeopleFigures(scope)
	switch {
	case err == nil:
		k.people = &figures
	case !isMissing(err):
		return out, err
	}
	for _, part := range []func(*rugzak.MovementResults) error{k.period, k.charts, k.phases, k.present, k.direction, k.decisions} {
		if err := part(&out); err != nil {
			return out, err
		}
	}
	out.Organisations = k.organisations()
	return out, nil
}

// merge tells as what an organisation is shown: one with few accounts together
// with others of its kind. Its own people see a partner by its name.
func (k *reckoning) merge(o rugzak.OrganisationID) rugzak.OrganisationID {
	switch {
	case o == rugzak.OtherPartners:
	case o == k.scope.Partner(), k.people != nil && slices.Contains(k.people.Large, o):
	case k.kind(o) == rugzak.Department:
		o = rugzak.SmallDepartments
	default:
		o = rugzak.OtherPartners
	}
	k.seen[o] = true
	return o
}

func (k *reckoning) kind(o rugzak.OrganisationID) rugzak.OrganisationKind {
	switch o {
	case rugzak.OtherPartners:
		return rugzak.Partner
	case rugzak.SmallDepartments:
		return rugzak.Department
	}
	return k.orgs[o].Kind
}

// organisations are those in the figures: departments first, by name, those
// without a name last.
func (k *reckoning) organisations() []rugzak.ResultOrganisation {
	var out []rugzak.ResultOrganisation
	for o := range k.seen {
		out = append(out, rugzak.ResultOrganisation{ID: o, Name: k.orgs[o].Name, Kind: k.kind(o)})
	}
	slices.SortFunc(out, func(a, b rugzak.ResultOrganisation) int {
		switch {
		case a.Kind != b.Kind && a.Kind == rugzak.Department, a.Kind == b.Kind && a.Name != "" && b.Name == "":
			return -1
		case a.Kind != b.Kind || a.Kind == b.Kind && a.Name == "" && b.Name != "":
			return 1
		}
		return byName(a.Name, b.Name)
	})
	return out
}

// sum adds up sheets.
func (k *reckoning) sum(sheets ...rugzak.Sheet) (rugzak.Cells, error) {
	sum := rugzak.Cells{}
	for _, sheet := range sheets {
		cells, err := k.r.Sheet(rugzak.SheetKey{Scope: k.scope, Sheet: sheet})
		if err != nil {
			return nil, err
		}
		sum.AddAll(cells, 1)
	}
	return sum, nil
}

func monthSheets(months []string) []rugzak.Sheet {
	out := make([]rugzak.Sheet, len(months))
	for i, m := range months {
		out[i] = rugzak.MonthSheet(m)
	}
	return out
}

// period reckons the period itself and the one before it.
func (k *reckoning) period(out *rugzak.MovementResults) error {
	months, before := rugzak.ResultMonths(out.Span, k.now)
	sheets := monthSheets(months)
	if len(months) == 0 {
		sheets = []rugzak.Sheet{rugzak.SheetAll}
	} else {
		out.From, out.Until = months[0], months[len(months)-1]
	}
	cells, err := k.sum(sheets...)
	if err != nil {
		return err
	}
	out.Now = k.figures(cells, string(out.Span))
	out.Matrix = rugzak.MatrixOf(cells, k.merge)
	movement, err := k.r.Movement()
	if err != nil {
		return err
	}
	for _, d := range movement.Compass.Drives {
		out.Drives = append(out.Drives, rugzak.ResultDrive{Drive: d.ID, Name: d.Name, N: cells[rugzak.NewCell(rugzak.CellDrive, d.ID)]})
	}
	if len(before) == 0 {
		return nil
	}
	if cells, err = k.sum(monthSheets(before)...); err != nil {
		return err
	}
	earlier := k.figures(cells, "")
	out.Earlier = &earlier
	return nil
}

// figures adds up cells. period is that of the figures of people in which it was
// counted how many gave the first responses; without it their time is not told.
func (k *reckoning) figures(cells rugzak.Cells, period string) rugzak.ResultFigures {
	f, answered := rugzak.FiguresOf(cells, k.merge, k.kind), 0
	if k.people != nil && period != "" {
		answered = k.people.Answered[period]
	}
	f.Hours = f.Hours.Held(answered)
	return f
}

// counted reports whether people were counted in a span: a new month begins
// before they are counted in it.
func (k *reckoning) counted(span rugzak.ResultSpan) bool {
	if k.people == nil {
		return false
	}
	now, _ := rugzak.ResultMonths(span, k.now)
	then, _ := rugzak.ResultMonths(span, k.people.At)
	return slices.Equal(now, then)
}

// charts reckons the months of a year.
func (k *reckoning) charts(out *rugzak.MovementResults) error {
	for _, month := range rugzak.ChartMonths(k.now) {
		cells, err := k.sum(rugzak.MonthSheet(month))
		if err != nil {
			return err
		}
		f := k.figures(cells, "")
		out.Months = append(out.Months, rugzak.ResultMonth{
			Month: month, Departments: f.Entries - f.FromPartners, Partners: f.FromPartners,
			Heard: f.Heard, Unheard: max(f.Questions-f.Heard, 0), Outcomes: f.Outcomes, Grown: f.Grown,
		})
	}
	return nil
}

// phases reckons each phase, in its own order.
func (k *reckoning) phases(out *rugzak.MovementResults) error {
	movement, err := k.r.Movement()
	if err != nil {
		return err
	}
	for _, phase := range movement.Phases {
		cells, err := k.sum(rugzak.PhaseSheet(phase.ID))
		if err != nil {
			return err
		}
		out.Phases = append(out.Phases, rugzak.ResultPhase{Phase: phase, Figures: k.figures(cells, string(rugzak.PhaseSheet(phase.ID)))})
	}
	return nil
}

// present reckons what is so now: balls, rising themes, people.
func (k *reckoning) present(out *rugzak.MovementResults) error {
	cells, err := k.sum(rugzak.SheetNow)
	if err != nil {
		return err
	}
	out.Balls = rugzak.BallsOf(cells, k.now, k.merge)
	last, before := rugzak.RisingSheets(k.now)
	lately, err := k.sum(last...)
	if err != nil {
		return err
	}
	earlier, err := k.sum(before...)
	if err != nil {
		return err
	}
	for _, t := range rugzak.RisingOf(lately, earlier) {
		theme, err := k.r.Theme(t.Theme)
		if err != nil && !isMissing(err) {
			return err
		}
		if err == nil && !theme.Closed && rugzak.CanReadTheme(k.reader(), theme) {
			t.Title = theme.Title
			out.Rising = append(out.Rising, t)
		}
	}
	if !k.counted(out.Span) {
		return nil
	}
	out.People = &rugzak.ResultPeople{Active: k.people.Active[string(out.Span)], Ways: k.people.Ways, Kept: k.people.Kept}
	for o := range out.People.Active.Organisations {
		k.seen[o] = true
	}
	return nil
}

// reader is somebody who may read what everybody in the scope may read.
func (k *reckoning) reader() rugzak.Person {
	p := rugzak.Person{ID: "scope", Organisation: k.scope.Partner(), Kind: rugzak.Partner}
	if k.scope == rugzak.ScopeInside {
		p.Kind = rugzak.Department
	}
	return p
}

// direction reckons how often compass and agenda changed, and how far the items
// of the agenda are.
func (k *reckoning) direction(out *rugzak.MovementResults) error {
	movement, err := k.r.Movement()
	if err != nil {
		return err
	}
	past, err := k.r.PastCompasses()
	if err != nil {
		return err
	}
	within := func(at time.Time) bool {
		month := at.UTC().Format("2006-01")
		return !at.IsZero() && (out.From == "" || month >= out.From && month <= out.Until)
	}
	if len(past) > 0 && within(movement.Compass.UpdatedAt) {
		out.Direction++
	}
	for i, c := range past {
		if i < len(past)-1 && within(c.UpdatedAt) { // the oldest is the beginning
			out.Direction++
		}
	}
	for _, h := range rugzak.Horizons() {
		line := rugzak.ResultHorizon{Horizon: h}
		for _, item := range movement.Agenda {
			if item.Horizon != h {
				continue
			}
			line.Items++
			if !item.DoneAt.IsZero() {
				line.Done++
				if within(item.DoneAt) {
					out.Direction++
				}
			}
			if k.joint(item) {
				line.Joint++
			}
		}
		out.Agenda = append(out.Agenda, line)
	}
	return nil
}

// joint reports whether a department and a partner the scope may know lead an
// item together.
func (k *reckoning) joint(item rugzak.AgendaItem) bool {
	departments, partners := false, false
	for _, id := range item.Organisations {
		o, there := k.orgs[id]
		if !there || !rugzak.CanKnowOrganisation(k.reader(), o) {
			continue
		}
		departments = departments || o.Kind == rugzak.Department
		partners = partners || o.Kind == rugzak.Partner
	}
	return departments && partners
}
