// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// Rung is one of the five questions results answer, from nearby to far. Each has
// one number and one story.
type Rung string

// The rungs.
const (
	RungTogether Rung = "together" // doen we het samen?
	RungUseful   Rung = "useful"   // ligt er iets bruikbaars?
	RungApplied  Rung = "applied"  // gebruiken we elkaars lessen?
	RungRealised Rung = "realised" // leverde het iets op?
	RungChanged  Rung = "changed"  // kijken we anders?
)

// Rungs lists the rungs in order.
func Rungs() []Rung { return []Rung{RungTogether, RungUseful, RungApplied, RungRealised, RungChanged} }

// StoryDrives is the place of the story beside the chart of the drives.
const StoryDrives Rung = "drives"

// StoryPlaces lists where a story stands: no chart is without one.
func StoryPlaces() []Rung { return append(Rungs(), StoryDrives) }

// Fits reports how well an entry tells the story of a rung: 0 for not at all.
func (r Rung) Fits(e Entry) int {
	if e.Lesson == "" || !e.State.Public() || e.State == StateArchived {
		return 0
	}
	fits := map[bool]int{true: 1}
	switch r {
	case RungTogether:
		return fits[e.Kind == KindSuccess || e.Kind == KindExperience] + fits[e.Together() >= 2]
	case RungUseful:
		return 2*fits[e.Kind == KindInsight] + fits[e.Kind == KindMethod || e.Kind == KindExperience]
	case RungApplied:
		return 2 * fits[e.Kind == KindApplication]
	case RungRealised:
		return 2*fits[e.Kind == KindSuccess] + fits[e.Application.Helped()]
	case RungChanged:
		return 2*fits[e.Kind == KindFailure] + fits[e.Agreed != "" || e.Kind == KindInsight]
	case StoryDrives:
		return fits[len(e.Drives) > 0]
	}
	return 0
}
