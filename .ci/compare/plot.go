// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// point is one value of a series at a number of texts.
type point struct{ x, y float64 }

// series is a line of a plot.
type series struct {
	name   string
	points []point
}

// plot is one drawing, both axes logarithmic.
type plot struct {
	file, title, unit string
	series            []series
}

// plots draws the generated sets: times of ranked queries and of pages, and
// memory, against the number of texts. A plot needs two sizes.
func plots(dir string, all []record) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	made := filter(all, func(r record) bool { return strings.HasPrefix(r.Set, "generated-") })
	var out []plot
	for _, t := range []task{taskRanked, taskPage} {
		for _, p := range []string{"p50", "p95"} {
			title := map[task]string{taskRanked: "Ranked query, any of two or three words", taskPage: "Whole search page"}[t]
			out = append(out, plot{file: fmt.Sprintf("%s-%s.svg", t, p), title: title + ", " + p, unit: "milliseconds",
				series: seriesOf(filter(made, func(r record) bool { return r.Kind == kindLatency && r.Task == t && r.Clients == 1 }), p+"_ms")})
		}
	}
	out = append(out, plot{file: "memory.svg", title: "Resident memory after queries", unit: "MB",
		series: seriesOf(filter(made, func(r record) bool { return r.Kind == kindMemory }), "resident_mb")})
	for _, p := range out {
		if !slices.ContainsFunc(p.series, func(s series) bool { return len(s.points) > 1 }) {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, p.file), []byte(p.draw()), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func seriesOf(all []record, value string) []series {
	var out []series
	for _, e := range distinctOf(all, func(r record) string { return r.Engine }) {
		s := series{name: e}
		for _, r := range all {
			if v, ok := r.Values[value]; ok && r.Engine == e && v > 0 {
				s.points = append(s.points, point{float64(r.Size), v})
			}
		}
		slices.SortFunc(s.points, func(a, b point) int { return cmp.Compare(a.x, b.x) })
		if len(s.points) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// The drawing: the room for the axes, and the colours and dashes of the lines,
// which can be told apart without colour too.
const (
	width, height            = 640, 400
	left, right, top, bottom = 70, 150, 50, 50
)

var (
	colours = []string{"#0b5394", "#b45f06", "#38761d", "#741b47"}
	dashes  = []string{"none", "8 4", "2 4", "10 4 2 4"}
)

// draw writes the plot as SVG with its numbers as text for who cannot see it.
func (p plot) draw() string {
	x, y := p.axes()
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-labelledby="title desc" font-family="sans-serif" font-size="12">`+"\n", width, height)
	fmt.Fprintf(&b, "<title id=\"title\">%s</title>\n<desc id=\"desc\">%s</desc>\n", escaped(p.title), escaped(p.words()))
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#ffffff"/>`+"\n", width, height)
	fmt.Fprintf(&b, `<text x="%d" y="24" font-size="15" fill="#111111">%s</text>`+"\n", left, escaped(p.title))
	for v := x.from; v <= x.to*1.0001; v *= 10 {
		at := x.place(v, left, width-right)
		fmt.Fprintf(&b, `<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#cccccc"/><text x="%.1f" y="%d" text-anchor="middle" fill="#333333">%s</text>`+"\n", at, top, at, height-bottom, at, height-bottom+18, thousands(int(v)))
	}
	for v := y.from; v <= y.to*1.0001; v *= 10 {
		at := y.place(v, height-bottom, top)
		fmt.Fprintf(&b, `<line x1="%d" y1="%.1f" x2="%d" y2="%.1f" stroke="#cccccc"/><text x="%d" y="%.1f" text-anchor="end" fill="#333333">%s</text>`+"\n", left, at, width-right, at, left-8, at+4, short(v))
	}
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="middle" fill="#333333">texts</text>`+"\n", (left+width-right)/2, height-12)
	fmt.Fprintf(&b, `<text x="16" y="%d" text-anchor="middle" transform="rotate(-90 16 %d)" fill="#333333">%s</text>`+"\n", (top+height-bottom)/2, (top+height-bottom)/2, escaped(p.unit))
	for i, s := range p.series {
		colour, dash := colours[i%len(colours)], dashes[i%len(dashes)]
		var line []string
		for _, pt := range s.points {
			px, py := x.place(pt.x, left, width-right), y.place(pt.y, height-bottom, top)
			line = append(line, fmt.Sprintf("%.1f,%.1f", px, py))
			fmt.Fprintf(&b, `<circle cx="%.1f" cy="%.1f" r="3.5" fill="%s"/>`+"\n", px, py, colour)
		}
		fmt.Fprintf(&b, `<polyline points="%s" fill="none" stroke="%s" stroke-width="2" stroke-dasharray="%s"/>`+"\n", strings.Join(line, " "), colour, dash)
		at := top + 10 + 20*i
		fmt.Fprintf(&b, `<line x1="%d" y1="%d" x2="%d" y2="%d" stroke="%s" stroke-width="2" stroke-dasharray="%s"/><text x="%d" y="%d" fill="#111111">%s</text>`+"\n",
			width-right+12, at, width-right+44, at, colour, dash, width-right+50, at+4, escaped(s.name))
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// axis runs from one power of ten to another.
type axis struct{ from, to float64 }

func (a axis) place(v float64, from, to int) float64 {
	return float64(from) + (math.Log10(v)-math.Log10(a.from))/(math.Log10(a.to)-math.Log10(a.from))*float64(to-from)
}

func (p plot) axes() (x, y axis) {
	var xs, ys []float64
	for _, s := range p.series {
		for _, pt := range s.points {
			xs, ys = append(xs, pt.x), append(ys, pt.y)
		}
	}
	return around(xs), around(ys)
}

func around(values []float64) axis {
	a := axis{math.Pow(10, math.Floor(math.Log10(slices.Min(values)))), math.Pow(10, math.Ceil(math.Log10(slices.Max(values))))}
	if a.from == a.to {
		a.to *= 10
	}
	return a
}

// words says in words what the plot shows.
func (p plot) words() string {
	var parts []string
	for _, s := range p.series {
		var values []string
		for _, pt := range s.points {
			values = append(values, fmt.Sprintf("%s at %s texts", short(pt.y), thousands(int(pt.x))))
		}
		parts = append(parts, s.name+": "+strings.Join(values, ", "))
	}
	return "In " + p.unit + ". " + strings.Join(parts, ". ") + "."
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a builder takes everything
	return b.String()
}
