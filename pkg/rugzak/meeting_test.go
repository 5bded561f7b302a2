// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"testing"
	"time"
)

func TestMeetingMoments(t *testing.T) {
	for _, tc := range []struct {
		day, start, end string
		begins, ends    string
	}{
		{"2026-12-03", "14:00", "15:30", "2026-12-03T13:00:00Z", "2026-12-03T14:30:00Z"}, // winter
		{"2026-07-03", "14:00", "", "2026-07-03T12:00:00Z", "2026-07-03T13:00:00Z"},      // summer, without an end
		{"2026-13-03", "14:00", "", "", ""},
	} {
		m := Meeting{Day: tc.day, Start: tc.start, End: tc.end}
		show := func(at time.Time) string {
			if at.IsZero() {
				return ""
			}
			return at.Format(time.RFC3339)
		}
		if show(m.Begins()) != tc.begins || show(m.Ends()) != tc.ends {
			t.Errorf("%v: %s to %s", tc, show(m.Begins()), show(m.Ends()))
		}
	}
	m := Meeting{Day: "2026-12-03", Start: "14:00", End: "15:30"}
	for clock, want := range map[string]bool{"2026-12-03T14:29:00Z": true, "2026-12-03T14:30:00Z": false} {
		now, err := time.Parse(time.RFC3339, clock)
		if err != nil {
			t.Fatal(err)
		}
		if m.Upcoming(now) != want {
			t.Errorf("at %s: %v", clock, m.Upcoming(now))
		}
	}
}

func TestWhoSeesAMeeting(t *testing.T) {
	member := Person{ID: "m", Organisation: "jeugd", Kind: Department}
	partner := Person{ID: "p", Organisation: "welzijn", Kind: Partner}
	maker := Person{ID: "x", Organisation: "wonen", Kind: Partner}
	out := member
	out.Inactive = true
	meeting := func(invited ...OrganisationID) Meeting { return Meeting{MadeBy: "x", Organisations: invited} }
	for _, tc := range []struct {
		name            string
		p               Person
		m               Meeting
		reads, signedUp bool
		want            bool
	}{
		{"an invited department", member, meeting("jeugd"), true, false, true},
		{"another department", member, meeting("wmo"), true, false, false},
		{"the whole municipality", member, meeting(WholeMunicipality), true, false, true},
		{"a partner is no department", partner, meeting(WholeMunicipality, "jeugd"), true, false, false},
		{"an invited partner", partner, meeting(WholeMunicipality, "welzijn"), true, false, true},
		{"about something hidden", partner, meeting("welzijn"), false, false, false},
		{"about something that was hidden since", partner, meeting("welzijn"), false, true, true},
		{"signed up, but no longer invited", partner, meeting("jeugd"), true, true, false},
		{"who made it", maker, meeting("jeugd"), false, false, true},
		{"who left", out, meeting("jeugd"), true, true, false},
		{"nobody", Person{}, Meeting{Organisations: []OrganisationID{""}}, true, true, false},
	} {
		if got := CanSeeMeeting(tc.p, tc.m, tc.reads, tc.signedUp); got != tc.want {
			t.Errorf("%s: %v", tc.name, got)
		}
	}
}

func TestMeetingLimits(t *testing.T) {
	good := Meeting{Title: "Samen om tafel", Day: "2026-12-03", Start: "09:05", Organisations: []OrganisationID{"jeugd"}}
	if err := good.Validate(); err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string]func(*Meeting){
		"no title":            func(m *Meeting) { m.Title = "" },
		"no day":              func(m *Meeting) { m.Day = "" },
		"no such day":         func(m *Meeting) { m.Day = "2026-02-30" },
		"no start":            func(m *Meeting) { m.Start = "" },
		"a short clock":       func(m *Meeting) { m.Start = "9:05" },
		"an end before start": func(m *Meeting) { m.End = "09:04" },
		"no end at all":       func(m *Meeting) { m.End = "later" },
		"nobody invited":      func(m *Meeting) { m.Organisations = nil },
		"two subjects":        func(m *Meeting) { m.Entry, m.Theme = "e", "t" },
		"a place on two rows": func(m *Meeting) { m.Place = "een\ntwee" },
	} {
		m := good
		bad(&m)
		if m.Validate() == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	for place, want := range map[string]bool{
		"https://vergaderen.example.org/samen": true, "http://example.org": false, "De Brug": false, "https://a b": false, "": false,
	} {
		if (Meeting{Place: place}).Online() != want {
			t.Errorf("%q is online: %v", place, !want)
		}
	}
}
