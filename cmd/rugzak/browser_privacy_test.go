// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import "testing"

// While somebody types, what may be personal data is shown beside the field,
// can be called wrong, and goes when the text goes.
func TestBrowserPrivacy(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	for _, look := range []screen{phone(), desktop()} {
		for _, form := range []string{"/ik-deel-iets", fullForm} {
			b := newBrowser(t, chromium, s.at, look)
			b.signIn(s, "participant")
			b.open(form)
			name := js[string](b, `document.querySelector("main textarea:not([name=lesson])").name`)
			b.pastes(name, "Dit ging over mevrouw Jansen. Haar nummer is 06-12345678.")
			beside := `document.querySelector('[data-findings="` + name + `"]')`
			b.waits("the findings", beside+`.querySelectorAll("mark").length === 2 && !!document.querySelector("#reviewed")`)
			b.checkLook("participant")
			js[bool](b, `(`+beside+`.querySelector("button[form=klopt-niet]").click(), true)`)
			b.waits("the thanks", beside+`.textContent.includes("zonder je tekst")`)
			b.pastes(name, "Wij belden elkaar elke week.")
			b.waits("the findings to go", beside+`.textContent === "" && !document.querySelector("#reviewed")`)
		}
	}
}
