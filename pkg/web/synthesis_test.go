// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

// threadForm is the form of the thread of a theme.
func (s *site) threadForm(who string, id rugzak.ThemeID) *answer {
	s.Helper()
	return s.as(who).get(at(pathThread, string(id))).want(http.StatusOK)
}

const threadForm = "form.rz-thread-form"

// A curator whose thread quotes something narrow is told which, and asks its
// writer from the form; what was typed stays. Kept to who may read it, it is
// shown to everybody once the writer consents.
func TestThreadWithNarrowSource(t *testing.T) {
	s := newSite(t)
	theme := s.theme("De bal")
	narrow := s.share(participant, "Alleen voor ons", "Wij belden zelf.", rugzak.LevelOrganisation)
	hidden := s.share(colleague, "Van een ander", "geheim", rugzak.LevelOrganisation)
	s.inTheme(theme, narrow)
	text := "Zie [dit](" + entryPath(narrow.ID) + ") en " + s.URL + entryPath(hidden.ID)
	got := s.threadForm(facilitator, theme.ID).submit(threadForm, "see", text).want(http.StatusUnprocessableEntity)
	got.shows("‘Alleen voor ons’ mag door minder mensen gelezen worden").shows(string(hidden.ID) + " is een bron die je niet mag zien").hides("Van een ander")
	if got.text("#see") != text {
		t.Errorf("the thread is %q now", got.text("#see"))
	}
	asked := got.submit(threadForm, "see", "Stil", "see_source_1", string(narrow.ID), "see_quote_1", "wij belden zelf", "see_function_1", "consulent", "do", "ask_"+string(narrow.ID)).
		want(http.StatusOK).shows("Je hoort het als de schrijver antwoordt")
	if asked.text("#see") != "Stil" || asked.text("#see_quote_1") != "wij belden zelf" {
		t.Errorf("asking lost what was typed: %s", asked.text("main"))
	}
	asked.submit(threadForm, "do", "save").want(http.StatusUnprocessableEntity).shows("mag door minder mensen gelezen worden")
	saved := asked.submit(threadForm, "do", "save", "bound", "yes").follow().want(http.StatusOK).shows("wij belden zelf").shows("nog niet voor iedereen")
	s.as(colleague).get(saved.Path).want(http.StatusOK).hides("belden").hides("Stil")
	answer := s.as(participant).get(entryPath(narrow.ID)).want(http.StatusOK)
	answer.submit(`form[action^="`+strings.TrimSuffix(at(pathWideningAnswer, string(narrow.ID)), ":request")+`"]`, "do", "yes")
	s.as(colleague).get(saved.Path).want(http.StatusOK).shows("wij belden zelf").shows("consulent")
	s.inEnglish(facilitator)
	s.threadForm(facilitator, theme.ID).submit(threadForm, "see", "See "+entryPath(hidden.ID)).
		want(http.StatusUnprocessableEntity).shows("is a source you may not see")
}

// What a reader may not read of the sources hides the thread; a curator sees why.
func TestThreadHiddenOnItsPage(t *testing.T) {
	s := newSite(t)
	theme := s.theme("De bal")
	source := s.share(participant, "De bron", "Tekst", rugzak.LevelInternal)
	saved := s.threadForm(facilitator, theme.ID).submit(threadForm, "see", "Draad bij "+entryPath(source.ID)).follow().want(http.StatusOK)
	s.as(colleague).get(saved.Path).shows("Draad bij")
	if _, err := s.Service.ChangeAudience(t.Context(), s.people[participant], source.ID, source.Version, rugzak.Audience{Level: rugzak.LevelTeam}); err != nil {
		t.Fatal(err)
	}
	s.as(colleague).get(saved.Path).want(http.StatusOK).hides("Draad bij").hides(string(source.ID)).hides("De bron")
	s.as(participant).get(saved.Path).shows("Draad bij")
	s.as(facilitator).get(saved.Path).shows("Draad bij").shows("ziet de rode draad niet").hides("De bron")
	s.as(coreteam).get(saved.Path).hides("Draad bij").shows("niet alle bronnen daarvan mag jij lezen").hides(string(source.ID))
	edit := s.threadForm(coreteam, theme.ID).hides("Draad bij").shows("dan blijft die tekst staan")
	edit.submit(threadForm).follow().want(http.StatusOK)
	s.as(participant).get(saved.Path).shows("Draad bij")
}

// Quotes are added, moved together and taken away without a script, and what is
// wrong with one stands beside it.
func TestThreadForm(t *testing.T) {
	s := newSite(t)
	theme := s.theme("De bal")
	e := s.share(participant, "Wie belt", "Wij belden zelf, en dat hielp.", rugzak.LevelInternal)
	s.inTheme(theme, e)
	form := s.as(facilitator).get(at(pathThread, string(theme.ID)) + "?bijdrage=" + string(e.ID)).want(http.StatusOK)
	if !form.find(`#see_source_1 option[value="` + string(e.ID) + `"]`).Is("[selected]") {
		t.Error("the entry somebody came from is not chosen")
	}
	two := form.submit(threadForm, "see_quote_1", "wij schreven", "do", "more_see").want(http.StatusOK)
	if !two.find("details:has(#see_source_2)").Is("[open]") || two.Doc.Find("#see_source_3").Length() > 0 {
		t.Error("there is no room for another quote")
	}
	bad := two.submit(threadForm, "do", "save", "see_source_2", string(e.ID), "see_quote_2", "dat hielp").want(http.StatusUnprocessableEntity).
		shows("Deze woorden staan niet zo in ‘Wie belt’")
	if bad.Doc.Find("#see_quote_1-error").Length() != 1 || bad.Doc.Find("#see_quote_2-error").Length() != 0 {
		t.Error("the error does not stand beside the quote")
	}
	one := bad.submit(threadForm, "do", "drop_see_1").want(http.StatusOK)
	if one.text("#see_quote_1") != "dat hielp" {
		t.Errorf("the second quote did not move up: %q", one.text("#see_quote_1"))
	}
	page := one.submit(threadForm, "do", "save").follow().want(http.StatusOK)
	if got := page.text("figure.rz-quote"); !strings.Contains(got, "dat hielp") || !strings.Contains(got, "Wie belt") {
		t.Errorf("the page quotes %q", got)
	}
	first, second := s.threadForm(facilitator, theme.ID), s.threadForm(coreteam, theme.ID)
	first.submit(threadForm, "differ", "Van de eerste").want(http.StatusSeeOther)
	both := second.submit(threadForm, "differ", "Van de tweede").want(http.StatusConflict).shows("Iemand anders bewaarde deze rode draad").shows("Van de eerste")
	both.submit(threadForm).follow().want(http.StatusOK).shows("Van de tweede")

	list := s.as(participant).get(at(pathThreadVersions, string(theme.ID))).want(http.StatusOK).shows("Versie 4").shows("Versie 1")
	if list.Doc.Find("form[action*=terugzetten]").Length() > 0 {
		t.Error("a participant puts back")
	}
	version := s.as(facilitator).get(at(pathThreadVersion, string(theme.ID), "3")).want(http.StatusOK).shows("Van de eerste").shows("Wat is er anders dan in versie 2?")
	version.submit("form[action$=terugzetten]").follow().want(http.StatusOK).shows("Van de eerste").shows("De oude versie is weer de rode draad")
	version.submit("form[action$=terugzetten]").want(http.StatusConflict)
	s.as(participant).get(at(pathThreadVersion, string(theme.ID), "9")).want(http.StatusNotFound)
	s.as(participant).get(at(pathThreadVersion, string(theme.ID), "03")).want(http.StatusNotFound)
}
