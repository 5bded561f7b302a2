// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "testing"

func TestWhoKnowsWhom(t *testing.T) {
	wmo, jeugd := Organisation{ID: "wmo", Kind: Department}, Organisation{ID: "jeugd", Kind: Department}
	welzijn, wonen := Organisation{ID: "welzijn", Kind: Partner}, Organisation{ID: "wonen", Kind: Partner}
	person := func(o Organisation) Person {
		return Person{ID: "p-" + PersonID(o.ID), Organisation: o.ID, Kind: o.Kind}
	}
	out := person(wmo)
	out.Inactive = true
	for _, tc := range []struct {
		name  string
		p     Person
		o     Organisation
		shown []OrganisationID
		want  bool
	}{
		{"a member knows a partner", person(wmo), welzijn, nil, true},
		{"a member knows a department", person(wmo), jeugd, nil, true},
		{"a partner knows itself", person(welzijn), welzijn, nil, true},
		{"a partner knows departments", person(welzijn), jeugd, nil, true},
		{"a partner does not know a partner", person(welzijn), wonen, nil, false},
		{"but by what that one shows", person(welzijn), wonen, []OrganisationID{"wonen"}, true},
		{"and by nothing else", person(welzijn), wonen, []OrganisationID{"wmo", ""}, false},
		{"nobody is no partner", person(welzijn), Organisation{}, []OrganisationID{""}, false},
		{"who left knows nothing", out, welzijn, nil, false},
		{"nobody knows nothing", Person{}, wmo, nil, false},
	} {
		if got := CanKnowOrganisation(tc.p, tc.o, tc.shown...); got != tc.want {
			t.Errorf("%s: %v", tc.name, got)
		}
	}
	for _, tc := range []struct {
		name   string
		p      Person
		other  PersonID
		author bool
		want   bool
	}{
		{"a member knows people", person(wmo), "x", false, true},
		{"a partner knows themselves", person(welzijn), "p-welzijn", false, true},
		{"a partner knows authors", person(welzijn), "x", true, true},
		{"a partner knows nobody else", person(welzijn), "x", false, false},
		{"nobody is not known", person(wmo), "", true, false},
		{"nobody knows nobody", Person{}, "x", true, false},
		{"who left knows nobody", out, "x", true, false},
	} {
		if got := CanKnowPerson(tc.p, tc.other, tc.author); got != tc.want {
			t.Errorf("%s: %v", tc.name, got)
		}
	}
}
