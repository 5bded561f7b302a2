// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"regexp"
	"strconv"
	"strings"

	"rugzak/pkg/rugzak"
)

// methodOf reads what a method holds beside its text.
func methodOf(f *Form, p *rugzak.Problems) *rugzak.MethodData {
	number := func(name, field string) int {
		text := strings.TrimSpace(f.Value(name))
		if text == "" {
			return 0
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 {
			p.Add(field, "error.number")
			return 0
		}
		return n
	}
	return &rugzak.MethodData{
		Goal:       f.Value("method_goal"),
		MinutesMin: number("method_minutes", "method_minutes"), MinutesMax: number("method_minutes_max", "method_minutes"),
		GroupMin: number("method_group", "method_group"), GroupMax: number("method_group_max", "method_group"),
		Guidance: f.Value("method_guidance"), Trust: f.Value("method_trust"),
		Preparation: rugzak.Line(f.Value("method_preparation")), Materials: rugzak.Line(f.Value("method_materials")),
		Place: rugzak.Line(f.Value("method_place")), Steps: stepsOf(f.Value("method_steps")),
	}
}

// setMethod fills the form with what a method holds.
func setMethod(f *Form, m rugzak.MethodData) {
	number := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	f.Set("method_goal", m.Goal).
		Set("method_minutes", number(m.MinutesMin)).Set("method_minutes_max", number(m.MinutesMax)).
		Set("method_group", number(m.GroupMin)).Set("method_group_max", number(m.GroupMax)).
		Set("method_guidance", m.Guidance).Set("method_trust", m.Trust).
		Set("method_preparation", m.Preparation).Set("method_materials", m.Materials).Set("method_place", m.Place).
		Set("method_steps", stepLines(m.Steps))
}

// stepLine is a step as people type it: "10 Uitleg" or "10 min. Uitleg".
var stepLine = regexp.MustCompile(`^(\d{1,9})(?:\s*(?:min\.|min|minuten|minuut|minutes|minute|'))?(?:[:.,]?\s+|$)(.*)$`)

// stepsOf reads one step per line. A line that does not begin with a number is
// a step of no said duration.
func stepsOf(text string) []rugzak.Step {
	var steps []rugzak.Step
	for line := range strings.Lines(text) {
		if line = rugzak.Line(line); line == "" {
			continue
		}
		step := rugzak.Step{Text: line}
		if m := stepLine.FindStringSubmatch(line); m != nil {
			step.Minutes, _ = strconv.Atoi(m[1]) // nine digits fit
			step.Text = m[2]
		}
		steps = append(steps, step)
	}
	return steps
}

// stepLines is the text from which stepsOf reads these steps.
func stepLines(steps []rugzak.Step) string {
	lines := make([]string, len(steps))
	for i, s := range steps {
		lines[i] = s.Text
		if s.Minutes != 0 || stepLine.MatchString(s.Text) {
			lines[i] = strconv.Itoa(s.Minutes) + " " + s.Text
		}
	}
	return strings.Join(lines, "\n")
}
