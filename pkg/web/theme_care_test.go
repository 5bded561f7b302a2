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

// A theme goes into another and comes back: its address, the pages below it, its
// letters and a search in it lead on, and nobody but facilitators can do it.
func TestThemeMergePages(t *testing.T) {
	s := newSite(t)
	old, into := s.theme("Wachten"), s.theme("Geduld")
	e := s.share(participant, "Wie belt", "Wij belden samen.", rugzak.LevelInternal)
	s.inTheme(old, e)
	letter, err := s.Service.SaveLetter(s.Context(), s.people[facilitator], old.ID, "", 0, backpack.LetterInput{Lead: "Lees dit eens."}, true)
	if err != nil {
		t.Fatal(err)
	}
	c, reader := s.as(facilitator), s.as(participant)
	merge := at(pathThemeMerge, string(old.ID))
	reader.get(merge).want(http.StatusForbidden)
	c.get(themePath(old.ID)).find(`a[href="` + merge + `"]`)
	c.get(merge + "?met=" + string(into.ID)).want(http.StatusOK).submit("main form.rz-panel").follow().want(http.StatusOK).shows("Wie belt")
	s.caughtUp()
	for path, to := range map[string]string{
		themePath(old.ID): themePath(into.ID), at(pathLetters, string(old.ID)): at(pathLetters, string(into.ID)),
		at(pathThreadVersions, string(old.ID)): themePath(into.ID),
	} {
		if got := reader.get(path).want(http.StatusSeeOther).Header.Get("Location"); got != to {
			t.Errorf("%s leads to %q, want %q", path, got, to)
		}
	}
	reader.get(at(pathLetter, letter.ID)).want(http.StatusOK).shows("Lees dit eens.")
	reader.get(at(pathLetters, "bestaat-niet")).want(http.StatusNotFound)
	found := reader.get(pathSearch + "?thema=" + string(old.ID)).want(http.StatusOK)
	found.lists("Wie belt")
	if chips := found.text(".rz-chip"); !strings.Contains(chips, "Geduld") || strings.Contains(chips, "Wachten") {
		t.Errorf("chosen is %q", chips)
	}

	undo := at(pathThemeApart, string(old.ID))
	reader.post(undo).want(http.StatusForbidden)
	c.get(themePath(into.ID)).submit(`form[action="` + undo + `"]`).follow().want(http.StatusOK).shows("Wachten").shows("Wie belt")
	s.caughtUp()
	reader.get(themePath(into.ID)).hides("Wie belt")
	reader.get(at(pathLetters, string(old.ID))).want(http.StatusOK)
}

func TestThemeSplitAndClosePages(t *testing.T) {
	s := newSite(t)
	theme := s.theme("Alles")
	stays, goes := s.share(participant, "Blijft hier", "Een.", rugzak.LevelInternal), s.share(participant, "Gaat weg", "Twee.", rugzak.LevelInternal)
	s.inTheme(theme, stays, goes)
	s.caughtUp()
	c := s.as(facilitator)
	split := at(pathThemeSplit, string(theme.ID))
	c.get(split).want(http.StatusOK).submit(`form[action="`+split+`"]`, "title", "").want(http.StatusUnprocessableEntity).
		shows("Geef het nieuwe thema een titel.")
	page := c.get(split)
	key := page.find(`[name="key"]`).AttrOr("value", "")
	made := c.post(split, "title", "Een deel", "entries", string(goes.ID), "key", key).follow().want(http.StatusOK).shows("Gaat weg")
	made.hides("Blijft hier")
	c.get(themePath(theme.ID)).shows("Blijft hier").hides("Gaat weg")

	shut := at(pathThemeClose, string(theme.ID))
	s.as(participant).post(shut).want(http.StatusForbidden)
	c.get(shut).want(http.StatusOK).submit(`form[action="` + shut + `"]`).follow().want(http.StatusOK).shows("Het thema is afgesloten")
	c.post(at(pathThemeReopen, string(theme.ID))).follow().want(http.StatusOK)
}

// A letter that was sent goes only after somebody said that they are sure.
func TestLetterRemovePage(t *testing.T) {
	s := newSite(t)
	theme := s.theme("Bellen")
	letter, err := s.Service.SaveLetter(s.Context(), s.people[facilitator], theme.ID, "", 0, backpack.LetterInput{Lead: "Lees dit eens."}, true)
	if err != nil {
		t.Fatal(err)
	}
	path := at(pathLetter, letter.ID)
	s.as(participant).get(path).want(http.StatusOK).hides(at(pathLetterRemove, letter.ID))
	page := s.as(facilitator).get(path).shows("De brief verdwijnt voor iedereen")
	if n := page.find(`main details form[action="` + at(pathLetterRemove, letter.ID) + `"]`).Length(); n != 1 {
		t.Errorf("%d forms to remove it", n)
	}
	page.submit("main details form").follow().want(http.StatusOK)
	s.as(participant).get(path).want(http.StatusNotFound)
}

// A letter that was kept is sent from the page that shows it, as it is.
func TestLetterSentFromItsPage(t *testing.T) {
	s := newSite(t)
	theme := s.theme("Bellen")
	e := s.share(participant, "Wie belt", "Wij belden samen.", rugzak.LevelInternal)
	s.inTheme(theme, e)
	kept := backpack.LetterInput{Lead: "Lees dit eens.", Picks: []rugzak.LetterPick{{Entry: e.ID, Why: "Het werkte"}}, Day: "2027-01-15", What: "Samen bellen"}
	letter, err := s.Service.SaveLetter(s.Context(), s.people[facilitator], theme.ID, "", 0, kept, false)
	if err != nil {
		t.Fatal(err)
	}
	path := at(pathLetter, letter.ID)
	s.as(participant).get(path).want(http.StatusNotFound)
	form := `form[action="` + at(pathLetterEdit, string(theme.ID), letter.ID) + `"]`
	sent := s.as(facilitator).get(path).want(http.StatusOK).submit(form, "do", "send").follow().want(http.StatusOK)
	if sent.Doc.Find(form).Length() != 0 {
		t.Error("what was sent can be sent")
	}
	read := s.as(participant).get(path).want(http.StatusOK)
	for _, text := range []string{"Lees dit eens.", "Het werkte", "Samen bellen"} {
		read.shows(text)
	}
}
