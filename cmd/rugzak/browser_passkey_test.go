// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
	"github.com/pquerna/otp/totp"
)

// withAuthenticator gives the tab a device that opens passkeys for its owner.
func (b *tab) withAuthenticator() webauthn.AuthenticatorID {
	b.Helper()
	if _, err := chromedp.Call(b.ctx, webauthn.Enable, webauthn.EnableParams{}); err != nil {
		b.Fatalf("passkeys: %v", err)
	}
	made, err := chromedp.Call(b.ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{
		Options: &webauthn.VirtualAuthenticatorOptions{
			Protocol: webauthn.AuthenticatorProtocolCtap2, Ctap2version: webauthn.Ctap2versionCtap21, Transport: webauthn.AuthenticatorTransportInternal,
			HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
			HasCmtgKey: true, // without it Chromium takes no passkey back, see swapPasskey
		},
	})
	if err != nil {
		b.Fatalf("a device with passkeys: %v", err)
	}
	return made.AuthenticatorID
}

// swapPasskey puts a passkey that counts from a number in the place of the one
// the device has.
func (b *tab) swapPasskey(device webauthn.AuthenticatorID, of *webauthn.Credential, count float64) {
	b.Helper()
	c := &webauthn.Credential{
		CredentialID: of.CredentialID, IsResidentCredential: true, RpID: of.RpID, PrivateKey: of.PrivateKey, UserHandle: of.UserHandle, SignCount: count,
	}
	if _, err := chromedp.Call(b.ctx, webauthn.ClearCredentials, webauthn.ClearCredentialsParams{AuthenticatorID: device}); err != nil {
		b.Fatalf("take the passkey away: %v", err)
	}
	if _, err := chromedp.Call(b.ctx, webauthn.AddCredential, webauthn.AddCredentialParams{AuthenticatorID: device, Credential: c}); err != nil {
		b.Fatalf("put a passkey there: %v", err)
	}
}

// A passkey on a phone: made in one's own account, then used alone, and after
// the password; and refused when the device does not know its owner.
func TestBrowserPasskey(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	// Passkeys know sites by name, not by number.
	b := newBrowser(t, chromium, strings.Replace(s.at, "127.0.0.1", "localhost", 1), phone())
	device := b.withAuthenticator()
	b.signIn(s, "participant")
	b.open("/account/beveiliging")
	b.types("passkey_name", "telefoon")
	b.tap("rz-passkey button")
	b.waits("the passkey", `document.querySelector(".rz-list strong")?.innerText === "telefoon"`)
	b.shows("Je passkey is toegevoegd")
	b.signOut()

	b.waits("the button", `!document.querySelector("rz-passkey").hidden`)
	b.tap("rz-passkey button")
	b.waits("the first page", `location.pathname === "/"`)
	b.open("/account/sessies")
	b.shows("Met een passkey.")
	b.signOut()

	b.types("email", s.people["participant"].Email)
	b.types("password", s.password)
	b.press(`main form button:not([type="button"])`)
	if b.path() != "/inloggen/tweede-stap" {
		t.Fatalf("the password leads to %s", b.path())
	}
	b.tap("rz-passkey button")
	b.waits("the first page", `location.pathname === "/"`)
	b.open("/account/sessies")
	b.shows("Met je wachtwoord en een passkey.")
	b.signOut()

	// A copy of the passkey does not count on where the first one is: it is
	// refused, and its owner is told.
	kept, err := chromedp.Call(b.ctx, webauthn.GetCredentials, webauthn.GetCredentialsParams{AuthenticatorID: device})
	if err != nil || len(kept.Credentials) != 1 || kept.Credentials[0].SignCount < 2 {
		t.Fatalf("the device holds %d passkeys, %v", len(kept.Credentials), err)
	}
	b.swapPasskey(device, kept.Credentials[0], 0)
	b.waits("the button", `!document.querySelector("rz-passkey").hidden`)
	b.tap("rz-passkey button")
	b.waits("what is wrong", `document.querySelector("rz-passkey [role=status]").innerText !== ""`)
	if b.path() != "/inloggen" {
		t.Errorf("a copied passkey leads to %s", b.path())
	}
	b.swapPasskey(device, kept.Credentials[0], kept.Credentials[0].SignCount)
	b.open("/inloggen")

	if _, err := chromedp.Call(b.ctx, webauthn.SetUserVerified, webauthn.SetUserVerifiedParams{AuthenticatorID: device}); err != nil {
		t.Fatal(err)
	}
	b.waits("the button", `!document.querySelector("rz-passkey").hidden`)
	b.tap("rz-passkey button")
	b.waits("what is wrong", `document.querySelector("rz-passkey [role=status]").innerText !== ""`)
	if b.path() != "/inloggen" {
		t.Errorf("a device that does not know its owner leads to %s", b.path())
	}
}

// The answer of somebody else's question, and the same answer twice, get
// nobody in.
func TestBrowserPasskeyAnswersOnce(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	b := newBrowser(t, chromium, strings.Replace(s.at, "127.0.0.1", "localhost", 1), desktop())
	b.withAuthenticator()
	b.signIn(s, "coreteam")
	b.open("/account/beveiliging")
	b.tap("rz-passkey button")
	b.waits("the passkey", `document.querySelector(".rz-list strong")?.innerText === "Passkey"`)
	b.signOut()
	// The page keeps what it sends, and sends it once more.
	js[bool](b, `(() => {
		const send = window.fetch;
		window.fetch = async (url, init) => {
			if (!String(url).endsWith("/antwoord")) return send(url, init);
			window.first = (await send(url, init)).status;
			window.second = (await send(url, init)).status;
			return new Response("{}", { status: 500 });
		};
		return true;
	})()`)
	b.tap("rz-passkey button")
	b.waits("both answers", `window.second`)
	if first, second := js[int](b, `window.first`), js[int](b, `window.second`); first != http.StatusOK || second != http.StatusUnprocessableEntity {
		t.Errorf("the first answer gave %d, the second %d", first, second)
	}
	b.takeWrong() // the browser complains about the refusal, as it should
}

// A code app and recovery codes need no script.
func TestBrowserCodeApp(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	b := newBrowser(t, chromium, s.at, oldPhone())
	b.withoutScripts()
	b.signIn(s, "partner")
	b.open("/account/beveiliging")
	b.press(`form[action="/account/beveiliging/code-app/nieuw"] button`)
	secret := b.text(".rz-secret")
	code := func(at time.Time) string {
		code, err := totp.GenerateCode(secret, at)
		if err != nil {
			t.Fatal(err)
		}
		return code
	}
	b.types("code", code(time.Now()))
	b.press(`form[action="/account/beveiliging/code-app"] button`)
	b.shows("Je code-app is toegevoegd")
	b.press(`form[action="/account/beveiliging/herstelcodes"] button`)
	recovery := b.text(".rz-secrets li")
	if wide := js[bool](b, `document.documentElement.scrollWidth > innerWidth`); wide {
		t.Error("the page of recovery codes is wider than an old phone")
	}
	b.signOut()

	for _, step := range []struct{ name, value, form string }{
		// Of the half minute after this one, which is taken already and for a minute
		// at least: the one of now was used.
		{"code", code(time.Now().Add(30 * time.Second)), "/inloggen/tweede-stap/code"},
		{"recovery", recovery, "/inloggen/tweede-stap/herstelcode"},
	} {
		b.types("email", s.people["partner"].Email)
		b.types("password", s.password)
		b.press(`main form button:not([type="button"])`)
		if step.name == "recovery" {
			b.unfolds("details.rz-more > summary")
		}
		b.types(step.name, step.value)
		b.press(`form[action="` + step.form + `"] button`)
		if b.path() != "/" {
			t.Fatalf("the second step leads to %s:\n%s", b.path(), b.text("main"))
		}
		b.signOut()
	}
}
