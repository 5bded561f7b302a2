// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"strconv"
	"time"

	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// resultWords prints results: names of organisations, and sentences.
type resultWords struct {
	*locale.Printer
	r       rugzak.MovementResults
	defined map[string]string // definitions as they were frozen; nil for those of now
	names   map[rugzak.OrganisationID]string
}

// resultsPart prints results. definitions are those that were frozen with them.
func resultsPart(p *locale.Printer, r rugzak.MovementResults, definitions map[string]string) ResultsPart {
	w := resultWords{Printer: p, r: r, defined: definitions, names: map[rugzak.OrganisationID]string{}}
	named := map[rugzak.OrganisationKind]bool{}
	for _, o := range r.Organisations {
		named[o.Kind] = named[o.Kind] || o.Name != ""
	}
	for _, o := range r.Organisations {
		w.names[o.ID] = o.Name
		if o.Name == "" && o.Kind == rugzak.Department {
			w.names[o.ID] = p.T("results.departments")
			if named[o.Kind] {
				w.names[o.ID] = p.T("results.small.departments")
			}
		} else if o.Name == "" {
			w.names[o.ID] = p.T("results.partners")
			if named[o.Kind] {
				w.names[o.ID] = p.T("results.small.partners")
			}
		}
	}
	part := ResultsPart{Period: w.period(), Rising: r.Rising, Frozen: definitions != nil, Agenda: r.Agenda}
	part.Any = r.Now.Entries+r.Now.Replies+r.Now.Uses > 0 || r.Earlier != nil && r.Earlier.Entries > 0
	part.Rungs = []RungPart{w.together(), w.useful(), w.applied(), w.realised(), w.changed()}
	for i, rung := range rugzak.Rungs() {
		part.Rungs[i].Rung = rung
		part.Rungs[i].Definition = w.definition("results.definition." + string(rung))
	}
	part.Matrix, part.Balls, part.People = w.matrix(), w.balls(), w.people()
	part.Drives, part.DrivesSay = w.drives()
	part.DrivesStory = &RungPart{Rung: rugzak.StoryDrives}
	part.AgendaSay = w.agenda()
	for _, phase := range r.Phases {
		f := phase.Figures
		part.Phases = append(part.Phases, PhaseLine{phase.Phase.Name(rugzak.Lang(p.Lang())), f.Entries, f.Replies, f.Uses, f.Across, f.SuccessesTwo})
	}
	return part
}

func (w resultWords) definition(key string) string {
	if text, ok := w.defined[key]; ok {
		return text
	}
	return w.T(key)
}

func (w resultWords) period() string {
	if w.r.From == "" {
		return w.T("results.period.all")
	}
	if w.r.From == w.r.Until {
		return printMonth(w.Printer, w.r.From)
	}
	return w.T("results.period.from", printMonth(w.Printer, w.r.From), printMonth(w.Printer, w.r.Until))
}

// earlier says what a number was in the period before.
// There was something when n is more than 0.
func (w resultWords) earlier(n func(rugzak.ResultFigures) int, say func(rugzak.ResultFigures) string) string {
	switch {
	case w.r.Earlier == nil:
		return ""
	case n(*w.r.Earlier) == 0:
		return w.T("results.earlier.none")
	}
	return w.T("results.earlier", say(*w.r.Earlier))
}

// earlierCount says a number of the period before.
func (w resultWords) earlierCount(n func(rugzak.ResultFigures) int) string {
	return w.earlier(n, func(f rugzak.ResultFigures) string { return w.Number(n(f)) })
}

// months makes bars of the months.
func (w resultWords) months(id string, series []string, parts func(rugzak.ResultMonth) []int) Chart {
	var stacks []stackOf
	for _, m := range w.r.Months {
		at, _ := time.Parse("2006-01", m.Month)
		stacks = append(stacks, stackOf{label: printMonth(w.Printer, m.Month), short: w.T("results.month." + strconv.Itoa(int(at.Month()))), parts: parts(m)})
	}
	c := stackedBars(w.Printer, "grafiek-"+id, "results.chart."+id, "results.chart."+id+".desc", "results.month", series, stacks)
	w.years(&c)
	return c
}

// years puts the years beneath the months they begin with.
func (w resultWords) years(c *Chart) {
	step := (chartWidth - chartLeft) / max(len(w.r.Months), 1)
	for i, m := range w.r.Months {
		if i == 0 && m.Month[5:] < "11" || m.Month[5:] == "01" && i < len(w.r.Months)-1 || m.Month[5:] == "01" && i > 0 {
			c.Words = append(c.Words, ChartWord{chartLeft + i*step + 4, chartTop + chartPlot + 33, m.Month[:4], ""})
		}
	}
}

func (w resultWords) together() RungPart {
	f := w.r.Now
	part := RungPart{Number: w.Number(f.Entries + f.Replies)}
	partners := w.T("results.say.partners.none")
	if f.FromPartners > 0 {
		partners = w.N("results.say.partners", f.FromPartners)
	}
	part.Say = w.T("results.say.together", w.N("results.entries", f.Entries), w.N("results.replies", f.Replies), partners)
	if f.Questions > 0 {
		part.More = append(part.More, w.T("results.more.questions", w.Number(f.QuestionsTwo), w.N("results.questions", f.Questions)))
	}
	part.Earlier = w.earlierCount(func(f rugzak.ResultFigures) int { return f.Entries + f.Replies })
	part.Chart = w.months("together", []string{w.T("results.departments"), w.T("results.partners")}, func(m rugzak.ResultMonth) []int {
		return []int{m.Departments, m.Partners}
	})
	return part
}

func (w resultWords) useful() RungPart {
	f := w.r.Now
	share := func(f rugzak.ResultFigures) string {
		return w.T("results.of", w.Number(f.Heard), w.Number(f.Questions))
	}
	part := RungPart{Number: share(f), Earlier: w.earlier(func(f rugzak.ResultFigures) int { return f.Questions }, share)}
	part.Say = w.T("results.say.useful", w.Number(f.Heard), w.N("results.questions", f.Questions))
	if f.Questions == 0 {
		part.Say = w.T("results.say.useful.none")
	}
	switch {
	case f.Hours.Of > 0:
		part.More = append(part.More, w.T("results.more.hours", w.hours(f.Hours.Median), w.hours(f.Hours.P75)))
	case f.Hours.Few:
		part.More = append(part.More, w.T("results.more.hours_few"))
	}
	part.More = append(part.More, w.T("results.more.useful", w.N("results.insights", f.ByKind[rugzak.KindInsight]), w.N("results.methods", f.ByKind[rugzak.KindMethod])))
	part.Chart = w.months("useful", []string{w.T("results.heard"), w.T("results.unheard")}, func(m rugzak.ResultMonth) []int {
		return []int{m.Heard, m.Unheard}
	})
	return part
}

// hours says working hours as days and hours.
func (w resultWords) hours(n int) string {
	days, hours := rugzak.WorkingDays(n)
	switch {
	case n == 0:
		return w.T("results.hours.zero")
	case days == 0:
		return w.N("results.hours", hours)
	case hours == 0:
		return w.N("results.days", days)
	}
	return w.T("results.days_and", w.N("results.days", days), w.N("results.hours", hours))
}

func (w resultWords) applied() RungPart {
	f := w.r.Now
	part := RungPart{Number: w.Number(f.Across)}
	switch f.Across {
	case f.Uses:
		part.Say = w.N("results.say.applied.across", f.Uses)
	case 0:
		part.Say = w.N("results.say.applied.own", f.Uses)
	default:
		part.Say = w.T("results.say.applied", w.N("results.uses", f.Uses), w.N("results.across", f.Across))
	}
	if f.Uses == 0 {
		part.Say = w.T("results.say.applied.none")
	}
	part.Earlier = w.earlierCount(func(f rugzak.ResultFigures) int { return f.Across })
	return part
}

func (w resultWords) realised() RungPart {
	f := w.r.Now
	share := func(f rugzak.ResultFigures) string {
		helped := f.Outcomes[rugzak.OutcomeWorked] + f.Outcomes[rugzak.OutcomePartly]
		return w.T("results.of", w.Number(helped), w.Number(f.Uses))
	}
	part := RungPart{Number: share(f), Earlier: w.earlier(func(f rugzak.ResultFigures) int { return f.Uses }, share)}
	part.Say = w.T("results.say.realised", w.Number(f.Outcomes[rugzak.OutcomeWorked]), w.Number(f.Outcomes[rugzak.OutcomePartly]),
		w.Number(f.Outcomes[rugzak.OutcomeNot]), w.Number(f.Outcomes[rugzak.OutcomeUnknown]))
	if f.Uses == 0 {
		part.Say = w.T("results.say.realised.none")
	}
	part.More = append(part.More, w.successes(f))
	if f.Pairs > 0 {
		part.More = append(part.More, w.N("results.more.pairs", f.Pairs))
	}
	var series []string
	for _, o := range rugzak.Outcomes() {
		series = append(series, w.T("outcome."+string(o)))
	}
	part.Chart = w.months("realised", series, func(m rugzak.ResultMonth) (parts []int) {
		for _, o := range rugzak.Outcomes() {
			parts = append(parts, m.Outcomes[o])
		}
		return parts
	})
	return part
}

// successes says how many there were, and how many of those two organisations
// had together.
func (w resultWords) successes(f rugzak.ResultFigures) string {
	switch {
	case f.Successes == 0:
		return w.T("results.more.successes.none")
	case f.SuccessesTwo == 0:
		return w.N("results.more.successes.alone", f.Successes)
	case f.SuccessesTwo == f.Successes:
		return w.N("results.more.successes.joint", f.Successes)
	}
	return w.T("results.more.successes", w.N("results.successes", f.Successes), w.Number(f.SuccessesTwo))
}

func (w resultWords) changed() RungPart {
	f := w.r.Now
	steps := rugzak.Maturities()[1:]
	grown := func(f rugzak.ResultFigures) (n int) {
		for _, step := range steps {
			n += f.Grown[step]
		}
		return n
	}
	part := RungPart{Number: w.Number(grown(f))}
	lessons := w.N("results.lessons", grown(f))
	if grown(f) == 0 {
		lessons = w.T("results.lessons.none")
	}
	part.Say = w.T("results.say.changed", lessons, w.N("results.direction", w.r.Direction))
	if w.r.Direction == 0 {
		part.Say = w.T("results.say.changed.same", lessons)
	}
	if w.r.Decisions > 0 {
		part.More = append(part.More, w.N("results.more.decisions", w.r.Decisions))
	}
	part.Earlier = w.earlierCount(grown)
	var series []string
	for _, step := range steps {
		series = append(series, w.T("maturity."+string(step)))
	}
	part.Chart = w.months("changed", series, func(m rugzak.ResultMonth) (parts []int) {
		for _, step := range steps {
			parts = append(parts, m.Grown[step])
		}
		return parts
	})
	return part
}
