// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// collect does everything that sets a cookie and returns the first form of
// each, by its name without the prefix.
func collect(t *testing.T, s *site) map[string]*http.Cookie {
	t.Helper()
	s.withPassword(participant)
	me := s.as(nobody)
	found := map[string]*http.Cookie{}
	note := func(a *answer) {
		for _, cookie := range (&http.Response{Header: a.Header}).Cookies() {
			if name := strings.TrimPrefix(cookie.Name, hostPrefix); found[name] == nil && cookie.MaxAge >= 0 {
				found[name] = cookie
			}
		}
	}
	note(me.post(pathSignIn, "email", s.people[participant].Email, "password", testPassword).want(http.StatusSeeOther))
	note(me.post(pathLanguage, "language", "en").want(http.StatusSeeOther))
	page := me.get(pathEntryNew + "?soort=experience").want(http.StatusOK)
	note(page.submit(`form:has(textarea[name="body"])`, "title", "Eén voordeur", "body", "Wat er gebeurde.", "audience", "team", "do", doShare))
	note(me.post(pathCodeAppBegin).want(http.StatusSeeOther))
	return found
}

// Every cookie is for the whole site, out of reach of scripts and not sent by
// other sites; under https each is bound to the host and never leaves it
// unencrypted, also when it is taken away.
func TestCookies(t *testing.T) {
	https, err := url.Parse("https://rugzak.voorbeeld.example")
	if err != nil {
		t.Fatal(err)
	}
	for name, base := range map[string]*url.URL{"http": nil, "https": https} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, func(c *Config) { c.BaseURL = base })
			found := collect(t, s)
			for _, want := range []string{cookieSession, cookieLanguage, cookieAfter, cookieNotice, cookieStep, cookieDevice} {
				cookie := found[want]
				if cookie == nil {
					t.Errorf("%s was not set", want)
					continue
				}
				if cookie.Name != map[bool]string{false: want, true: hostPrefix + want}[base != nil] || cookie.Secure != (base != nil) ||
					!cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" || cookie.Domain != "" || len(cookie.String()) > 4096 {
					t.Errorf("%s is %s", want, cookie)
				}
			}
			if len(found) != 6 {
				t.Errorf("%d cookies: add the new one to this test", len(found))
			}
		})
	}
}

// A browser that has a cookie under the name without prefix got it from
// elsewhere, or over http: it does not count.
func TestForeignCookiesUnderHTTPS(t *testing.T) {
	base, err := url.Parse("https://rugzak.voorbeeld.example")
	if err != nil {
		t.Fatal(err)
	}
	s := newSite(t, func(c *Config) { c.BaseURL = base })
	s.withPassword(participant)
	me := s.as(nobody)
	in := me.post(pathSignIn, "email", s.people[participant].Email, "password", testPassword).want(http.StatusSeeOther)
	if got := in.Header.Get("Strict-Transport-Security"); got != "max-age=31536000; includeSubDomains" {
		t.Errorf("https is promised with %q", got)
	}
	me.get(pathAccount).want(http.StatusOK)
	plain := s.as(nobody)
	plain.cookies[cookieSession] = &http.Cookie{Name: cookieSession, Value: me.cookies[hostPrefix+cookieSession].Value}
	plain.cookies[cookieLanguage] = &http.Cookie{Name: cookieLanguage, Value: "en"}
	plain.get(pathAccount).want(http.StatusSeeOther)
	if got := plain.get(pathSignIn).find("html").AttrOr("lang", ""); got != "nl" {
		t.Errorf("a foreign cookie made the page speak %q", got)
	}
}
