// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// On a phone the text and what it looks like are two tabs; where there is room
// they stand beside each other.
func TestBrowserPreviewTabs(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	b := newBrowser(t, chromium, s.at, phone())
	b.signIn(s, "participant")
	b.open(fullForm)
	defer b.drops()
	const tab = `[role=tab][aria-selected="true"]`
	shown := func(text, preview bool) {
		b.Helper()
		for id, want := range map[string]bool{"schrijfdeel": text, "voorbeelddeel": preview} {
			if got := js[bool](b, `document.getElementById("`+id+`").checkVisibility()`); got != want {
				b.Errorf("%s is in sight: %v, want %v", id, got, want)
			}
		}
	}
	shown(true, false)
	b.pastes("body", "Dit is **vet**.")
	b.tap("#tab-voorbeeld")
	shown(false, true)
	b.waits("the preview", `document.querySelector("#voorbeeld strong")?.textContent === "vet"`)
	if b.has(`#schrijven button[value="preview"]:not([hidden])`) {
		t.Error("there is a button for what the tab does")
	}
	b.checkLook("participant")
	b.look(phone())
	// The arrows walk, the tab key comes by once and goes on to what is shown.
	b.do("go to the tab", chromedp.Focus(chromedp.CSS("#tab-voorbeeld")))
	b.do("press tab", chromedp.KeyEvent(kb.Tab))
	if got := js[string](b, `document.activeElement.id`); got != "voorbeelddeel" {
		t.Errorf("behind the tabs is %s", got)
	}
	b.do("go to the tab", chromedp.Focus(chromedp.CSS("#tab-voorbeeld")))
	for _, x := range []struct{ key, at string }{{kb.ArrowLeft, "tab-tekst"}, {kb.ArrowLeft, "tab-voorbeeld"}, {kb.Home, "tab-tekst"}, {kb.End, "tab-voorbeeld"}, {kb.ArrowRight, "tab-tekst"}} {
		b.do("walk", chromedp.KeyEvent(x.key))
		if got := js[string](b, `document.activeElement.id`); got != x.at || js[string](b, `document.querySelector('`+tab+`').id`) != x.at {
			t.Errorf("the arrows come to %s, want %s", got, x.at)
		}
	}
	shown(true, false)
	// The tools work in the text, and what leads to the text shows it.
	b.chosen("body", "Wij ⟦belden⟧ eerst")
	b.tap(`rz-toolbar[data-for="body"] [data-do="bold"]`)
	b.waits("it to be bold", `document.querySelector("#body").value === "Wij **belden** eerst"`)
	b.tap("#tab-voorbeeld")
	b.waits("it to be shown", `document.querySelector("#voorbeeld strong")?.textContent === "belden"`)
	js[bool](b, `(document.querySelector("main").insertAdjacentHTML("afterbegin", '<a id="naar" href="#body">Tekst</a>'), true)`)
	b.tap("#naar")
	shown(true, false)
	if got := js[string](b, `document.activeElement.id`); got != "body" {
		t.Errorf("the focus is on %s", got)
	}
	// With more room both are there, and there are no tabs.
	b.look(desktop())
	b.waits("both", `document.querySelector("#body").checkVisibility() && document.querySelector("#voorbeelddeel").checkVisibility() && !document.querySelector("[role=tabpanel]")`)
	if js[bool](b, `document.querySelector("[role=tablist]").checkVisibility()`) {
		t.Error("there are tabs beside both")
	}
	b.pastes("body", "Dit is *schuin*.")
	b.waits("the preview", `document.querySelector("#voorbeeld em")?.textContent === "schuin"`)
}
