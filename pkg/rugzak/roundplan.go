// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "time"

// First makes the round a plan stands for: the one that runs, or the first to
// come, and the set of its questions.
func (r RoundPlan) First(now time.Time) (ReflectionRound, QuestionSet) {
	var questions []RoundQuestion
	for _, q := range r.Questions {
		questions = append(questions, RoundQuestion{NL: q})
	}
	set := QuestionSet{ID: QuestionSetID(r.ID), NameNL: r.Title, Questions: questions, Sample: r.Sample, UpdatedAt: now}
	opens, ok := r.Begins()
	if !ok {
		opens = now.In(here())
	}
	number := 1
	if next, ok := r.NextAfter(now); ok {
		every := 7 * r.Weeks
		number += int(next.Sub(opens).Hours()/24)/every - 1
		opens = next.AddDate(0, 0, -every)
	}
	return ReflectionRound{
		Number: number, Title: r.Title, Text: r.Text, Set: set.ID, Questions: questions, Weeks: min(r.Weeks, MaxRoundWeeks),
		Opens: opens.Format(time.DateOnly), Closes: opens.AddDate(0, 0, DefaultRoundOpen).Format(time.DateOnly), Sample: r.Sample,
	}, set
}

// Begins is the day on which the round began or will begin; ok is false when
// it has none. Days are midnight in UTC.
func (r RoundPlan) Begins() (day time.Time, ok bool) {
	day, err := time.Parse(time.DateOnly, r.Start)
	return day, err == nil
}

// NextAfter is the first day after now on which the round begins anew; ok is
// false when it does not come back, or when its first time is still to come.
func (r RoundPlan) NextAfter(now time.Time) (day time.Time, ok bool) {
	first, ok := r.Begins()
	if !ok || r.Weeks <= 0 || first.After(now) {
		return time.Time{}, false
	}
	every := time.Duration(r.Weeks) * 7 * 24 * time.Hour
	times := now.Sub(first)/every + 1
	return first.AddDate(0, 0, int(times)*7*r.Weeks), true
}
