// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// towns is a house with two departments, two partners and a provider for each
// side.
type towns struct {
	*house
	own, partner rugzak.Provider
}

func newTowns(t *testing.T) *towns {
	t.Helper()
	h := newHouse(t)
	for name, in := range map[string]backpack.OrganisationInput{
		"wmo":     {Name: "Wmo", Kind: rugzak.Department, Teams: []rugzak.Team{{Name: "Toegang"}, {Name: "Wijk"}}},
		"jeugd":   {Name: "Jeugd", Kind: rugzak.Department, Teams: []rugzak.Team{{Name: "Toegang"}}},
		"inkomen": {Name: "Inkomen", Kind: rugzak.Department},
		"welzijn": {Name: "Welzijn", Kind: rugzak.Partner, Teams: []rugzak.Team{{Name: "Buurt"}}},
		"wonen":   {Name: "Wonen", Kind: rugzak.Partner},
	} {
		if o, err := h.SaveOrganisation(t.Context(), backpack.Operator(), "", 0, in); err != nil || string(o.ID) != name {
			t.Fatal(o.ID, err)
		}
	}
	return &towns{
		house: h,
		own: rugzak.Provider{
			ID: "gemeente", Create: true, DefaultRoles: []rugzak.Role{rugzak.RoleParticipant},
			Organisations: rugzak.ClaimMap[rugzak.OrganisationID]{Claim: "afdeling", To: map[string][]rugzak.OrganisationID{
				"WMO": {"wmo"}, "JZ": {"jeugd"}, "Weg": {"bestaat-niet"},
			}},
			Teams: rugzak.ClaimMap[rugzak.TeamID]{Claim: "team", To: map[string][]rugzak.TeamID{"T": {"toegang"}, "W": {"wijk"}}},
			Roles: rugzak.ClaimMap[rugzak.Role]{Claim: "groups", To: map[string][]rugzak.Role{
				"fac": {rugzak.RoleFacilitator}, "beheer": {rugzak.RoleAdministrator}, "chef": {rugzak.RoleManager},
			}},
		},
		partner: rugzak.Provider{ID: "welzijn", Organisation: "welzijn", EmailDomains: []string{"welzijn.example"}, Create: true},
	}
}

// says is what a provider says of somebody: claims as name=value.
func says(issuer, subject, email string, claims ...string) rugzak.Vouched {
	v := rugzak.Vouched{Issuer: issuer, Subject: subject, Email: email, EmailVerified: true, Name: "Test " + subject, Claims: map[string][]string{}}
	for _, c := range claims {
		name, value, _ := strings.Cut(c, "=")
		v.Claims[name] = append(v.Claims[name], value)
	}
	return v
}

// comes signs somebody in, who must get in.
func (h *towns) comes(t *testing.T, by rugzak.Provider, v rugzak.Vouched) (rugzak.Person, string) {
	t.Helper()
	secret, p, err := h.SignInVia(t.Context(), by, v, "firefox linux")
	if err != nil || !h.alive(t, secret) {
		t.Fatalf("%s is not let in: %v", v.Subject, err)
	}
	who, _, err := h.Who(t.Context(), secret)
	if err != nil || who.ID != p.ID || who.Version != p.Version || who.Epoch != p.Epoch {
		t.Fatalf("signed in as %+v, stored as %+v, %v", p, who, err)
	}
	return who, secret
}

// refused wants a sign-in to be refused for a reason, and written down.
func (h *towns) refused(t *testing.T, want rugzak.Refusal, by rugzak.Provider, v rugzak.Vouched) {
	t.Helper()
	secret, p, err := h.SignInVia(t.Context(), by, v, "firefox linux")
	got, ok := errors.AsType[rugzak.Refusal](err)
	if !ok || got != want || secret != "" || p.ID != "" || rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Fatalf("%s: %v, want %q", v.Subject, err, want)
	}
	if a := h.lastAct(t); a.Verb != rugzak.AuditSignInRefused || a.Detail != "sso "+string(by.ID)+" "+string(want) || a.By != "nobody" {
		t.Errorf("the audit log says %+v", a)
	}
}

func (h *towns) lastAct(t *testing.T) (a rugzak.AuditRecord) {
	t.Helper()
	if err := h.store.View(t.Context(), func(r rugzak.Reader) error {
		for record, err := range r.AuditLog(0) {
			a = record
			return err
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return a
}

// add makes a person as an administrator does.
func (h *towns) add(t *testing.T, email string, o rugzak.OrganisationID, roles ...rugzak.Role) rugzak.Person {
	t.Helper()
	p, err := h.SavePerson(t.Context(), backpack.Operator(), "", 0, backpack.PersonInput{
		Name: "Al bekend", Email: email, Organisation: o, Roles: append([]rugzak.Role{rugzak.RoleParticipant}, roles...),
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (h *towns) change(t *testing.T, email string, change func(*backpack.PersonInput)) {
	t.Helper()
	p := h.person(t, email)
	in := backpack.PersonInput{Name: p.Name, Email: p.Email, Organisation: p.Organisation, Team: p.Team, Roles: p.Roles, Inactive: p.Inactive}
	change(&in)
	if _, err := h.SavePerson(t.Context(), backpack.Operator(), p.ID, p.Version, in); err != nil {
		t.Fatal(err)
	}
}

func roles(r ...rugzak.Role) []rugzak.Role {
	return append([]rugzak.Role{rugzak.RoleParticipant}, r...)
}

func sameRoles(got []rugzak.Role, want ...rugzak.Role) bool {
	got = slices.Clone(got)
	slices.Sort(got)
	slices.Sort(want)
	return slices.Equal(got, want)
}
