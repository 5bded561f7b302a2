// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "slices"

// MethodData is what a method (werkvorm) holds beside its text. Times in
// minutes, groups in people; 0 means not said.
type MethodData struct {
	Goal                   string // one of MethodGoals
	MinutesMin, MinutesMax int
	GroupMin, GroupMax     int
	Guidance               string // one of MethodGuidances
	Trust                  string // one of MethodTrusts
	Preparation            string
	Materials              string
	Place                  string
	Steps                  []Step
}

// Step is one step of a method.
type Step struct {
	Minutes int
	Text    string
}

// The choices of a method, in the order in which they are offered.
func MethodGoals() []string {
	return []string{"acquaint", "explore", "deepen", "choose", "look-back", "celebrate"}
}

// MethodGuidances lists how much guidance a method asks for.
func MethodGuidances() []string { return []string{"none", "light", "experienced"} }

// MethodTrusts lists how much trust a method asks for.
func MethodTrusts() []string { return []string{"low", "medium", "high"} }

// The limits of a method.
const (
	MaxSteps   = 50
	MaxMinutes = 24 * 60
	MaxGroup   = 10000
)

// StepMinutes is the sum of the steps.
func (m MethodData) StepMinutes() int {
	sum := 0
	for _, s := range m.Steps {
		sum += s.Minutes
	}
	return sum
}

// StepsDiffer reports whether the minutes of the steps do not add up to the
// duration of a method that gives both. That is no error, only worth a word.
func (m *MethodData) StepsDiffer() bool {
	if m == nil {
		return false
	}
	sum := m.StepMinutes()
	if sum == 0 || m.MinutesMin == 0 && m.MinutesMax == 0 {
		return false
	}
	longest := m.MinutesMax
	if longest == 0 {
		longest = m.MinutesMin
	}
	return sum < m.MinutesMin || sum > longest
}

func (m *MethodData) check(p *Problems) {
	if m == nil {
		p.Add("method_goal", "error.choose")
		return
	}
	if !slices.Contains(MethodGoals(), m.Goal) {
		p.Add("method_goal", "error.choose")
	}
	if m.Guidance != "" && !slices.Contains(MethodGuidances(), m.Guidance) {
		p.Add("method_guidance", "error.choose")
	}
	if m.Trust != "" && !slices.Contains(MethodTrusts(), m.Trust) {
		p.Add("method_trust", "error.choose")
	}
}

// limits checks what a draft may never break either.
func (m *MethodData) limits(p *Problems) {
	if m == nil {
		return
	}
	checkRange(p, "method_minutes", m.MinutesMin, m.MinutesMax, MaxMinutes)
	checkRange(p, "method_group", m.GroupMin, m.GroupMax, MaxGroup)
	checkLine(p, "method_preparation", m.Preparation, MaxLesson)
	checkLine(p, "method_materials", m.Materials, MaxLesson)
	checkLine(p, "method_place", m.Place, MaxLesson)
	checkCount(p, "method_steps", len(m.Steps), MaxSteps)
	for _, s := range m.Steps {
		checkLine(p, "method_steps", s.Text, MaxLesson)
		if s.Minutes < 0 || s.Minutes > MaxMinutes {
			p.Add("method_steps", "error.number")
		}
	}
}

// checkRange wants 0 <= least <= most <= top, where 0 means not said.
func checkRange(p *Problems, field string, least, most, top int) {
	if least < 0 || most < 0 || least > top || most > top || most > 0 && least > most {
		p.Add(field, "error.range")
	}
}
