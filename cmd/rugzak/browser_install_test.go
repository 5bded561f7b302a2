// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// A phone can put the site among its apps: the browser has no objection to the
// manifest, there is no worker that keeps pages, and what another app shares
// waits in the form.
func TestBrowserInstall(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	b := newBrowser(t, chromium, s.at, phone())
	b.signIn(s, "participant")
	for _, path := range []string{"/account", "/ik-deel-iets"} {
		b.open(path)
		m, err := chromedp.Call(b.ctx, page.GetAppManifest, page.GetAppManifestParams{})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range m.Errors {
			t.Errorf("%s: the manifest: %s", path, e.Message)
		}
		objections, err := chromedp.Call(b.ctx, page.GetInstallabilityErrors, struct{}{})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range objections.InstallabilityErrors {
			if e.ErrorID != "in-incognito" { // a window of a test is one
				t.Errorf("%s cannot be installed: %s", path, e.ErrorID)
			}
		}
	}
	js[bool](b, `Promise.all([navigator.serviceWorker.getRegistrations(), caches.keys()]).then((all) => (window.workers = all.flat().length)) && true`)
	b.waits("what is kept", `window.workers !== undefined`)
	if n := js[int](b, `window.workers`); n != 0 {
		t.Errorf("%d workers and caches", n)
	}
	b.signOut()
	shared := "/ik-deel-iets?" + url.Values{"titel": {"Een tip"}, "tekst": {"Bel eerst elkaar."}, "adres": {"https://voorbeeld.test/tip"}}.Encode()
	b.open(shared)
	if b.path() == shared {
		t.Fatal("nobody had to sign in")
	}
	b.types("email", s.people["participant"].Email)
	b.types("password", s.password)
	if status := b.press(`main form button:not([type="button"])`); status != http.StatusOK {
		t.Fatalf("signing in answers %d", status)
	}
	if got := js[string](b, `document.querySelector('main [name="answer_happened"]').value`); got != "Bel eerst elkaar.\n\nhttps://voorbeeld.test/tip" {
		t.Errorf("what was shared stands there as %q", got)
	}
}
