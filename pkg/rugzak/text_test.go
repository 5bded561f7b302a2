// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

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

// Whatever cannot be seen is left out of a line, and refused where a line came
// in another way. What joins the parts of an emoji, or belongs to a script,
// stays.
func TestInvisible(t *testing.T) {
	gone := []rune{0x00ad, 0x034f, 0x061c, 0x115f, 0x1160, 0x17b4, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d,
		0x202e, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0x2066, 0x2067, 0x2068, 0x2069, 0x206a, 0x206f, 0x2800, 0x3164, 0xfeff, 0xffa0, 0xfff9, 0xfffb,
		0xfe0f, 0xfe00, 0xe0001, 0xe0041, 0xe007f, 0xe0100, 0xe01ef, 0x1d173}
	org := func(name string) error {
		return rugzak.Organisation{ID: "x", Name: name, Kind: rugzak.Department}.Validate()
	}
	for _, r := range gone {
		in := "Je" + string(r) + "ugd"
		if got := rugzak.Line(in); got != "Jeugd" {
			t.Errorf("%U: Line gives %q", r, got)
		}
		if org(in) == nil {
			t.Errorf("%U stands in a name", r)
		}
	}
	for _, r := range []rune{0x2028, 0x2029, 0x85, 0x0b, 0x00, 0x1b, 0x7f} {
		in := "Je" + string(r) + "ugd"
		if got := rugzak.Line(in); got != "Je ugd" {
			t.Errorf("%U: Line gives %q", r, got)
		}
		if org(in) == nil {
			t.Errorf("%U stands in a name", r)
		}
	}
	for _, kept := range []string{"👩\u200d🏫 school", "❤\ufe0f", "1\ufe0f\u20e3", "می\u200cخواهم", "क्\u200dष", "Zoë’s team – Wmo/Jeugd", "日本語"} {
		if got := rugzak.Line(kept); got != kept {
			t.Errorf("Line(%q) = %q", kept, got)
		}
		if err := org(kept); err != nil {
			t.Errorf("%q: %v", kept, err)
		}
	}
}

// A line is clean, and cleaning it again changes nothing: what was exported
// comes in again as it was.
func TestLineIsStable(t *testing.T) {
	odd := rapid.SampledFrom([]rune("ae \u0301\u0308\u0335\u200b\u200c\u200d\u202e\ufe0f\u2028é1#👩🏫क्\u00ad\x00"))
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.OneOf(rapid.String(), rapid.StringOfN(odd, 0, 12, -1)).Draw(t, "in")
		once := rugzak.Line(in)
		if twice := rugzak.Line(once); twice != once {
			t.Fatalf("%+q, then %+q", once, twice)
		}
		if utf8.RuneCountInString(once) > 50 {
			return
		}
		e := rugzak.Theme{Title: once}.Validate()
		if bad, ok := errors.AsType[*rugzak.Error](e); ok {
			for _, f := range bad.Fields {
				if f.Field == "title" && f.Key == "error.unprintable" {
					t.Fatalf("%+q is refused", once)
				}
			}
		}
	})
}

// A letter with its accent is one character, so that the same word is the same.
func TestLineComposes(t *testing.T) {
	for _, word := range []string{"één", "Zoë", "François", "naïef", "señor", "Škoda", "Łódź", "Ångström", "Dvořák", "Ğ", "ű", "įžė"} {
		apart := norm.NFD.String(word)
		if got := rugzak.Line(apart); got != word {
			t.Errorf("Line(%+q) = %+q, want %+q", apart, got, word)
		}
	}
	for r := rune(0xc0); r < 0x180; r++ { // all of Latin-1 and Latin Extended-A
		if got, want := rugzak.Line(norm.NFD.String(string(r))), norm.NFC.String(string(r)); got != want {
			t.Errorf("%U: %+q, want %+q", r, got, want)
		}
	}
	tower := "a" + strings.Repeat("\u0335", 50) + "b"
	if got := rugzak.Line(tower); utf8.RuneCountInString(got) > 6 {
		t.Errorf("a tower of marks stays: %+q", got)
	}
}

func TestLookalikeNames(t *testing.T) {
	for name, want := range map[string]bool{
		"Sam Voorbeeld": false, "Zoë O’Brien-de Vries": false, "Αλέξανδρος": false, "Александра": false, "Саша Voorbeeld": false, "李 Voorbeeld": false,
		"Team α": false, "β-groep": false, "S\u0430m Voorbeeld": true, "V\u03bf\u03bfrbeeld": true, "Ｓam": true, "𝐒am": true, "\u212aees": true, "ﬁets": true,
		"Wm\u043e": true, "Jeugd²": false,
	} {
		err := rugzak.Organisation{ID: "x", Name: name, Kind: rugzak.Department}.Validate()
		if (err != nil) != want {
			t.Errorf("%q: %v", name, err)
		}
	}
	o := rugzak.Organisation{ID: "wmo", Name: "Wmo", Kind: rugzak.Department}
	for email, want := range map[string]bool{"sam@voorbeeld.test": true, "s\u0430m@voorbeeld.test": false, "sam@v\u043e\u043erbeeld.test": false, "ｓam@voorbeeld.test": false, "s\u200bam@voorbeeld.test": false} {
		p := rugzak.Person{ID: "p", Email: email, Name: "Sam", Organisation: o.ID, Kind: o.Kind, Roles: []rugzak.Role{rugzak.RoleParticipant}}
		if err := p.Validate(o); (err == nil) != want {
			t.Errorf("%q: %v", email, err)
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
