// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func TestSignIn(t *testing.T) {
	s := newSite(t)
	s.withPassword(participant)
	me := s.as(nobody)
	door := me.get(pathAccount + "?x=1").follow().want(http.StatusOK).shows("Inloggen")

	again := door.submit("form.rz-panel", "email", "participant@voorbeeld.example", "password", "niet mijn wachtwoord").want(http.StatusUnprocessableEntity)
	again.hides("niet mijn wachtwoord").shows("horen niet bij elkaar")
	if got := again.find("#email").AttrOr("value", ""); got != "participant@voorbeeld.example" {
		t.Errorf("the address was not kept: %q", got)
	}
	if me.cookies[cookieSession] != nil {
		t.Error("a wrong password gave a session")
	}
	in := again.submit("form.rz-panel", "email", " Participant@voorbeeld.example", "password", testPassword)
	if got := in.Header.Get("Location"); got != "/account?x=1" {
		t.Errorf("led to %s, want the page that was asked for", got)
	}
	in.follow().want(http.StatusOK).shows("Test participant")
	cookie := me.cookies[cookieSession]
	if cookie == nil || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" || cookie.Secure || cookie.Domain != "" {
		t.Errorf("the session cookie is %+v", cookie)
	}
	me.get(pathSignIn).want(http.StatusSeeOther)
}

// Who does not exist cannot be told from who has another password.
func TestSignInTellsNobodyWhoExists(t *testing.T) {
	s := newSite(t)
	s.withPassword(participant)
	body := func(email string) string {
		a := s.as(nobody).post(pathSignIn, "email", email, "password", "iets wat niet klopt").want(http.StatusUnprocessableEntity)
		return strings.ReplaceAll(a.Body, email, "")
	}
	if body("participant@voorbeeld.example") != body("niemand@voorbeeld.example") {
		t.Error("the page differs")
	}
}

func TestSigningInAgainEndsTheOldSession(t *testing.T) {
	s := newSite(t)
	s.withPassword(colleague)
	me := s.as(participant)
	old := *me.cookies[cookieSession]
	me.post(pathSignIn, "email", s.people[colleague].Email, "password", testPassword).want(http.StatusSeeOther)
	me.get(pathAccount).want(http.StatusOK).shows("Test colleague")
	thief := s.as(nobody)
	thief.cookies[old.Name] = &old
	thief.get(pathAccount).want(http.StatusSeeOther)
}

func TestSignOut(t *testing.T) {
	s := newSite(t)
	me := s.as(participant)
	old := *me.cookies[cookieSession]
	page := me.get(pathAccount).want(http.StatusOK)
	page.submit(`form[action="/uitloggen"]`).follow().want(http.StatusOK).shows("Je bent uitgelogd")
	if me.cookies[cookieSession] != nil {
		t.Error("the cookie is still there")
	}
	me.cookies[old.Name] = &old
	me.get(pathAccount).want(http.StatusSeeOther)
	me.get(pathSignOut).want(http.StatusSeeOther) // reading signs nobody out, and there is nothing to read
}

// Guessing gets slower, and says how long to wait.
func TestSignInIsThrottled(t *testing.T) {
	slow := &slowThrottle{wait: 90 * time.Second}
	s := newSite(t, func(c *Config) { c.Throttle = slow })
	s.withPassword(participant)
	a := s.as(nobody).post(pathSignIn, "email", s.people[participant].Email, "password", testPassword).want(http.StatusTooManyRequests)
	a.shows("Wacht 90 seconden")
	if got := a.Header.Get("Retry-After"); got != "90" {
		t.Errorf("Retry-After is %q", got)
	}
	if slow.last.Account != s.people[participant].Email || slow.last.Address != "127.0.0.1" || slow.last.Device != "" {
		t.Errorf("counted for %+v", slow.last)
	}
	slow.wait = 0
	s.as(nobody).post(pathSignIn, "email", s.people[participant].Email, "password", "onjuist").want(http.StatusUnprocessableEntity)
	if slow.succeeded != 0 {
		t.Error("a wrong password counted as right")
	}
	s.as(nobody).post(pathSignIn, "email", s.people[participant].Email, "password", testPassword).want(http.StatusSeeOther)
	if slow.succeeded != 1 {
		t.Error("a right password did not count as right")
	}
}

type slowThrottle struct {
	wait      time.Duration
	last      rugzak.Attempt
	succeeded int
}

func (s *slowThrottle) Begin(a rugzak.Attempt) time.Duration {
	s.last = a
	return s.wait
}

func (s *slowThrottle) End(_ rugzak.Attempt, right bool) {
	if right {
		s.succeeded++
	}
}

func TestFirstAdministrator(t *testing.T) {
	s := newEmptySite(t)
	secret, needed, err := s.Service.FirstStart(t.Context())
	if err != nil || !needed {
		t.Fatal(needed, err)
	}
	me := s.as(nobody)
	me.get(at(pathFirst, "verkeerd")).want(http.StatusNotFound).shows("werkt niet meer")
	page := me.get(at(pathFirst, secret)).want(http.StatusOK)
	page = page.submit("form.rz-panel", "organisation", "Wmo", "name", "Noor", "email", "geen adres", "password", "te kort").want(http.StatusUnprocessableEntity)
	page.shows("minstens 12 tekens").hides("te kort")
	if page.find("#organisation").AttrOr("value", "") != "Wmo" {
		t.Error("what was typed is gone")
	}
	page = page.submit("form.rz-panel", "password", testPassword).want(http.StatusUnprocessableEntity).shows("volledig e-mailadres")
	if page.find("#email").AttrOr("aria-invalid", "") != "true" || page.find(`.rz-error-summary a[href="#email"]`).Length() != 1 {
		t.Error("the summary does not lead to the field")
	}
	done := page.submit("form.rz-panel", "email", "noor@voorbeeld.example", "password", testPassword).want(http.StatusSeeOther)
	if got := done.Header.Get("Location"); got != pathAdmin {
		t.Errorf("led to %s", got)
	}
	me.get(pathAccount).want(http.StatusOK).shows("Noor").shows("Beheer").shows("Je bent nu beheerder")
	me.get(at(pathFirst, secret)).want(http.StatusNotFound)
	s.as(nobody).post(at(pathFirst, secret), "organisation", "X", "name", "Y", "email", "y@voorbeeld.example", "password", testPassword).want(http.StatusNotFound)
}

func TestChoosePassword(t *testing.T) {
	s := newSite(t)
	secret, err := s.Service.PasswordLink(t.Context(), s.people[administrator], s.people[colleague].ID)
	if err != nil {
		t.Fatal(err)
	}
	path := at(pathPassword, secret)
	before := s.as(colleague)
	me := s.as(nobody)
	for range 3 { // a mail scanner that looks does not use the link up
		me.get(path).want(http.StatusOK).shows("Dag Test colleague")
	}
	page := me.get(path).submit("form.rz-panel", "password", "kort").want(http.StatusUnprocessableEntity).shows("minstens 12 tekens")
	page.submit("form.rz-panel", "password", testPassword).want(http.StatusSeeOther)
	me.get(pathAccount).want(http.StatusOK).shows("Je wachtwoord is ingesteld")
	before.get(pathAccount).want(http.StatusSeeOther) // all other sessions ended
	s.as(nobody).get(path).want(http.StatusNotFound)
	s.as(nobody).post(pathSignIn, "email", s.people[colleague].Email, "password", testPassword).want(http.StatusSeeOther)
}

func TestAccount(t *testing.T) {
	s := newSite(t)
	me := s.as(participant)
	page := me.get(pathAccount).want(http.StatusOK)
	page.submit(`form[action="/account"]`, "name", "").want(http.StatusUnprocessableEntity).shows("Vul dit in")
	saved := page.submit(`form[action="/account"]`, "name", "Noor Test", "language", "en").follow()
	saved.want(http.StatusOK).shows("Saved.").shows("Noor Test").shows("My account")
	me.get(pathAccount).hides("Saved.") // it is said once

	late := page.submit(`form[action="/account"]`, "name", "Te laat").want(http.StatusConflict)
	if late.find("#name").AttrOr("value", "") != "Te laat" {
		t.Error("what was typed is gone")
	}
	late.submit(`form[action="/account"]`).follow().shows("Te laat")
}

func TestChangePassword(t *testing.T) {
	s := newSite(t)
	s.withPassword(participant)
	me, other := s.as(participant), s.as(participant)
	form := `form[action="/account/wachtwoord"]`
	page := me.get(pathAccount).want(http.StatusOK)
	page.submit(form, "current", "verkeerd", "password", "een heel nieuwe zin").want(http.StatusUnprocessableEntity).shows("niet je huidige wachtwoord").hides("een heel nieuwe zin")
	page.submit(form, "current", testPassword, "password", "kort").want(http.StatusUnprocessableEntity).shows("minstens 12 tekens")
	page.submit(form, "current", testPassword, "password", "een heel nieuwe zin").follow().want(http.StatusOK).shows("Je wachtwoord is ingesteld")
	other.get(pathAccount).want(http.StatusSeeOther)
	s.as(nobody).post(pathSignIn, "email", s.people[participant].Email, "password", testPassword).want(http.StatusUnprocessableEntity)
}

// Somebody who may no longer sign in is out at the next request.
func TestInactivePersonIsOut(t *testing.T) {
	s := newSite(t)
	me := s.as(participant)
	me.get(pathAccount).want(http.StatusOK)
	_, err := s.Store.Update(t.Context(), func(w rugzak.Writer) error {
		p, err := w.Person(s.people[participant].ID)
		if err != nil {
			return err
		}
		p.Inactive = true
		return w.SavePerson(p, p.Version)
	})
	if err != nil {
		t.Fatal(err)
	}
	me.get(pathAccount).want(http.StatusSeeOther)
}
