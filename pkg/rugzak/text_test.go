// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak_test

import (
	"testing"

	"rugzak/pkg/rugzak"
)

func TestLine(t *testing.T) {
	for in, want := range map[string]string{
		"  Eén   voordeur \n": "Eén voordeur", "a\tb\r\nc": "a b c", "a\u202eb\u200bc\u00add": "abcd", "a\x00b": "a b", "a\xffb": "a\uFFFDb", "": "",
	} {
		if got := rugzak.Line(in); got != want {
			t.Errorf("Line(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestBlankBody(t *testing.T) {
	for in, want := range map[string]bool{
		"": true, " \n\t\n": true, "## Situatie\n\n## Taak\n": true, "#\n": true, "## Situatie\ntekst": false,
		"#geen kop": false, "####### zeven": false, "-": false,
	} {
		if got := rugzak.BlankBody(in); got != want {
			t.Errorf("BlankBody(%q) = %v, want %v", in, got, want)
		}
	}
}

func TestValidatePerson(t *testing.T) {
	wmo := rugzak.Organisation{ID: "wmo", Name: "Wmo", Kind: rugzak.Department, Teams: []rugzak.Team{{ID: "toegang", Name: "Toegang"}}}
	welzijn := rugzak.Organisation{ID: "welzijn", Name: "Welzijn", Kind: rugzak.Partner}
	person := func(o rugzak.Organisation, email string, team rugzak.TeamID, roles ...rugzak.Role) error {
		return rugzak.Person{ID: "p", Email: email, Name: "Sam Voorbeeld", Organisation: o.ID, Kind: o.Kind, Team: team, Roles: roles}.Validate(o)
	}
	for name, c := range map[string]struct {
		err    error
		fields string
	}{
		"participant":             {person(wmo, "sam@voorbeeld.test", "toegang", rugzak.RoleParticipant), ""},
		"no role":                 {person(wmo, "sam@voorbeeld.test", ""), "roles"},
		"unknown team":            {person(wmo, "sam@voorbeeld.test", "weg", rugzak.RoleParticipant), "team"},
		"capitals in the address": {person(wmo, "Sam@voorbeeld.test", "", rugzak.RoleParticipant), "email"},
		"no host":                 {person(wmo, "sam@", "", rugzak.RoleParticipant), "email"},
		"two at signs":            {person(wmo, "a@b@c", "", rugzak.RoleParticipant), "email"},
		"space":                   {person(wmo, "a b@c", "", rugzak.RoleParticipant), "email"},
		"partner facilitates":     {person(welzijn, "a@b.test", "", rugzak.RoleFacilitator), "roles"},
		"partner administers":     {person(welzijn, "a@b.test", "", rugzak.RoleAdministrator), "roles"},
		"contact of a department": {person(wmo, "a@b.test", "", rugzak.RolePartnerContact), "roles"},
		"contact of a partner":    {person(welzijn, "a@b.test", "", rugzak.RoleParticipant, rugzak.RolePartnerContact), ""},
		"manager of no team":      {person(wmo, "a@b.test", "", rugzak.RoleManager), "team"},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			for _, f := range fieldsOf(c.err) {
				got += f
			}
			if got != c.fields {
				t.Errorf("wrong fields: %q, want %q", got, c.fields)
			}
		})
	}
}

// What a text may hold is one rule for forms, files and the store: texts that
// were imported must come back from an export.
func TestUnprintableAt(t *testing.T) {
	for in, want := range map[string]int{
		"": -1, "een\ttwee\n": -1, "oude\vregel\fnieuw blad": -1, "a\rb": 1, "ab\x00": 2, "\x7f": 0, "é\x1b": 2,
	} {
		if got := rugzak.UnprintableAt(in); got != want {
			t.Errorf("UnprintableAt(%q) = %d, want %d", in, got, want)
		}
	}
}
