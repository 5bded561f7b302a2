// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// walkMethod is a method of three steps, of which the minutes do not add up.
func walkMethod(s *site) rugzak.Entry {
	return s.method(participant, "Terugblik", rugzak.MethodData{
		Goal: "look-back", MinutesMin: 30, GroupMin: 3,
		Steps: []rugzak.Step{{Minutes: 5, Text: "Kijk terug"}, {Text: "Praat samen"}, {Minutes: 10, Text: "Kies <één> punt"}},
	})
}

func TestGuideThroughAMethod(t *testing.T) {
	s := newSite(t)
	e := walkMethod(s)
	c := s.as(colleague)
	a := c.get(entryPath(e.ID)).want(http.StatusOK).shows("De stappen duren samen 15 minuten. De werkvorm duurt 30 minuten. Kloppen de minuten?")
	a = c.get(a.link("a", "Begeleid deze werkvorm")).want(http.StatusOK).
		shows("Stap 1 van 3").shows("Volgens plan nog 15 minuten").shows("Kijk terug").shows("Hierna: Praat samen")
	if got := a.find("rz-timer").AttrOr("data-seconds", ""); got != "300" {
		t.Errorf("the first step takes %q seconds", got)
	}
	if a.Doc.Find("a[rel=prev]").Length() != 0 {
		t.Error("there is a step before the first")
	}
	if a.Doc.Find("header.utrecht-page-header, .rz-nav").Length() != 0 {
		t.Error("the page is not for the step alone")
	}
	a = c.get(a.link("a[rel=next]", "Volgende")).want(http.StatusOK).shows("Stap 2 van 3").shows("Praat samen")
	if a.Doc.Find("rz-timer").Length() != 0 {
		t.Error("a step without minutes has a timer")
	}
	if got := a.find(".rz-guide__progress").AttrOr("value", ""); got != "1" {
		t.Errorf("%q steps are done", got)
	}
	last := c.get(a.link("a[rel=next]", "Volgende")).want(http.StatusOK).shows("Kies <één> punt").shows("Volgens plan nog 10 minuten")
	if back := c.get(last.link("a[rel=prev]", "Vorige")); !strings.Contains(back.text("main"), "Stap 2 van 3") {
		t.Error("going back leads elsewhere")
	}
	done := c.get(last.link("a[rel=next]", "Klaar")).want(http.StatusOK).shows("Dat was de laatste stap").hides("rz-timer")
	done.link("a", "Terug naar de werkvorm")
	done.find(`a[href="` + at(pathEntryApply, string(e.ID)) + `"]`) // telling how it went
	for address, want := range map[string]string{"?stap=0": "Stap 1 van 3", "?stap=-3": "Stap 1 van 3", "?stap=twee": "Stap 1 van 3", "?stap=99": "Alle stappen gedaan"} {
		c.get(at(pathGuide, string(e.ID)) + address).want(http.StatusOK).shows(want)
	}
	// What has no steps has nothing to go through.
	plain := s.share(participant, "Geen werkvorm", "Iets anders.", rugzak.LevelInternal)
	c.get(at(pathGuide, string(plain.ID))).follow().want(http.StatusOK).shows("Geen werkvorm")
	hidden := s.method(participant, "Geheim", rugzak.MethodData{Goal: "choose", Steps: []rugzak.Step{{Text: "Stil"}}}, func(in *backpack.Input) {
		in.Audience = rugzak.Audience{Level: rugzak.LevelTeam}
	})
	c.get(at(pathGuide, string(hidden.ID))).want(http.StatusNotFound).hides("Stil")
	s.inEnglish(colleague)
	c.get(at(pathGuide, string(e.ID))).want(http.StatusOK).shows("Step 1 of 3").shows("15 minutes to go as planned")
}

func TestOwnVersionOfAMethod(t *testing.T) {
	s := newSite(t)
	e := walkMethod(s)
	c := s.as(colleague)
	form := c.get(c.get(entryPath(e.ID)).link("a", "Maak een eigen versie")).want(http.StatusOK)
	if got := form.find(`[name="title"]`).AttrOr("value", ""); got != "Terugblik (versie van Jeugd)" {
		t.Errorf("the version is called %q", got)
	}
	if got := form.text(`[name="method_steps"]`); !strings.Contains(got, "10 Kies <één> punt") {
		t.Errorf("its steps are %q", got)
	}
	shared := form.submit("form#schrijven", "do", doShare).follow().want(http.StatusOK)
	shared.shows("Terugblik (versie van Jeugd)").shows("Bouwt voort op")
	c.get(entryPath(e.ID)).want(http.StatusOK).shows("Zo pasten wij het aan").shows("Terugblik (versie van Jeugd)")
	s.write(colleague, func(in *backpack.Input) {
		in.Kind, in.Title = rugzak.KindApplication, "Gedaan bij Jeugd"
		in.Application = &rugzak.ApplicationData{Lesson: e.ID, Outcome: rugzak.OutcomePartly}
	})
	a := c.get(entryPath(e.ID)).want(http.StatusOK).shows("Waar is dit gebruikt?").shows("Werkte deels").shows("Gedaan bij Jeugd")
	if got := strings.Count(a.text("body"), "Gedaan bij Jeugd"); got != 1 {
		t.Errorf("the use stands %d times on the page", got)
	}
	// A version of what only a few may read begins as narrow as it can.
	team := s.method(participant, "Van ons team", rugzak.MethodData{Goal: "choose"}, func(in *backpack.Input) {
		in.Audience = rugzak.Audience{Level: rugzak.LevelTeam}
	})
	own := s.as(participant).get(withMore(withMore(pathEntryNew, "soort", "method"), paramVersionOf, string(team.ID))).want(http.StatusOK)
	if got := own.find(`[name="audience"][checked]`).AttrOr("value", ""); got != string(rugzak.LevelTeam) {
		t.Errorf("the version begins visible for %q", got)
	}
	c.get(withMore(withMore(pathEntryNew, "soort", "method"), paramVersionOf, string(team.ID))).want(http.StatusNotFound)
	other := s.share(participant, "Geen werkvorm", "Iets.", rugzak.LevelInternal)
	c.get(withMore(withMore(pathEntryNew, "soort", "method"), paramVersionOf, string(other.ID))).want(http.StatusNotFound)
}
