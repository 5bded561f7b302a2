// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"slices"
	"testing"
)

// The learning loop on a phone, across two departments and a partner: Wmo
// shares a lesson, Jeugd finds it and takes it along for something, is asked six
// weeks later whether it was used, and tells that it worked partly; the writer
// is told, the lesson shows where it was used, and rises in maturity, once more
// when a partner uses it too.
func TestBrowserLessonUsed(t *testing.T) {
	chromium := startChromium(t)
	c := startCircle(t)
	const (
		text    = "Wij belden de verhuurder voordat de huurachterstand opliep."
		purpose = "voor het overleg met de woningcorporatie"
		story   = "Bellen hielp, een brief niet."
	)

	writer := c.visit(chromium, noor)
	lesson := writer.shareQuickly(text)
	writer.shareWith(lesson, "welzijn")
	writer.says(`main [aria-labelledby="gebruik"]`, "Nog nergens")
	writer.hides("main", "1x ervaren", "Vaker bevestigd")
	c.caughtUp()

	taker := c.visit(chromium, sam)
	taker.search("verhuurders bellen")
	if got := taker.hits(); !slices.Contains(got, lesson) {
		t.Fatalf("Jeugd finds %q, not %s:\n%s", got, lesson, taker.text("main"))
	}
	taker.says("main article", "Wmo")
	taker.press(`main article a[href="` + lesson + `"]`)
	taker.unfolds("#meegenomen > summary")
	taker.types("purpose", purpose)
	taker.press("#meegenomen form button")
	taker.shows("Waarvoor: " + purpose)
	taker.press(`nav.rz-nav a[href="/rugzak"]`)
	taker.says(`main [aria-labelledby="mee"]`, purpose)

	c.pass(41)
	taker = c.visit(chromium, sam)
	taker.open("/meldingen")
	taker.hides("main", "Heb je het gebruikt?")
	c.pass(2)
	taker = c.visit(chromium, sam)
	if !taker.has("details.rz-menu summary .rz-dot") {
		t.Error("the menu does not show that there is news")
	}
	taker.unfolds("details.rz-menu > summary")
	taker.press(`nav.rz-menu__panel a[href="/meldingen"]`)
	taker.says("main", "Je nam dit mee. Heb je het gebruikt?")
	taker.checkLook("Jeugd")
	taker.look(phone())
	taker.press(`main button[name="answer"][value="used"]`)
	if taker.path() != lesson+"/toepassen" {
		t.Fatalf("yes leads to %s:\n%s", taker.path(), taker.text("main"))
	}
	taker.checkLook("Jeugd")
	taker.look(phone())
	taker.tells("partly", story)
	taker.press(`main button[name="do"][value="share"]`) // yes, also with the partner
	taker.says("main", "Werkte deels", story)
	told := taker.path()
	if !entryPattern.MatchString(told) {
		t.Fatalf("telling how it went leads to %s:\n%s", told, taker.text("main"))
	}
	taker.open("/meldingen")
	taker.hides("main", "Heb je het gebruikt?")

	writer = c.visit(chromium, noor)
	writer.open("/meldingen")
	writer.says("main", "Jouw les is gebruikt door Jeugd: werkte deels")
	writer.press(`main a[href="` + lesson + `"]`)
	writer.says(`main [aria-labelledby="gebruik"]`, "1 keer gebruikt", "Werkte deels: 1", "Jeugd", story,
		"Rijpheid: 1x ervaren", "Bevestigd door 1 andere organisatie.")
	writer.says("main header", "1x ervaren")
	writer.checkLook("Wmo")
	writer.look(phone())
	writer.press(`main [aria-labelledby="gebruik"] a[href="` + told + `"]`)
	writer.says("main", story, "Jeugd")

	partner := c.visit(chromium, robin)
	partner.finds("verhuurder bellen", lesson)
	partner.press(`main article a[href="` + lesson + `"]`)
	partner.says(`main [aria-labelledby="gebruik"]`, "1 keer gebruikt", "Jeugd", story)
	partner.press(`main a[href="` + lesson + `/toepassen"]`)
	partner.tells("worked", "Samen bellen met de wijkmeester ging nog beter.")
	partner.press(`main button[name="do"][value="share"]`) // yes, with the municipality
	partner.says("main", "Werkte", "Samen bellen met de wijkmeester")

	writer.open("/meldingen")
	writer.says("main", "Jouw les is gebruikt door Welzijn: werkte\n", "Jouw les is gebruikt door Jeugd: werkte deels\n")
	taker.open("/meldingen")
	taker.says("main", "Een les die je meenam is gebruikt door Welzijn: werkte\n")
	writer.open(lesson)
	writer.says(`main [aria-labelledby="gebruik"]`, "2 keer gebruikt", "Werkte: 1", "Werkte deels: 1", "Welzijn",
		"Rijpheid: Vaker bevestigd", "Bevestigd door 2 andere organisaties.")
	writer.says("main header", "Vaker bevestigd")
	writer.press(`main form[action="` + lesson + `/werkafspraak"] button`)
	writer.says("main header", "Werkafspraak")
	partner.open(lesson)
	partner.says("main header", "Werkafspraak")
}
