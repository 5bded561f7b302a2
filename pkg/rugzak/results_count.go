// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"cmp"
	"slices"
	"strconv"
	"time"
)

// quantile is the value of a histogram below which a share of all lies; the
// median for a half. Nothing gives 0.
func quantile(histogram map[int]int, share float64) int {
	values := make([]int, 0, len(histogram))
	total := 0
	for v, n := range histogram {
		values = append(values, v)
		total += n
	}
	slices.Sort(values)
	rank := int(share * float64(total-1))
	for _, v := range values {
		if rank -= histogram[v]; rank < 0 {
			return v
		}
	}
	return 0
}

// FiguresOf adds up cells. merge tells as what an organisation is shown, kind
// what it is.
func FiguresOf(cells Cells, merge func(OrganisationID) OrganisationID, kind func(OrganisationID) OrganisationKind) ResultFigures {
	f := ResultFigures{
		ByKind: map[Kind]int{}, ByOrg: map[OrganisationID]OrgActivity{}, Outcomes: map[Outcome]int{}, Tried: map[string]int{}, Grown: map[Maturity]int{},
	}
	hours := map[int]int{}
	for cell, n := range cells {
		word, at := cell.Split()
		switch word {
		case CellEntry:
			o := OrganisationID(at[1])
			f.Entries += n
			f.ByKind[Kind(at[0])] += n
			activity := f.ByOrg[merge(o)]
			activity.Entries += n
			f.ByOrg[merge(o)] = activity
			if kind(o) == Partner {
				f.FromPartners += n
			}
		case CellReply:
			o := merge(OrganisationID(at[1]))
			f.Replies += n
			activity := f.ByOrg[o]
			activity.Replies += n
			f.ByOrg[o] = activity
		case CellQuestion:
			f.Questions += n
			if QuestionState(at[0]) == QuestionAnswered {
				f.Answered += n
			}
		case CellHeard:
			f.Heard += n
		case CellHours:
			h, _ := strconv.Atoi(at[0])
			hours[h] += n
			f.Hours.Of += n
		case CellTogether:
			if Kind(at[0]) == KindQuestion {
				f.QuestionsTwo += n
			} else {
				f.SuccessesTwo += n
			}
		case CellPair:
			f.Pairs += n
		case CellTried:
			f.Tried[at[0]] += n
		case CellUse:
			f.Uses += n
			f.Outcomes[Outcome(at[2])] += n
			if at[0] != at[1] {
				f.Across += n
			}
		case CellGrown:
			f.Grown[Maturity(at[0])] += n
		}
	}
	f.Successes = f.ByKind[KindSuccess]
	if f.Hours.Of < FewPeople {
		f.Hours = ResultHours{Few: f.Hours.Of > 0}
	} else {
		f.Hours.Median, f.Hours.P75 = quantile(hours, 0.5), quantile(hours, 0.75)
	}
	return f
}

// MatrixOf lists how often lessons were applied, by the organisation they came
// from and that applied them.
func MatrixOf(cells Cells, merge func(OrganisationID) OrganisationID) []ResultUse {
	sums := map[[2]OrganisationID]int{}
	for cell, n := range cells {
		if word, at := cell.Split(); word == CellUse {
			sums[[2]OrganisationID{merge(OrganisationID(at[0])), merge(OrganisationID(at[1]))}] += n
		}
	}
	var out []ResultUse
	for pair, n := range sums {
		out = append(out, ResultUse{From: pair[0], By: pair[1], N: n})
	}
	slices.SortFunc(out, func(a, b ResultUse) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.By, b.By)) })
	return out
}

// BallsOf tells of the balls that nobody moved for long.
func BallsOf(cells Cells, now time.Time, merge func(OrganisationID) OrganisationID) ResultBalls {
	var b ResultBalls
	all, pairs := map[int]int{}, map[[2]OrganisationID]map[int]int{}
	for cell, n := range cells {
		word, at := cell.Split()
		if word != CellBall {
			continue
		}
		b.Open += n
		weeks := weeksSince(at[2], now)
		if weeks < int(StillAfter/(7*24*time.Hour)) {
			continue
		}
		pair := [2]OrganisationID{merge(OrganisationID(at[0])), merge(OrganisationID(at[1]))}
		if pairs[pair] == nil {
			pairs[pair] = map[int]int{}
		}
		b.Still += n
		all[weeks] += n
		pairs[pair][weeks] += n
	}
	b.Median = quantile(all, 0.5)
	for pair, ages := range pairs {
		p := BallPair{From: pair[0], With: pair[1], Median: quantile(ages, 0.5)}
		for _, n := range ages {
			p.N += n
		}
		b.Pairs = append(b.Pairs, p)
	}
	slices.SortFunc(b.Pairs, func(x, y BallPair) int {
		return cmp.Or(cmp.Compare(x.From, y.From), cmp.Compare(x.With, y.With)) // no ranking
	})
	return b
}

// weeksSince is how many weeks lie between a week, "2026-W48", and now.
func weeksSince(week string, now time.Time) int {
	begins, ok := weekBegins(week)
	if !ok {
		return 0
	}
	today, _ := weekBegins(WeekOf(now))
	return max(int(today.Sub(begins)/(7*24*time.Hour)), 0)
}

// weekBegins is the Monday of an ISO week.
func weekBegins(week string) (time.Time, bool) {
	if len(week) != len("2026-W48") {
		return time.Time{}, false
	}
	year, err := strconv.Atoi(week[:4])
	number, failed := strconv.Atoi(week[6:])
	if err != nil || failed != nil {
		return time.Time{}, false
	}
	fourth := time.Date(year, time.January, 4, 0, 0, 0, 0, time.UTC) // is in week 1
	monday := fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7)
	return monday.AddDate(0, 0, 7*(number-1)), true
}

// RisingSheets are the weeks by which rising themes are told: the last ones, and
// those before.
func RisingSheets(now time.Time) (last, before []Sheet) {
	for i := range 2 * risingThemeWeeks {
		sheet := WeekSheet(WeekOf(now.AddDate(0, 0, -7*i)))
		if i < risingThemeWeeks {
			last = append(last, sheet)
		} else {
			before = append(before, sheet)
		}
	}
	return last, before
}

// RisingOf lists the themes that rise, the steepest first.
func RisingOf(last, before Cells) []ResultTheme {
	found := map[ThemeID]*ResultTheme{}
	for cell, n := range last {
		if word, at := cell.Split(); word == CellTheme {
			id := ThemeID(at[0])
			if found[id] == nil {
				found[id] = &ResultTheme{Theme: id}
			}
			found[id].Now += n
			found[id].Organisations++
		}
	}
	for cell, n := range before {
		if word, at := cell.Split(); word == CellTheme && found[ThemeID(at[0])] != nil {
			found[ThemeID(at[0])].Before += n
		}
	}
	var out []ResultTheme
	for _, t := range found {
		if t.Now >= risingThemeEntries && t.Organisations >= risingThemeFrom && t.Now > t.Before {
			out = append(out, *t)
		}
	}
	slices.SortFunc(out, func(a, b ResultTheme) int {
		return cmp.Or(cmp.Compare(b.Now-b.Before, a.Now-a.Before), cmp.Compare(a.Theme, b.Theme))
	})
	return out
}
