// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"rugzak/pkg/rugzak"
)

// matrix shows from whom lessons came (rows) and who applied them (columns).
func (w resultWords) matrix() MatrixPart {
	var part MatrixPart
	counts, most := map[[2]rugzak.OrganisationID]int{}, 0
	for _, use := range w.r.Matrix {
		counts[[2]rugzak.OrganisationID{use.From, use.By}] += use.N
		most = max(most, use.N)
	}
	var shown []rugzak.OrganisationID
	for _, o := range w.r.Organisations {
		shown = append(shown, o.ID)
		part.Heads = append(part.Heads, w.names[o.ID])
	}
	pairs := 0
	for _, from := range shown {
		row := MatrixRow{Name: w.names[from]}
		for _, by := range shown {
			n := counts[[2]rugzak.OrganisationID{from, by}]
			cell := MatrixCell{N: n, Own: from == by}
			if n > 0 {
				cell.Heat = 1 + 3*(n-1)/max(most-1, 1)
				if from != by {
					pairs++
				}
			}
			row.Cells = append(row.Cells, cell)
		}
		part.Rows = append(part.Rows, row)
	}
	switch {
	case len(w.r.Matrix) == 0:
		part.Say = w.T("results.say.matrix.none")
	case pairs == 0:
		part.Say = w.T("results.say.matrix.within")
	default:
		part.Say = w.N("results.say.matrix", pairs)
	}
	return part
}

func (w resultWords) balls() BallsPart {
	b := w.r.Balls
	part := BallsPart{Say: w.T("results.say.balls", w.N("results.balls", b.Still), w.N("results.weeks", b.Median))}
	if b.Still == 0 {
		part.Say = w.T("results.say.balls.none")
	}
	for _, pair := range b.Pairs {
		part.Pairs = append(part.Pairs, BallLine{w.names[pair.From], w.names[pair.With], pair.N, w.N("results.weeks", pair.Median)})
	}
	return part
}

// drives draws the drives in the order of the compass: no ranking.
func (w resultWords) drives() (Chart, string) {
	var rows []stackOf
	silent := 0
	for _, d := range w.r.Drives {
		rows = append(rows, stackOf{label: d.Name, parts: []int{d.N}})
		if d.N == 0 {
			silent++
		}
	}
	c := lyingBars(w.Printer, "grafiek-drives", "results.chart.drives", "results.chart.drives.desc",
		[2]string{w.T("results.drive"), w.T("results.head.entries")}, rows)
	if silent == 0 {
		return c, w.T("results.say.drives.all")
	}
	return c, w.T("results.say.drives", w.N("results.silent", silent), w.Number(len(rows)))
}

// people says numbers of people in steps of five. Who has few is told together.
func (w resultWords) people() PeoplePart {
	var part PeoplePart
	p := w.r.People
	if p == nil {
		return part
	}
	part.Known = true
	for _, o := range w.r.Organisations {
		if n, ok := p.Active.Organisations[o.ID]; ok {
			part.Lines = append(part.Lines, PeopleLine{w.names[o.ID], w.atLeast(n)})
		}
	}
	part.Lines = append(part.Lines, PeopleLine{w.T("results.people.rest"), w.atLeast(p.Active.Rest)})
	for _, way := range rugzak.Ways() {
		part.Ways = append(part.Ways, PeopleLine{w.T("results.way." + string(way)), w.atLeast(p.Ways[way])})
	}
	part.Kept = w.atLeast(p.Kept)
	return part
}

// atLeast says a number in steps of five.
func (w resultWords) atLeast(n int) string {
	if n < rugzak.FewPeople {
		return w.T("results.few")
	}
	return w.T("results.atleast", w.Number(n))
}

func (w resultWords) agenda() string {
	items, joint, done := 0, 0, 0
	for _, h := range w.r.Agenda {
		items, joint, done = items+h.Items, joint+h.Joint, done+h.Done
	}
	if items == 0 {
		return w.T("results.say.agenda.none")
	}
	return w.T("results.say.agenda", w.N("results.items", items), w.N("results.agenda.together", joint), w.N("results.done", done))
}
