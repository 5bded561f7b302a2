// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "strconv"

// The facets of the library of methods. Only methods have values of them.
const (
	FacetGoal     Facet = "goal"     // one of MethodGoals
	FacetTime     Facet = "time"     // minutes in which it can be done: MethodTimes
	FacetGroup    Facet = "group"    // how many people it works with: MethodGroups
	FacetTrust    Facet = "trust"    // one of MethodTrusts
	FacetGuidance Facet = "guidance" // one of MethodGuidances
)

// MethodFacets lists them in the order of the page.
func MethodFacets() []Facet {
	return []Facet{FacetGoal, FacetTime, FacetGroup, FacetTrust, FacetGuidance}
}

// MethodTimes are the times somebody may have for a method, in minutes.
func MethodTimes() []int { return []int{10, 15, 30, 45, 60, 90, 120, 180, 240} }

// GroupSize is a group of at least and at most so many people; no Most is no
// bound.
type GroupSize struct {
	Name        string
	Least, Most int
}

// MethodGroups are the sizes of the groups somebody may come with.
func MethodGroups() []GroupSize {
	return []GroupSize{{"2-4", 2, 4}, {"5-8", 5, 8}, {"9-15", 9, 15}, {"16-30", 16, 30}, {"31", 31, 0}}
}

// FacetOrder is the order in which the values of a facet of methods are shown;
// nil for a facet of which those with the most hits come first.
func FacetOrder(f Facet) []string {
	var out []string
	switch f {
	case FacetGoal:
		return MethodGoals()
	case FacetTrust:
		return MethodTrusts()
	case FacetGuidance:
		return MethodGuidances()
	case FacetTime:
		for _, minutes := range MethodTimes() {
			out = append(out, strconv.Itoa(minutes))
		}
	case FacetGroup:
		for _, g := range MethodGroups() {
			out = append(out, g.Name)
		}
	}
	return out
}

// Shortest is the least time in which the method can be done: its shortest
// duration, else that of its steps, else its longest. 0 when nothing is said.
func (m MethodData) Shortest() int {
	if m.MinutesMin > 0 {
		return m.MinutesMin
	}
	if sum := m.StepMinutes(); sum > 0 {
		return sum
	}
	return m.MinutesMax
}

// FitsIn reports whether the method can be done in so many minutes.
func (m MethodData) FitsIn(minutes int) bool {
	shortest := m.Shortest()
	return shortest > 0 && shortest <= minutes
}

// Suits reports whether the method works with a group of that size: whether
// some number of people is in both.
func (m MethodData) Suits(g GroupSize) bool {
	if m.GroupMin == 0 && m.GroupMax == 0 {
		return false
	}
	return (m.GroupMax == 0 || g.Least <= m.GroupMax) && (g.Most == 0 || m.GroupMin <= g.Most)
}

// Choices are the values by which a method is found in the library. It is nil
// for nil.
func (m *MethodData) Choices() map[Facet][]string {
	if m == nil {
		return nil
	}
	out := map[Facet][]string{}
	for f, value := range map[Facet]string{FacetGoal: m.Goal, FacetTrust: m.Trust, FacetGuidance: m.Guidance} {
		if value != "" {
			out[f] = []string{value}
		}
	}
	for _, minutes := range MethodTimes() {
		if m.FitsIn(minutes) {
			out[FacetTime] = append(out[FacetTime], strconv.Itoa(minutes))
		}
	}
	for _, g := range MethodGroups() {
		if m.Suits(g) {
			out[FacetGroup] = append(out[FacetGroup], g.Name)
		}
	}
	return out
}
