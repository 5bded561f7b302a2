// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Leading a group through a method: the timer counts, rests, goes on after the
// page is loaded again, and says when it is over; keys lead from step to step.
// The clock of the browser is set on, so that nobody waits for minutes.
func TestBrowserGuide(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	b := newBrowser(t, chromium, s.at, phone())
	b.signIn(s, "facilitator")
	b.open("/werkvormen")
	b.press(`main article h2 a, main article h3 a`)
	method := b.path()
	if status := b.press(`main a[href="` + method + `/begeleiden"]`); status != http.StatusOK {
		t.Fatalf("leading the method gives %d", status)
	}
	b.waits("the timer", `document.querySelector("rz-timer [data-start]")?.checkVisibility()`)
	seconds := js[int](b, `Number(document.querySelector("rz-timer").dataset.seconds)`)
	shown := func(left int) string { return fmt.Sprintf("%d:%02d", left/60, left%60) }
	const time = `document.querySelector("rz-timer [data-time]").textContent`
	if got := js[string](b, time); got != shown(seconds) {
		t.Fatalf("before it starts the timer shows %q, want %q", got, shown(seconds))
	}
	const clock = `window.real ??= Date.now; window.stands = Date.now(); Date.now = () => window.stands; 0`
	js[int](b, clock)
	b.tap("rz-timer [data-start]")
	if !js[bool](b, `document.activeElement.matches("[data-pause]")`) {
		t.Error("the keyboard is not on the button that stands where one pressed")
	}
	js[int](b, `window.stands += 31_000`)
	b.waits("half a minute to pass", time+` === "`+shown(seconds-31)+`"`)
	b.tap("rz-timer [data-pause]")
	js[int](b, `window.stands += 31_000`)
	b.tap("rz-timer [data-start]")
	b.tap("rz-timer [data-pause]")
	if got := js[string](b, time); got != shown(seconds-31) {
		t.Errorf("after a rest the timer shows %q, want %q", got, shown(seconds-31))
	}
	if wrong := b.layout(phone()); len(wrong) > 0 {
		t.Errorf("with a timer: %q", wrong)
	}
	b.open(b.path())
	b.waits("the time that was left", time+` === "`+shown(seconds-31)+`"`)
	js[int](b, clock)
	b.tap("rz-timer [data-start]")
	js[int](b, fmt.Sprintf(`window.stands += %d`, seconds*1000))
	b.waits("the end", time+` === "0:00"`)
	if got := b.text("rz-timer [role=status]"); got == "" || !js[bool](b, `document.querySelector("rz-timer [data-start]").checkVisibility()`) {
		t.Errorf("at the end it says %q", got)
	}
	b.tap("rz-timer [data-reset]")
	if got := js[string](b, time); got != shown(seconds) {
		t.Errorf("set back, the timer shows %q", got)
	}

	first := b.text("h2")
	b.goes("the right arrow", chromedp.KeyEvent(kb.ArrowRight))
	if second := b.text("h2"); second == first || !strings.Contains(b.text("main"), "Stap 2 van") {
		t.Errorf("the right arrow leads to %q", second)
	}
	b.goes("the left arrow", chromedp.KeyEvent(kb.ArrowLeft))
	if got := b.text("h2"); got != first {
		t.Errorf("the left arrow leads to %q", got)
	}
	b.goes("Escape", chromedp.KeyEvent(kb.Escape))
	if b.path() != method {
		t.Errorf("Escape leads to %s", b.path())
	}

	plain := newBrowser(t, chromium, s.at, phone())
	plain.withoutScripts()
	plain.signIn(s, "participant")
	plain.open(method + "/begeleiden")
	plain.shows(first)
	if plain.has("rz-timer button:not([hidden] *)") || !strings.Contains(plain.text("rz-timer"), "minuten") {
		t.Errorf("without scripts the timer is %q", plain.text("rz-timer"))
	}
	plain.press(`main a[rel="next"]`)
	plain.shows("Stap 2 van")
}
