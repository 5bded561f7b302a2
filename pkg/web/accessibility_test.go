// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"
	"testing"
)

// Everybody can read the accessibility statement, in both languages; without
// anything filled in it says whom to tell.
func TestAccessibilityStatement(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, who := range everybody() {
		page := s.as(who).get(pathAccessible).want(http.StatusOK)
		page.shows("nog niets vastgesteld").shows("Vertel het je beheerder").shows("de ombudsman").hides("Onderzocht op").hides("E-mail:")
		if strings.Contains(page.Body, pathSettings+"#") != (who == administrator) {
			t.Errorf("%s: no link to the settings, or one too many", who)
		}
	}
	s.as(nobody).get(pathSignIn).find(`footer a[href="` + pathAccessible + `"]`)
	if a := s.as(nobody).get(helpPath(strings.TrimPrefix(pathAccessible, "/"))).want(http.StatusSeeOther); a.Header.Get("Location") != pathAccessible {
		t.Errorf("the old address leads to %q", a.Header.Get("Location"))
	}

	form := `form[action="` + pathSettingsAccessible + `"]`
	old := s.as(administrator).get(pathSettings).want(http.StatusOK)
	wrong := old.submit(form, fieldStatementStatus, "partial", fieldStatementReport, "javascript:alert(1)", fieldStatementComplaint, "klacht").want(http.StatusUnprocessableEntity)
	for _, field := range []string{fieldStatementOrganisation, fieldStatementEmail, fieldStatementExamined, fieldStatementReport, fieldStatementExceptions, fieldStatementComplaint} {
		wrong.find("#" + field + `[aria-invalid="true"]`)
		wrong.find(`.rz-error-summary a[href="#` + field + `"]`)
	}
	old.submit(form, fieldStatementOrganisation, "Nummer 111222333").want(http.StatusUnprocessableEntity)
	filled := []string{
		fieldStatementStatus, "partial", fieldStatementOrganisation, "Gemeente Voorbeeldstad", fieldStatementEmail, "toegankelijk@voorbeeld.test", fieldStatementPhone, "14 0123",
		fieldStatementExamined, "2026-11-02", fieldStatementReport, "https://voorbeeld.test/rapport", fieldStatementExceptions, "Oude foto’s <zonder> tekst.\n\nEen pdf.",
		fieldStatementComplaint, "https://voorbeeld.test/klacht",
	}
	saved(t, "statement", wrong.submit(form, filled...).follow().want(http.StatusOK).shows("Bewaard."))
	page := s.as(nobody).get(pathAccessible).want(http.StatusOK).shows("Gemeente Voorbeeldstad").shows("voldoet voor een deel").shows("2 november 2026").shows("14 0123").shows("<zonder>").hides("niets vastgesteld")
	if n := page.find("main .rz-prose > ul").First().Find("li").Length(); n != 2 {
		t.Errorf("%d things that are not accessible", n)
	}
	for _, link := range []string{"https://voorbeeld.test/rapport", "https://voorbeeld.test/klacht", "mailto:toegankelijk@voorbeeld.test"} {
		page.find(`main a[href="` + link + `"]`)
	}
	english := s.as(nobody)
	english.header.Set("Accept-Language", "en")
	english.get(pathAccessible).want(http.StatusOK).shows("partly meets").find(`main ul[lang="nl"] li`)

	old.submit(form, filled...).want(http.StatusConflict) // somebody saved in between
	s.as(administrator).get(pathSettings).submit(form, fieldStatementStatus, "full").want(http.StatusUnprocessableEntity).find("#" + fieldStatementExceptions + `[aria-invalid="true"]`)
	s.as(administrator).get(pathSettings).submit(form, fieldStatementStatus, "full", fieldStatementExceptions, "").follow().want(http.StatusOK).shows("voldoet helemaal").shows("niets bekend")
	s.as(administrator).get(pathAudit + "?soort=settings.changed").want(http.StatusOK).shows("toegankelijkheidsverklaring")
}
