// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"strings"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

// A reflection round with a partner on a phone: the partner finds the round on
// the first page and answers it for the municipality, the core team closes it,
// writes the joint outcome from that answer and puts a decision on the agenda,
// and the partner reads both. Sharing the outcome with partners who may not read
// the answer is refused first.
func TestBrowserRound(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	partner := newBrowser(t, chromium, s.at, phone())
	partner.signIn(s, "partner")
	partner.press(`main a[href^="/programma/rondes/"]`)
	round := partner.path()
	partner.press(`main a[href="` + round + `/antwoord"]`)
	const answer = "Wij spraken bij de deur een dag af, en die dag hield stand."
	partner.inserts("answer_1", answer)
	all := `main input[name="also"][value="internal"]`
	if !js[bool](partner, `document.querySelector(`+quoted(all)+`).checkVisibility()`) {
		partner.unfolds(`main details:has(` + all[len("main "):] + `) > summary`)
	}
	partner.tap(all)
	partner.press(`main button[name="do"][value="share"]`)
	partner.press(`main button[name="do"][value="share"]`) // yes, with the municipality
	entry := partner.path()
	if !strings.HasPrefix(entry, "/ervaringen/") {
		t.Fatalf("answering leads to %s:\n%s", entry, partner.text("main"))
	}
	partner.shows(answer)
	if !partner.has(`main a[href="` + round + `"]`) {
		t.Errorf("the answer does not say of which round it came:\n%s", partner.text("main"))
	}

	core := newBrowser(t, chromium, s.at, phone())
	core.signIn(s, "coreteam")
	core.open(round)
	if !core.has(`main a[href="` + entry + `"]`) {
		t.Errorf("the core team does not see the answer:\n%s", core.text("main"))
	}
	core.press(`main a[href="` + round + `/bewerken"]`)
	core.sets("closes", rugzak.Today(time.Now().AddDate(0, 0, -1)))
	core.press(`main button[name="do"][value="save"]`)
	core.press(`main a[href="` + round + `/uitkomst"]`)
	const outcome = "Een afspraak bij de deur werkt beter dan een brief."
	core.pastes("outcome", outcome+" Zie [dit antwoord]("+entry+").")
	core.tap(`main input[name="publish"]`)
	core.press(`main button[name="do"][value="save"]`)
	if core.path() == round {
		t.Error("the outcome is shared with partners who may not read its source")
	}
	for _, id := range js[[]string](core, `[...document.querySelectorAll('main input[name="also"]:checked')].map((box) => box.value)`) {
		if id != string(s.people["partner"].Organisation) {
			core.tap(`main input[name="also"][value="` + id + `"]`)
		}
	}
	core.press(`main form[action="` + round + `/uitkomst"] button[name="do"][value="save"]`)
	if core.path() != round {
		t.Fatalf("sharing the outcome leads to %s:\n%s", core.path(), core.text("main"))
	}
	core.shows(outcome)
	core.open(round + "/uitkomst")
	const decision = "Elke overdracht begint met een afspraak bij de deur"
	core.inserts("decision", decision)
	core.press(`main button[formaction="` + round + `/besluit#besluiten"]`)
	core.open("/agenda")
	core.shows(decision)

	partner.open(round)
	partner.shows(outcome)
	partner.shows(decision)
}
