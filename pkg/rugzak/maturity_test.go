// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak_test

import (
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func TestGrowth(t *testing.T) {
	by := func(o rugzak.OrganisationID, month time.Month) rugzak.Confirmation {
		return rugzak.Confirmation{Organisation: o, At: time.Date(2026, month, 14, 12, 0, 0, 0, time.UTC)}
	}
	for _, c := range []struct {
		name   string
		all    []rugzak.Confirmation
		agreed string
		want   rugzak.Growth
	}{
		{"nobody", nil, "", rugzak.Growth{Maturity: rugzak.MaturityIdea}},
		{"nobody, marked all the same", nil, "2026-05-01", rugzak.Growth{Maturity: rugzak.MaturityIdea}},
		{"the own organisation, often", []rugzak.Confirmation{by("wmo", 1), by("wmo", 2), by("wmo", 3)}, "2026-05-01", rugzak.Growth{Maturity: rugzak.MaturityIdea}},
		{"one other", []rugzak.Confirmation{by("wmo", 1), by("jeugd", 2)}, "", rugzak.Growth{Maturity: rugzak.MaturityOnce, Month: "2026-02", Others: 1}},
		{"one other, twice, the later first", []rugzak.Confirmation{by("jeugd", 4), by("jeugd", 2)}, "", rugzak.Growth{Maturity: rugzak.MaturityConfirmed, Month: "2026-04", Others: 1}},
		{"one other, twice, marked", []rugzak.Confirmation{by("jeugd", 2), by("jeugd", 4)}, "2026-05-01", rugzak.Growth{Maturity: rugzak.MaturityConfirmed, Month: "2026-04", Others: 1}},
		{"two others", []rugzak.Confirmation{by("jeugd", 2), by("thuis", 3), by("jeugd", 6)}, "", rugzak.Growth{Maturity: rugzak.MaturityConfirmed, Month: "2026-03", Others: 2, MayAgree: true}},
		{"two others, marked after", []rugzak.Confirmation{by("jeugd", 2), by("thuis", 3)}, "2026-05-01", rugzak.Growth{Maturity: rugzak.MaturityAgreement, Month: "2026-05", Others: 2, MayAgree: true}},
		{"three times, the second other came last", []rugzak.Confirmation{by("jeugd", 2), by("jeugd", 3), by("thuis", 7)}, "2026-05-01", rugzak.Growth{Maturity: rugzak.MaturityAgreement, Month: "2026-07", Others: 2, MayAgree: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := rugzak.GrowthOf(rugzak.Entry{Organisation: "wmo", Agreed: c.agreed}, c.all); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

// What an application tells of a lesson depends on who may read it, and on what
// its writer said.
func TestTold(t *testing.T) {
	kind := func(o rugzak.OrganisationID) rugzak.OrganisationKind {
		if o == "thuis" {
			return rugzak.Partner
		}
		return rugzak.Department
	}
	lesson := rugzak.Entry{
		ID: "les", State: rugzak.StateShared, Organisation: "wmo", OrganisationKind: rugzak.Department,
		Audience: rugzak.Audience{Level: rugzak.LevelInternal, Also: []rugzak.OrganisationID{"thuis"}},
	}
	for _, c := range []struct {
		name string
		edit func(*rugzak.Entry)
		want bool
	}{
		{"for the same people", func(*rugzak.Entry) {}, true},
		{"for fewer people", func(e *rugzak.Entry) { e.Audience.Also = nil }, false},
		{"for fewer people, told", func(e *rugzak.Entry) { e.Audience.Also, e.Application.Tell = nil, true }, true},
		{"for the team, told", func(e *rugzak.Entry) {
			e.Audience = rugzak.Audience{Level: rugzak.LevelTeam}
			e.Team, e.Application.Tell = "toegang", true
		}, true},
		{"withdrawn, told", func(e *rugzak.Entry) { e.State, e.Application.Tell = rugzak.StateWithdrawn, true }, false},
		{"reported, told", func(e *rugzak.Entry) { e.State, e.Application.Tell = rugzak.StateReported, true }, false},
		{"draft, told", func(e *rugzak.Entry) { e.State, e.Application.Tell = rugzak.StateDraft, true }, false},
		{"archived", func(e *rugzak.Entry) { e.State = rugzak.StateArchived }, true},
		{"of another lesson", func(e *rugzak.Entry) { e.Application.Lesson, e.Application.Tell = "ander", true }, false},
		{"of another kind", func(e *rugzak.Entry) { e.Application = nil }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := rugzak.Entry{
				ID: "gebruik", State: rugzak.StateShared, Organisation: "jeugd", OrganisationKind: rugzak.Department,
				Audience:    lesson.Audience,
				Application: &rugzak.ApplicationData{Lesson: "les", Outcome: rugzak.OutcomeNot},
			}
			c.edit(&e)
			if got := e.Told("les", rugzak.AudienceTokens(lesson), kind); got != c.want {
				t.Errorf("told is %v", got)
			}
		})
	}
	e := rugzak.Entry{State: rugzak.StateShared, Application: &rugzak.ApplicationData{Lesson: "les", Tell: true}}
	if e.Told("les", nil, kind) {
		t.Error("a lesson that nobody may read was told of")
	}
}

func TestKeepMoments(t *testing.T) {
	now := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	later := func(weeks int) time.Time { return now.AddDate(0, 0, 7*weeks) }
	var k rugzak.Keep
	k.Remind(6, now)
	if !k.RemindAt.Equal(later(6)) || k.Due(later(6).Add(-time.Second)) || !k.Due(later(6)) {
		t.Fatalf("planned for %v", k.RemindAt)
	}
	k.Ask(later(6))
	if !k.RemindAt.IsZero() || !k.Due(later(6)) || !k.Due(later(60)) {
		t.Fatalf("asked and waiting: %+v", k)
	}
	k.Say(rugzak.KeepNotYet, 4, later(7))
	if !k.RemindAt.Equal(later(13)) || k.Due(later(12)) || !k.Due(later(13)) {
		t.Fatalf("after not yet: %+v", k)
	}
	k.Ask(later(13))
	k.Say(rugzak.KeepUsed, 4, later(13))
	if k.Due(later(500)) {
		t.Fatalf("after yes: %+v", k)
	}
	var unplanned rugzak.Keep
	if unplanned.Remind(0, now); unplanned.Due(later(500)) {
		t.Fatal("asked though the person wanted none")
	}
	unplanned.Say(rugzak.KeepNotYet, 4, now)
	if !unplanned.RemindAt.Equal(later(4)) {
		t.Fatalf("an unplanned one that is not used yet: %+v", unplanned)
	}
}
