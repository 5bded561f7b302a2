// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import "testing"

// Choosing about many entries by keyboard: a digit chooses and goes on to the
// next one. Without scripts the same choices are made by pressing them.
func TestBrowserTriage(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	const focused = `document.activeElement.closest(".rz-triage__row")?.querySelector("input[name=entry]").value ?? ""`
	const rows = `[...document.querySelectorAll(".rz-triage__row input[name=entry]")].map((e) => e.value)`
	const chosen = `[...document.querySelectorAll(".rz-triage__row input[type=radio]:checked")].map((e) => e.value)`
	t.Run("keys", func(t *testing.T) {
		b := newBrowser(t, chromium, s.at, phone())
		b.signIn(s, "facilitator")
		b.open("/begeleiding/zonder-thema")
		all := js[[]string](b, rows)
		if len(all) < 2 {
			b.Fatalf("%d entries wait", len(all))
		}
		js[bool](b, `(document.querySelector(".rz-triage__row input[type=radio]:checked").focus(), true)`)
		b.key("3")
		if got := js[string](b, focused); got != all[1] {
			b.Fatalf("after a digit the focus is on %q, want the second entry", got)
		}
		b.key("2")
		if got := js[[]string](b, chosen); got[0] != "later" || got[1] != "not" {
			b.Fatalf("chosen: %q", got)
		}
		b.checkLook("facilitator")
		b.press(`.rz-triage__end button`)
		if left := js[[]string](b, rows); len(left) != len(all)-2 {
			b.Errorf("%d of %d entries wait after two choices", len(left), len(all))
		}
		b.checkLook("facilitator")
	})
	t.Run("no-scripts", func(t *testing.T) {
		b := newBrowser(t, chromium, s.at, phone())
		b.withoutScripts()
		b.signIn(s, "facilitator")
		b.open("/begeleiding/themas/samen-met-partners-in-de-wijk/voorstellen")
		before := js[[]string](b, rows)
		if len(before) == 0 {
			b.Fatal("nothing is proposed")
		}
		b.tap(`.rz-triage__row input[value="not"]`)
		b.press(`.rz-triage__end button`)
		for _, id := range js[[]string](b, rows) {
			if id == before[0] {
				b.Error("what does not fit is proposed again")
			}
		}
		if got := js[string](b, `document.querySelector("main details")?.textContent ?? ""`); got == "" {
			b.Error("what was refused is not told of")
		}
	})
}
