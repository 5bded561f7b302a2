// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// ResultsPage is "Stand van zaken".
type ResultsPage struct {
	Page
	Spans   []SpanChoice
	Results ResultsPart
	// Gaps is how many searches without result wait, for curators.
	Gaps      int
	ShowGaps  bool
	MayFreeze bool
}

// SpanChoice is a period somebody may look at.
type SpanChoice struct {
	Path, Key string
	On        bool
}

// ResultsPart is what "Stand van zaken" and an interim result show alike.
type ResultsPart struct {
	Title, Period string
	Any           bool // something was counted
	Rungs         []RungPart
	Matrix        MatrixPart
	Balls         BallsPart
	Rising        []rugzak.ResultTheme
	Frozen        bool // themes may be gone: no links
	Drives        Chart
	DrivesSay     string
	DrivesStory   *RungPart // a story alone
	People        PeoplePart
	Agenda        []rugzak.ResultHorizon
	AgendaSay     string
	Phases        []PhaseLine
}

// Told lists where a story stands.
func (p ResultsPart) Told() (all []*RungPart) {
	for i := range p.Rungs {
		all = append(all, &p.Rungs[i])
	}
	return append(all, p.DrivesStory)
}

// RungPart is one of the five questions, with its number and its story.
type RungPart struct {
	Rung       rugzak.Rung
	Number     string
	Say        string // the conclusion, one sentence
	More       []string
	Earlier    string // the same of the period before
	Definition string
	Chart      Chart
	Story      *StoryPart
	NoStory    string // the key of what stands there without one; empty for nothing
}

// StoryPart is a quoted entry beside a number.
type StoryPart struct {
	Kind         rugzak.Kind
	Title, Text  string
	Lang         rugzak.Lang
	Organisation string
	Path         string // of the entry; empty when it is not to be read now
	Since        string // the month it is of, when that is before the period
	Hash, Hashed string // of an interim result, and what was hashed
	Removed      string // the day on which it was purged
}

// MatrixPart is from whom lessons came and who applied them.
type MatrixPart struct {
	Say   string
	Heads []string
	Rows  []MatrixRow
}

// MatrixRow is the organisation lessons came from, with who applied them.
type MatrixRow struct {
	Name  string
	Cells []MatrixCell
}

// MatrixCell is how often; Heat is 0 to 4, Own marks what stayed at home.
type MatrixCell struct {
	N, Heat int
	Own     bool
}

// BallsPart is the balls that lie still, by pair of organisations.
type BallsPart struct {
	Say   string
	Pairs []BallLine
}

// BallLine is one pair.
type BallLine struct {
	From, With string
	N          int
	Age        string
}

// PeoplePart is numbers of people, in steps of five.
type PeoplePart struct {
	Known bool
	Lines []PeopleLine // who wrote or responded, by organisation
	Ways  []PeopleLine // who joins in
	Kept  string
}

// PeopleLine is a name and a number of people in words.
type PeopleLine struct{ Name, Number string }

// PhaseLine compares the phases.
type PhaseLine struct {
	Name                                      string
	Entries, Replies, Uses, Across, Successes int
}

func resultsPages() []pageDef { return []pageDef{{"results/show", ResultsPage{}}} }

func (s *Server) resultsRoutes() []route {
	return []route{{http.MethodGet, pathResults, person, s.showResults}}
}

// spanWords are the spans as they stand in an address.
var spanWords = map[rugzak.ResultSpan]string{
	rugzak.SpanMonth: "maand", rugzak.SpanQuarter: "kwartaal", rugzak.SpanYear: "jaar", rugzak.SpanAll: "alles",
}

// spanOf reads a span of an address.
func spanOf(word string) rugzak.ResultSpan {
	for span, w := range spanWords {
		if w == word {
			return span
		}
	}
	return rugzak.ResultSpans()[0]
}

func (s *Server) showResults(c echo.Context) error {
	v, err := s.Service.Results(c.Request().Context(), s.by(c), spanOf(c.QueryParam("periode")))
	if err != nil {
		return err
	}
	page := ResultsPage{Page: s.page(c, "results.title"), Gaps: v.Gaps, ShowGaps: v.ShowGaps, MayFreeze: v.MayFreeze}
	for _, span := range rugzak.ResultSpans() {
		page.Spans = append(page.Spans, SpanChoice{pathResults + "?periode=" + spanWords[span], "results.span." + string(span), span == v.Span})
	}
	page.Results = resultsPart(s.printer(c), v.MovementResults, nil)
	for _, told := range page.Results.Told() {
		told.NoStory = "results.story.none"
		if card, ok := v.Stories[told.Rung]; ok {
			story := storyOfCard(card)
			if month := card.At.UTC().Format("2006-01"); month < v.From {
				story.Since = printMonth(s.printer(c), month)
			}
			told.Story = story
		}
	}
	return s.render(c, http.StatusOK, page)
}

// storyOfCard quotes an entry by its organisation, never by a name.
func storyOfCard(c backpack.Card) *StoryPart {
	text := c.Lesson
	if text == "" {
		text = c.Excerpt
	}
	return &StoryPart{Kind: c.Kind, Title: c.Title, Text: text, Lang: c.Lang, Organisation: c.Organisation.Name, Path: entryPath(c.ID)}
}
