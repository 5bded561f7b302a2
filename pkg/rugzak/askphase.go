// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "time"

// AskDays is how many working days a question phase (vraagfase) lasts: time in
// which others only ask, so that advice comes after understanding.
const AskDays = 3

// Asking reports whether the question phase still runs: up to and including
// its last day.
func (q *QuestionData) Asking(now time.Time) bool {
	return q != nil && q.AskUntil != "" && now.UTC().Format(time.DateOnly) <= q.AskUntil
}

// AddWorkingDays is the day that so many working days later ends: Monday to
// Friday count, public holidays too.
func AddWorkingDays(from time.Time, days int) string {
	day := from.UTC()
	for days > 0 {
		day = day.AddDate(0, 0, 1)
		if w := day.Weekday(); w != time.Saturday && w != time.Sunday {
			days--
		}
	}
	return day.Format(time.DateOnly)
}
