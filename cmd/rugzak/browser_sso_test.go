// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"net/http"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"rugzak/pkg/rugzak"
)

// via signs in at a provider in the browser, from the door of the site, and
// returns the status of the page it ends on.
func (b *tab) via(provider, username string) int {
	b.Helper()
	b.open("/inloggen")
	b.press(`main a[href="/inloggen/via/` + provider + `"]`)
	if js[bool](b, `document.querySelector('input[name="username"]') === null`) {
		b.Fatalf("the button of %s does not lead to the provider but to %s", provider, js[string](b, `location.href`))
	}
	b.do("type the name", chromedp.SendKeys(chromedp.CSS(`input[name="username"]`), username, chromedp.NodeVisible))
	b.do("type the password", chromedp.SendKeys(chromedp.CSS(`input[name="password"]`), idpPassword, chromedp.NodeVisible))
	status := b.press(`button[type="submit"]`)
	if at := js[string](b, `location.origin`); at != b.at {
		b.Fatalf("%s stays at %s: %s", username, at, b.text("body"))
	}
	return status
}

// Single sign-on in a real browser, with two real providers: the municipality's
// and a partner's. Everything a provider must not get away with ends on a plain
// page, and leaves no session.
func TestBrowserSingleSignOn(t *testing.T) {
	chromium := startChromium(t)
	s := startSignedUp(t)
	newTab := func(t *testing.T, look screen) *tab {
		t.Helper()
		b := newBrowser(t, chromium, s.at, look)
		b.visits(s.own.issuer, s.partner.issuer)
		return b
	}
	t.Run("municipality", func(t *testing.T) {
		b := newTab(t, phone())
		b.open("/inloggen")
		b.checkLook("nobody")
		if status := b.via("gemeente", "noor"); status != http.StatusOK || b.path() != "/" {
			t.Fatalf("noor ends at %s with %d", b.path(), status)
		}
		if p := s.person(t, "noor@example.test"); p.Organisation != "Jeugd" || p.Team != "Toegang Jeugd" || !slices.Contains(p.Roles, rugzak.RoleFacilitator) {
			t.Errorf("noor is %+v", p)
		}
		if status := b.open("/themas/nieuw"); status != http.StatusOK { // what a facilitator may
			t.Errorf("a facilitator gets %d", status)
		}
		// Signing out is real: nothing signs in again by itself.
		b.signOut()
		if b.open("/account"); b.path() != "/inloggen?naar=%2Faccount" {
			t.Errorf("after signing out /account leads to %s", b.path())
		}
		// The provider remembers nobody in these tests, so the way back asks again,
		// and leads to where they were going.
		b.press(`main a[href^="/inloggen/via/gemeente"]`)
		b.do("type the name", chromedp.SendKeys(chromedp.CSS(`input[name="username"]`), "nieuw", chromedp.NodeVisible))
		b.do("type the password", chromedp.SendKeys(chromedp.CSS(`input[name="password"]`), idpPassword, chromedp.NodeVisible))
		b.press(`button[type="submit"]`)
		if b.path() != "/account" || !slices.Contains(s.person(t, "nieuw@example.test").Roles, rugzak.RoleParticipant) {
			t.Errorf("somebody new ends at %s", b.path())
		}
	})

	t.Run("partner", func(t *testing.T) {
		b := newTab(t, desktop())
		if status := b.via("welzijn", "petra"); status != http.StatusOK || b.path() != "/" {
			t.Fatalf("the partner ends at %s with %d", b.path(), status)
		}
		if p := s.person(t, "partner@example.test"); p.Organisation != "Welzijn" || p.Kind != rugzak.Partner || len(p.Roles) != 1 {
			t.Errorf("the partner is %+v", p)
		}
		if status := b.open("/themas/nieuw"); status != http.StatusForbidden {
			t.Errorf("the partner's own claims make a facilitator: %d", status)
		}
	})

	for _, test := range []struct{ provider, username, title string }{
		{"gemeente", "nonce", "Inloggen is niet gelukt"},
		{"gemeente", "audience", "Inloggen is niet gelukt"},
		{"gemeente", "expired", "Inloggen is niet gelukt"},
		{"gemeente", "onbevestigd", "Inloggen is niet gelukt"},
		{"gemeente", "elders", "Je hebt hier nog geen toegang"},
		{"welzijn", "indringer", "Je hebt hier nog geen toegang"},
		{"welzijn", "onbekend", "Je hebt hier nog geen toegang"},
	} {
		t.Run("refused "+test.username, func(t *testing.T) {
			b := newTab(t, phone())
			if status := b.via(test.provider, test.username); status != http.StatusForbidden {
				t.Errorf("the answer is %d", status)
			}
			b.shows(test.title)
			b.checkLook("nobody")
			b.withoutSession()
		})
	}

	t.Run("refused replay", func(t *testing.T) {
		b := newTab(t, phone())
		b.via("gemeente", "noor")
		b.signOut()
		// The answer stands in no page that is left; the browser is sent to it as
		// somebody would who read it along the way, with and without the cookie.
		v := s.visits()
		back := atProvider(t, s.at, s.leaves(t, v, "/inloggen/via/gemeente"), "noor")
		kept := v.cookie(t, "rugzak-via")
		if p, err := v.get(back); err != nil || p.status != http.StatusSeeOther {
			t.Fatalf("the first time it gives %d, %v", p.status, err)
		}
		for _, value := range []string{"", kept} {
			b.setCookie("rugzak-via", value)
			if status := b.open(back); status != http.StatusForbidden {
				t.Errorf("the answer is %d", status)
			}
			b.shows("Begin opnieuw met inloggen")
			b.withoutSession()
		}
	})

	t.Run("away", func(t *testing.T) {
		b := newTab(t, phone())
		b.open("/inloggen")
		b.press(`main a[href="/inloggen/via/weg"]`)
		b.shows("Inloggen kan even niet")
		b.withoutSession()
		b.takeWrong() // the answer is 503, as it should be
	})
}

// withoutSession fails the test when this browser is signed in.
func (b *tab) withoutSession() {
	b.Helper()
	if b.open("/account"); b.path() != "/inloggen?naar=%2Faccount" {
		b.Errorf("there is a session: /account leads to %s", b.path())
	}
}

// setCookie gives this browser a cookie of the site; none when it is empty.
func (b *tab) setCookie(name, value string) {
	b.Helper()
	if value == "" {
		return
	}
	params := network.SetCookieParams{Name: name, Value: value, URL: b.at}
	if _, err := chromedp.Call(b.ctx, network.SetCookie, params); err != nil {
		b.Fatalf("set a cookie: %v", err)
	}
}
