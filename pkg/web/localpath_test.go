// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestParseLocalPath(t *testing.T) {
	for s, want := range map[string]bool{
		"/":                               true,
		"/zoeken?q=wacht%20tijd":          true,
		"/ervaringen/x#versie":            true,
		"/a//b":                           true,
		"/hulp/é":                         true,
		"":                                false,
		"zoeken":                          false,
		"//elders.example":                false,
		"///elders.example":               false,
		`/\elders.example`:                false,
		`\\elders.example`:                false,
		`/zoeken\..\x`:                    false,
		"/%5celders.example":              false,
		"/%2f/elders.example":             false,
		"https://elders.example":          false,
		"https:/elders.example":           false,
		"javascript:alert(1)":             false,
		"/\telders.example":               false,
		"/\n/elders.example":              false,
		"/a\r\nSet-Cookie: x=y":           false,
		"/a\x00":                          false,
		"/a\u0085b":                       false,
		" /a":                             false,
		"/\xff":                           false,
		"/%zz":                            false,
		"/" + strings.Repeat("x", 10_000): false,
	} {
		if _, got := ParseLocalPath(s); got != want {
			t.Errorf("ParseLocalPath(%.40q) = %v, want %v", s, got, want)
		}
	}
}

// What a browser makes of an accepted path is always a path of this site.
func FuzzParseLocalPath(f *testing.F) {
	for _, s := range []string{"/", "/a?b=c", "//x", `/\x`, "/%2fx", "/a#//b"} {
		f.Add(s)
	}
	base, err := url.Parse("https://rugzak.example/inloggen")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, ok := ParseLocalPath(s)
		if !ok {
			return
		}
		u, err := base.Parse(strings.ReplaceAll(string(p), `\`, "/")) // as browsers read it
		if err != nil || u.Host != "rugzak.example" || u.Scheme != "https" {
			t.Errorf("%q leads to %v (%v)", s, u, err)
		}
	})
}

// No door of the site leads to another one.
func TestNoOpenRedirects(t *testing.T) {
	s := newSite(t)
	s.withPassword(participant)
	for _, evil := range []string{"//elders.example", `/\elders.example`, "https://elders.example", "/\t/elders.example", "javascript:alert(1)", "/%2F/elders.example"} {
		query := url.Values{"naar": {evil}}.Encode()
		if got := s.as(nobody).get(pathSignIn+"?"+query).want(http.StatusOK).find("form.rz-panel input[name=return]").AttrOr("value", ""); got != pathHome {
			t.Errorf("the sign-in page carries %q on", got)
		}
		leads := func(a *answer) {
			t.Helper()
			if got := a.want(http.StatusSeeOther).Header.Get("Location"); got != pathHome {
				t.Errorf("%q leads to %s", evil, got)
			}
		}
		leads(s.as(nobody).post(pathSignIn, "email", s.people[participant].Email, "password", testPassword, "return", evil))
		leads(s.as(participant).get(pathSignIn + "?" + query))
		leads(s.as(nobody).post(pathLanguage, "language", "en", "return", evil))
	}
}
