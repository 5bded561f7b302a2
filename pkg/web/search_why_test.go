// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// Each thing that is found says why.
func TestSearchSaysWhy(t *testing.T) {
	s := newSite(t)
	theme := s.theme("Samen aan tafel")
	e := s.write(participant, func(in *backpack.Input) {
		in.Title, in.Lesson, in.Tags = "Een kraanvogel", "Bel de woningcorporatie.", []string{"huisbezoek"}
		in.Body = "Wij zagen een kraanvogel. De wachttijd was lang, en Bram sprak aan de tafel over de mantelzorg."
	})
	s.inTheme(theme, e)
	s.share(participant, "De afspraak", "Meer niet.", rugzak.LevelInternal)
	s.caughtUp()
	c := s.as(colleague)
	for query, want := range map[string]string{
		"kraanvogel":           "Gevonden in de titel en de tekst",
		"woningcorporatie":     "Gevonden in de les",
		"woningcorporaties":    "Gevonden in de les", // another form of the word
		"huisbezoek":           "Gevonden in de trefwoorden",
		"sprak":                "Gevonden in de tekst",
		"wachtt":               "Gevonden in de tekst", // an unfinished word
		"keukentafel":          "Gevonden in de tekst, met: tafel",
		"thema:tafel":          "Gevonden in het thema",
		"afspraken":            "Gevonden in de titel",
		"van:wmo kraanvogel":   "Gevonden in de titel, de tekst en wie het schreef",
		"kraanvogel -wachtrij": "Gevonden in de titel en de tekst",
	} {
		a := c.ask("q", query)
		if got := a.text(".rz-card .rz-why"); got != want {
			t.Errorf("%q was found because %q, want %q", query, got, want)
		}
	}
	if c.ask().Doc.Find(".rz-why").Length() != 0 {
		t.Error("a list without words says why it lists")
	}
	s.inEnglish(colleague)
	if got := c.ask("q", "keukentafel").text(".rz-why"); got != "Found in the text, with: tafel" {
		t.Errorf("in English it says %q", got)
	}
	c.ask("q", "keukentafel").find(`.rz-why [lang="nl"]`)
}

// A word that means the same says so.
func TestSearchSaysThatItMeansTheSame(t *testing.T) {
	s := newSite(t)
	s.write(participant, func(in *backpack.Input) { in.Title, in.Body = "Iets", "Dit gaat over de Participatiewet." })
	if err := s.Service.SaveTerm(s.Context(), s.people[facilitator], rugzak.Term{ID: rugzak.TermID(s.idFor(facilitator)), Preferred: "Pw", Others: []string{"Participatiewet"}}, 0); err != nil {
		t.Fatal(err)
	}
	s.caughtUp()
	if got := s.as(colleague).ask("q", "pw").text(".rz-card .rz-why"); got != "Gevonden in de tekst, met andere woorden: participatiewet" {
		t.Errorf("it was found because %q", got)
	}
}
