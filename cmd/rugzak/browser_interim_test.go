// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"net/http"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

// The core team freezes an interim result with two stories. Later a writer tells
// one of them in other words, somebody applies the lesson and more is shared:
// "Stand van zaken" moves, and the interim result stays as it was, for everybody
// and to the letter: numbers, stories and hashes. A partner sees only the story
// that it may read, and none once it may not.
func TestBrowserInterim(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	const (
		inside  = "Alleen onder ons: bel voor tienen."
		outside = "Met de partner: noem bij de deur een dag."
		later   = "Nu zeggen we het anders."
	)
	visit := func(part string) *tab {
		b := newBrowser(t, chromium, s.at, phone())
		b.signIn(s, part)
		return b
	}
	writer, core := visit("participant"), visit("coreteam")
	tells := func(body, lesson string) string {
		t.Helper()
		path := writer.shareQuickly(body)
		writer.rewords(path, lesson)
		return path
	}
	own := tells("Wij belden de bewoners op.", inside)
	wide := tells("Wij gingen langs de deuren.", outside)
	writer.shareWith(wide, s.people["partner"].Organisation)
	core.open("/tussenstanden/nieuw")
	core.types("title", "Na een half jaar")
	core.pastes("text", "We begonnen met bellen.")
	core.tap(`main input[name="span"][value="all"]`)
	core.sets("story_"+string(rugzak.RungUseful), strings.TrimPrefix(own, "/ervaringen/"))
	core.sets("story_"+string(rugzak.RungTogether), strings.TrimPrefix(wide, "/ervaringen/"))
	if status := core.press("main form.rz-panel button"); status != http.StatusOK {
		t.Fatalf("freezing answers %d:\n%s", status, core.text("main"))
	}
	interim := core.path()
	core.says("main", "Na een half jaar", "We begonnen met bellen.", inside, outside)
	hashes := js[[]string](core, `[...document.querySelectorAll("main .rz-hash code")].map((e) => e.textContent)`)
	if stories := js[int](core, `document.querySelectorAll("main blockquote.rz-story").length`); len(hashes) != stories+1 || stories < 2 {
		t.Errorf("%d stories and %d hashes:\n%s", stories, len(hashes), core.text("main"))
	}

	// Everything a reader can see of it, folded or not; the notice of the day it
	// was made is none of it.
	whole := func(b *tab) string {
		b.Helper()
		if status := b.open(interim); status != http.StatusOK {
			t.Fatalf("%s answers %d", interim, status)
		}
		return js[string](b, `[...document.querySelectorAll("main h1, main .rz-page-head p, main .rz-rungs, main .rz-results-more, main [aria-labelledby=vast] > p, main [aria-labelledby=vast] > details:has(code)")].map((e) => e.textContent + [...e.querySelectorAll("svg rect")].map((r) => r.outerHTML).join("")).join("\n")`)
	}
	readers, before := map[string]*tab{"coreteam": core, "manager": visit("manager"), "partner": visit("partner")}, map[string]string{}
	for part, b := range readers {
		before[part] = whole(b)
		b.says("main", outside)
		for _, hash := range js[[]string](b, `[...document.querySelectorAll("main .rz-hash code")].map((e) => e.textContent)`) {
			if len(hash) != 64 {
				t.Errorf("%s: a hash is %q", part, hash)
			}
		}
	}
	if before["manager"] == before["partner"] {
		t.Error("a partner sees the numbers of the municipality")
	}
	partner := readers["partner"]
	partner.hides("body", inside, own)
	partner.hiddenAsAbsent(own)

	// Much happens.
	counted := func() string {
		core.open("/stand-van-zaken?periode=alles")
		return core.text("#" + string(rugzak.RungTogether) + " .rz-rung__number")
	}
	was := counted()
	writer.rewords(wide, later)
	writer.shareQuickly("En daarna liepen wij een dag mee.")
	taker := readers["manager"]
	taker.open(wide + "/toepassen")
	taker.tells("worked", "Bij ons hielp het ook.")
	if taker.path() == wide+"/toepassen" {
		taker.press(`main button[name="do"][value="share"]`) // yes, also with the partner
	}
	if !eventually(func() bool { return counted() != was }) {
		t.Fatalf("results do not follow: %s", was)
	}
	core.hides("main", outside)
	for part, b := range readers {
		if after := whole(b); after != before[part] {
			t.Errorf("the interim result changed for the %s:\n%s\nwas\n%s", part, after, before[part])
		}
		b.hides("main", later)
	}

	// The writer narrows it: what may not be read any more is not shown.
	writer.open(wide + "/zichtbaar")
	box := `main input[name="also"][value="` + string(s.people["partner"].Organisation) + `"]`
	if !js[bool](writer, `document.querySelector(`+quoted(box)+`).checkVisibility()`) {
		writer.unfolds(`main details:has(` + box[len("main "):] + `) > summary`)
	}
	writer.tap(box)
	writer.press(`main button[name="do"][value="save"]`)
	whole(partner)
	partner.hides("body", outside, wide)
	partner.says("main", "Na een half jaar")
	if after := whole(core); after != before["coreteam"] {
		t.Errorf("the interim result changed for the core team:\n%s", after)
	}
}

// rewords gives an entry another lesson.
func (b *tab) rewords(path, lesson string) {
	b.Helper()
	b.open(path + "/bewerken")
	b.pastes("lesson", lesson)
	if status := b.press(`main button[name="do"][value="save"]`); status != http.StatusOK {
		b.Fatalf("changing %s answers %d:\n%s", path, status, b.text("main"))
	}
	b.says("main", lesson)
}
