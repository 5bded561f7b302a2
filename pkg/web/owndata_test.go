// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"archive/zip"
	"io"
	"net/http"
	"strings"
	"testing"

	"rugzak/pkg/exchange"
	"rugzak/pkg/rugzak"
)

func withOwn(c *Config) {
	c.Own = func(to io.Writer) OwnFile { return exchange.NewOwn(to) }
	c.Bag = func(to io.Writer, words rugzak.BagWords) BagFile { return exchange.NewBag(to, words) }
}

// Everybody sees their own data, takes it out, and asks about it.
func TestOwnDataPage(t *testing.T) {
	s := newSite(t, withOwn)
	s.share(participant, "Eigen verhaal", "Tekst", rugzak.LevelTeam)
	s.share(colleague, "Verhaal van een ander", "Tekst", rugzak.LevelInternal)
	for _, who := range everybody() {
		got := s.as(who).get(pathOwnData)
		if who == nobody {
			got.want(http.StatusSeeOther)
			continue
		}
		got.want(http.StatusOK).shows(who + "@voorbeeld.example").hides("Verhaal van een ander")
	}
	c := s.as(participant)
	c.get(pathAccount).find(`a[href="` + pathOwnData + `"]`)
	page := c.get(pathOwnData).want(http.StatusOK).shows("Toegang").shows("Deelnemer toegevoegd")
	file := page.submit(`form[action="` + pathOwnDataTake + `"]`).want(http.StatusOK)
	r, err := zip.NewReader(strings.NewReader(file.Body), int64(len(file.Body)))
	if err != nil || len(r.File) != 2 || r.File[0].Name != "gegevens.json" {
		t.Fatalf("%v %v", r, err)
	}
	for range 4 {
		c.post(pathOwnDataTake).want(http.StatusOK)
	}
	c.post(pathOwnDataTake).want(http.StatusTooManyRequests)

	form := `form[action="` + pathOwnDataAsk + `"]`
	page.submit(form, "kind", "correction", "text", "").want(http.StatusUnprocessableEntity).shows("Vul dit in")
	wrong := page.submit(form, "kind", "correction", "text", strings.Repeat("a", 600)).want(http.StatusUnprocessableEntity)
	if len(wrong.find("#text").AttrOr("value", "")) != 600 {
		t.Error("what was typed is lost")
	}
	sent := page.submit(form, "kind", "correction", "text", "Mijn team is Wijk").follow().want(http.StatusOK).shows("Je verzoek is verstuurd").shows("Mijn team is Wijk")
	sent.submit(form, "kind", "erasure").follow().want(http.StatusOK)
	sent.submit(form, "kind", "erasure").want(http.StatusUnprocessableEntity).shows("Je hebt dit al gevraagd")
	waiting := c.get(pathOwnData).want(http.StatusOK)
	if n := waiting.find(`form[action$="/intrekken"]`).Length(); n != 2 {
		t.Fatalf("%d requests wait", n)
	}
	back := waiting.find(`form[action$="/intrekken"]`).Last().AttrOr("action", "")
	s.as(colleague).post(back).want(http.StatusNotFound)
	c.post(back).want(http.StatusSeeOther)

	admin := s.as(administrator)
	admin.get(pathNotices).want(http.StatusOK).shows("Iemand vraagt iets over eigen gegevens")
	list := admin.get(pathRequests).want(http.StatusOK).shows("Test participant").shows("Mijn team is Wijk").shows("Antwoord uiterlijk op")
	action := list.find(`main form[action^="/beheer/verzoeken/"]`).AttrOr("action", "")
	s.as(privacyperson).post(action, "do", "done").want(http.StatusForbidden)
	admin.post(action, "do", "misschien").want(http.StatusBadRequest)
	admin.post(action, "do", "done").follow().want(http.StatusOK).shows("Het verzoek is uitgevoerd").shows("Er zijn geen verzoeken")
	c.get(pathNotices).want(http.StatusOK).shows("Wat je vroeg over je gegevens is gedaan")
	s.inEnglish(participant)
	s.as(participant).get(pathOwnData).want(http.StatusOK).shows("This is everything the backpack holds about you")
}

// Who asks to be forgotten is gone for everybody, and signed out.
func TestErasureThroughTheSite(t *testing.T) {
	s := newSite(t, withOwn)
	e := s.share(participant, "Blijft staan", "Tekst", rugzak.LevelInternal)
	c := s.as(participant)
	c.get(pathOwnData).submit(`form[action="`+pathOwnDataAsk+`"]`, "kind", "erasure").want(http.StatusSeeOther)
	admin := s.as(administrator)
	admin.get(pathRequests).want(http.StatusOK).submit(`main form[action^="/beheer/verzoeken/"]`, "do", "done").follow().want(http.StatusOK)
	c.get(pathHome).want(http.StatusSeeOther)
	s.as(colleague).get(entryPath(e.ID)).want(http.StatusOK).shows("Blijft staan").hides("Test participant")
	admin.get(pathPeople).want(http.StatusOK).hides("participant@voorbeeld.example")
	admin.get(pathAudit).want(http.StatusOK).shows("iemand van wie de naam is gewist").hides("Test participant")
}
