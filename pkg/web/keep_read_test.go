// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

func TestKeepAndUnkeep(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Samen bellen", "Tekst.", rugzak.LevelInternal, "welzijn")
	for _, who := range []string{colleague, partner} {
		c := s.as(who)
		kept := c.get(entryPath(e.ID)).submit(`.rz-actions form[action$="/meenemen"]`).follow()
		kept.shows("Meegenomen. Je vindt dit terug in Mijn rugzak.").shows("In je rugzak")
		// Again, and with a purpose: still one.
		kept.submit(`details form[action$="/meenemen"]`, "purpose", "voor het overleg <met> de buren").follow().shows("voor het overleg <met> de buren")
		c.get(pathMine).lists("Samen bellen").shows("voor het overleg <met> de buren").find(`.rz-card a[href="` + at(pathEntryApply, string(e.ID)) + `"]`)
		c.get(pathHome).shows("In je rugzak")
		out := c.get(pathMine).submit(`form[action$="/uit-rugzak"]`).follow()
		out.shows("Uit je rugzak gehaald.").shows("Je nam nog niets mee")
		if out.Path != pathMine {
			t.Errorf("came back to %s", out.Path)
		}
		c.post(entryPath(e.ID)+"/uit-rugzak", "return", entryPath(e.ID)).follow().want(http.StatusOK) // twice is no harm
	}
	s.as(participant).get(entryPath(e.ID)).hides("In je rugzak").hides("de buren")
}

func TestKeepRefuses(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Samen bellen", "Tekst.", rugzak.LevelInternal)
	c := s.as(colleague)
	long := c.get(entryPath(e.ID)).submit(`details form[action$="/meenemen"]`, "purpose", strings.Repeat("lang ", 60)).want(http.StatusUnprocessableEntity)
	long.shows("Dit is te lang").shows("Samen bellen").find(`details[open] #purpose[aria-invalid="true"]`)
	if got := long.find("#purpose").AttrOr("value", ""); !strings.HasPrefix(got, "lang lang") {
		t.Errorf("what was typed is gone: %q", got)
	}
	c.post(entryPath(e.ID)+"/meenemen", "purpose", "voor 111222333").want(http.StatusUnprocessableEntity)
	c.get(pathMine).shows("Je nam nog niets mee")
	for _, back := range []string{"https://elders.example/", "//elders.example", `/\elders.example`, "javascript:alert(1)"} {
		a := c.post(entryPath(e.ID)+"/meenemen", "return", back).want(http.StatusSeeOther)
		if got := a.Header.Get("Location"); got != entryPath(e.ID) {
			t.Errorf("return to %q leads to %q", back, got)
		}
	}
	// Taking out what was never there tells nothing about what is there.
	hidden := s.share(participant, "Van het team", "Tekst.", rugzak.LevelTeam)
	for _, id := range []rugzak.EntryID{hidden.ID, newID(), "x"} {
		a := c.post(entryPath(id)+"/uit-rugzak", "return", pathMine).want(http.StatusSeeOther)
		if a.Header.Get("Location") != pathMine || a.Body != "Dit adres leidt naar een andere pagina.\n" {
			t.Errorf("%s answered differently", a.Path)
		}
	}
}

// What was taken along is no longer in the backpack when it is shared no more.
func TestKeptFollowsTheAudience(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Samen bellen", "Tekst.", rugzak.LevelInternal, "welzijn")
	s.as(partner).post(entryPath(e.ID)+"/meenemen", "purpose", "voor de buurt").want(http.StatusSeeOther)
	if _, err := s.Service.ChangeAudience(t.Context(), s.people[participant], e.ID, e.Version, rugzak.Audience{Level: rugzak.LevelInternal}); err != nil {
		t.Fatal(err)
	}
	s.as(partner).get(pathMine).want(http.StatusOK).hides("Samen bellen").hides(string(e.ID)).shows("Je nam nog niets mee")
}
