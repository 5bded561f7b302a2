// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"strings"
	"testing"
)

// Roles a mapping can give come from the claims, others stay, and none stands
// where it cannot.
func TestRolesFor(t *testing.T) {
	p := Provider{
		DefaultRoles: []Role{RoleParticipant, RoleCoreTeam},
		Roles: ClaimMap[Role]{Claim: "groups", To: map[string][]Role{
			"f": {RoleFacilitator}, "m": {RoleManager}, "a": {RoleAdministrator}, "p": {RolePartnerContact},
		}},
	}
	all := Roles()
	for _, test := range []struct {
		had, mapped []Role
		kind        OrganisationKind
		team        TeamID
		want        string
	}{
		{nil, nil, Department, "", "participant coreteam"},
		{nil, []Role{RoleAdministrator}, Department, "", "participant coreteam administrator"},
		{[]Role{RoleFacilitator, RoleAdministrator, RolePrivacyOfficer}, nil, Department, "", "participant coreteam privacyofficer"},
		{[]Role{RoleManager}, []Role{RoleManager}, Department, "", "participant coreteam"},
		{[]Role{RoleManager}, []Role{RoleManager}, Department, "t", "participant coreteam manager"},
		{all, all, Partner, "t", "participant partnercontact"},
		{all, nil, Partner, "", "participant"},
		{all, all, Department, "t", "participant facilitator coreteam manager privacyofficer administrator"},
	} {
		var got []string
		for _, r := range p.RolesFor(test.had, test.mapped, test.kind, test.team) {
			got = append(got, string(r))
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("had %v, mapped %v, %s %q: %v, want %s", test.had, test.mapped, test.kind, test.team, got, test.want)
		}
		o := Organisation{ID: "o", Kind: test.kind, Teams: []Team{{ID: "t", Name: "T"}}}
		person := Person{Email: "a@b.nl", Name: "A", Organisation: "o", Kind: test.kind, Team: test.team, Roles: p.RolesFor(test.had, test.mapped, test.kind, test.team)}
		if err := person.Validate(o); err != nil {
			t.Errorf("had %v, mapped %v: %v", test.had, test.mapped, err)
		}
	}
}

// Every name of a claim can be stored, or is left out.
func TestDisplayName(t *testing.T) {
	for in, want := range map[string]string{
		"  Noor \t Visser ": "Noor Visser", "": "", "\xff": "", strings.Repeat("é", MaxName+5): strings.Repeat("é", MaxName),
	} {
		if got := displayName(in); got != want {
			t.Errorf("%q gives %q", in, got)
		}
	}
	for _, in := range []string{"a\u202eb", "a\x00b", "a\u200bb"} {
		var ps Problems
		if got := displayName(in); got != "" {
			if checkName(&ps, "name", got); ps.Err() != nil {
				t.Errorf("%q gives %q, which cannot be stored", in, got)
			}
		}
	}
}

// A refusal has a code that stands in logs, and says whether an invitation helps.
func TestRefusals(t *testing.T) {
	p := Provider{Organisation: "welzijn", Organisations: ClaimMap[OrganisationID]{Claim: "o", To: map[string][]OrganisationID{"W": {"wonen"}}}}
	if p.VouchesFor("") || p.VouchesFor("jeugd") || !p.VouchesFor("welzijn") || !p.VouchesFor("wonen") {
		t.Error("the provider vouches for others than it is bound to")
	}
	if got := p.Claims(); !slices.Equal(got, []string{"o"}) {
		t.Errorf("it reads %v", got)
	}
	for r, invites := range map[Refusal]bool{
		RefusedUnknown: true, RefusedOrganisation: true, RefusedInactive: true, RefusedNonce: false, RefusedUnverified: false, RefusedReplay: false, RefusedToken: false,
	} {
		if r.NeedsInvitation() != invites || !strings.Contains(r.Error(), string(r)) {
			t.Errorf("%s: an invitation helps: %v", r, !invites)
		}
	}
}
