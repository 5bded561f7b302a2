// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"
	"testing"
)

// The compass is changed in a form without script, and says what it was.
func TestCompassForm(t *testing.T) {
	s := newSite(t)
	s.movement()
	s.as(colleague).get(pathCompassEdit).want(http.StatusForbidden)
	f := s.as(facilitator)
	form := f.get(pathCompassEdit).want(http.StatusOK)
	form.submit(`form[action="`+pathCompassEdit+`"]`, "purpose", "Wij doen het samen.").want(http.StatusUnprocessableEntity).shows("Een kompas heeft 4 tot en met 6 drijfveren.").shows("Wij doen het samen.")
	full := func(purpose string, more ...string) []string {
		return append([]string{"name3", "Nieuwsgierig", "name4", "Samen vieren", "meaning4", "Ook wat klein is.", "purpose", purpose}, more...)
	}
	moved := form.submit(`form[action="`+pathCompassEdit+`"]`, full("Wij doen het **samen**.", "do", "up-4")...).want(http.StatusOK)
	moved.find(`input[name=name3][value="Samen vieren"]`)
	moved.submit(`form[action="`+pathCompassEdit+`"]`, "do", "preview").want(http.StatusOK).find("section[aria-labelledby=voorbeeld] strong")
	moved.submit(`form[action="`+pathCompassEdit+`"]`, "why", "Na de ronde").want(http.StatusSeeOther)
	form.submit(`form[action="`+pathCompassEdit+`"]`, full("Wij blijven apart.")...).want(http.StatusConflict).shows("Wij blijven apart.").shows("Wij doen het **samen**.")

	s.shareWithDrive(participant, "Gevierd met taart", "samen-vieren")
	s.caughtUp()
	page := s.as(colleague).get(pathCompass).want(http.StatusOK).shows("Het meest leeft Samen vieren, met 1 bijdrage. Nog stil: De inwoner eerst, Klein beginnen en Nieuwsgierig.")
	if got := page.text("svg.rz-rose desc"); !strings.Contains(got, "Samen vieren: 1") || !strings.Contains(got, "Nieuwsgierig: 0") {
		t.Errorf("the drawing says %q", got)
	}
	petal := page.find("svg.rz-rose a").AttrOr("href", "")
	page.get(petal).want(http.StatusOK).shows("Gevierd met taart")
	if page.Doc.Find("svg [style]").Length() > 0 {
		t.Error("the drawing has styles of its own")
	}
	page.get(pathCompassVersions).want(http.StatusOK).shows("Na de ronde").shows("Versie 1")
	page.get(at(pathCompassVersion, "1")).want(http.StatusOK).shows("Wat er veranderde sinds versie 0").find("ins")
	page.get(at(pathCompassVersion, "0")).want(http.StatusOK)
	page.get(at(pathCompassVersion, "9")).want(http.StatusNotFound)
	page.get(at(pathCompassVersion, "x")).want(http.StatusNotFound)
	s.inEnglish(colleague)
	s.as(colleague).get(pathCompass).shows("Most alive is Samen vieren, with 1 entry.")
}
