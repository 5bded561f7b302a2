// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"strconv"
	"time"

	"rugzak/pkg/locale"
)

// printDay prints a day such as "2026-09-14"; what is no day as it stands.
func printDay(p *locale.Printer, day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return p.Date(t)
}

// printWeek prints a week such as "2026-W48"; what is no week as it stands.
func printWeek(p *locale.Printer, yearWeek string) string {
	var year, week int
	if n, err := fmt.Sscanf(yearWeek, "%d-W%d", &year, &week); err != nil || n != 2 {
		return yearWeek
	}
	return p.T("date.week_of", strconv.Itoa(week), strconv.Itoa(year))
}

// minutesWords says how long something takes: "10 tot 15 minuten". It is empty
// when nothing is said (0).
func minutesWords(p *locale.Printer, least, most int) string {
	return rangeWords(p, "count.minutes", "read.minutes_range", least, most)
}

// groupWords says for how many people something is.
func groupWords(p *locale.Printer, least, most int) string {
	return rangeWords(p, "read.people", "read.people_range", least, most)
}

func rangeWords(p *locale.Printer, one, both string, least, most int) string {
	switch {
	case least <= 0 && most <= 0:
		return ""
	case least <= 0 || least == most:
		return p.N(one, most)
	case most <= 0:
		return p.N(one, least)
	}
	return p.T(both, least, most)
}
