// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

func TestWhoTicksTheChecklist(t *testing.T) {
	s := newSite(t)
	for _, who := range everybody() {
		c := s.as(who)
		got := []*answer{c.get(pathChecklist), c.post(pathChecklist, "point", "woo", "base", "9")}
		switch {
		case who == nobody:
			got[0].want(http.StatusSeeOther)
			got[1].want(http.StatusSeeOther)
		case auditor(who):
			got[0].want(http.StatusOK).shows("Dit is geen juridisch advies.")
			got[1].want(http.StatusConflict)
		default:
			got[0].want(http.StatusForbidden).hides("FG is betrokken")
			got[1].want(http.StatusForbidden)
		}
	}
}

func TestChecklistPage(t *testing.T) {
	s := newSite(t)
	officer, admin := s.as(privacyperson), s.as(administrator)
	officer.get(pathIncidents).want(http.StatusOK).find(`main a[href="` + pathChecklist + `"]`)
	admin.get(pathAdmin).want(http.StatusOK).find(`main a[href="` + pathChecklist + `"]`)

	old := admin.get(pathChecklist).want(http.StatusOK).shows("Klaar: 0 van de 10 punten.")
	if n := old.find(`input[name="point"]`).Length(); n != len(rugzak.CheckPoints()) {
		t.Errorf("%d boxes", n)
	}
	page := officer.get(pathChecklist).submit("main form", "point", "woo").follow().want(http.StatusOK).
		shows("Bewaard.").shows("Klaar: 1 van de 10 punten.").shows("door Test privacyperson.")
	saved(t, "checklist", page)
	if page.find(`input[name="point"][checked]`).AttrOr("value", "") != "woo" {
		t.Error("what was ticked is not")
	}
	// Somebody else saved in between: what was ticked here stays in the form.
	again := old.submit("main form", "point", "dpia").want(http.StatusConflict).shows("Iemand anders wijzigde dit").shows("door Test privacyperson.")
	if again.find(`input[name="point"][checked]`).AttrOr("value", "") != "dpia" {
		t.Error("what was ticked is lost")
	}
	again.submit("main form").follow().want(http.StatusOK).shows("door Test administrator.").hides("door Test privacyperson.")
	admin.post(pathChecklist, "point", "soep", "base", "2").want(http.StatusUnprocessableEntity)
	admin.get(pathAudit + "?soort=settings.changed").want(http.StatusOK).shows("juridische checklist")
	s.inEnglish(administrator)
	s.as(administrator).get(pathChecklist).want(http.StatusOK).shows("Legal checklist").shows("Done: 1 of 10 points.")
}

// The pages about privacy show the terms of this backpack, also to who is not
// signed in, and lead to each other.
func TestTermsInHelp(t *testing.T) {
	s := newSite(t)
	c := s.as(nobody)
	for _, link := range []string{"register", "privacyverklaring", "wat-we-niet-meten"} {
		c.get(helpPath("privacy")).want(http.StatusOK).find(`.rz-prose a[href="` + helpPath(link) + `"]`)
	}
	c.get(helpPath("register")).want(http.StatusOK).shows("24 maanden").hides("{{").hides("geen eindtermijn")
	terms := rugzak.RetentionSettings{DraftAnnounce: 1, DraftRemove: 17, Review: 23, FormerColleague: 0, Audit: 31}
	if err := s.Service.SaveRetention(t.Context(), backpack.Operator(), 0, terms); err != nil {
		t.Fatal(err)
	}
	page := c.get(helpPath("register")).want(http.StatusOK).hides("{{")
	for _, want := range []string{"1 maand", "17 maanden", "23 maanden", "geen eindtermijn", "31 maanden"} {
		page.shows(want)
	}
	c.get(helpPath("privacyverklaring")).want(http.StatusOK).shows("17 maanden").shows("Autoriteit Persoonsgegevens").hides("{{")
	c.header.Set("Accept-Language", "en")
	c.get(helpPath("register")).want(http.StatusOK).shows("17 months").shows("no end").hides("{{")
}
