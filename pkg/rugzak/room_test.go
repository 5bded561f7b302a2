// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "testing"

// TestRoomIsForItsTeam: nobody outside the team of a need sees it, whatever
// their roles; only its manager makes room, only its writer closes it.
func TestRoomIsForItsTeam(t *testing.T) {
	person := func(id PersonID, o OrganisationID, team TeamID, roles ...Role) Person {
		return Person{ID: id, Organisation: o, Kind: Department, Team: team, Roles: append(roles, RoleParticipant)}
	}
	n := RoomNeed{Organisation: "jeugd", Team: "noord", Writer: "w"}
	alone := n
	alone.Writer = ""
	out := person("m", "jeugd", "noord", RoleManager)
	out.Inactive = true
	for _, tc := range []struct {
		name             string
		p                Person
		n                RoomNeed
		see, make, close bool
	}{
		{"the writer", person("w", "jeugd", "noord"), n, true, false, true},
		{"the writer, elsewhere by now", person("w", "jeugd", "zuid"), n, true, false, true},
		{"a colleague of the team", person("x", "jeugd", "noord"), n, true, false, false},
		{"a colleague, when the writer is gone", person("x", "jeugd", "noord"), alone, true, false, true},
		{"the manager of the team", person("m", "jeugd", "noord", RoleManager), n, true, true, false},
		{"a manager who left", out, n, false, false, false},
		{"a manager of another team", person("m", "jeugd", "zuid", RoleManager), n, false, false, false},
		{"a manager of a team with the same name elsewhere", person("m", "wmo", "noord", RoleManager), n, false, false, false},
		{"a colleague without team", person("x", "jeugd", ""), n, false, false, false},
		{"the core team", person("k", "wmo", "kern", RoleCoreTeam), n, false, false, false},
		{"a facilitator", person("f", "jeugd", "zuid", RoleFacilitator), n, false, false, false},
		{"an administrator", person("a", "jeugd", "", RoleAdministrator), n, false, false, false},
		{"a privacy officer", person("p", "jeugd", "zuid", RolePrivacyOfficer), n, false, false, false},
		{"nobody", Person{}, alone, false, false, false},
	} {
		if got := CanSeeRoom(tc.p, tc.n); got != tc.see {
			t.Errorf("%s sees it: %v", tc.name, got)
		}
		if got := CanMakeRoom(tc.p, tc.n); got != tc.make {
			t.Errorf("%s makes room: %v", tc.name, got)
		}
		if got := CanCloseRoom(tc.p, tc.n); got != tc.close {
			t.Errorf("%s closes it: %v", tc.name, got)
		}
	}
}

func TestRoomNeedLimits(t *testing.T) {
	good := RoomNeed{Organisation: "jeugd", Team: "noord", Kind: RoomTime, Text: "Twee uur", State: RoomOpen}
	if err := good.Validate(); err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string]func(*RoomNeed){
		"no text":        func(n *RoomNeed) { n.Text = "" },
		"two lines":      func(n *RoomNeed) { n.Text = "een\ntwee" },
		"no kind":        func(n *RoomNeed) { n.Kind = "" },
		"no team":        func(n *RoomNeed) { n.Team = "" },
		"unknown state":  func(n *RoomNeed) { n.State = "denied" },
		"an empty line":  func(n *RoomNeed) { n.Lines = []RoomLine{{Kind: RoomLineMade}} },
		"a verdict":      func(n *RoomNeed) { n.Lines = []RoomLine{{Kind: "rejected", Text: "nee"}} },
		"too many lines": func(n *RoomNeed) { n.Lines = make([]RoomLine, MaxRoomLines+1) },
	} {
		n := good
		bad(&n)
		if n.Validate() == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}
