// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

func TestHistory(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Samen bellen", "We belden de inwoner.", rugzak.LevelInternal)
	e = s.revise(participant, e, "Samen bellen", "We belden eerst elkaar.")
	e = s.revise(participant, e, "Samen eerst bellen", "We belden eerst elkaar.")
	list := s.as(colleague).get(entryPath(e.ID) + "/versies").want(http.StatusOK)
	list.shows("Versie 3 (nu)").shows("Versie 1").shows("Test participant").hides("/terugzetten")
	if n := list.find(".rz-versions > li").Length(); n != 3 {
		t.Errorf("%d versions, want 3", n)
	}
	second := s.as(colleague).get(entryPath(e.ID) + "/versies/2").want(http.StatusOK)
	if got := second.text(".rz-diff del"); got != "weggehaald: de inwoner" {
		t.Errorf("taken away: %q", got)
	}
	if got := second.text(".rz-diff ins"); got != "toegevoegd: eerst elkaar" {
		t.Errorf("added: %q", got)
	}
	second.find(`a[rel="prev"][href$="/versies/1"]`)
	second.find(`a[rel="next"][href$="/versies/3"]`)
	third := s.as(colleague).get(entryPath(e.ID) + "/versies/3").shows("Dit is de tekst van nu").hides("/terugzetten")
	if got := third.text(".rz-diff"); got != "Samen toegevoegd: eerst bellen" {
		t.Errorf("the title changed by %q", got)
	}
	first := s.as(colleague).get(entryPath(e.ID) + "/versies/1").shows("We belden de inwoner.")
	if first.Doc.Find(".rz-diff").Length() > 0 {
		t.Error("the first version differs from nothing")
	}
	for _, number := range []string{"0", "4", "-1", "+1", "01", "x", "99999999999999999999"} {
		s.as(colleague).get(entryPath(e.ID) + "/versies/" + number).want(http.StatusNotFound)
	}
	s.inEnglish(colleague)
	s.as(colleague).get(entryPath(e.ID) + "/versies/2").shows("removed:").shows("What is different from version 1?")
}

func TestRestore(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Samen bellen", "De eerste tekst.", rugzak.LevelInternal)
	e = s.revise(participant, e, "Samen bellen", "De tweede tekst.")
	page := s.as(participant).get(entryPath(e.ID) + "/versies/1").want(http.StatusOK)
	done := page.submit(`form[action$="/terugzetten"]`).follow().want(http.StatusOK)
	done.shows("De oude versie is teruggezet").shows("Versie 3 (nu)").shows("Oude versie teruggezet")
	s.as(colleague).get(entryPath(e.ID)).shows("De eerste tekst.").hides("De tweede tekst.")
	// Undo is one press: the version before is on the page that follows.
	done.submit(`form[action$="/versies/2/terugzetten"]`).follow().shows("Versie 4 (nu)")
	s.as(colleague).get(entryPath(e.ID)).shows("De tweede tekst.")
	// The first page is overtaken by now: nothing happens and the page says so.
	late := page.submit(`form[action$="/terugzetten"]`).want(http.StatusConflict)
	late.shows("Terugzetten is niet gelukt").find(`a[href="` + entryPath(e.ID) + `"]`)
	s.as(colleague).get(entryPath(e.ID)).shows("De tweede tekst.")
	late.submit(`form[action$="/terugzetten"]`).follow().shows("Versie 5 (nu)")
	for _, base := range []string{"", "x", "0", "999"} {
		s.as(participant).post(entryPath(e.ID)+"/versies/1/terugzetten", "base", base).want(http.StatusConflict)
	}
	s.as(colleague).post(entryPath(e.ID)+"/versies/1/terugzetten", "base", strconv.Itoa(e.Version)).want(http.StatusForbidden).shows("Dit kan alleen de schrijver.")
	s.as(participant).post(entryPath(e.ID)+"/versies/77/terugzetten", "base", "1").want(http.StatusNotFound)
}

// Readers of today do not see what was taken out before they were let in.
func TestHistoryHidesWhatWasNarrower(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Voor het team", "Met een vertrouwelijk woord.", rugzak.LevelTeam)
	e = s.revise(participant, e, "Voor iedereen", "Zonder dat woord.")
	if _, err := s.Service.ChangeAudience(t.Context(), s.people[participant], e.ID, e.Version, rugzak.Audience{
		Level: rugzak.LevelInternal, Also: []rugzak.OrganisationID{s.orgs["welzijn"].ID},
	}, s.orgs["welzijn"].ID); err != nil {
		t.Fatal(err)
	}
	for _, who := range []string{colleague, partner} {
		for _, path := range []string{"", "/versies", "/versies/1"} {
			s.as(who).get(entryPath(e.ID) + path).want(http.StatusOK).hides("vertrouwelijk").hides("Voor het team")
		}
		if n := s.as(who).get(entryPath(e.ID) + "/versies").find(".rz-versions > li").Length(); n != 1 {
			t.Errorf("%s sees %d versions, want 1", who, n)
		}
		sameAnswer(t, s.as(who).get(entryPath(e.ID)+"/versies/2"), s.as(who).get(entryPath(e.ID)+"/versies/9"))
	}
	s.as(manager).get(entryPath(e.ID) + "/versies/1").want(http.StatusOK).shows("vertrouwelijk")
}

// Versions of an entry without name show neither who nor which day.
func TestHistoryWithoutName(t *testing.T) {
	s := newSite(t)
	e := s.write(participant, func(in *backpack.Input) { in.Mode = rugzak.Anonymous })
	e = s.revise(participant, e, "Andere titel", "Andere tekst.")
	for _, path := range []string{"/versies", "/versies/2"} {
		a := s.as(colleague).get(entryPath(e.ID) + path).want(http.StatusOK).hides("Test participant")
		if strings.Contains(a.Body, s.Catalogue.Printer("nl").Date(e.UpdatedAt)) {
			t.Errorf("%s tells the day", a.Path)
		}
	}
}
