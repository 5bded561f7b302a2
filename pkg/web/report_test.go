// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"os"
	"testing"

	"rugzak/pkg/rugzak"
)

// From the button on the page to the end: a partner reports, the author mends,
// the privacy officer puts back; then the author removes it for good.
func TestReportThroughThePages(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Een kievit", "Tekst over iemand.", rugzak.LevelTeam, "welzijn")
	path := entryPath(e.ID)

	reports := s.as(partner)
	form := reports.get(path).want(http.StatusOK)
	if form.find(`a[href="`+at(pathEntryReport, string(e.ID))+`"]`).Length() != 1 {
		t.Fatal("no way to report")
	}
	page := reports.get(at(pathEntryReport, string(e.ID))).want(http.StatusOK)
	page.submit("main form", "reason", "zomaar").want(http.StatusUnprocessableEntity)
	page.submit("main form", "reason", "name").follow().want(http.StatusOK).shows("Gemeld en verborgen.")
	reports.get(path).want(http.StatusNotFound)
	s.as(manager).get(path).want(http.StatusNotFound)

	author := s.as(participant)
	own := author.get(path).want(http.StatusOK).shows("Alleen jij en de privacycoördinator kunnen hem lezen").hides("Test partner")
	author.get(pathMine).want(http.StatusOK).shows("Gemeld").shows("Een kievit")
	saved(t, "report-author", own)
	own.submit(`form[action="` + at(pathEntryReady, string(e.ID)) + `"]`).follow().want(http.StatusOK).shows("De privacycoördinator weet dat je klaar bent.")

	officer := s.as(privacyperson)
	list := officer.get(pathIncidents).want(http.StatusOK).shows("Een kievit").shows("Schrijver is klaar")
	saved(t, "report-list", list)
	to, ok := list.find(".rz-list__item a").Attr("href")
	if !ok {
		t.Fatal("no incident in the list")
	}
	incident := officer.get(to).want(http.StatusOK).shows("binnen 72 uur").shows("Minder dan 5 mensen konden dit lezen").shows("Test partner")
	saved(t, "report-incident", incident)
	decide := `form[action="` + to + `"]`
	incident.submit(decide, "how", "mended").want(http.StatusUnprocessableEntity).shows("De tekst is nog niet aangepast")
	incident.submit(`form[action="`+to+`/notitie"]`, "note", "Het BSN is 111222333.").want(http.StatusUnprocessableEntity).shows("Het BSN is 111222333.")
	incident.submit(decide, "how", "back").follow().want(http.StatusOK).shows("Teruggezet")
	s.as(partner).get(path).want(http.StatusOK).shows("Een kievit")
	officer.get(path).want(http.StatusNotFound)

	purge := author.get(at(pathEntryPurge, string(e.ID))).want(http.StatusOK)
	saved(t, "report-purge", purge)
	purge.submit("main form", "word", "nee").want(http.StatusUnprocessableEntity).shows("Typ het woord")
	purge.submit("main form", "word", " Verwijderen ").follow().want(http.StatusOK).shows("Definitief verwijderd").shows(string(e.ID))
	author.get(path).want(http.StatusNotFound)
	officer.get(pathIncidents).want(http.StatusOK).shows("entry:" + string(e.ID)).shows("Verwijderd door de schrijver")
	s.inEnglish(privacyperson)
	s.as(privacyperson).get(to).want(http.StatusOK).shows("The text is gone")
}

// saved keeps a page to look at, where somebody asks for it.
func saved(t *testing.T, name string, a *answer) {
	t.Helper()
	dir := os.Getenv("RUGZAK_KEEP_PAGES")
	if dir == "" {
		return
	}
	html, err := a.find("html").Html()
	if err == nil {
		err = os.WriteFile(dir+"/"+name+".html", []byte("<!doctype html><html lang=nl>"+html+"</html>"), 0o600)
	}
	if err != nil {
		t.Error(err)
	}
}
