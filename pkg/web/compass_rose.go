// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"math"
	"strings"

	"rugzak/pkg/locale"
)

// Rose is what the drawing of the compass says in words.
type Rose struct {
	// Text is the same as the drawing: each drive with its number.
	Text string
	// Conclusion is one sentence: what lives most, and what is silent.
	Conclusion string
}

// Petal is a drive in the drawing of the compass rose: a shape on a canvas of
// 200 by 200, and where its number stands.
type Petal struct{ Path, X, Y string }

// petal draws drive i of n: the longer, the more entries it has compared with
// the drive that has most.
func petal(i, n, count, most int) Petal {
	const middle, shortest, longest, number = 100.0, 22.0, 72.0, 88.0
	length := shortest
	if most > 0 {
		length += (longest - shortest) * math.Sqrt(float64(count)/float64(most))
	}
	direction := 2*math.Pi*float64(i)/float64(n) - math.Pi/2
	half := math.Min(math.Pi/float64(n)*0.9, 0.5)
	point := func(angle, radius float64) string {
		return fmt.Sprintf("%.1f %.1f", middle+radius*math.Cos(angle), middle+radius*math.Sin(angle))
	}
	return Petal{
		Path: fmt.Sprintf("M100 100Q%s %s Q%s 100 100Z",
			point(direction-half, length*0.75), point(direction, length), point(direction+half, length*0.75)),
		X: fmt.Sprintf("%.1f", middle+number*math.Cos(direction)),
		Y: fmt.Sprintf("%.1f", middle+number*math.Sin(direction)),
	}
}

// roseOf puts the drawing in words.
func roseOf(p *locale.Printer, drives []DriveLine) Rose {
	var parts, most, silent []string
	top := 0
	for _, d := range drives {
		top = max(top, d.Count)
	}
	for _, d := range drives {
		parts = append(parts, d.Name+": "+p.Number(d.Count))
		switch {
		case d.Count == 0:
			silent = append(silent, d.Name)
		case d.Count == top:
			most = append(most, d.Name)
		}
	}
	r := Rose{Text: strings.Join(parts, ". ") + "."}
	switch {
	case top == 0:
		r.Conclusion = p.T("compass.rose.all_silent")
	case len(most) > 1:
		r.Conclusion = p.N("compass.rose.most_of", top, wordList(p, most))
	default:
		r.Conclusion = p.N("compass.rose.most", top, wordList(p, most))
	}
	if top > 0 && len(silent) > 0 {
		r.Conclusion += " " + p.T("compass.rose.silent", wordList(p, silent))
	}
	return r
}
