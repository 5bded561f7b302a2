// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package locale

import (
	"strconv"
	"time"
)

// The date methods show a moment as people in the Netherlands see it on their
// calendar and clock, whatever zone t is in. The zero time gives "".

// Date prints "23 november 2026" or "23 November 2026".
func (p *Printer) Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(p.catalogue.location)
	return strconv.Itoa(t.Day()) + " " + p.YearMonth(t.Year(), t.Month())
}

// DateTime prints the date and the 24-hour clock.
func (p *Printer) DateTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return p.T("date.at", p.Date(t), p.Clock(t))
}

// Clock prints the time of day on the 24-hour clock, as "09:05".
func (p *Printer) Clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(p.catalogue.location).Format("15:04")
}

// Month prints "november 2026" or "November 2026".
func (p *Printer) Month(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(p.catalogue.location)
	return p.YearMonth(t.Year(), t.Month())
}

// YearMonth prints a month that is not a moment, as the month something
// happened in: no zone can move it.
func (p *Printer) YearMonth(year int, month time.Month) string {
	return p.T("month."+strconv.Itoa(int(month))) + " " + strconv.Itoa(year)
}

// Week prints the week number people plan with (ISO 8601), as "week 48".
func (p *Printer) Week(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	_, week := t.In(p.catalogue.location).ISOWeek()
	return p.T("date.week", week)
}

// ParseDay reads a day such as "2026-11-23": the moment it begins for people in
// the Netherlands.
func (p *Printer) ParseDay(text string) (time.Time, error) {
	return time.ParseInLocation(time.DateOnly, text, p.catalogue.location)
}
