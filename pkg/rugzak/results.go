// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"time"
)

// ResultSpan is how long a period of results is.
type ResultSpan string

// The spans.
const (
	SpanMonth   ResultSpan = "month"
	SpanQuarter ResultSpan = "quarter"
	SpanYear    ResultSpan = "year"
	SpanAll     ResultSpan = "all"
)

// ResultSpans lists the spans in the order in which they are offered.
func ResultSpans() []ResultSpan { return []ResultSpan{SpanQuarter, SpanMonth, SpanYear, SpanAll} }

// Months is how many months a span has; 0 for all.
func (s ResultSpan) Months() int {
	return map[ResultSpan]int{SpanMonth: 1, SpanQuarter: 3, SpanYear: 12}[s]
}

// Valid reports whether s is known.
func (s ResultSpan) Valid() bool { return slices.Contains(ResultSpans(), s) }

// ResultMonths are the months of a span up to the one that now is in, oldest
// first, and as many before them. Everything has none before it.
func ResultMonths(s ResultSpan, now time.Time) (months, before []string) {
	n := s.Months()
	first := time.Date(now.UTC().Year(), now.UTC().Month(), 1, 0, 0, 0, 0, time.UTC)
	for i := range 2 * n {
		month := first.AddDate(0, i+1-2*n, 0).Format("2006-01")
		if i < n {
			before = append(before, month)
		} else {
			months = append(months, month)
		}
	}
	return months, before
}

// ChartMonths are the months that charts show: a year up to now.
func ChartMonths(now time.Time) []string {
	months, _ := ResultMonths(SpanYear, now)
	return months
}

// MovementResults are the figures of a scope over a period. They hold numbers, names as
// they were, and no text of an entry. Their JSON is what an interim result
// freezes: fields are added, never renamed.
type MovementResults struct {
	Scope Scope      `json:"scope"`
	Span  ResultSpan `json:"span"`
	From  string     `json:"from,omitempty"` // months; empty for everything
	Until string     `json:"until,omitempty"`
	Day   string     `json:"day"`

	Organisations []ResultOrganisation `json:"organisations"`

	Now     ResultFigures   `json:"now"`
	Earlier *ResultFigures  `json:"earlier,omitempty"` // the same span before it
	Months  []ResultMonth   `json:"months"`            // a year, oldest first
	Phases  []ResultPhase   `json:"phases"`
	Matrix  []ResultUse     `json:"matrix"`
	Balls   ResultBalls     `json:"balls"`
	Rising  []ResultTheme   `json:"rising"`
	Drives  []ResultDrive   `json:"drives"`
	People  *ResultPeople   `json:"people,omitempty"` // nil before they were counted
	Agenda  []ResultHorizon `json:"agenda"`
	// Direction is how often compass and agenda changed in the period.
	Direction int `json:"direction"`
	// Decisions is how many decisions were taken after reflection rounds of which
	// the scope reads the outcome.
	Decisions int `json:"decisions"`
}

// ResultOrganisation is an organisation by the name it had. Several with few
// accounts are told as one, without a name.
type ResultOrganisation struct {
	ID   OrganisationID   `json:"id"`
	Name string           `json:"name,omitempty"`
	Kind OrganisationKind `json:"kind"`
}

// SmallDepartments are the departments with few accounts, told together, as
// OtherPartners are the partners. It is no id.
const SmallDepartments OrganisationID = "~departments"

// ResultFigures are the figures of a period or phase.
type ResultFigures struct {
	Entries      int                            `json:"entries"`
	Replies      int                            `json:"replies"`
	ByKind       map[Kind]int                   `json:"by_kind"`
	ByOrg        map[OrganisationID]OrgActivity `json:"by_organisation"`
	FromPartners int                            `json:"from_partners"`
	Questions    int                            `json:"questions"`
	QuestionsTwo int                            `json:"questions_together"`
	Heard        int                            `json:"heard"`
	Answered     int                            `json:"answered"`
	Hours        ResultHours                    `json:"hours"`
	Uses         int                            `json:"uses"`
	Across       int                            `json:"across"`
	Outcomes     map[Outcome]int                `json:"outcomes"`
	Successes    int                            `json:"successes"`
	SuccessesTwo int                            `json:"successes_together"`
	Pairs        int                            `json:"pairs"`
	Tried        map[string]int                 `json:"tried"`
	Grown        map[Maturity]int               `json:"grown"`
}

// OrgActivity is what came from one organisation.
type OrgActivity struct {
	Entries int `json:"entries"`
	Replies int `json:"replies"`
}

// ResultHours is how long it took until somebody responded to a question, in
// working hours; nothing of fewer than FewPeople questions, or when fewer people
// gave the first responses, so that it never is the time of one person.
type ResultHours struct {
	Of     int  `json:"of"`
	Few    bool `json:"few,omitempty"`
	Median int  `json:"median"`
	P75    int  `json:"p75"`
}

// ResultMonth is a month in the charts.
type ResultMonth struct {
	Month       string           `json:"month"`
	Departments int              `json:"departments"` // entries
	Partners    int              `json:"partners"`
	Heard       int              `json:"heard"`
	Unheard     int              `json:"unheard"`
	Outcomes    map[Outcome]int  `json:"outcomes"`
	Grown       map[Maturity]int `json:"grown"`
}

// ResultPhase is a phase with its figures.
type ResultPhase struct {
	Phase   Phase         `json:"phase"`
	Figures ResultFigures `json:"figures"`
}

// ResultUse is how often lessons of one organisation were applied by another,
// or by itself.
type ResultUse struct {
	From OrganisationID `json:"from"`
	By   OrganisationID `json:"by"`
	N    int            `json:"n"`
}

// ResultBalls are the balls that lie still. Ages are in weeks.
type ResultBalls struct {
	Still  int        `json:"still"`
	Open   int        `json:"open"`
	Median int        `json:"median"`
	Pairs  []BallPair `json:"pairs"`
}

// BallPair is the balls of the questions of one organisation that lie with
// another.
type BallPair struct {
	From   OrganisationID `json:"from"`
	With   OrganisationID `json:"with"`
	N      int            `json:"n"`
	Median int            `json:"median"`
}

// ResultTheme is a theme with more entries in the last eight weeks than before.
type ResultTheme struct {
	Theme         ThemeID `json:"theme"`
	Title         string  `json:"title"`
	Now           int     `json:"now"`
	Before        int     `json:"before"`
	Organisations int     `json:"organisations"`
}

// ResultDrive is a drive with its entries in the period.
type ResultDrive struct {
	Drive DriveID `json:"drive"`
	Name  string  `json:"name"`
	N     int     `json:"n"`
}

// ResultPeople are numbers of people, in steps of five.
type ResultPeople struct {
	Active PeopleIn    `json:"active"`
	Ways   map[Way]int `json:"ways"`
	Kept   int         `json:"kept"`
}

// ResultHorizon is how far the items of a horizon are.
type ResultHorizon struct {
	Horizon Horizon `json:"horizon"`
	Items   int     `json:"items"`
	Joint   int     `json:"joint"`
	Done    int     `json:"done"`
}

// The rule of a rising theme: its last weeks against those before, and from how
// many entries and organisations it counts.
const (
	risingThemeWeeks   = 8
	risingThemeEntries = 4
	risingThemeFrom    = 2
)
