// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import "rugzak/pkg/locale"

// Chart is a drawing of numbers with the same numbers as a table. It is drawn at
// the width of a telephone, so that its words keep their size everywhere.
type Chart struct {
	ID          string // unique on the page
	Title, Desc string
	Width       int
	Height      int
	Bars        []ChartBar
	Words       []ChartWord
	Lines       []ChartLine
	Legend      []ChartSeries
	Table       ChartTable
}

// ChartBar is a rectangle of a series, counted from 1.
type ChartBar struct{ X, Y, Width, Height, Series int }

// ChartWord is a word in a drawing; it ends, or is centred, where it stands.
type ChartWord struct {
	X, Y   int
	Text   string
	Anchor string // "end" or "middle"; empty for the beginning
}

// ChartLine is a line of the scale.
type ChartLine struct{ X1, Y1, X2, Y2 int }

// ChartSeries is what one colour stands for.
type ChartSeries struct {
	Series int
	Name   string
}

// ChartTable holds the numbers of a chart. The first cell of a row is its head.
type ChartTable struct {
	Head []string
	Rows [][]string
}

// The measures of drawings.
const (
	chartWidth  = 340
	chartPlot   = 140 // the height of the bars
	chartLeft   = 28  // the scale stands here
	chartTop    = 8
	chartFoot   = 40 // months and year beneath the bars
	barRow      = 40 // a row of a bar that lies
	barHeight   = 14
	chartNumber = 34 // the number behind a bar that lies
)

// stackOf is one bar that stands: a part for each series.
type stackOf struct {
	label string // of the table
	short string // beneath the bar
	parts []int
}

// stackedBars draws bars that stand beside each other.
func stackedBars(p *locale.Printer, id, titleKey, descKey, headKey string, series []string, stacks []stackOf) Chart {
	c := Chart{ID: id, Title: p.T(titleKey), Desc: p.T(descKey), Width: chartWidth, Height: chartTop + chartPlot + chartFoot}
	c.Table.Head = append([]string{p.T(headKey)}, series...)
	most := 0
	for _, s := range stacks {
		most = max(most, sumOf(s.parts))
	}
	top := niceTop(most)
	for _, mark := range []int{0, top / 2, top} {
		y := chartTop + chartPlot - chartPlot*mark/top
		c.Lines = append(c.Lines, ChartLine{chartLeft, y, chartWidth, y})
		c.Words = append(c.Words, ChartWord{chartLeft - 5, y + 4, p.Number(mark), "end"})
	}
	for i, name := range series {
		c.Legend = append(c.Legend, ChartSeries{i + 1, name})
	}
	step := (chartWidth - chartLeft) / max(len(stacks), 1)
	for i, s := range stacks {
		x, row := chartLeft+i*step, []string{s.label}
		below := 0
		for n, part := range s.parts {
			row = append(row, p.Number(part))
			from, to := chartPlot*below/top, chartPlot*(below+part)/top
			if to > from {
				c.Bars = append(c.Bars, ChartBar{x + 4, chartTop + chartPlot - to, step - 8, to - from, n + 1})
			}
			below += part
		}
		c.Table.Rows = append(c.Table.Rows, row)
		c.Words = append(c.Words, ChartWord{x + step/2, chartTop + chartPlot + 16, s.short, "middle"})
	}
	return c
}

// lyingBars draws bars beneath each other, each under its name.
func lyingBars(p *locale.Printer, id, titleKey, descKey string, heads [2]string, rows []stackOf) Chart {
	c := Chart{ID: id, Title: p.T(titleKey), Desc: p.T(descKey), Width: chartWidth, Height: chartTop + barRow*len(rows)}
	c.Table.Head = heads[:]
	most := 1
	for _, r := range rows {
		most = max(most, sumOf(r.parts))
	}
	for i, r := range rows {
		y, n := chartTop+i*barRow, sumOf(r.parts)
		width := (chartWidth - chartNumber) * n / most
		c.Words = append(c.Words, ChartWord{0, y + 10, r.label, ""})
		if width > 0 {
			c.Bars = append(c.Bars, ChartBar{0, y + 16, width, barHeight, 1})
		}
		c.Words = append(c.Words, ChartWord{width + 6, y + 16 + barHeight - 3, p.Number(n), ""})
		c.Table.Rows = append(c.Table.Rows, []string{r.label, p.Number(n)})
	}
	return c
}

func sumOf(parts []int) int {
	sum := 0
	for _, n := range parts {
		sum += n
	}
	return sum
}

// niceTop is the top of a scale: an even round number no less than most.
func niceTop(most int) int {
	for unit := 1; ; unit *= 10 {
		for _, n := range []int{2, 4, 6, 8, 10} {
			if n*unit >= most {
				return n * unit
			}
		}
	}
}
