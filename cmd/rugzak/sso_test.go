// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"rugzak/pkg/control"
	"rugzak/pkg/rugzak"
)

func (s *signedUp) person(t *testing.T, email string) control.Person {
	t.Helper()
	all := decode[[]control.Person](t, fine(t, "person", "list", "--data", s.dir, "--json"))
	i := slices.IndexFunc(all, func(p control.Person) bool { return p.Email == email })
	if i < 0 {
		t.Fatalf("nobody has the address %s", email)
	}
	return all[i]
}

// Two providers side by side: each signs in its own people, where the mapping
// puts them, and nobody of the other.
func TestSingleSignOn(t *testing.T) {
	s := startSignedUp(t)
	noor := s.visits()
	if p := s.comes(t, noor, "gemeente", "noor"); p.status != http.StatusSeeOther || p.path != "/" || !noor.isSignedIn(t) {
		t.Fatalf("noor is led to %s with %d", p.path, p.status)
	}
	if p := s.person(t, "noor@example.test"); p.Organisation != "Jeugd" || p.Team != "Toegang Jeugd" || p.Name != "Test" ||
		!slices.Equal(p.Roles, []rugzak.Role{rugzak.RoleParticipant, rugzak.RoleFacilitator}) {
		t.Errorf("the claims gave %+v", p)
	}
	fresh := s.visits()
	if s.comes(t, fresh, "gemeente", "nieuw"); !fresh.isSignedIn(t) {
		t.Error("somebody new is not signed in")
	}
	if p := s.person(t, "nieuw@example.test"); p.Organisation != "Jeugd" || p.Name != "Test nieuw" || !slices.Equal(p.Roles, []rugzak.Role{rugzak.RoleParticipant}) {
		t.Errorf("somebody new is %+v", p)
	}
	petra := s.visits()
	if s.comes(t, petra, "welzijn", "petra"); !petra.isSignedIn(t) {
		t.Error("the partner is not signed in")
	}
	if p := s.person(t, "partner@example.test"); p.Organisation != "Welzijn" || p.Kind != rugzak.Partner || !slices.Equal(p.Roles, []rugzak.Role{rugzak.RoleParticipant}) {
		t.Errorf("the partner is %+v", p)
	}
	// Signing in anew changes the session, and ends the one before.
	before := noor.cookie(t, "rugzak")
	if _, err := noor.post("/uitloggen", nil); err != nil || noor.isSignedIn(t) {
		t.Fatalf("signed in after signing out: %v", err)
	}
	s.comes(t, noor, "gemeente", "noor")
	if after := noor.cookie(t, "rugzak"); after == "" || after == before {
		t.Error("the session has the same secret")
	}
	// The page that was asked for comes after it.
	deep := s.visits()
	back := atProvider(t, s.at, s.leaves(t, deep, "/inloggen/via/gemeente?naar="+url.QueryEscape("/zoeken?q=les")), "noor")
	if p, err := deep.get(back); err != nil || p.path != "/zoeken?q=les" {
		t.Errorf("it leads to %s, %v", p.path, err)
	}
	for _, foreign := range []string{"//kwaad.example/", "https://kwaad.example", `/\kwaad.example`} {
		v := s.visits()
		back := atProvider(t, s.at, s.leaves(t, v, "/inloggen/via/gemeente?naar="+url.QueryEscape(foreign)), "noor")
		if p, err := v.get(back); err != nil || p.path != "/" {
			t.Errorf("%s leads to %s, %v", foreign, p.path, err)
		}
	}
	// Somebody else with the address of a known person is nobody, until an
	// administrator unlinks that person.
	s.mustRefuse(t, "gemeente", "opvolger", "other-subject", "Je hebt hier nog geen toegang")
	fine(t, "person", "edit", "--data", s.dir, "--email", "nieuw@example.test", "--unlink")
	if fresh.isSignedIn(t) {
		t.Error("unlinking leaves the session")
	}
	if s.comes(t, fresh, "gemeente", "opvolger"); !fresh.isSignedIn(t) {
		t.Error("after unlinking the new account is not joined")
	}
	// Who is inactive stays out, and stays inactive.
	fine(t, "person", "edit", "--data", s.dir, "--email", "noor@example.test", "--inactive")
	s.mustRefuse(t, "gemeente", "noor", "inactive", "Je hebt hier nog geen toegang")
	if p := s.person(t, "noor@example.test"); !p.Inactive {
		t.Error("signing in let somebody in again")
	}
}

// cookie is the value of a cookie of the site.
func (v *visitor) cookie(t *testing.T, name string) string {
	t.Helper()
	at, err := url.Parse(v.at)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range v.client.Jar.Cookies(at) {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

func (v *visitor) setCookie(t *testing.T, name, value string) {
	t.Helper()
	at, err := url.Parse(v.at)
	if err != nil {
		t.Fatal(err)
	}
	v.client.Jar.SetCookies(at, []*http.Cookie{{Name: name, Value: value, Path: "/"}})
}

// mustRefuse wants somebody to be refused with a plain page, no session, and
// the reason in the log.
func (s *signedUp) mustRefuse(t *testing.T, provider, username, reason, title string) {
	t.Helper()
	v, before := s.visits(), len(s.err.String())
	s.isRefusal(t, v, s.comes(t, v, provider, username), before, reason, title)
}

func (s *signedUp) isRefusal(t *testing.T, v *visitor, p sheet, logged int, reason, title string) {
	t.Helper()
	if p.status != http.StatusForbidden || !strings.Contains(string(p.body), "<h1 class=\"utrecht-heading-1\">"+title+"</h1>") {
		t.Errorf("%s: the answer is %d: %s", reason, p.status, p.body)
	}
	for _, detail := range []string{"nonce", "audience", "token", "oidc", "expired", "state", "issuer"} {
		if strings.Contains(strings.ToLower(visible(t, p)), detail) {
			t.Errorf("%s: the page speaks of %q", reason, detail)
		}
	}
	if v.isSignedIn(t) || v.cookie(t, "rugzak") != "" {
		t.Errorf("%s: there is a session", reason)
	}
	if said := s.err.String()[logged:]; !strings.Contains(said, "reason="+reason) {
		t.Errorf("the log does not say %s:\n%s", reason, said)
	}
}

func visible(t *testing.T, p sheet) string {
	t.Helper()
	doc, err := p.doc()
	if err != nil {
		t.Fatal(err)
	}
	return doc.Find("main").Text()
}

// What a provider may not say, and whom it may not name.
func TestSingleSignOnRefusals(t *testing.T) {
	s := startSignedUp(t)
	const failed, invite = "Inloggen is niet gelukt", "Je hebt hier nog geen toegang"
	for _, test := range []struct{ provider, username, reason, title string }{
		{"gemeente", "nonce", "nonce", failed},
		{"gemeente", "audience", "audience", failed},
		{"gemeente", "party", "audience", failed},
		{"gemeente", "issuer", "issuer", failed},
		{"gemeente", "expired", "expired", failed},
		{"gemeente", "early", "expired", failed},
		{"gemeente", "signature", "token", failed},
		{"gemeente", "onbevestigd", "email-unverified", failed},
		{"gemeente", "elders", "other-organisation", invite},
		{"gemeente", "zonder", "no-organisation", invite},
		{"welzijn", "indringer", "other-organisation", invite},
		{"welzijn", "onbekend", "unknown", invite},
	} {
		s.mustRefuse(t, test.provider, test.username, test.reason, test.title)
	}
	// Whoever goes on making up answers must wait; somebody whom the provider
	// knows and the site does not, need not.
	tries := 0
	for v := s.visits(); ; tries++ {
		p, err := v.get(atProvider(t, s.at, s.leaves(t, v, "/inloggen/via/gemeente"), "nonce"))
		if err != nil || tries > 40 {
			t.Fatalf("after %d tries: %d, %v", tries, p.status, err)
		}
		if p.status == http.StatusTooManyRequests {
			break
		}
	}
	if tries < 8 { // 8 of the table count already
		t.Errorf("there is a wait after %d tries", tries)
	}
	// Nobody came into being, or changed.
	if all := decode[[]control.Person](t, fine(t, "person", "list", "--data", s.dir, "--json")); len(all) != 3 {
		t.Errorf("there are %d people", len(all))
	}
	if p := s.person(t, "beheer@example.test"); p.Organisation != "Jeugd" || !slices.Contains(p.Roles, rugzak.RoleAdministrator) {
		t.Errorf("the administrator became %+v", p)
	}
}

// The answer of a provider counts once, in the browser that asked for it, at
// the provider it was asked of.
func TestSingleSignOnAnswerCountsOnce(t *testing.T) {
	s := startSignedUp(t)
	const again = "Begin opnieuw met inloggen"
	refused := func(what string, v *visitor, path, reason string) {
		t.Helper()
		logged := len(s.err.String())
		p, err := v.get(path)
		if err != nil {
			t.Fatal(what, err)
		}
		s.isRefusal(t, v, p, logged, reason, again)
	}
	v := s.visits()
	back := atProvider(t, s.at, s.leaves(t, v, "/inloggen/via/gemeente"), "noor")
	kept := v.cookie(t, "rugzak-via")
	if kept == "" {
		t.Fatal("nothing was kept of the way out")
	}
	u, err := url.Parse(back)
	if err != nil {
		t.Fatal(err)
	}
	with := func(change func(url.Values)) string {
		q := u.Query()
		change(q)
		return u.Path + "?" + q.Encode()
	}

	refused("another browser", s.visits(), back, "state")
	other := s.visits()
	s.leaves(t, other, "/inloggen/via/gemeente")
	refused("a browser with a way out of its own", other, back, "state")
	for what, path := range map[string]string{
		"another state": with(func(q url.Values) { q.Set("state", strings.Repeat("a", 43)) }),
		"no state":      with(func(q url.Values) { q.Del("state") }),
		"two states":    with(func(q url.Values) { q.Add("state", q.Get("state")) }),
		"another door":  strings.Replace(back, "/gemeente/", "/welzijn/", 1),
	} {
		thief := s.visits()
		thief.setCookie(t, "rugzak-via", kept)
		refused(what, thief, path, "state")
	}
	bent := s.visits()
	half, letter := len(kept)/2, "A" // at the end some letters differ in bits that do not count
	if kept[half] == 'A' {
		letter = "B"
	}
	bent.setCookie(t, "rugzak-via", kept[:half]+letter+kept[half+1:])
	refused("a cookie that was changed", bent, back, "state")

	if p, err := v.get(back); err != nil || p.path != "/" || !v.isSignedIn(t) || v.cookie(t, "rugzak-via") != "" {
		t.Fatalf("the right browser is led to %s with %d, %v", p.path, p.status, err)
	}
	replay := s.visits()
	replay.setCookie(t, "rugzak-via", kept)
	refused("the same answer again, cookie included", replay, back, "replay")

	// What the provider itself refuses, and an answer of somebody else.
	for what, test := range map[string]struct {
		change func(url.Values)
		reason string
	}{
		"an error":       {func(q url.Values) { q.Del("code"); q.Set("error", "access_denied") }, "provider"},
		"no code":        {func(q url.Values) { q.Del("code") }, "provider"},
		"a made-up code": {func(q url.Values) { q.Set("code", "verzonnen") }, "exchange"},
		"another issuer": {func(q url.Values) { q.Set("iss", "https://kwaad.example") }, "issuer"},
	} {
		v, logged := s.visits(), len(s.err.String())
		u, err = url.Parse(atProvider(t, s.at, s.leaves(t, v, "/inloggen/via/gemeente"), "noor"))
		if err != nil {
			t.Fatal(err)
		}
		p, err := v.get(with(test.change))
		if err != nil {
			t.Fatal(what, err)
		}
		s.isRefusal(t, v, p, logged, test.reason, "Inloggen is niet gelukt")
	}
}

// A provider that is down keeps no site from starting or serving, and a site
// without local accounts refuses passwords.
func TestSingleSignOnWithoutProviderOrPasswords(t *testing.T) {
	s := startSignedUp(t, "--local-accounts=false")
	v := s.visits()
	door := v.must(t, "/inloggen")
	if door.Find(`main a[href^="/inloggen/via/"]`).Length() != 3 || door.Find("main form, main input").Length() != 0 {
		t.Errorf("the page to sign in shows %s", door.Find("main").Text())
	}
	if p, err := v.post("/inloggen", url.Values{"email": {"beheer@example.test"}, "password": {password}}); err != nil || p.status != http.StatusForbidden || v.isSignedIn(t) {
		t.Errorf("a password gets %d, %v", p.status, err)
	}
	away := func(provider string) {
		t.Helper()
		p, err := v.get("/inloggen/via/" + provider)
		if err != nil || p.status != http.StatusServiceUnavailable || !strings.Contains(string(p.body), "Inloggen kan even niet") {
			t.Errorf("a provider that is away gives %d, %v", p.status, err)
		}
	}
	away("weg")
	// One that goes away after somebody left for it.
	back := atProvider(t, s.at, s.leaves(t, v, "/inloggen/via/welzijn"), "petra")
	s.partner.stop()
	if p, err := v.get(back); err != nil || p.status != http.StatusServiceUnavailable || v.isSignedIn(t) {
		t.Errorf("a provider that went away gives %d, %v", p.status, err)
	}
	if s.comes(t, v, "gemeente", "noor"); !v.isSignedIn(t) {
		t.Error("the other provider does not work any more")
	}
	// The account page offers no password, and an unknown provider is no page.
	if v.must(t, "/account").Find(`form[action="/account/wachtwoord"]`).Length() != 0 {
		t.Error("the account page offers a password")
	}
	if p, err := s.visits().get("/inloggen/via/bestaat-niet"); err != nil || p.status != http.StatusSeeOther || p.path != "/inloggen?naar=%2Finloggen%2Fvia%2Fbestaat-niet" {
		t.Errorf("an unknown provider gives %d %s, %v", p.status, p.path, err)
	}
}
