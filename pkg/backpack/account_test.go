// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

const password = "een lang wachtwoord"

// account is a house with one administrator who has a password.
func account(t *testing.T) (h *house, admin rugzak.Person, session string) {
	t.Helper()
	h = newHouse(t)
	secret, needed, err := h.FirstStart(t.Context())
	if err != nil || !needed {
		t.Fatal(needed, err)
	}
	in := backpack.FirstAdministrator{Organisation: "Afdeling Ahorn", Name: "Eerste", Email: "Eerste@Voorbeeld.test ", Password: password}
	session, err = h.CreateFirstAdministrator(t.Context(), secret, in, "")
	if err != nil {
		t.Fatal(err)
	}
	admin, _, err = h.Who(t.Context(), session)
	if err != nil {
		t.Fatal(err)
	}
	return h, admin, session
}

func (h *house) alive(t *testing.T, session string) bool {
	t.Helper()
	_, _, err := h.Who(t.Context(), session)
	if err != nil && rugzak.CodeOf(err) != rugzak.CodeSignIn {
		t.Fatal(err)
	}
	return err == nil
}

func TestFirstAdministratorOnlyOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	in := backpack.FirstAdministrator{Organisation: "Afdeling", Name: "Eerste", Email: "eerste@voorbeeld.test", Password: password}
	older, _, err := h.FirstStart(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	secret, _, err := h.FirstStart(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	create := func(secret string, in backpack.FirstAdministrator) rugzak.Code {
		_, err := h.CreateFirstAdministrator(t.Context(), secret, in, "")
		return rugzak.CodeOf(err)
	}
	if code := create(older, in); code != rugzak.CodeNotFound {
		t.Errorf("an older link: %s", code)
	}
	if code := create("verzonnen", in); code != rugzak.CodeNotFound {
		t.Errorf("a made up link: %s", code)
	}
	for name, change := range map[string]func(*backpack.FirstAdministrator){
		"password": func(in *backpack.FirstAdministrator) { in.Password = "kort" },
		"name":     func(in *backpack.FirstAdministrator) { in.Name = " " },
		"email":    func(in *backpack.FirstAdministrator) { in.Email = "geen adres" },
		"org":      func(in *backpack.FirstAdministrator) { in.Organisation = "" },
	} {
		wrong := in
		change(&wrong)
		if code := create(secret, wrong); code != rugzak.CodeInvalid {
			t.Errorf("%s: %s", name, code)
		}
	}
	if code := create(secret, in); code != "" {
		t.Fatalf("create: %s", code)
	}
	in.Email = "tweede@voorbeeld.test"
	if code := create(secret, in); code != rugzak.CodeNotFound {
		t.Errorf("a second time: %s", code)
	}
	if _, needed, err := h.FirstStart(t.Context()); needed || err != nil {
		t.Errorf("needed again: %v, %v", needed, err)
	}
	if _, err := h.TokenValid(t.Context(), secret, rugzak.TokenFirstAdministrator); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("the link: %v", err)
	}

	late := newHouse(t)
	if secret, _, err = late.FirstStart(t.Context()); err != nil {
		t.Fatal(err)
	}
	late.clock.turn(late.clock.Now().Add(25 * time.Hour))
	if _, err := late.CreateFirstAdministrator(t.Context(), secret, in, ""); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("expired: %v", err)
	}
}

// Everything that is wrong with signing in gives one answer.
func TestSignIn(t *testing.T) {
	t.Parallel()
	h, admin, first := account(t)
	other, err := h.signIn(t, " EERSTE@voorbeeld.TEST", password)
	if err != nil || !h.alive(t, other) || !h.alive(t, first) {
		t.Fatalf("sign in: %v", err)
	}
	without := h.join(t, admin.Organisation, "", rugzak.RoleParticipant)
	gone := h.join(t, admin.Organisation, "", rugzak.RoleParticipant)
	if err := h.SetPassword(t.Context(), admin, gone.ID, password); err != nil {
		t.Fatal(err)
	}
	gone = h.person(t, gone.Email)
	h.change(t, admin, gone, func(in *backpack.PersonInput) { in.Inactive = true })
	answers := map[string]bool{}
	for _, c := range [][2]string{
		{admin.Email, "een ander wachtwoord"}, {admin.Email, ""}, {admin.Email, strings.Repeat("x", 5000)},
		{"niemand@voorbeeld.test", password}, {"", ""}, {without.Email, ""}, {without.Email, password}, {gone.Email, password},
	} {
		secret, err := h.signIn(t, c[0], c[1])
		if err == nil || h.alive(t, secret) {
			t.Errorf("%s came in", c[0])
		}
		answers[fmt.Sprint(err)] = true
	}
	if len(answers) != 1 {
		t.Errorf("different answers: %v", answers)
	}
	if err := h.SignOut(t.Context(), other); err != nil || h.alive(t, other) || !h.alive(t, first) {
		t.Errorf("sign out: %v", err)
	}
	if err := h.SignOut(t.Context(), other); err != nil {
		t.Errorf("sign out twice: %v", err)
	}
	for _, secret := range []string{"", "verzonnen", rugzak.HashSecret(first)} {
		if h.alive(t, secret) {
			t.Errorf("%q is a session", secret)
		}
	}
}

func TestSessionsEnd(t *testing.T) {
	h, _, session := account(t)
	// In use every eight hours it lives until the absolute limit, not longer.
	for hours := 8; hours < 7*24; hours += 8 {
		h.clock.turn(h.clock.Now().Add(8 * time.Hour))
		if !h.alive(t, session) {
			t.Fatalf("ended after %d hours of use", hours)
		}
	}
	h.clock.turn(h.clock.Now().Add(8 * time.Hour))
	if h.alive(t, session) {
		t.Error("lives beyond the absolute limit")
	}
	idle, err := h.signIn(t, "eerste@voorbeeld.test", password)
	if err != nil {
		t.Fatal(err)
	}
	h.clock.turn(h.clock.Now().Add(11 * time.Hour))
	if !h.alive(t, idle) {
		t.Error("ended before the idle limit")
	}
	h.clock.turn(h.clock.Now().Add(13 * time.Hour))
	if h.alive(t, idle) {
		t.Error("lives beyond the idle limit")
	}
}

// change saves a person with something else in the form.
func (h *house) change(t *testing.T, by, p rugzak.Person, change func(*backpack.PersonInput)) rugzak.Person {
	t.Helper()
	p = h.person(t, p.Email)
	in := backpack.PersonInput{Name: p.Name, Email: p.Email, Organisation: p.Organisation, Team: p.Team, Roles: p.Roles, Inactive: p.Inactive}
	change(&in)
	if _, err := h.SavePerson(t.Context(), by, p.ID, p.Version, in); err != nil {
		t.Fatal(err)
	}
	return h.person(t, in.Email)
}

// A change of rights or password ends every session; a change of name does not.
func TestRightsEndSessions(t *testing.T) {
	t.Parallel()
	h, admin, _ := account(t)
	other, err := h.SaveOrganisation(t.Context(), admin, "", 0, backpack.OrganisationInput{Name: "Afdeling Berk", Kind: rugzak.Department, Teams: []rugzak.Team{{Name: "Noord"}}})
	if err != nil {
		t.Fatal(err)
	}
	p := h.join(t, admin.Organisation, "", rugzak.RoleParticipant)
	link, err := h.PasswordLink(t.Context(), admin, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	in, err := h.ChoosePassword(t.Context(), link, password, "")
	session := in.Session
	if err != nil {
		t.Fatal(err)
	}
	again := func() {
		t.Helper()
		if session, err = h.signIn(t, p.Email, password); err != nil || !h.alive(t, session) {
			t.Fatalf("sign in: %v", err)
		}
	}
	h.change(t, admin, p, func(in *backpack.PersonInput) { in.Name = "Andere naam" })
	if !h.alive(t, session) {
		t.Error("another name ends the session")
	}
	for name, change := range map[string]func(*backpack.PersonInput){
		"roles": func(in *backpack.PersonInput) {
			in.Roles = []rugzak.Role{rugzak.RoleParticipant, rugzak.RoleFacilitator}
		},
		"organisation": func(in *backpack.PersonInput) { in.Organisation = other.ID },
	} {
		h.change(t, admin, p, change)
		if h.alive(t, session) {
			t.Errorf("%s: the session lives on", name)
		}
		again()
	}
	h.change(t, admin, p, func(in *backpack.PersonInput) { in.Organisation, in.Team = other.ID, "noord" })
	if h.alive(t, session) {
		t.Error("team: the session lives on")
	}
	again()
	p = h.person(t, p.Email)
	second, err := h.ChangePassword(t.Context(), p, rugzak.Session{}, password, "een heel ander wachtwoord")
	if err != nil || h.alive(t, session) || !h.alive(t, second) {
		t.Errorf("own change of password: %v", err)
	}
	if _, err := h.ChangePassword(t.Context(), p, rugzak.Session{}, password, password); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("with the old password: %v", err)
	}
	h.change(t, admin, p, func(in *backpack.PersonInput) { in.Inactive = true })
	if h.alive(t, second) {
		t.Error("inactive: the session lives on")
	}
	h.change(t, admin, p, func(in *backpack.PersonInput) { in.Inactive = false })
	if h.alive(t, second) {
		t.Error("active again: the old session lives again")
	}
}

func TestPasswordLinks(t *testing.T) {
	t.Parallel()
	h, admin, session := account(t)
	p := h.join(t, admin.Organisation, "", rugzak.RoleParticipant)
	if _, err := h.PasswordLink(t.Context(), p, admin.ID); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("a link made by a participant: %v", err)
	}
	older, err := h.PasswordLink(t.Context(), admin, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	link, err := h.PasswordLink(t.Context(), admin, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	if acts := h.acts(t, rugzak.AuditPassword); len(acts) < 2 || !strings.HasPrefix(acts[len(acts)-1], "person person ") || !strings.HasSuffix(acts[len(acts)-1], " link-made") {
		t.Errorf("that an administrator made a link for another is not in the audit log: %q", acts)
	}
	dead := func(what, link string, purpose rugzak.TokenPurpose) {
		t.Helper()
		if _, err := h.TokenValid(t.Context(), link, purpose); rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Errorf("%s: %v", what, err)
		}
		if _, err := h.ChoosePassword(t.Context(), link, password, ""); purpose == rugzak.TokenChoosePassword && rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Errorf("%s is used: %v", what, err)
		}
	}
	dead("an older link", older, rugzak.TokenChoosePassword)
	if _, err := h.CreateFirstAdministrator(t.Context(), link, backpack.FirstAdministrator{Organisation: "X", Name: "X", Email: "x@voorbeeld.test", Password: password}, ""); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("for another purpose: %v", err)
	}
	if _, err := h.ChoosePassword(t.Context(), link, "kort", ""); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("a short password: %v", err)
	}
	if who, err := h.TokenValid(t.Context(), link, rugzak.TokenChoosePassword); err != nil || who.ID != p.ID {
		t.Errorf("looking uses the link up: %v", err)
	}
	if _, err := h.ChoosePassword(t.Context(), link, password, ""); err != nil {
		t.Fatal(err)
	}
	dead("a used link", link, rugzak.TokenChoosePassword)
	if !h.alive(t, session) {
		t.Error("the administrator's own session ended")
	}
	if link, err = h.PasswordLink(t.Context(), admin, p.ID); err != nil {
		t.Fatal(err)
	}
	h.clock.turn(h.clock.Now().Add(8 * 24 * time.Hour))
	dead("an expired link", link, rugzak.TokenChoosePassword)
}

// There is always somebody who can let others in.
func TestLastAdministratorStays(t *testing.T) {
	h, admin, _ := account(t)
	form := backpack.PersonInput{Name: admin.Name, Email: admin.Email, Organisation: admin.Organisation, Roles: admin.Roles}
	for name, change := range map[string]func(*backpack.PersonInput){
		"roles":    func(in *backpack.PersonInput) { in.Roles = []rugzak.Role{rugzak.RoleParticipant} },
		"inactive": func(in *backpack.PersonInput) { in.Inactive = true },
	} {
		in := form
		change(&in)
		if _, err := h.SavePerson(t.Context(), admin, admin.ID, admin.Version, in); rugzak.CodeOf(err) != rugzak.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.join(t, admin.Organisation, "", rugzak.RoleAdministrator)
	h.change(t, admin, admin, func(in *backpack.PersonInput) { in.Roles = []rugzak.Role{rugzak.RoleParticipant} })
	// Nobody makes themselves more than they are.
	p := h.join(t, admin.Organisation, "", rugzak.RoleParticipant)
	in := backpack.PersonInput{Name: p.Name, Email: p.Email, Organisation: p.Organisation, Roles: []rugzak.Role{rugzak.RoleAdministrator}}
	if _, err := h.SavePerson(t.Context(), p, p.ID, p.Version, in); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("a participant makes themselves administrator: %v", err)
	}
	if _, err := h.SavePerson(t.Context(), h.person(t, admin.Email), p.ID, p.Version, in); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("somebody who was administrator: %v", err)
	}
}

// signIn signs in by password and wants no second step.
func (h *house) signIn(t *testing.T, email, password string) (string, error) {
	t.Helper()
	in, err := h.SignIn(t.Context(), email, password, "firefox linux")
	if in.Step != "" {
		t.Error("a second step is asked for")
	}
	return in.Session, err
}
