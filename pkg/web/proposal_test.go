// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"net/http"
	"testing"

	"rugzak/pkg/rugzak"
)

// waiting fills a site with a theme about waiting, entries that belong in it and
// others.
func (s *site) waiting() (theme rugzak.Theme, fits []rugzak.Entry) {
	s.Helper()
	for i := range 24 {
		s.share(participant, fmt.Sprintf("Anders %d", i), fmt.Sprintf("Een verhaal over onderwerp%d en niets meer.", i), rugzak.LevelInternal)
	}
	theme = s.theme("Bellen")
	for i := range 3 {
		e := s.share(participant, fmt.Sprintf("Wachttijd bij schuldhulp %d", i), "De wachttijd bij schuldhulp duurde lang, wij belden elke week.", rugzak.LevelInternal)
		s.inTheme(theme, e)
		fits = append(fits, s.share(colleague, fmt.Sprintf("Schuldhulp na de wachttijd %d", i), "Na de wachttijd begon de schuldhulp. Wij belden.", rugzak.LevelInternal))
	}
	s.caughtUp()
	return theme, fits
}

func TestProposalsPage(t *testing.T) {
	s := newSite(t)
	theme, fits := s.waiting()
	hidden := s.share(colleague, "Schuldhulp en wachttijd geheim", "De wachttijd bij schuldhulp.", rugzak.LevelOrganisation)
	s.caughtUp()
	c := s.as(facilitator)
	path := at(pathProposals, string(theme.ID))
	c.get(themePath(theme.ID)).find(`a[href="` + path + `"]`)
	page := c.get(path).want(http.StatusOK).shows("Voorgesteld omdat:").shows("‘schuldhulp’").shows("wachttijd").hides(hidden.Title).
		shows("Jeugd heeft in dit thema nog geen bijdrage")
	saved(t, "proposals", page)
	if n := page.find("article.rz-triage__row").Length(); n != len(fits) {
		t.Fatalf("%d proposals, want %d", n, len(fits))
	}
	if n := page.find("input[type=radio][checked]").Length(); n != len(fits) {
		t.Errorf("%d rows have a choice", n)
	}
	done := page.submit("form.rz-triage", "keuze-"+string(fits[0].ID), "add", "keuze-"+string(fits[1].ID), "not", "rest", "later").follow().
		want(http.StatusOK).shows("Je keuzes zijn verwerkt").shows("Eerder niet gekozen: 2 bijdragen").shows("komt terug op").shows("Er zijn nu geen voorstellen")
	if n := done.find("details form button[value=again]").Length(); n != 2 {
		t.Errorf("%d can be put back", n)
	}
	c.post(path, "entry", string(fits[1].ID), "keuze-"+string(fits[1].ID), "again").follow().shows("Je keuzes zijn verwerkt")
	s.caughtUp()
	c.get(themePath(theme.ID)).shows(fits[0].Title)
	if again := c.get(path); again.find("article.rz-triage__row").Length() != 1 {
		t.Error("what was put back is not proposed")
	}
	c.post(path, "entry", string(hidden.ID), "keuze-"+string(hidden.ID), "add").follow().shows("Niet alles kon")
	c.post(path).follow().shows("Je koos nog niets")
	c.post(path, "entry", string(fits[2].ID), "keuze-"+string(fits[2].ID), "iets").want(http.StatusBadRequest)
	c.get(at(pathProposals, "bestaat-niet")).want(http.StatusNotFound)
	for _, who := range []string{participant, partner, administrator} {
		s.as(who).get(path).want(http.StatusForbidden).hides("schuldhulp")
		s.as(who).post(path, "entry", string(fits[2].ID)).want(http.StatusForbidden)
	}
	s.inEnglish(facilitator)
	s.as(facilitator).get(path).shows("Proposed because:")
}

func TestInboxPage(t *testing.T) {
	s := newSite(t)
	theme, fits := s.waiting()
	hidden := s.share(colleague, "Schuldhulp en wachttijd geheim", "De wachttijd bij schuldhulp.", rugzak.LevelOrganisation)
	s.caughtUp()
	c := s.as(facilitator)
	c.get(pathDesk).shows("27 bijdragen")
	page := c.get(pathInbox).want(http.StatusOK).hides(hidden.Title).hides("Wachttijd bij schuldhulp 1")
	saved(t, "inbox", page)
	if n := page.find("article.rz-triage__row").Length(); n != 20 {
		t.Fatalf("%d on the first page", n)
	}
	into := "thema-" + string(fits[2].ID)
	if v := page.find(`[name="`+into+`"] option[selected]`).AttrOr("value", ""); v != string(theme.ID) {
		t.Errorf("suggested is %q", v)
	}
	page.shows("Lijkt op 3 bijdragen in het gekozen thema:")
	wrong := page.submit("form.rz-triage", "keuze-"+string(fits[2].ID), "add", into, "", "keuze-"+string(fits[1].ID), "later").want(http.StatusUnprocessableEntity).
		shows("Kies een thema, of kies iets anders")
	if v := wrong.find(`[name="keuze-`+string(fits[1].ID)+`"][checked]`).AttrOr("value", ""); v != "later" {
		t.Errorf("what was chosen is lost: %q", v)
	}
	wrong.submit("form.rz-triage", into, string(theme.ID)).follow().want(http.StatusOK).shows("Je keuzes zijn verwerkt").
		shows("Eerder niet gekozen: 1 bijdrage")
	c.get(pathDesk).shows("25 bijdragen")
	next := c.get(page.find("nav a[rel=next]").AttrOr("href", "")).want(http.StatusOK)
	if n := next.find("article.rz-triage__row").Length(); n != 7 {
		t.Errorf("%d on the second page", n)
	}
	next.submit("form.rz-triage", "rest", "not").follow().shows("Eerder niet gekozen: 8 bijdragen")
	c.get(pathDesk).shows("18 bijdragen")
	for _, who := range []string{participant, partner, manager} {
		s.as(who).get(pathInbox).want(http.StatusForbidden)
	}
}

func TestRisingPage(t *testing.T) {
	s := newSite(t)
	theme, _ := s.waiting()
	s.theme("Bellen en gebeld worden")
	c := s.as(facilitator)
	c.get(pathRising).want(http.StatusOK).shows("Deze thema’s lijken op elkaar").shows(theme.Title).shows("‘Bellen’")
	for i := range 5 {
		s.share([]string{participant, colleague}[i%2], fmt.Sprintf("Nieuw %d", i), fmt.Sprintf("De overbruggingszorg in wijk%d.", i), rugzak.LevelInternal)
	}
	s.caughtUp()
	c.get(pathDesk).find(`main a[href="` + pathRising + `"]`)
	page := c.get(pathRising).want(http.StatusOK)
	saved(t, "rising", page)
	begun := c.post(pathRising, "title", "", "word", "overbruggingszorg").want(http.StatusUnprocessableEntity)
	begun.shows("Opkomend")
	c.post(pathRising, "title", "Overbruggingszorg", "synonyms", "zorg", "key", string(s.idFor(facilitator))).follow().shows("Het thema is gemaakt").shows("Overbruggingszorg")
	for _, who := range []string{participant, partner} {
		s.as(who).get(pathRising).want(http.StatusForbidden)
	}
}
