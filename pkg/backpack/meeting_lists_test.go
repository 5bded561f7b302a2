// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"fmt"
	"iter"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// meetingsCounted is a store that counts the meetings that are read.
type meetingsCounted struct {
	rugzak.Store
	read int
}

type meetingsCountedReader struct {
	rugzak.Reader
	of *meetingsCounted
}

func (s *meetingsCounted) View(ctx context.Context, fn func(rugzak.Reader) error) error {
	return s.Store.View(ctx, func(r rugzak.Reader) error { return fn(meetingsCountedReader{r, s}) })
}

func (r meetingsCountedReader) Meetings() ([]rugzak.Meeting, error) {
	all, err := r.Reader.Meetings()
	r.of.read += len(all)
	return all, err
}

func (r meetingsCountedReader) counted(list iter.Seq2[rugzak.Meeting, error]) iter.Seq2[rugzak.Meeting, error] {
	return func(yield func(rugzak.Meeting, error) bool) {
		for m, err := range list {
			if r.of.read++; !yield(m, err) {
				return
			}
		}
	}
}

func (r meetingsCountedReader) MeetingsFrom(l rugzak.MeetingList, day string) iter.Seq2[rugzak.Meeting, error] {
	return r.counted(r.Reader.MeetingsFrom(l, day))
}

func (r meetingsCountedReader) MeetingsBefore(l rugzak.MeetingList, day string) iter.Seq2[rugzak.Meeting, error] {
	return r.counted(r.Reader.MeetingsBefore(l, day))
}

// What pages read of meetings does not grow with those that were.
func TestPagesReadFewOfTheMeetingsThatWere(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, partner := t.Context(), c.people[ceder]
	in := simple("Hoe beginnen we samen?", "Tekst.", rugzak.LevelInternal, c.partner)
	in.Kind = rugzak.KindQuestion
	question := c.share(t, c.people[author], in)
	made := 0
	make := func(days, n int) {
		t.Helper()
		_, err := c.store.Update(ctx, func(w rugzak.Writer) error {
			for range n {
				made++
				m := rugzak.Meeting{
					ID: string(c.NewID()), Title: fmt.Sprint("Bijeenkomst ", made), Day: c.clock.Now().AddDate(0, 0, days).Format(time.DateOnly), Start: "10:00",
					Entry: question.ID, Organisations: []rugzak.OrganisationID{rugzak.WholeMunicipality, c.people[author].Organisation, c.partner}, MadeBy: c.people[author].ID,
				}
				if err := w.SaveMeeting(m, 0); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	counted := &meetingsCounted{Store: c.store}
	deps := c.Deps
	deps.Store = counted
	s := backpack.New(deps)
	pages := map[string]func() (int, error){
		"the programme": func() (int, error) {
			l, err := s.Meetings(ctx, c.people[author])
			return len(l.Upcoming), err
		},
		"a question": func() (int, error) {
			l, err := s.MeetingsAbout(ctx, partner, question.ID, "")
			return len(l.Upcoming), err
		},
		"the home of a partner": func() (int, error) {
			v, err := s.Home(ctx, partner)
			if v.Partner == nil {
				return 0, err
			}
			return len(v.Partner.Meetings), err
		},
		"talks": func() (int, error) {
			v, err := s.Talks(ctx, c.people[author], c.partner, "", "")
			return len(v.Meetings), err
		},
	}
	reads := func(name string) int {
		t.Helper()
		counted.read = 0
		if n, err := pages[name](); err != nil || n != 3 {
			t.Fatalf("%s shows %d meetings to come, %v", name, n, err)
		}
		return counted.read
	}
	make(9, 3)
	make(-9, 100)
	few := map[string]int{}
	for name := range pages {
		few[name] = reads(name)
	}
	make(-20, 200)
	for name := range pages {
		if many := reads(name); many != few[name] || many == 0 {
			t.Errorf("%s reads %d meetings, and %d with three times as many that were", name, few[name], many)
		}
	}
	l, err := c.Meetings(ctx, c.people[author])
	if err != nil || len(l.Past) != 20 {
		t.Fatalf("%d meetings that were, %v", len(l.Past), err)
	}
	for _, m := range l.Past { // the last ones
		if want := c.clock.Now().AddDate(0, 0, -9).Format(time.DateOnly); m.Meeting.Day != want {
			t.Errorf("the past holds one of %s, want %s", m.Meeting.Day, want)
		}
	}
}

// A meeting late in the evening that has no end is still to come after midnight,
// and one of today that is over has been.
func TestMeetingsAroundMidnight(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	day := c.clock.Now().AddDate(0, 0, 3).Format(time.DateOnly)
	for _, start := range []string{"09:00", "23:30"} {
		in := c.meeting("", rugzak.WholeMunicipality)
		in.Title, in.Day, in.Start, in.End = start, day, start, ""
		if _, err := c.SaveMeeting(t.Context(), c.people["facilitator"], "", 0, in); err != nil {
			t.Fatal(err)
		}
	}
	at := func(clock string) time.Time { return rugzak.Meeting{Day: day, Start: clock}.Begins() }
	for _, step := range []struct {
		now            time.Time
		upcoming, past string
	}{
		{at("08:00"), "09:00 23:30 ", ""},
		{at("23:45"), "23:30 ", "09:00 "},
		{at("23:45").Add(30 * time.Minute), "23:30 ", "09:00 "},
		{at("23:45").Add(time.Hour), "", "23:30 09:00 "},
	} {
		c.clock.turn(step.now)
		l, err := c.Meetings(t.Context(), c.people["participant"])
		upcoming, past := "", ""
		for _, m := range l.Upcoming {
			upcoming += m.Meeting.Title + " "
		}
		for _, m := range l.Past {
			past += m.Meeting.Title + " "
		}
		if err != nil || upcoming != step.upcoming || past != step.past {
			t.Errorf("at %v to come are %q, past %q, %v", step.now, upcoming, past, err)
		}
	}
}
