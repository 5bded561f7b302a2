// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// What is typed in a long form is not left behind without a warning, is offered
// back to who typed it until it is saved, and never to the next person on the
// device.
func TestBrowserUnsaved(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	const text = "Samen bellen we eerst."
	b := newBrowser(t, chromium, s.at, phone())
	b.signIn(s, "coreteam")
	warns := func() bool {
		t.Helper()
		return js[bool](b, `!dispatchEvent(new Event("beforeunload", {cancelable: true}))`)
	}
	offered := func() bool {
		t.Helper()
		return js[bool](b, `[...document.querySelectorAll("[data-offer]")].some((e) => e.checkVisibility())`)
	}
	kept := func() string {
		t.Helper()
		return js[string](b, `Object.entries(sessionStorage).filter(([key]) => key.startsWith("rugzak.unsaved:")).join("\n")`)
	}
	holds := func(name string) string {
		t.Helper()
		return js[string](b, `document.querySelector(`+quoted(field(name))+`).value`)
	}
	// leaves goes to another page as somebody does who wants no warning.
	leaves := func(path string) {
		t.Helper()
		js[bool](b, `(addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), {capture: true}), document.querySelector("rz-unsaved").leaving = true)`)
		b.open(path)
	}
	b.open("/")
	theme := "/themas/wie-heeft-de-bal"
	for path, name := range map[string]string{
		"/kompas/wijzigen": "purpose", "/tussenstanden/nieuw": "text", theme + "/rode-draad": "intro", theme + "/brieven/nieuw": "lead",
	} {
		if status := b.open(path); status != http.StatusOK {
			t.Fatalf("%s answers %d", path, status)
		}
		if warns() || offered() {
			t.Errorf("%s warns before anything is typed", path)
		}
		before := holds(name)
		b.pastes(name, text)
		if !warns() {
			t.Errorf("%s does not warn", path)
		}
		leaves("/")
		b.open(path)
		if !offered() || holds(name) != before {
			t.Fatalf("%s does not offer what was typed:\n%s", path, b.text("main"))
		}
		b.tap(`[data-offer] button[value="back"]`)
		if holds(name) != text || !warns() {
			t.Errorf("%s: put back is %q", path, holds(name))
		}
		leaves("/")
		b.open(path)
		b.tap(`[data-offer] button[value="drop"]`)
		b.goes("reload", chromedp.Reload())
		if offered() || warns() || kept() != "" {
			t.Errorf("%s: thrown away, it is still there: %s", path, kept())
		}
	}

	// What is saved is kept no longer; what is refused is.
	b.open("/kompas/wijzigen")
	b.pastes("purpose", "")
	if status := b.press(`main form button.utrecht-button--primary-action`); status != http.StatusUnprocessableEntity || !warns() || kept() == "" {
		t.Errorf("refused with %d it does not warn", status)
	}
	b.pastes("purpose", text)
	b.press(`main form button.utrecht-button--primary-action`)
	b.says("main", text)
	if got := kept(); got != "" {
		t.Errorf("saved, it is still kept: %s", got)
	}

	// Signing out leaves nothing for the next person.
	b.open("/tussenstanden/nieuw")
	b.pastes("text", text)
	leaves("/")
	if !strings.Contains(kept(), "Samen") {
		t.Fatal("nothing is kept")
	}
	mine := kept()
	b.signOut()
	if got := kept(); got != "" {
		t.Errorf("signed out, it is still kept: %s", got)
	}
	// A session that ended without signing out does not show it to the next either.
	key, value, _ := strings.Cut(mine, ",")
	js[bool](b, `(sessionStorage.setItem(`+quoted(key)+`, `+quoted(value)+`), true)`)
	b.signIn(s, "facilitator")
	b.open(theme + "/rode-draad")
	if offered() || kept() != "" {
		t.Errorf("the next person finds %s", kept())
	}
}
