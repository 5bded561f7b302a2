// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rugzak/pkg/rugzak"
)

const (
	stand       = "main #stand"
	history     = stand + " details:last-of-type"
	experiments = `main [aria-labelledby="experimenten"]`
)

// A question (vraagstuk) on phones, from asking to answered: a department asks,
// others first ask back, the ball goes to a partner who says yes to it and comes
// back the same way, both take part, a small step is tried, and the question is
// answered with an insight. What was hoped stands beside what came of it.
func TestBrowserQuestion(t *testing.T) {
	chromium := startChromium(t)
	c := startCircle(t)
	const (
		hoped = "Dat niemand twee keer zijn verhaal hoeft te doen."
		gain  = "Bij de helft van de gesprekken was één verhaal genoeg."
		step  = "Eén ochtend samen aan de balie."
	)

	dept := c.visit(chromium, noor)
	question := dept.asks(hoped)
	dept.says(stand, "Open", "De bal ligt bij", "Wmo", "Nog niemand trekt dit", hoped, "Dat weten we nog niet")
	dept.unfolds(`main #reacties details:has(form[action="` + question + `/vraagfase"]) > summary`)
	dept.press(`main form[action="` + question + `/vraagfase"] button[value="begin"]`)
	dept.says("main #reacties", "Vraagfase tot en met")

	partner := c.visit(chromium, robin)
	partner.open(question)
	partner.says("main #reacties", "Vraagfase tot en met", "nu alleen vragen")
	if diff := cmp.Diff([]string{"Vraag"}, partner.offered("kind")); diff != "" {
		t.Errorf("in the question phase a partner may choose (-want +got):\n%s", diff)
	}
	partner.types("body", "Bij welke balie komen mensen nu het eerst?")
	partner.press(`main #reageer button[value="send"]`)
	partner.says("main #reacties", "Bij welke balie komen mensen nu het eerst?", "Robin, Welzijn")
	dept.open("/meldingen")
	dept.says("main", "Er is een reactie")
	dept.open(question)
	dept.press(`main #reacties a[href^="` + question + `/reacties?op="]`)
	dept.types("body", "Bij die van de bibliotheek.")
	dept.press(`main #reageer button[value="send"]`)
	dept.says("main #reacties", "Bij die van de bibliotheek.")

	c.pass(7) // the phase is over
	partner = c.visit(chromium, robin)
	partner.open(question)
	partner.hides("main #reacties", "Vraagfase")
	if got := partner.offered("kind"); !slices.Contains(got, "Tip") || !slices.Contains(got, "Eigen ervaring") {
		t.Errorf("after the question phase a partner may choose from %q", got)
	}
	partner.sets("kind", "tip")
	partner.types("body", "Begin met één vaste ochtend.")
	partner.press(`main #reageer button[value="send"]`)
	partner.says("main #reacties", "Tip", "Begin met één vaste ochtend.")
	partner.joins(question, "Ik sta er donderdag bij.")
	dept = c.visit(chromium, noor)
	dept.joins(question, "Ik regel de plek.")
	dept.says("main #meedoen", "Welzijn", "Wmo", "Robin", "Noor")
	dept.hides("main #meedoen", "Nog niet samen")

	// The ball goes to the partner, who is asked and says yes.
	dept.moves(question, "exploring", "Iedereen vraagt hetzelfde.", "")
	dept.says(stand, "In onderzoek")
	dept.handsOver(question, "welzijn", "Jullie staan er al.")
	dept.says(stand, "Wmo, sinds", "Gevraagd aan Welzijn", "Jullie staan er al.")
	partner.open("/")
	partner.says(`main [aria-labelledby="jullie-gevraagd"]`, "Waarom vertelt iemand twee keer zijn verhaal")
	partner.open("/meldingen")
	partner.says("main", "Jouw organisatie is gevraagd om de bal te pakken.")
	partner.press(`main a[href="` + question + `"]`)
	partner.says(stand, "Jouw organisatie is gevraagd om de bal te pakken.")
	partner.press(stand + ` form[action$="/bal/antwoord"] button[value="yes"]`)
	partner.says(stand, "Welzijn, sinds")
	dept.open("/meldingen")
	dept.says("main", "Er is antwoord op je vraag over de bal.")

	// The partner tries something out.
	partner.press(experiments + ` a[href$="/experimenten/0"]`)
	partner.types("step", step)
	partner.sets("organisation", "welzijn")
	partner.tap(`main input[name="mine"]`)
	partner.sets("until", rugzak.Today(c.clock.Now().AddDate(0, 0, 14)))
	partner.press("main form[novalidate] button")
	partner.says(experiments, step, "Welzijn", "Robin")
	partner.moves(question, "trying", "", "")

	c.pass(20) // and nobody moved the ball
	dept = c.visit(chromium, noor)
	dept.open("/vraagstukken/ballen")
	dept.says("main", "bal bij Welzijn", "Waarom vertelt iemand twee keer zijn verhaal")
	dept.checkLook("Wmo")
	dept.look(phone())
	partner = c.visit(chromium, robin)
	partner.open(question)
	partner.says(stand, "Ligt stil")
	partner.says(experiments, "De dag is voorbij. Hoe ging het?")
	partner.press(experiments + ` a[href$="/experimenten/1"]`)
	partner.sets("outcome", "partly")
	partner.types("learned", "Samen aan één tafel scheelt een gesprek.")
	partner.press("main form[novalidate] button")
	partner.says(experiments, "Werkte deels", "Samen aan één tafel scheelt een gesprek.")

	// And back: Wmo is asked, says no at first, then yes.
	partner.handsOver(question, "wmo", "Jullie kunnen het vast maken.")
	dept.open(question)
	dept.types("reason", "Eerst het overleg van dinsdag.")
	dept.press(stand + ` form[action$="/bal/antwoord"] button[value="no"]`)
	dept.says(stand, "Welzijn, sinds")
	partner.handsOver(question, "wmo", "Het overleg is geweest.")
	dept.open(question)
	dept.press(stand + ` form[action$="/bal/antwoord"] button[value="yes"]`)
	dept.says(stand, "Wmo, sinds")
	dept.unfolds(history + " > summary")
	dept.says(history, "Welzijn vroeg Wmo om de bal te pakken: nee", "Eerst het overleg van dinsdag.", "Welzijn vroeg Wmo om de bal te pakken: ja",
		"Wmo vroeg Welzijn om de bal te pakken: ja", "Iedereen vraagt hetzelfde.")
	if diff := cmp.Diff([]string{"Wmo", "Welzijn", "Wmo"}, dept.hadTheBall()); diff != "" {
		t.Errorf("who had the ball (-want +got):\n%s", diff)
	}

	// Answered is only what an insight or an application answers.
	dept.moves(question, "answered", "Samen beginnen helpt.", gain)
	dept.says("main form[novalidate]", "Kies het inzicht of de toepassing die het antwoord geeft, of plak de link.")
	if got := js[string](dept, `document.querySelector("main [name=gain]").value`); got != gain {
		t.Errorf("after the refusal the gain is %q", got)
	}
	dept.open(question)
	dept.says(stand, "Wordt uitgeprobeerd", "Dat weten we nog niet")
	insight := dept.sharesInsight("Eén tafel scheelt een gesprek")
	c.caughtUp()
	dept.open(question)
	dept.press(stand + ` a[href$="/stand"]`)
	dept.types("q", "tafel scheelt")
	dept.press("main form[role=search] button")
	dept.tap(`main input[name="answer"][value="` + insight[len("/ervaringen/"):] + `"]`)
	dept.types("learned", "Samen beginnen helpt.")
	dept.types("gain", gain)
	dept.press("main form[novalidate] button")
	for _, b := range []*tab{dept, partner} {
		b.open(question)
		b.says(stand, "Beantwoord", "Beantwoord met", "Eén tafel scheelt een gesprek", hoped, gain)
		if b.has(stand + ` a[href$="/bal"]`) {
			t.Error("the ball of an answered question can be handed over")
		}
		b.checkLook("an answered question")
	}
	dept.look(desktop())
	if !js[bool](dept, besideScript) {
		t.Error("what was hoped does not stand beside what came of it")
	}
	partner.open("/meldingen")
	partner.says("main", "Een vraagstuk waar je bij betrokken bent, kreeg 2 keer een nieuwe stand.") // explored, and answered
}

// besideScript tells whether hoped and gained stand side by side, each beneath
// its own heading.
const besideScript = `(() => {
  const [hoped, gained] = [...document.querySelectorAll("main #stand dl.rz-columns > div")].map((e) => e.getBoundingClientRect());
  return hoped.top === gained.top && hoped.right <= gained.left;
})()`

// asks asks something together with the partner, with the ball at home, and
// returns its address.
func (b *tab) asks(hoped string) string {
	b.Helper()
	b.press(`main a[href="/ik-vraag-iets"]`)
	b.types("answer_question", "Waarom vertelt iemand twee keer zijn verhaal?")
	b.types("answer_why_now", "Mensen haken af.")
	b.types("answer_known", "Een formulier hielp niet.")
	b.tap(`main input[name="question_size"][value="joint"]`)
	b.tap(`main input[name="audience"][value="internal"]`)
	b.unfolds(`main details:has(input[name="also"]) > summary`)
	b.tap(`main input[name="also"][value="welzijn"]`)
	b.unfolds(`main details:has([name="question_hoped_gain"]) > summary`)
	b.sets("question_ball_with", "wmo")
	b.types("question_hoped_gain", hoped)
	b.press(`main button[name="do"][value="share"]`)
	b.press(`main button[name="do"][value="share"]`) // yes, with the partner
	if !entryPattern.MatchString(b.path()) {
		b.Fatalf("asking leads to %s:\n%s", b.path(), b.text("main"))
	}
	return b.path()
}

// offered are the words of a list to choose from.
func (b *tab) offered(name string) []string {
	b.Helper()
	return js[[]string](b, `[...document.querySelectorAll(`+quoted(field(name)+" option")+`)].map((e) => e.textContent.trim())`)
}

// joins takes part in a question by name, with a small step.
func (b *tab) joins(question, step string) {
	b.Helper()
	b.open(question)
	b.press(`main #meedoen a[href^="/meedoen/"]`)
	b.types("step", step)
	b.sets("when", rugzak.Today(time.Now().AddDate(0, 1, 0)))
	b.tap(`main input[name="show"]`)
	if status := b.press("main form[novalidate] button"); status != http.StatusOK || b.path() != question {
		b.Fatalf("joining leads to %s with %d:\n%s", b.path(), status, b.text("main"))
	}
}

// moves gives a question another state.
func (b *tab) moves(question, to, learned, gain string) {
	b.Helper()
	b.open(question)
	b.press(stand + ` a[href$="/stand"]`)
	b.tap(`main input[name="state"][value="` + to + `"]`)
	for name, text := range map[string]string{"learned": learned, "gain": gain} {
		if text != "" {
			b.types(name, text)
		}
	}
	want := http.StatusOK
	if to == "answered" {
		want = http.StatusUnprocessableEntity // nothing answers it yet
	}
	if status := b.press("main form[novalidate] button"); status != want {
		b.Fatalf("moving to %s answers %d:\n%s", to, status, b.text("main"))
	}
}

// handsOver asks another organisation to take the ball.
func (b *tab) handsOver(question, to, why string) {
	b.Helper()
	b.open(question)
	b.press(stand + ` a[href$="/bal"]`)
	b.tap(`main input[name="to"][value="` + to + `"]`)
	b.types("note", why)
	if status := b.press("main form[novalidate] button"); status != http.StatusOK || b.path() != question {
		b.Fatalf("asking %s to take the ball leads to %s with %d:\n%s", to, b.path(), status, b.text("main"))
	}
}

// hadTheBall are the organisations that had the ball, the first one first.
func (b *tab) hadTheBall() []string {
	b.Helper()
	lines := js[[]string](b, `[...document.querySelectorAll(`+quoted(history+" h3 + ol:first-of-type li span")+`)].map((e) => e.firstChild.textContent.trim())`)
	for i, l := range lines {
		lines[i] = strings.TrimSpace(l)
	}
	return lines
}

// sharesInsight shares an insight with everybody of the municipality and the
// partner, through the full form, and returns its address.
func (b *tab) sharesInsight(title string) string {
	b.Helper()
	b.open("/ervaringen/nieuw?soort=insight")
	b.types("title", title)
	b.replaces("body", "Wie samen begint, hoeft niets over te doen.")
	b.tap(`main input[name="audience"][value="internal"]`)
	b.unfolds(`main details:has(input[name="also"]) > summary`)
	b.tap(`main input[name="also"][value="welzijn"]`)
	b.press(`main button[name="do"][value="share"]`)
	b.press(`main button[name="do"][value="share"]`) // yes, with the partner
	if !entryPattern.MatchString(b.path()) {
		b.Fatalf("sharing an insight leads to %s:\n%s", b.path(), b.text("main"))
	}
	return b.path()
}
