// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

func identityProbes() map[string]probe {
	return map[string]probe{
		"Unlink": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.Unlink(ctx, by, c.people[author].ID)
			return err
		},
	}
}

const (
	ownIssuer     = "https://gemeente.example"
	partnerIssuer = "https://partner.example"
)

// Claims place somebody, and place them anew each time.
func TestSignInViaPlaces(t *testing.T) {
	t.Parallel()
	h := newTowns(t)
	h.add(t, "beheer@voorbeeld.test", "wmo", rugzak.RoleAdministrator)
	var last string
	for i, step := range []struct {
		claims string
		org    rugzak.OrganisationID
		team   rugzak.TeamID
		roles  []rugzak.Role
		anew   bool // rights change: the earlier session has ended
	}{
		{"afdeling=WMO team=T groups=fac", "wmo", "toegang", roles(rugzak.RoleFacilitator), false},
		{"afdeling=WMO team=T groups=fac groups=onbekend", "wmo", "toegang", roles(rugzak.RoleFacilitator), false},
		{"afdeling=WMO team=T", "wmo", "toegang", roles(), true},
		{"afdeling=WMO team=T groups=chef groups=fac", "wmo", "toegang", roles(rugzak.RoleFacilitator, rugzak.RoleManager), true},
		{"afdeling=WMO groups=chef", "wmo", "", roles(), true}, // who has no team manages none
		{"afdeling=JZ team=W", "jeugd", "", roles(), true},     // Jeugd has no such team
		{"afdeling=JZ team=W team=T", "jeugd", "toegang", roles(), true},
		{"afdeling=WMO groups=beheer", "wmo", "", roles(rugzak.RoleAdministrator), true},
		{"afdeling=WMO", "wmo", "", roles(), true},
	} {
		p, secret := h.comes(t, h.own, says(ownIssuer, "1", "Een@Voorbeeld.test", strings.Fields(step.claims)...))
		if p.Organisation != step.org || p.Team != step.team || !slices.Equal(p.Roles, step.roles) || p.Kind != rugzak.Department || p.Email != "een@voorbeeld.test" {
			t.Errorf("%d: %s gives %+v", i, step.claims, p)
		}
		if last != "" && h.alive(t, last) == step.anew {
			t.Errorf("%d: the earlier session lives on: %v", i, !step.anew)
		}
		if a := h.lastAct(t); a.Verb != rugzak.AuditSignIn || a.Detail != "sso" || a.By != rugzak.PersonActor(p.ID) {
			t.Errorf("%d: the audit log says %+v", i, a)
		}
		last = secret
	}
}

// A provider is bound to its organisations, whatever it claims.
func TestSignInViaStaysWithinOrganisations(t *testing.T) {
	t.Parallel()
	h := newTowns(t)
	h.add(t, "beheer@welzijn.example", "wmo", rugzak.RoleAdministrator)
	h.add(t, "woon@welzijn.example", "wonen")
	h.add(t, "vast@voorbeeld.test", "inkomen")

	// The address of somebody elsewhere opens nothing.
	h.refused(t, rugzak.RefusedOrganisation, h.partner, says(partnerIssuer, "a", "beheer@welzijn.example", "afdeling=WMO", "groups=beheer"))
	h.refused(t, rugzak.RefusedOrganisation, h.partner, says(partnerIssuer, "b", "woon@welzijn.example"))
	h.refused(t, rugzak.RefusedOrganisation, h.own, says(ownIssuer, "c", "vast@voorbeeld.test", "afdeling=WMO"))
	// Nor does being another issuer's subject.
	h.comes(t, h.own, says(ownIssuer, "1", "een@voorbeeld.test", "afdeling=WMO"))
	h.refused(t, rugzak.RefusedDomain, h.partner, says(ownIssuer, "1", "een@voorbeeld.test"))
	h.refused(t, rugzak.RefusedOrganisation, h.partner, says(ownIssuer, "1", "een@welzijn.example"))

	// Who comes by the partner's provider belongs to the partner and nowhere else.
	p, _ := h.comes(t, h.partner, says(partnerIssuer, "2", "twee@welzijn.example", "afdeling=WMO", "team=T", "groups=beheer"))
	if p.Organisation != "welzijn" || p.Kind != rugzak.Partner || p.Team != "" || !slices.Equal(p.Roles, roles()) {
		t.Errorf("the partner's claims gave %+v", p)
	}
	// Who was moved out of the partner is out of its reach.
	h.change(t, "twee@welzijn.example", func(in *backpack.PersonInput) { in.Organisation = "wonen" })
	h.refused(t, rugzak.RefusedOrganisation, h.partner, says(partnerIssuer, "2", "twee@welzijn.example"))
	// The municipality's provider moves people between its own departments only.
	h.change(t, "een@voorbeeld.test", func(in *backpack.PersonInput) { in.Organisation = "inkomen" })
	h.refused(t, rugzak.RefusedOrganisation, h.own, says(ownIssuer, "1", "een@voorbeeld.test", "afdeling=WMO"))
}

func TestSignInViaRefusals(t *testing.T) {
	t.Parallel()
	h := newTowns(t)
	wmo := "afdeling=WMO"
	invited := h.own
	invited.Create = false
	with := func(v rugzak.Vouched, change func(*rugzak.Vouched)) rugzak.Vouched { change(&v); return v }
	for _, test := range []struct {
		want rugzak.Refusal
		by   rugzak.Provider
		v    rugzak.Vouched
	}{
		{rugzak.RefusedToken, h.own, says(ownIssuer, "", "een@voorbeeld.test", wmo)},
		{rugzak.RefusedToken, h.own, says("", "1", "een@voorbeeld.test", wmo)},
		{rugzak.RefusedNoEmail, h.own, says(ownIssuer, "1", "", wmo)},
		{rugzak.RefusedNoEmail, h.own, says(ownIssuer, "1", "een", wmo)},
		{rugzak.RefusedUnverified, h.own, with(says(ownIssuer, "1", "een@voorbeeld.test", wmo), func(v *rugzak.Vouched) { v.EmailVerified = false })},
		{rugzak.RefusedDomain, h.partner, says(partnerIssuer, "1", "een@welzijn.example.kwaad.test")},
		{rugzak.RefusedDomain, h.partner, says(partnerIssuer, "1", "een@kwaad.test")},
		{rugzak.RefusedNoOrganisation, h.own, says(ownIssuer, "1", "een@voorbeeld.test")},
		{rugzak.RefusedNoOrganisation, h.own, says(ownIssuer, "1", "een@voorbeeld.test", "afdeling=wmo")},
		{rugzak.RefusedNoOrganisation, h.own, says(ownIssuer, "1", "een@voorbeeld.test", "afdeling=WMO", "afdeling=JZ")},
		{rugzak.RefusedNoOrganisation, h.own, says(ownIssuer, "1", "een@voorbeeld.test", "afdeling=Weg")},
		{rugzak.RefusedUnknown, invited, says(ownIssuer, "1", "een@voorbeeld.test", wmo)},
		{rugzak.RefusedName, h.own, with(says(ownIssuer, "1", "een@voorbeeld.test", wmo), func(v *rugzak.Vouched) { v.Name = "BSN 111222333" })},
	} {
		h.refused(t, test.want, test.by, test.v)
	}
	people, err := h.People(t.Context(), backpack.Operator())
	if err != nil || len(people) != 0 {
		t.Errorf("refusals made %d people, %v", len(people), err)
	}
}

// A known address is joined once, and by whoever may.
func TestSignInViaLinks(t *testing.T) {
	t.Parallel()
	h := newTowns(t)
	invited := h.own
	invited.Create = false
	known := h.add(t, "een@voorbeeld.test", "wmo", rugzak.RoleCoreTeam)
	first := says(ownIssuer, "1", "een@voorbeeld.test", "afdeling=WMO")

	unverified := first
	unverified.EmailVerified = false
	h.refused(t, rugzak.RefusedUnverified, invited, unverified)

	// What the mapping cannot give stays as an administrator gave it.
	p, _ := h.comes(t, invited, first)
	if p.ID != known.ID || !slices.Equal(p.Roles, roles(rugzak.RoleCoreTeam)) || p.Name != "Al bekend" {
		t.Errorf("joined as %+v", p)
	}
	// From now on the subject counts, not the address.
	renamed := first
	renamed.Email = "getrouwd@voorbeeld.test"
	if p, _ := h.comes(t, invited, renamed); p.ID != known.ID || p.Email != "een@voorbeeld.test" {
		t.Errorf("renamed they are %+v", p)
	}
	// Whoever gets the address of somebody who left does not get the account.
	h.refused(t, rugzak.RefusedLinked, invited, says(ownIssuer, "2", "een@voorbeeld.test", "afdeling=WMO"))

	// Inactive stays inactive, also for a new subject.
	h.change(t, "een@voorbeeld.test", func(in *backpack.PersonInput) { in.Inactive = true })
	h.refused(t, rugzak.RefusedInactive, h.own, first)
	h.refused(t, rugzak.RefusedInactive, h.own, says("https://ander.example", "1", "een@voorbeeld.test", "afdeling=WMO"))
	if p := h.person(t, "een@voorbeeld.test"); !p.Inactive {
		t.Error("signing in made an inactive person active")
	}
	h.change(t, "een@voorbeeld.test", func(in *backpack.PersonInput) { in.Inactive = false })

	// An administrator can let the address be joined anew.
	_, session := h.comes(t, h.own, first)
	if _, err := h.Unlink(t.Context(), p, known.ID); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("a participant may unlink: %v", err)
	}
	if n, err := h.Unlink(t.Context(), backpack.Operator(), known.ID); n != 1 || err != nil || h.alive(t, session) {
		t.Errorf("unlinked %d, %v; the session lives: %v", n, err, h.alive(t, session))
	}
	if p, _ := h.comes(t, h.own, says(ownIssuer, "2", "een@voorbeeld.test", "afdeling=WMO")); p.ID != known.ID {
		t.Errorf("joined anew they are %+v", p)
	}
}

// An invitation is accepted by signing in: for that address, into the
// organisation of the claims, and nowhere else.
func TestSignInViaInvitation(t *testing.T) {
	t.Parallel()
	h := newTowns(t)
	by := h.own
	by.Create = false
	admin := h.add(t, "beheer@voorbeeld.test", "wmo", rugzak.RoleAdministrator)
	invite := func(email string, o rugzak.OrganisationID, roles ...rugzak.Role) {
		t.Helper()
		in := backpack.InvitationInput{Name: "Gevraagd", Email: email, Organisation: o, Roles: append([]rugzak.Role{rugzak.RoleParticipant}, roles...)}
		if _, err := h.Invite(t.Context(), admin, in); err != nil {
			t.Fatal(err)
		}
	}
	invite("een@voorbeeld.test", "wmo", rugzak.RoleCoreTeam)
	invite("twee@voorbeeld.test", "inkomen")
	invite("drie@welzijn.example", "wmo", rugzak.RoleAdministrator)

	first := says(ownIssuer, "1", "een@voorbeeld.test", "afdeling=WMO", "team=T", "groups=fac")
	p, _ := h.comes(t, by, first)
	if p.Organisation != "wmo" || p.Team != "toegang" || !sameRoles(p.Roles, rugzak.RoleParticipant, rugzak.RoleFacilitator, rugzak.RoleCoreTeam) {
		t.Errorf("the invitation gave %+v", p)
	}
	if again, _ := h.comes(t, by, first); again.ID != p.ID {
		t.Errorf("the second time they are %+v", again)
	}
	in := backpack.InvitationInput{Email: "vier@voorbeeld.test", Organisation: "jeugd"}
	if _, err := h.Invite(t.Context(), admin, in); err != nil {
		t.Fatal(err)
	}
	nameless := says(ownIssuer, "4", "vier@voorbeeld.test", "afdeling=JZ")
	nameless.Name = ""
	if p, _ := h.comes(t, by, nameless); p.Name != "vier" || p.Organisation != "jeugd" {
		t.Errorf("without a name they are %+v", p)
	}
	h.refused(t, rugzak.RefusedUnknown, by, says(ownIssuer, "2", "twee@voorbeeld.test", "afdeling=WMO"))
	// An invitation into the municipality opens nothing at a partner's provider.
	partner := h.partner
	partner.Create = false
	h.refused(t, rugzak.RefusedUnknown, partner, says(partnerIssuer, "3", "drie@welzijn.example", "afdeling=WMO"))
	h.refused(t, rugzak.RefusedUnverified, by, func() rugzak.Vouched {
		v := says(ownIssuer, "3", "drie@welzijn.example", "afdeling=WMO")
		v.EmailVerified = false
		return v
	}())
}

// No claim takes the last administrator away.
func TestSignInViaKeepsTheLastAdministrator(t *testing.T) {
	t.Parallel()
	h := newTowns(t)
	chief := h.add(t, "een@voorbeeld.test", "wmo", rugzak.RoleAdministrator)
	if p, _ := h.comes(t, h.own, says(ownIssuer, "1", "een@voorbeeld.test", "afdeling=WMO")); !slices.Equal(p.Roles, chief.Roles) {
		t.Errorf("the last administrator has %v", p.Roles)
	}
	second := h.add(t, "twee@voorbeeld.test", "wmo", rugzak.RoleAdministrator)
	if p, _ := h.comes(t, h.own, says(ownIssuer, "1", "een@voorbeeld.test", "afdeling=WMO")); !slices.Equal(p.Roles, roles()) {
		t.Errorf("one of two administrators has %v", p.Roles)
	}
	if p := h.person(t, second.Email); !rugzak.CanAdminister(p) {
		t.Error("the other lost the role")
	}
}

// The answer of a provider works once, and not for long.
func TestUseState(t *testing.T) {
	t.Parallel()
	h := newTowns(t)
	until := h.clock.Now().Add(time.Minute)
	reason := func(err error) rugzak.Refusal { r, _ := errors.AsType[rugzak.Refusal](err); return r }
	if err := h.UseState(t.Context(), "een", until); err != nil {
		t.Fatal(err)
	}
	if err := h.UseState(t.Context(), "een", until); reason(err) != rugzak.RefusedReplay {
		t.Errorf("used twice: %v", err)
	}
	if err := h.UseState(t.Context(), "", until); reason(err) != rugzak.RefusedState {
		t.Errorf("nothing: %v", err)
	}
	h.clock.turn(until.Add(time.Second))
	if err := h.UseState(t.Context(), "twee", until); reason(err) != rugzak.RefusedState {
		t.Errorf("too late: %v", err)
	}
}

func TestSignInByProxy(t *testing.T) {
	t.Parallel()
	h := newTowns(t)
	p := h.add(t, "een@voorbeeld.test", "wmo")
	secret, got, err := h.Service.SignInByProxy(t.Context(), " Een@Voorbeeld.test", "")
	if err != nil || got.ID != p.ID || !h.alive(t, secret) {
		t.Fatalf("%+v, %v", got, err)
	}
	if a := h.lastAct(t); a.Verb != rugzak.AuditSignIn || a.Detail != "proxy" {
		t.Errorf("the audit log says %+v", a)
	}
	h.change(t, "een@voorbeeld.test", func(in *backpack.PersonInput) { in.Inactive = true })
	for email, want := range map[string]rugzak.Refusal{
		"een@voorbeeld.test": rugzak.RefusedInactive, "twee@voorbeeld.test": rugzak.RefusedUnknown, "": rugzak.RefusedUnknown,
	} {
		_, _, err := h.Service.SignInByProxy(t.Context(), email, "")
		if got, _ := errors.AsType[rugzak.Refusal](err); got != want {
			t.Errorf("%q: %v, want %s", email, err, want)
		}
	}
}

// With local accounts off no password gets anybody in, and none can be set from
// the site.
func TestNoLocalAccounts(t *testing.T) {
	t.Parallel()
	h, admin, session := account(t)
	_, here, err := h.Who(t.Context(), session)
	if err != nil {
		t.Fatal(err)
	}
	link, err := h.PasswordLink(t.Context(), admin, admin.ID)
	if err != nil {
		t.Fatal(err)
	}
	h.Service.NoLocalAccounts = true
	_, err1 := h.SignIn(t.Context(), admin.Email, password, "")
	_, err2 := h.PasswordLink(t.Context(), admin, admin.ID)
	_, err3 := h.ChoosePassword(t.Context(), link, "zeven groene molens", "")
	_, err4 := h.ChangePassword(t.Context(), admin, here, password, "zeven groene molens")
	_, err5 := h.ResetLink(t.Context(), admin.ID)
	for i, err := range []error{err1, err2, err3, err4, err5} {
		if rugzak.CodeOf(err) != rugzak.CodeForbidden {
			t.Errorf("%d: %v", i+1, err)
		}
	}
	// The way back: the command line sets one, and a restart lets it work.
	if err := h.SetPassword(t.Context(), backpack.Operator(), admin.ID, "acht groene molens"); err != nil {
		t.Fatal(err)
	}
	h.Service.NoLocalAccounts = false
	if in, err := h.SignIn(t.Context(), admin.Email, "acht groene molens", ""); err != nil || in.Session == "" {
		t.Error(err)
	}
}
