// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"testing"

	"rugzak/pkg/rugzak"
)

// A curator whose thread quotes something narrow is told which, and led to the
// question to its writer; what was typed stays.
func TestThreadWithNarrowSource(t *testing.T) {
	s := newSite(t)
	narrow := s.share(participant, "Alleen voor ons", "Tekst", rugzak.LevelOrganisation)
	hidden := s.share(colleague, "Van een ander", "geheim", rugzak.LevelOrganisation)
	thread := "Zie [dit](" + entryPath(narrow.ID) + ") en " + s.URL + entryPath(hidden.ID)
	form := s.as(facilitator).get(pathThemeNew)
	got := form.submit("form.rz-panel", "title", "De bal", "thread", thread).want(http.StatusUnprocessableEntity)
	got.shows("‘Alleen voor ons’ mag door minder mensen gelezen worden").shows(string(hidden.ID) + " is een bron die je niet mag zien").hides("Van een ander")
	got.find(`a[href="` + at(pathWidening, string(narrow.ID)) + `"]`)
	if got.text("#thread") != thread {
		t.Errorf("the thread is %q now", got.text("#thread"))
	}
	s.inEnglish(facilitator)
	s.as(facilitator).get(pathThemeNew).submit("form.rz-panel", "title", "De bal", "thread", thread).
		want(http.StatusUnprocessableEntity).shows("may be read by fewer people than this text")
}

// What a reader may not read of the sources hides the thread; a curator sees why.
func TestThreadHiddenOnItsPage(t *testing.T) {
	s := newSite(t)
	source := s.share(participant, "De bron", "Tekst", rugzak.LevelInternal)
	saved := s.as(facilitator).get(pathThemeNew).
		submit("form.rz-panel", "title", "De bal", "thread", "Draad bij "+entryPath(source.ID)).follow().want(http.StatusOK)
	s.as(colleague).get(saved.Path).shows("Draad bij")
	if _, err := s.Service.ChangeAudience(t.Context(), s.people[participant], source.ID, source.Version, rugzak.Audience{Level: rugzak.LevelTeam}); err != nil {
		t.Fatal(err)
	}
	s.as(colleague).get(saved.Path).want(http.StatusOK).hides("Draad bij").hides(string(source.ID)).hides("De bron")
	s.as(participant).get(saved.Path).shows("Draad bij")
	s.as(facilitator).get(saved.Path).shows("Draad bij").shows("ziet de rode draad niet").hides("De bron")
	s.as(coreteam).get(saved.Path).hides("Draad bij").shows("niet alle bronnen daarvan mag jij lezen").hides(string(source.ID))
	edit := s.as(coreteam).get(saved.Path + "/bewerken").want(http.StatusOK).hides("Draad bij").shows("dan blijft die tekst staan")
	edit.submit("form.rz-panel", "summary", "Kort").follow().want(http.StatusOK)
	s.as(participant).get(saved.Path).shows("Draad bij").shows("Kort")
}
