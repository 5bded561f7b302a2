// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The address of an entry is copied with one press, which is said; where the
// browser does not allow it, it stands selected. Without scripts the button is not
// there, and headings lead to themselves all the same.
func TestBrowserReading(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	b := newBrowser(t, chromium, s.at, desktop())
	b.signIn(s, "participant")
	b.open("/werkvormen")
	entry := js[string](b, `document.querySelector(".rz-card__title a").pathname`)
	b.open(entry + "?reacties=1")
	js[bool](b, `(Object.defineProperty(navigator, "clipboard", {value: {writeText: async (text) => { window.copied = text; }}, configurable: true}), true)`)
	b.tap("rz-copy button")
	b.waits("the copy", `document.querySelector("rz-copy [role=status]").textContent`)
	if got := js[string](b, `window.copied`); got != s.at+entry {
		t.Errorf("copied %q, want %q", got, s.at+entry)
	}
	b.says("rz-copy", "Link gekopieerd")
	js[bool](b, `(Object.defineProperty(navigator, "clipboard", {value: undefined, configurable: true}), true)`)
	b.tap("rz-copy button")
	b.waits("the address", `document.activeElement.matches("rz-copy input") && document.activeElement.selectionEnd`)
	if got := js[string](b, `document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)`); got != s.at+entry {
		t.Errorf("selected is %q, want %q", got, s.at+entry)
	}
	plain := newBrowser(t, chromium, s.at, phone())
	plain.signIn(s, "participant")
	plain.withoutScripts()
	plain.open(entry)
	if js[bool](plain, `document.querySelector("rz-copy").checkVisibility({visibilityProperty: true})`) {
		t.Error("a button that does nothing is there without scripts")
	}
	plain.tap(".rz-entry-body h2 .rz-anchor")
	if got := js[string](plain, `location.hash`); !strings.HasPrefix(got, "#user-content-") {
		t.Errorf("the heading leads to %q", got)
	}
}

// The tour goes by keyboard, keeps nobody in, and is closed for good.
func TestBrowserTourByKeyboard(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	b := newBrowser(t, chromium, s.at, desktop())
	b.signIn(s, "participant")
	b.open("/")
	b.says(".rz-tour", "stap 1 van 3")
	for _, step := range []string{"stap 2 van 3", "stap 3 van 3"} {
		b.tabTo(`e.textContent.includes("Volgende stap")`)
		b.goes("go on", chromedp.KeyEvent(kb.Enter))
		b.says(".rz-tour", step)
		b.waits("the step in view", `document.querySelector("#rondleiding").getBoundingClientRect().top < innerHeight`)
	}
	b.tabTo(`e.matches("main > div:last-of-type a, main footer a, .rz-home-prompt textarea")`) // past the tour
	b.open("/?stap=3")
	b.tabTo(`e.matches(".rz-tour form button")`)
	b.goes("close it", chromedp.KeyEvent(kb.Enter))
	b.says("main", "rondleiding is klaar")
	b.open("/?stap=2")
	if b.has(".rz-tour") {
		t.Error("the tour comes back")
	}
}

// While somebody writes a common thread the number of words is told as it is.
func TestBrowserCountsWords(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	b := newBrowser(t, chromium, s.at, desktop())
	b.signIn(s, "facilitator")
	b.open("/themas/minder-formulieren-meer-contact/rode-draad")
	before := js[string](b, `document.querySelector("rz-words [role=status]").textContent`)
	b.pastes("intro", "Drie woorden meer.")
	b.waits("the count", `document.querySelector("rz-words [role=status]").textContent !== `+quoted(before))
	if got := js[string](b, `document.querySelector("rz-words [role=status]").textContent`); strings.Contains(got, "999") {
		t.Errorf("it counts %q", got)
	}
}
