// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

func TestHomeOfEverybody(t *testing.T) {
	s := newSite(t)
	open := s.theme("Samen in de wijk", "welzijn")
	closed := s.theme("Alleen voor ons")
	s.share(participant, "Voor de gemeente", "Tekst.", rugzak.LevelInternal)
	s.share(participant, "Voor het team", "Tekst.", rugzak.LevelTeam)
	s.share(colleague, "Ook voor Welzijn", "Tekst.", rugzak.LevelInternal, "welzijn")
	s.share(partner, "Van de buurt", "Tekst.", rugzak.LevelOrganisation)
	s.caughtUp()
	want := map[string][]string{
		participant: {"Voor de gemeente", "Voor het team", "Ook voor Welzijn"}, manager: {"Voor de gemeente", "Voor het team", "Ook voor Welzijn"},
		colleague: {"Voor de gemeente", "Ook voor Welzijn"}, facilitator: {"Voor de gemeente", "Ook voor Welzijn"},
		coreteam: {"Voor de gemeente", "Ook voor Welzijn"}, privacyperson: {"Voor de gemeente", "Ook voor Welzijn"},
		administrator: {"Voor de gemeente", "Ook voor Welzijn"},
		partner:       {"Ook voor Welzijn", "Van de buurt"}, contact: {"Ook voor Welzijn", "Van de buurt"}, outsider: {},
	}
	for who, cards := range want {
		for _, lang := range rugzak.Languages() {
			if err := s.Service.SetLanguage(t.Context(), s.people[who], lang); err != nil {
				t.Fatal(err)
			}
			a := s.as(who).get(pathHome).want(http.StatusOK).lists(cards...)
			a.find(`a.rz-door[href="` + pathShare + `"]`)
			a.find(`a.rz-door[href="` + pathAsk + `"]`)
			a.find(`form[role="search"][action="` + pathSearch + `"]`)
			if inside := s.people[who].IsMember(); inside {
				a.shows(open.Title).shows(closed.Title)
			} else {
				a.hides(closed.Title)
			}
		}
	}
	s.as(partner).get(pathHome).shows(open.Title)
	s.as(outsider).get(pathHome).hides(open.Title).shows("Nothing has been shared with you yet")
	s.as(nobody).get(pathHome).want(http.StatusSeeOther)
}

func TestEmptyHomeHelps(t *testing.T) {
	s := newSite(t)
	s.caughtUp()
	a := s.as(participant).get(pathHome).want(http.StatusOK).shows("Dag Test").shows("De rugzak is nog leeg")
	a.find(`.rz-empty a[href="` + pathShare + `"]`)
	s.as(partner).get(pathHome).shows("Er is nog niets met jullie gedeeld")
	for path, text := range map[string]string{
		pathSearch: "Er is nog niets te vinden", pathQuestions: "Er zijn nog geen vraagstukken",
		pathMethods: "Er zijn nog geen werkvormen", pathMine: "Je deelde nog niets",
	} {
		s.as(participant).get(path).want(http.StatusOK).shows(text)
		s.as(partner).get(path).want(http.StatusOK).shows(text)
	}
}

func TestCallName(t *testing.T) {
	for name, want := range map[string]string{"Noor Visser": "Noor", "Noor": "Noor", "Visser, Noor": "Visser, Noor", "Jan-Piet de Wit": "Jan-Piet"} {
		if got := callName(name); got != want {
			t.Errorf("%q is greeted as %q", name, got)
		}
	}
}

// The own backpack shows all of it, page after page, without doubles.
func TestMinePages(t *testing.T) {
	s := newSite(t)
	var want []string
	for i := range 45 {
		title := fmt.Sprintf("Bijdrage %02d", i)
		want = append(want, title)
		s.share(participant, title, "Tekst.", rugzak.LevelTeam)
	}
	s.share(manager, "Van een ander", "Tekst.", rugzak.LevelTeam)
	c := s.as(participant)
	var got []string
	path := pathMine
	for range 10 {
		a := c.get(path).want(http.StatusOK).hides("Van een ander")
		got = append(got, strings.Split(strings.TrimSpace(a.text(`section[aria-labelledby="eigen"] .rz-list__item a`)), "Bijdrage ")[1:]...)
		next, ok := a.Doc.Find(`a[rel="next"]`).Attr("href")
		if !ok {
			break
		}
		path = next
	}
	for i := range got {
		got[i] = "Bijdrage " + strings.TrimSpace(got[i])
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("the pages show %q", got)
	}
	for _, mark := range []string{"x", "%00", strings.Repeat("f", 500), "zzzzzzzzzzzzzzzzzzzz"} {
		c.get(pathMine + "?na=" + mark).want(http.StatusOK)
	}
}
