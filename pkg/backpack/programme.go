// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// ProgrammeItem is something on the programme line: a phase, a meeting or a
// reflection round.
type ProgrammeItem struct {
	Day     time.Time // on which it begins
	Phase   *rugzak.Phase
	Meeting *MeetingLine
	Round   *RoundLine
}

// ProgrammeMonth is what begins in a month, the first thing first.
type ProgrammeMonth struct {
	Month string // "2026-11"
	Items []ProgrammeItem
}

// ProgrammeView is the programme line of a reader: what comes or is going on, the
// next month first, and what was, the last month first.
type ProgrammeView struct {
	Coming, Past []ProgrammeMonth
	CanMeet      bool // about nothing in particular
	CanPlan      bool // reflection rounds
}

// Empty reports whether there is nothing on it.
func (v ProgrammeView) Empty() bool { return len(v.Coming)+len(v.Past) == 0 }

// Programme returns the programme line: the meetings a reader may see, and the
// reflection rounds, which everybody is asked to.
func (s *Service) Programme(ctx context.Context, by rugzak.Person) (ProgrammeView, error) {
	var v ProgrammeView
	if by.ID == "" {
		return v, mustSignIn()
	}
	err := s.view(ctx, "programme", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		v = ProgrammeView{CanMeet: rugzak.CanCurate(by), CanPlan: rugzak.CanCurate(by)}
		var coming, past []ProgrammeItem
		next, err := n.upcoming(by, rugzak.SeenLists(by), s.now(), math.MaxInt, rugzak.Meeting.Upcoming)
		if err != nil {
			return err
		}
		was, err := n.past(by, rugzak.SeenLists(by), s.now(), mostPast)
		if err != nil {
			return err
		}
		for _, m := range next {
			coming = append(coming, ProgrammeItem{Day: dayOfMeeting(m), Meeting: &m})
		}
		for _, m := range was {
			past = append(past, ProgrammeItem{Day: dayOfMeeting(m), Meeting: &m})
		}
		rounds, err := r.Rounds()
		if err == nil {
			err = shownRounds(r, by, rounds...)
		}
		if err != nil {
			return err
		}
		for _, round := range rounds {
			line := lineOfRound(round, s.now())
			item := ProgrammeItem{Day: line.Opens, Round: &line}
			if line.State == rugzak.RoundPlanned || line.State == rugzak.RoundOpen {
				coming = append(coming, item)
			} else {
				past = append(past, item)
			}
		}
		for _, f := range n.movement.Phases {
			day, ok := dayIn(f.Begins)
			switch item := (ProgrammeItem{Day: day, Phase: &f}); {
			case !ok:
			case f.Begins > rugzak.Today(s.now()):
				coming = append(coming, item)
			default:
				past = append(past, item)
			}
		}
		v.Coming, v.Past = byMonth(coming), byMonth(past)
		slices.Reverse(v.Past)
		return nil
	})
	return v, err
}

func dayOfMeeting(m MeetingLine) time.Time {
	day, _ := dayIn(m.Meeting.Day)
	return day
}

// byMonth puts things in order and together by the month in which they begin.
func byMonth(items []ProgrammeItem) (out []ProgrammeMonth) {
	slices.SortStableFunc(items, func(a, b ProgrammeItem) int {
		return cmp.Or(a.Day.Compare(b.Day), cmp.Compare(startOf(a), startOf(b)))
	})
	for _, item := range items {
		month := item.Day.Format("2006-01")
		if len(out) == 0 || out[len(out)-1].Month != month {
			out = append(out, ProgrammeMonth{Month: month})
		}
		last := &out[len(out)-1]
		last.Items = append(last.Items, item)
	}
	return out
}

// startOf is the time of the day at which something begins: phases and rounds
// first.
func startOf(item ProgrammeItem) string {
	if item.Round != nil {
		return "0"
	}
	if item.Meeting == nil {
		return ""
	}
	return item.Meeting.Meeting.Start
}
