// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"strings"
	"testing"
)

func TestWhoSeesAProfile(t *testing.T) {
	member := Person{ID: "m", Organisation: "jeugd", Kind: Department}
	other := Person{ID: "o", Organisation: "wmo", Kind: Department}
	partner := Person{ID: "p", Organisation: "welzijn", Kind: Partner}
	colleague := Person{ID: "c", Organisation: "welzijn", Kind: Partner}
	gone := Person{ID: "g", Organisation: "jeugd", Kind: Department, Inactive: true}
	for _, tc := range []struct {
		name  string
		p, of Person
		shown bool
		want  bool
	}{
		{"members see members", member, other, false, true},
		{"members see partners", member, partner, false, true},
		{"a partner sees a colleague", partner, colleague, false, true},
		{"a partner sees nobody else", partner, member, false, false},
		{"but whose name they meet", partner, member, true, true},
		{"who left is not shown", member, gone, true, false},
		{"who left sees nobody", gone, member, true, false},
		{"nobody sees nobody", Person{}, member, true, false},
	} {
		if got := CanSeeProfile(tc.p, tc.of, tc.shown); got != tc.want {
			t.Errorf("%s: %v", tc.name, got)
		}
	}
}

func TestWhoReadsWhy(t *testing.T) {
	person := func(id PersonID, o OrganisationID, kind OrganisationKind, team TeamID) Person {
		return Person{ID: id, Organisation: o, Kind: kind, Team: team}
	}
	me := person("me", "jeugd", Department, "noord")
	me.Why = "Ik wil leren hoe anderen beginnen."
	readers := []Person{
		me, person("t", "jeugd", Department, "noord"), person("c", "jeugd", Department, "zuid"),
		person("m", "wmo", Department, ""), person("p", "welzijn", Partner, ""), {},
	}
	for _, tc := range []struct {
		level Audience
		want  string // one sign for each of readers
	}{
		{Audience{Level: LevelDraft}, "+-----"},
		{Audience{Level: LevelTeam}, "++----"},
		{Audience{Level: LevelOrganisation}, "+++---"},
		{Audience{Level: LevelInternal}, "++++--"},
		{Audience{Level: LevelTeam, Also: []OrganisationID{"welzijn"}}, "++--+-"},
		{Audience{}, "+-----"},
	} {
		me.WhyLevel = tc.level
		var got strings.Builder
		for _, p := range readers {
			got.WriteByte("-+"[map[bool]int{true: 1}[CanReadWhy(p, me)]])
		}
		if got.String() != tc.want {
			t.Errorf("%v: %s, want %s", tc.level, got.String(), tc.want)
		}
	}
	me.Why = ""
	if CanReadWhy(me, me) {
		t.Error("there is nothing to read")
	}
}

func TestWhyLimits(t *testing.T) {
	o := Organisation{ID: "jeugd", Name: "Jeugd", Kind: Department, Teams: []Team{{ID: "noord", Name: "Noord"}}}
	good := Person{ID: "me", Email: "ik@example.org", Name: "Anouk", Organisation: "jeugd", Kind: Department, Roles: []Role{RoleParticipant}}
	if err := good.Validate(o); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		why   string
		level Audience
		want  bool
	}{
		{"Ik leer graag.", Audience{Level: LevelDraft}, true},
		{"Ik leer graag.", Audience{Level: LevelInternal, Also: []OrganisationID{"welzijn"}}, true},
		{"Ik leer graag.", Audience{}, false},
		{"Ik leer graag.", Audience{Level: LevelTeam}, false}, // has no team
		{"Ik leer graag.", Audience{Level: LevelDraft, Also: []OrganisationID{"welzijn"}}, false},
		{"", Audience{Level: LevelInternal}, false},
		{strings.Repeat("é", MaxWhy), Audience{Level: LevelDraft}, true},
		{strings.Repeat("é", MaxWhy+1), Audience{Level: LevelDraft}, false},
		{"twee\nregels", Audience{Level: LevelDraft}, false},
	} {
		p := good
		p.Why, p.WhyLevel = tc.why, tc.level
		if got := p.Validate(o) == nil; got != tc.want {
			t.Errorf("%.20q %v: %v", tc.why, tc.level, got)
		}
	}
}

// TestWhyDoesNotMoveAlong: who moves shows the line to nobody new.
func TestWhyDoesNotMoveAlong(t *testing.T) {
	before := Person{Organisation: "jeugd", Team: "noord", Why: "Ik leer graag."}
	for _, tc := range []struct {
		level  Level
		o      OrganisationID
		team   TeamID
		closed bool
	}{
		{LevelTeam, "jeugd", "noord", false},
		{LevelTeam, "jeugd", "zuid", true},
		{LevelOrganisation, "jeugd", "zuid", false},
		{LevelInternal, "wmo", "noord", true},
	} {
		before.WhyLevel = Audience{Level: tc.level}
		p := before
		p.Organisation, p.Team = tc.o, tc.team
		p.SettleWhy(before)
		if got := p.WhyLevel.Level == LevelDraft; got != tc.closed {
			t.Errorf("%s to %s/%s: %v", tc.level, tc.o, tc.team, p.WhyLevel)
		}
	}
}
