// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

func at(t *testing.T, s string) time.Time {
	t.Helper()
	moment, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

// Days are those in the Netherlands: a round opens at midnight there.
func TestRoundState(t *testing.T) {
	r := rugzak.ReflectionRound{Opens: "2026-11-02", Closes: "2026-11-16"}
	for now, want := range map[string]rugzak.RoundState{
		"2026-11-01T22:59:59Z": rugzak.RoundPlanned,
		"2026-11-01T23:00:00Z": rugzak.RoundOpen,
		"2026-11-16T22:59:59Z": rugzak.RoundOpen,
		"2026-11-16T23:00:00Z": rugzak.RoundClosed,
	} {
		if got := r.State(at(t, now)); got != want {
			t.Errorf("at %s it is %q, want %q", now, got, want)
		}
	}
	r.PublishedAt = at(t, "2026-11-20T09:00:00Z")
	if got := r.State(r.PublishedAt); got != rugzak.RoundDone {
		t.Errorf("with an outcome it is %q", got)
	}
}

func TestRoundNext(t *testing.T) {
	r := rugzaktest.Round(3)
	r.Opens, r.Closes, r.Weeks = "2026-10-05", "2026-10-19", 8
	for _, c := range []struct{ now, opens, closes string }{
		{"2026-10-06T09:00:00Z", "2026-11-30", "2026-12-14"},
		{"2026-11-30T09:00:00Z", "2026-11-30", "2026-12-14"},
		{"2026-12-01T09:00:00Z", "2027-01-25", "2027-02-08"}, // nobody was there to plan it
	} {
		next, ok := r.Next(at(t, c.now))
		if !ok || next.Opens != c.opens || next.Closes != c.closes {
			t.Errorf("after %s comes %q to %q (%v), want %q to %q", c.now, next.Opens, next.Closes, ok, c.opens, c.closes)
		}
		if next.Number != 4 || next.Set != r.Set || !slices.Equal(next.Questions, r.Questions) || next.Weeks != 8 {
			t.Errorf("the next round is %+v", next)
		}
		if next.Title+next.Outcome+next.Text != "" || next.Sample || len(next.Taking)+len(next.Changes)+len(next.Decisions) > 0 {
			t.Errorf("the next round took along what is of this one: %+v", next)
		}
	}
	r.Weeks = 0
	if next, ok := r.Next(at(t, "2026-10-06T09:00:00Z")); ok {
		t.Errorf("a last round is followed by %+v", next)
	}
}

// A plan of before rounds were records becomes the round that runs.
func TestRoundPlanFirst(t *testing.T) {
	plan := rugzak.RoundPlan{ID: "vast", Title: "Waar bewogen we?", Text: "Tekst", Weeks: 8, Start: "2026-10-05", Questions: []string{"Wat werkte?"}, Sample: true}
	for now, want := range map[string]struct {
		opens  string
		number int
	}{
		"2026-10-01T09:00:00Z": {"2026-10-05", 1},
		"2026-11-26T09:00:00Z": {"2026-10-05", 1},
		"2026-12-01T09:00:00Z": {"2026-11-30", 2},
	} {
		r, set := plan.First(at(t, now))
		r.ID = rugzaktest.ID(1)
		if r.Opens != want.opens || r.Number != want.number || r.Set != set.ID || r.Title != plan.Title || !r.Sample || !set.Sample {
			t.Errorf("at %s: %+v", now, r)
		}
		for _, err := range []error{r.Validate(), set.Validate()} {
			if err != nil {
				t.Error(err)
			}
		}
	}
}

func TestRoundValidate(t *testing.T) {
	if err := rugzaktest.Round(1).Validate(); err != nil {
		t.Fatal(err)
	}
	for field, spoil := range map[string]func(*rugzak.ReflectionRound){
		"number":    func(r *rugzak.ReflectionRound) { r.Number = 0 },
		"title":     func(r *rugzak.ReflectionRound) { r.Title = strings.Repeat("x", rugzak.MaxMeetingTitle+1) },
		"text":      func(r *rugzak.ReflectionRound) { r.Text = "\x01" },
		"questions": func(r *rugzak.ReflectionRound) { r.Questions = nil },
		"weeks":     func(r *rugzak.ReflectionRound) { r.Weeks = 53 },
		"opens":     func(r *rugzak.ReflectionRound) { r.Opens = "" },
		"closes":    func(r *rugzak.ReflectionRound) { r.Closes = "2026-03-31" },
		"outcome":   func(r *rugzak.ReflectionRound) { r.Outcome = strings.Repeat("x", rugzak.MaxOutcome+1) },
		"reason":    func(r *rugzak.ReflectionRound) { r.Changes[0].Reason = " " },
		"domain":    func(r *rugzak.ReflectionRound) { r.Changes = append(r.Changes, r.Changes[0]) },
		"entry":     func(r *rugzak.ReflectionRound) { r.Changes[0].Entry = "" },
		"decision":  func(r *rugzak.ReflectionRound) { r.Decisions[0].Text = "" },
		"goal":      func(r *rugzak.ReflectionRound) { r.Decisions[0].Goal = "theme" },
	} {
		r := rugzaktest.Round(1)
		spoil(&r)
		if err := r.Validate(); !slices.Equal(fieldsOf(err), []string{field}) {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestOccasion(t *testing.T) {
	id := rugzaktest.ID(4)
	for s, want := range map[rugzak.Subject]rugzak.SubjectKind{
		rugzak.RoundOccasion(id): rugzak.OfRound, rugzak.MeetingOccasion(id): rugzak.OfMeeting,
		"entry:" + rugzak.Subject(id): "", "round:": "", "round:ronde 1": "", "": "",
	} {
		if kind, _ := s.Occasion(); kind != want {
			t.Errorf("%q is of kind %q, want %q", s, kind, want)
		}
	}
	if kind, _ := rugzak.RoundOccasion(id).Split(); kind != "" {
		t.Error("somebody can join a round")
	}
}

// Who reads a joint outcome: who writes it, and once it is published everybody
// it is for.
func TestCanReadOutcome(t *testing.T) {
	member := rugzak.Person{ID: "a", Organisation: rugzaktest.Youth, Kind: rugzak.Department, Roles: []rugzak.Role{rugzak.RoleFacilitator}}
	core := member
	core.Roles = []rugzak.Role{rugzak.RoleCoreTeam}
	named := rugzak.Person{ID: "b", Organisation: rugzaktest.Homes, Kind: rugzak.Partner, Roles: []rugzak.Role{rugzak.RoleCoreTeam}}
	other := named
	other.Organisation = "elders"
	gone := member
	gone.Inactive = true
	published := rugzaktest.Round(1)
	writing := published
	writing.PublishedAt = time.Time{}
	empty := published
	empty.Outcome, empty.Changes, empty.Decisions = "", nil, nil
	for _, c := range []struct {
		name   string
		round  rugzak.ReflectionRound
		who    []rugzak.Person
		wanted []bool
	}{
		{"published", published, []rugzak.Person{member, core, named, other, gone, {}}, []bool{true, true, true, false, false, false}},
		{"being written", writing, []rugzak.Person{member, core, named, other, gone, {}}, []bool{false, true, false, false, false, false}},
		{"empty", empty, []rugzak.Person{member, core, named}, []bool{false, false, false}},
	} {
		for i, p := range c.who {
			if got := rugzak.CanReadOutcome(p, c.round); got != c.wanted[i] {
				t.Errorf("%s, reader %d: %v", c.name, i, got)
			}
		}
	}
}
