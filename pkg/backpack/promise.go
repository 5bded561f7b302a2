// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// Promise is a small step somebody said they would take (toezegging).
type Promise struct {
	Of    rugzak.Subject // what it is a step in: a question, a theme or an item of the agenda
	Entry rugzak.EntryID // the question; empty for the others
	Title string
	Lang  rugzak.Lang
	Step  string
	Day   string // "2026-09-14"; may be empty
	Late  bool
	// Own: they joined in with it, and can say that it is done. The next step of
	// a question is settled in the question, an experiment where it is tried.
	Own bool
}

// mostPromises bounds how many are looked at: the newest.
const mostPromises = 100

// promises lists what a person promised, by day, and what has no day last.
func (s *Service) promises(n *names, by rugzak.Person) ([]Promise, error) {
	var out []Promise
	today := day(s.now())
	add := func(p Promise) {
		p.Late = p.Day != "" && p.Day < today
		out = append(out, p)
	}
	mine := n.reader.Entries(rugzak.OpenQuestionList(rugzak.PersonToken(by.ID)), "")
	for e, err := range atMost(mine, mostPromises) {
		if err != nil {
			return nil, err
		}
		if e.Question.NextStep != "" {
			add(Promise{Of: rugzak.Subject(rugzak.EntrySubject(e.ID)), Entry: e.ID, Title: e.Title, Lang: e.Lang, Step: e.Question.NextStep, Day: e.Question.When})
		}
	}
	steps, err := s.smallSteps(n, by)
	if err != nil {
		return nil, err
	}
	for _, step := range steps {
		p := Promise{Of: step.Of, Title: step.Title, Lang: step.Lang, Step: step.Step, Day: step.When, Own: step.Experiment == 0}
		if kind, id := step.Of.Split(); kind == rugzak.OfEntry {
			p.Entry = rugzak.EntryID(id)
		}
		add(p)
	}
	slices.SortStableFunc(out, func(a, b Promise) int {
		return cmp.Or(cmp.Compare(noDay(a), noDay(b)), cmp.Compare(a.Day, b.Day))
	})
	return out, nil
}

func noDay(p Promise) int {
	if p.Day == "" {
		return 1
	}
	return 0
}

// day is a day as entries hold it.
func day(t time.Time) string { return t.Format(time.DateOnly) }
