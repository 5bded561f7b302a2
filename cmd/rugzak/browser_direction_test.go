// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Items of the agenda move by keyboard only, on the board and in the list, to
// another horizon and within their own.
func TestBrowserAgendaKeyboard(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	b := newBrowser(t, chromium, s.at, desktop())
	b.signIn(s, "coreteam")
	under := func(horizon string) string { return b.text("section[aria-labelledby=" + horizon + "]") }
	const item = "Inwoners denken mee over de agenda"
	for _, view := range []struct{ path, from, to string }{{"/agenda", "later", "this-year"}, {"/agenda?vorm=lijst", "this-year", "later"}} {
		if status := b.open(view.path); status != http.StatusOK || !strings.Contains(under(view.from), item) {
			t.Fatalf("%s answers %d; beneath %s stands %q", view.path, status, view.from, under(view.from))
		}
		b.tabTo(`e.tagName === "SUMMARY" && e.innerText.includes("` + item + `")`)
		b.do("open the buttons", chromedp.KeyEvent(kb.Enter))
		b.tabTo(`e.name === "to" && e.value === "` + view.to + `"`)
		b.goes("press enter", chromedp.KeyEvent(kb.Enter))
		if got := under(view.to); !strings.Contains(got, item) || strings.Contains(under(view.from), item) {
			t.Errorf("%s: beneath %s stands %q", view.path, view.to, got)
		}
		if !b.has("[role=status]") {
			t.Errorf("%s does not say that it moved", view.path)
		}
	}
	b.open("/agenda") // a press on the word opens the buttons, though the whole card leads to the item
	b.tap(`#punt-inwoners-denken-mee summary, section[aria-labelledby=later] summary`)
	b.waits("the buttons", `document.querySelector("section[aria-labelledby=later] details[open] button")?.checkVisibility()`)
	b.open("/agenda")
	first, second := b.text("section[aria-labelledby=now] li:first-child h3"), b.text("section[aria-labelledby=now] li:nth-child(2) h3")
	b.tabTo(`e.tagName === "SUMMARY" && e.innerText.includes("` + second + `")`)
	b.do("open the buttons", chromedp.KeyEvent(kb.Enter))
	b.tabTo(`e.name === "to" && e.value === "up"`)
	b.goes("press enter", chromedp.KeyEvent(kb.Enter))
	if got := b.text("section[aria-labelledby=now] li:first-child h3"); got != second || first == second {
		t.Errorf("one up, %q stands first", got)
	}
}

// What gives direction can be put on paper: what is written is there, nothing
// that can only be pressed is, and it fits.
func TestBrowserDirectionOnPaper(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	b := newBrowser(t, chromium, s.at, desktop())
	b.signIn(s, "coreteam")
	paper := screen{718, 1020, 1, false} // A4 within its margins
	for path, words := range map[string][]string{
		"/kompas":    {"Onze bedoeling", "Samen vieren", "bijdragen", "Welke drijfveren leven er?"},
		"/agenda":    {"Warme overdracht", "Nog niet gezamenlijk"},
		"/behoeften": {"Wij hebben nodig", "Huisartsenpraktijk"},
		"/programma": {"Waar bewogen we?", "week"},
	} {
		b.open(path)
		b.look(paper)
		if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
			t.Fatal(err)
		}
		for _, w := range words {
			if !strings.Contains(b.text("body"), w) {
				t.Errorf("%s on paper does not say %q", path, w)
			}
		}
		if wide := js[int](b, `document.documentElement.scrollWidth`); wide > int(paper.width) {
			t.Errorf("%s is %d px wide on paper of %d", path, wide, paper.width)
		}
		const pressed = `[...document.querySelectorAll("button, summary, nav, .utrecht-button-link:not(.rz-count), .utrecht-page-footer")].filter((e) => e.checkVisibility()).map((e) => e.innerText.slice(0, 40))`
		if left := js[[]string](b, pressed); len(left) > 0 {
			t.Errorf("%s on paper shows %q", path, left)
		}
		if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{}); err != nil {
			t.Fatal(err)
		}
		b.look(desktop())
	}
}
