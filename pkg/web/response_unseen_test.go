// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// Who responded and may not read the entry any more finds the response among
// their own data, and withdraws it or removes it for good there. The page tells
// nothing of the entry.
func TestOwnResponsesOutOfSight(t *testing.T) {
	s := newSite(t, withOwn)
	e := s.share(participant, "Kraanvogel", "Tekst.", rugzak.LevelInternal)
	first := s.say(colleague, e, backpack.ResponseInput{Body: "De eerste reactie"})
	s.say(colleague, e, backpack.ResponseInput{Kind: rugzak.ResponseTip, Body: "De tweede reactie"})
	s.say(facilitator, e, backpack.ResponseInput{Body: "Van een ander"})
	c := s.as(colleague)
	c.get(pathOwnData).want(http.StatusOK).hides("Reacties die je niet meer ziet").hides("De eerste reactie")

	if _, err := s.Service.ChangeAudience(s.Context(), s.people[participant], e.ID, e.Version, rugzak.Audience{Level: rugzak.LevelTeam}); err != nil {
		t.Fatal(err)
	}
	c.get(entryPath(e.ID)).want(http.StatusNotFound)
	page := c.get(pathOwnData).want(http.StatusOK)
	page.shows("Reacties die je niet meer ziet").shows("De eerste reactie").shows("De tweede reactie").hides("Kraanvogel").hides("Van een ander")
	section := `section[aria-labelledby="reacties"]`
	left := func(step string, p *answer, responses, withdraw int) {
		t.Helper()
		if got := p.Doc.Find(section + " li").Length(); got != responses {
			t.Errorf("%s: %d responses, want %d", step, got, responses)
		}
		if got := p.Doc.Find(section + ` form[action$="/intrekken"]`).Length(); got != withdraw {
			t.Errorf("%s: %d can be withdrawn, want %d", step, got, withdraw)
		}
	}
	left("at first", page, 2, 2)
	action := section + ` form[action="` + at(pathResponseWithdraw, string(e.ID), first) + `"]`
	s.as(outsider).post(at(pathResponseWithdraw, string(e.ID), first), "return", pathOwnData).want(http.StatusNotFound)

	page = page.submit(action).follow().want(http.StatusOK).shows("Je reactie is ingetrokken. Niemand anders leest hem nog.").shows("Ingetrokken: alleen jij leest dit nog").hides("Kraanvogel")
	left("after withdrawing", page, 2, 1)
	s.as(participant).get(entryPath(e.ID)).want(http.StatusOK).hides("De eerste reactie").shows("De tweede reactie")

	purge := section + ` form[action="` + at(pathResponsePurge, string(e.ID), first) + `"]`
	page = page.submit(purge).follow().want(http.StatusOK).shows("Je reactie is verwijderd").hides("De eerste reactie")
	left("after removing", page, 1, 1)
	page.submit(section + ` form[action$="/definitief-verwijderen"]`).follow().want(http.StatusOK).hides("Reacties die je niet meer ziet")
	s.as(participant).get(entryPath(e.ID)).want(http.StatusOK).hides("De tweede reactie").shows("Van een ander")

	last := s.say(manager, e, backpack.ResponseInput{Body: "Nog een reactie"})
	s.inEnglish(manager)
	now := s.stored(participant, entryPath(e.ID))
	if _, err := s.Service.Withdraw(s.Context(), s.people[participant], now.ID); err != nil {
		t.Fatal(err)
	}
	s.as(manager).get(pathOwnData).want(http.StatusOK).shows("Responses you do not see any more").find(`form[action="` + at(pathResponsePurge, string(e.ID), last) + `"]`)
}
