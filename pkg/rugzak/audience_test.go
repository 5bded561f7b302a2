// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak_test

import (
	"testing"

	"rugzak/pkg/rugzak"
)

func TestParseAudience(t *testing.T) {
	for in, want := range map[string]string{
		"team":                          "team",
		"internal":                      "internal",
		" organisation + wmo, welzijn ": "organisation+wmo,welzijn",
		"team+internal":                 "team+internal",
		"draft":                         "draft",
	} {
		a, err := rugzak.ParseAudience(in)
		if err != nil || a.String() != want {
			t.Errorf("ParseAudience(%q) = %q, %v; want %q", in, a, err, want)
		}
	}
	for _, in := range []string{"", "everybody", "team+", "team+,", "team+a,,b", "+wmo"} {
		if a, err := rugzak.ParseAudience(in); rugzak.CodeOf(err) != rugzak.CodeInvalid {
			t.Errorf("ParseAudience(%q) = %v, %v; want an invalid error", in, a, err)
		}
	}
}

func FuzzParseAudience(f *testing.F) {
	f.Add("team+a,b")
	f.Add("internal")
	f.Fuzz(func(t *testing.T, s string) {
		a, err := rugzak.ParseAudience(s)
		if err != nil {
			return
		}
		again, err := rugzak.ParseAudience(a.String())
		if err != nil || !again.Equal(a) {
			t.Errorf("%q gives %v, which reads back as %v, %v", s, a, again, err)
		}
	})
}

func TestNarrowerThan(t *testing.T) {
	audience := func(s string) rugzak.Audience {
		a, err := rugzak.ParseAudience(s)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	for _, c := range []struct {
		after, before string
		want          bool
	}{
		{"team", "organisation", true},
		{"organisation", "team", false},
		{"team+welzijn", "team+welzijn", false},
		{"team", "team+welzijn", true},
		{"internal", "team+welzijn", true}, // wider inside, but the partner loses sight
		{"internal+welzijn", "team+welzijn", false},
		{"team+corporatie", "team+welzijn", true},
	} {
		if got := audience(c.after).NarrowerThan(audience(c.before)); got != c.want {
			t.Errorf("%s narrower than %s = %v, want %v", c.after, c.before, got, c.want)
		}
	}
}

func TestCleanAudience(t *testing.T) {
	a := rugzak.Audience{Level: rugzak.LevelOrganisation, Also: []rugzak.OrganisationID{"wmo", "", "jeugd", "wmo", "arts"}}
	if got := a.Clean("jeugd").String(); got != "organisation+arts,wmo" {
		t.Errorf("Clean = %s", got)
	}
	a.Level = rugzak.LevelTeam
	if got := a.Clean("jeugd").String(); got != "team+arts,jeugd,wmo" {
		t.Errorf("Clean at level team = %s; the rest of the own organisation is wider than the team", got)
	}
}
