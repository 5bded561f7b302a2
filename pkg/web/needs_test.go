// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"net/url"
	"testing"

	"rugzak/pkg/rugzak"
)

// Who needs what: an own card for organisation and team, matches with the reason
// in words, and nothing of another partner.
func TestNeedsPage(t *testing.T) {
	s := newSite(t)
	need := func(who string, n rugzak.Need) {
		t.Helper()
		o, err := s.Service.OwnNeed(s.Context(), s.people[who])
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Service.SaveNeed(s.Context(), s.people[who], o.Need, n); err != nil {
			t.Fatal(err)
		}
	}
	s.as(nobody).get(pathNeeds).want(http.StatusSeeOther)
	s.as(participant).get(pathNeeds).want(http.StatusOK).shows("We vonden nog geen behoefte en aanbod").shows("Anderen hebben hier nog niets gezegd")
	need(participant, rugzak.Need{Needs: "Een spreekkamer in de wijk"})
	need(partner, rugzak.Need{Offers: "Twee spreekkamers"})
	need(outsider, rugzak.Need{Offers: "Een kale spreekkamer"})

	page := s.as(participant).get(pathNeeds).want(http.StatusOK).shows("Allebei gaat het over: spreekkamer").shows("Een kale spreekkamer")
	page.get(page.find(".rz-match a").AttrOr("href", "")).want(http.StatusOK)
	s.as(partner).get(pathNeeds).want(http.StatusOK).shows("Allebei gaat het over: spreekkamer").hides("kale").hides(s.orgs["wonen"].Name)

	const form = `main form[action="` + pathTeamNeed + `"]`
	m := s.as(manager)
	first, second := m.get(pathTeamNeed).want(http.StatusOK), m.get(pathTeamNeed)
	first.submit(form, "needs", "Een uur rust").follow().want(http.StatusOK).shows("Een uur rust")
	second.submit(form, "needs", "Een uur stilte").want(http.StatusConflict).shows("Een uur rust").shows("Een uur stilte").submit(form).follow().shows("Een uur stilte")
	m.get(pathNeeds).shows("Een uur stilte")
	s.as(participant).get(pathNeeds).shows("Een uur stilte").shows("Team van")
	alone := s.as(colleague) // in no team
	alone.get(pathTeamNeed).want(http.StatusSeeOther).follow().want(http.StatusOK).shows("Je hoort bij geen team")
	alone.post(pathTeamNeed, "needs", "Een uur rust").want(http.StatusSeeOther).follow().want(http.StatusOK).shows("Je hoort bij geen team").hides("Een uur rust")
	s.inEnglish(manager)
	s.as(manager).get(pathNeeds).shows("Who needs what?")
	s.as(manager).get(pathNeeds + "?" + url.Values{"x": {"y"}}.Encode()).want(http.StatusOK)
}
