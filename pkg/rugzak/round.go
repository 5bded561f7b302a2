// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "time"

// Begins is the day on which the round began or will begin; ok is false when
// it has none. Days are midnight in UTC.
func (r ReflectionRound) Begins() (day time.Time, ok bool) {
	day, err := time.Parse(time.DateOnly, r.Start)
	return day, err == nil
}

// NextAfter is the first day after now on which the round begins anew; ok is
// false when it does not come back, or when its first time is still to come.
func (r ReflectionRound) NextAfter(now time.Time) (day time.Time, ok bool) {
	first, ok := r.Begins()
	if !ok || r.Weeks <= 0 || first.After(now) {
		return time.Time{}, false
	}
	every := time.Duration(r.Weeks) * 7 * 24 * time.Hour
	times := now.Sub(first)/every + 1
	return first.AddDate(0, 0, int(times)*7*r.Weeks), true
}
