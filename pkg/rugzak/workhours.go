// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "time"

// Working hours: Monday to Friday, from nine to five on the clocks of the
// people who work.
const (
	workBegins, workEnds = 9, 17
	workDay              = workEnds - workBegins
	// MostHours bounds what is told of a time in working hours: about half a year.
	MostHours = 1000
)

// WorkingHours are the whole working hours between two moments, at most
// MostHours. Holidays count as other days.
func WorkingHours(from, to time.Time, zone *time.Location) int {
	if zone == nil {
		zone = time.UTC
	}
	from, to = from.In(zone), to.In(zone)
	var worked time.Duration
	for day := from; !midnight(day).After(to) && worked < MostHours*time.Hour; day = midnight(day).AddDate(0, 0, 1) {
		if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
			continue
		}
		begins, ends := atHour(day, workBegins), atHour(day, workEnds)
		if from.After(begins) {
			begins = from
		}
		if to.Before(ends) {
			ends = to
		}
		worked += max(ends.Sub(begins), 0)
	}
	return min(int(worked/time.Hour), MostHours)
}

func midnight(t time.Time) time.Time { return atHour(t, 0) }

func atHour(t time.Time, hour int) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), hour, 0, 0, 0, t.Location())
}

// WorkingDays gives hours as working days and hours.
func WorkingDays(hours int) (days, rest int) { return hours / workDay, hours % workDay }
