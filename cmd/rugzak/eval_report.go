// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// evalResult is what a run measured, for a program.
type evalResult struct {
	Overall    rugzak.Measured    `json:"overall"`
	Categories []measuredCategory `json:"categories"`
	// Missed are the questions that found nothing of what they should.
	Missed []string `json:"missed"`
	// P50 and P95 are how long a question took, in milliseconds.
	P50 float64 `json:"p50_ms"`
	P95 float64 `json:"p95_ms"`
}

type measuredCategory struct {
	Category string `json:"category"`
	rugzak.Measured
}

func resultOf(answers []evalAnswer) evalResult {
	out := evalResult{Categories: []measuredCategory{}, Missed: []string{}}
	by := map[string][]rugzak.Measured{}
	var all []rugzak.Measured
	var took []time.Duration
	for _, x := range answers {
		by[x.Category] = append(by[x.Category], x.measured)
		all, took = append(all, x.measured), append(took, x.took)
		if x.measured.Found == 0 {
			out.Missed = append(out.Missed, x.QID)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(by)) {
		out.Categories = append(out.Categories, measuredCategory{name, rugzak.Mean(by[name])})
	}
	slices.Sort(took)
	out.Overall = rugzak.Mean(all)
	out.P50, out.P95 = milliseconds(took[len(took)/2]), milliseconds(took[len(took)*95/100])
	return out
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// seconds writes how long something took.
func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) }

// printMeasured prints a line for each category and one over all, and with
// missed what did not find.
func (a *app) printMeasured(r evalResult, answers []evalAnswer, missed bool) error {
	rows := [][]string{{a.say.T("cli.eval.category"), a.say.T("cli.eval.questions"), "MRR@10", "success@1", "success@10", "nDCG@10"}}
	row := func(name string, m rugzak.Measured) {
		cells := []string{name, a.say.Number(m.Queries)}
		for _, v := range []float64{m.MRR, m.First, m.Found, m.NDCG} {
			cells = append(cells, strconv.FormatFloat(v, 'f', 3, 64))
		}
		rows = append(rows, cells)
	}
	for _, c := range r.Categories {
		row(c.Category, c.Measured)
	}
	if len(r.Categories) > 1 {
		row(a.say.T("cli.eval.overall"), r.Overall)
	}
	var b strings.Builder
	writeTable(&b, rows)
	a.note(a.say.T("cli.eval.took", strconv.FormatFloat(r.P50, 'f', 1, 64), strconv.FormatFloat(r.P95, 'f', 1, 64)))
	if missed {
		b.WriteString("\n" + a.say.N("cli.eval.missed", len(r.Missed)) + "\n")
		for _, x := range answers {
			if x.measured.Found == 0 {
				fmt.Fprintf(&b, "  %s\t%s\t%s\n", x.QID, x.Query, strings.Join(x.Relevant, " "))
			}
		}
	}
	_, err := a.stdout.Write([]byte(b.String()))
	return err
}

// writeTable aligns columns: the first to the left, figures to the right.
func writeTable(b *strings.Builder, rows [][]string) {
	widths := make([]int, len(rows[0]))
	for _, cells := range rows {
		for i, c := range cells {
			widths[i] = max(widths[i], utf8.RuneCountInString(c))
		}
	}
	for _, cells := range rows {
		for i, c := range cells {
			gap := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(c))
			if i == 0 {
				b.WriteString(c + gap)
			} else {
				b.WriteString("  " + gap + c)
			}
		}
		b.WriteString("\n")
	}
}

// note says something beside the result, unless --quiet.
func (a *app) note(line string) {
	if !a.quiet {
		a.warn(line)
	}
}
