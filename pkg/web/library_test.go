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

// method shares a method.
func (s *site) method(who, title string, m rugzak.MethodData, change ...func(*backpack.Input)) rugzak.Entry {
	s.Helper()
	return s.write(who, func(in *backpack.Input) {
		in.Kind, in.Title, in.Body, in.Method = rugzak.KindMethod, title, "Zo doe je dit met elkaar.", &m
		for _, f := range change {
			f(in)
		}
	})
}

func TestLibraryOfMethods(t *testing.T) {
	s := newSite(t)
	s.method(participant, "Terugblik", rugzak.MethodData{Goal: "look-back", MinutesMin: 15, GroupMin: 3, GroupMax: 12, Trust: "low"})
	s.method(colleague, "Wereldcafé", rugzak.MethodData{Goal: "explore", MinutesMin: 90, GroupMin: 12, GroupMax: 60, Guidance: "experienced"})
	s.method(colleague, "Speeddaten", rugzak.MethodData{Goal: "acquaint", Steps: []rugzak.Step{{Minutes: 45, Text: "Praat"}}, GroupMin: 8, GroupMax: 30})
	s.method(participant, "Geheime werkvorm", rugzak.MethodData{Goal: "celebrate", MinutesMin: 5, GroupMin: 1, Trust: "high"}, func(in *backpack.Input) {
		in.Audience = rugzak.Audience{Level: rugzak.LevelTeam}
	})
	s.share(colleague, "Geen werkvorm", "Iets anders.", rugzak.LevelInternal)
	s.caughtUp()
	c := s.as(colleague)
	for address, want := range map[string]string{
		"":                               "Speeddaten, Wereldcafé, Terugblik",
		"?tijd=15":                       "Terugblik",
		"?tijd=45":                       "Speeddaten, Terugblik",
		"?tijd=10":                       "", // only what is hidden fits
		"?groep=9-15":                    "Speeddaten, Wereldcafé, Terugblik",
		"?groep=31":                      "Wereldcafé",
		"?doel=explore&doel=acquaint":    "Speeddaten, Wereldcafé",
		"?doel=explore&tijd=45":          "",
		"?vertrouwen=low":                "Terugblik",
		"?begeleiding=experienced":       "Wereldcafé",
		"?q=werkvorm+doe&doel=look-back": "Terugblik",
		"?doel=onzin":                    "",
	} {
		a := c.get(pathMethods + address).want(http.StatusOK)
		if got := strings.Join(a.titles(), ", "); got != want {
			t.Errorf("%s lists %q, want %q", address, got, want)
		}
	}
	// The counts are those of the reader, and each facet is counted by the choices in the others.
	a := c.get(pathMethods + "?doel=explore").want(http.StatusOK)
	a.shows("Waarvoor").shows("Tijd die je hebt").shows("Met hoeveel mensen").shows("Ervaren begeleider nodig").shows("1 werkvorm").hides("Vieren").hides("Veel vertrouwen")
	if got := a.text(`.rz-facet a[aria-current]`); !strings.Contains(got, "Verkennen") {
		t.Errorf("chosen is %q", got)
	}
	// Somebody has one amount of time: choosing another takes its place.
	a = c.get(pathMethods + "?tijd=45&doel=look-back").want(http.StatusOK)
	if link := a.find(`.rz-facet a[href*="tijd=90"]`); strings.Contains(link.AttrOr("href", ""), "tijd=45") {
		t.Errorf("the other time leads to %q", link.AttrOr("href", ""))
	}
	// What is chosen of methods can be taken off outside the library too.
	c.get(pathSearch + "?tijd=15").want(http.StatusOK).lists("Terugblik").shows("15 minuten")
	s.as(participant).get(pathMethods + "?tijd=10").want(http.StatusOK).lists("Geheime werkvorm")
	c.get(pathMethods + "?doel=explore&tijd=10").want(http.StatusOK).shows("Niets gevonden")
}
