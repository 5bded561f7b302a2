// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// byProxy is a site that believes a header from some addresses.
func byProxy(from string) func(*Config) {
	return func(c *Config) {
		c.ProxyAuthHeader, c.ProxyAuthFrom = "X-Forwarded-Email", []netip.Prefix{netip.MustParsePrefix(from)}
	}
}

// named is a browser behind a proxy that says who is signed in.
func (s *site) named(emails ...string) *client {
	c := newClient(s)
	c.header["X-Forwarded-Email"] = emails
	return c
}

func emailOf(who string) string { return who + "@voorbeeld.example" }

// isIn reports who is signed in on this browser.
func (c *client) isIn() string {
	c.Helper()
	a := c.get(pathAccount)
	if a.Status != http.StatusOK {
		return nobody
	}
	for who := range c.people {
		if strings.Contains(a.text("main"), emailOf(who)) {
			return who
		}
	}
	c.Fatalf("somebody unknown is signed in:\n%s", a.text("main"))
	return ""
}

// Who the trusted proxy names gets in with a button, and gets out again.
func TestProxySignIn(t *testing.T) {
	s := newSite(t, byProxy("127.0.0.0/8"))
	c := s.named(" " + strings.ToUpper(emailOf(participant)))
	if who := c.isIn(); who != nobody {
		t.Fatalf("%s is signed in without asking", who)
	}
	door := c.get(pathSignIn + "?naar=%2Fthemas").want(http.StatusOK).shows("Je organisatie heeft je al aangemeld als " + emailOf(participant))
	door.submit(`form[action="/inloggen/doorgaan"]`).want(http.StatusSeeOther)
	if who := c.isIn(); who != participant {
		t.Fatalf("signed in as %q", who)
	}
	if a := door.submit(`form[action="/inloggen/doorgaan"]`); a.Header.Get("Location") != "/themas" {
		t.Errorf("it leads to %s", a.Header.Get("Location"))
	}
	// The session is one like others: it can be listed, and ended for good.
	sessions, err := s.Service.Sessions(t.Context(), s.people[participant])
	if err != nil || len(sessions) != 1 || sessions[0].How != rugzak.ByProxy {
		t.Errorf("the sessions are %+v, %v", sessions, err)
	}
	c.post(pathSignOut).want(http.StatusSeeOther)
	if who := c.isIn(); who != nobody {
		t.Errorf("%s is signed in after signing out", who)
	}
}

// A session of one person ends when the proxy names another.
func TestProxyNamesAnother(t *testing.T) {
	s := newSite(t, byProxy("127.0.0.1/32"))
	c := s.as(participant)
	c.header["X-Forwarded-Email"] = []string{emailOf(participant)}
	if who := c.isIn(); who != participant {
		t.Fatalf("signed in as %q", who)
	}
	old := c.cookies[cookieSession]
	c.header["X-Forwarded-Email"] = []string{emailOf(colleague)}
	c.get(pathHome).want(http.StatusSeeOther)
	if c.cookies[cookieSession] != nil {
		t.Error("the cookie of the other stays")
	}
	// The session itself is gone, whoever kept its cookie.
	kept := newClient(s)
	kept.cookies[cookieSession] = old
	if who := kept.isIn(); who != nobody {
		t.Errorf("the session of %s lives on", who)
	}
	c.post(pathProceed).want(http.StatusSeeOther)
	if who := c.isIn(); who != colleague {
		t.Errorf("signed in as %q", who)
	}
}

// The header of anybody else is as if it were not there, whatever they say
// about where they are; twice it is refused.
func TestProxyHeaderOfOthers(t *testing.T) {
	far := newSite(t, byProxy("192.0.2.5/32"), func(c *Config) { c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")} })
	for _, spoof := range []http.Header{
		{}, {"X-Forwarded-For": {"192.0.2.5"}}, {"X-Real-Ip": {"192.0.2.5"}}, {"Forwarded": {"for=192.0.2.5"}},
	} {
		c := far.named(emailOf(administrator))
		for name, values := range spoof {
			c.header[name] = values
		}
		c.get(pathSignIn).want(http.StatusOK).hides(emailOf(administrator)).hides(pathProceed)
		c.post(pathProceed).want(http.StatusSeeOther)
		if who := c.isIn(); who != nobody {
			t.Errorf("%v: signed in as %s", spoof, who)
		}
	}
	// Nor does it end the session of whoever sends it, or break anything off.
	c := far.as(participant)
	c.header["X-Forwarded-Email"] = []string{emailOf(administrator), emailOf(colleague)}
	if who := c.isIn(); who != participant {
		t.Errorf("signed in as %q", who)
	}

	near := newSite(t, byProxy("127.0.0.1/32"))
	twice := near.named(emailOf(participant), emailOf(administrator))
	for _, path := range []string{pathSignIn, pathHome, "/bestaat-niet"} {
		twice.get(path).want(http.StatusBadRequest)
	}
	twice.post(pathProceed).want(http.StatusBadRequest)
	off := newSite(t)
	if who := off.named(emailOf(administrator)).post(pathProceed).want(http.StatusSeeOther).isIn(); who != nobody {
		t.Errorf("it is off, and %s is signed in", who)
	}
}

// The proxy makes nobody and lets nobody in again.
func TestProxyNamesNobody(t *testing.T) {
	s := newSite(t, byProxy("127.0.0.1/32"))
	p, err := s.Service.PersonByEmail(t.Context(), backpack.Operator(), emailOf(colleague))
	if err != nil {
		t.Fatal(err)
	}
	in := backpack.PersonInput{Name: p.Name, Email: p.Email, Organisation: p.Organisation, Roles: p.Roles, Inactive: true}
	if _, err := s.Service.SavePerson(t.Context(), backpack.Operator(), p.ID, p.Version, in); err != nil {
		t.Fatal(err)
	}
	for _, email := range []string{"onbekend@voorbeeld.example", emailOf(colleague), emailOf(participant) + ", " + emailOf(administrator), "<script>"} {
		c := s.named(email)
		c.post(pathProceed).want(http.StatusForbidden).shows("Je hebt hier nog geen toegang").shows("je staat nog niet in de rugzak")
		if len(c.cookies) != 0 {
			t.Errorf("%s has a cookie", email)
		}
	}
	if s.named("").get(pathSignIn).want(http.StatusOK); strings.Contains(s.Book.String(), "onbekend@") {
		t.Error("the log names an address")
	}
}

// With nothing but a proxy the door says where to go.
func TestOnlyProxy(t *testing.T) {
	s := newSite(t, byProxy("127.0.0.1/32"))
	s.Service.NoLocalAccounts = true
	s.as(nobody).get(pathSignIn).want(http.StatusOK).shows("Hier log je in via het netwerk van je organisatie").hides(`type="password"`)
	s.named(emailOf(participant)).get(pathSignIn).want(http.StatusOK).shows("Verder naar de rugzak").hides(`type="password"`)
	s.withPassword(participant)
	s.as(nobody).post(pathSignIn, "email", emailOf(participant), "password", testPassword).want(http.StatusForbidden).shows("Een wachtwoord van de rugzak werkt niet")
}
