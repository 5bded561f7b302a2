// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"testing"

	"rugzak/pkg/rugzak"
)

// A success says which organisations did it together. One that names none is
// taken all the same, with a friendly word.
func TestSuccessIsOfTwo(t *testing.T) {
	s := newSite(t)
	page := s.as(participant).get(pathEntryNew + "?soort=success").want(http.StatusOK).shows("Een succes is van minstens twee organisaties.")
	form := func(fields ...string) *answer {
		return submitWith(page, append([]string{"do", doShare, "title", "Gelukt", "lesson", "Ga samen.", "body", "We gingen samen.", "audience", "internal"}, fields...)...)
	}
	form().want(http.StatusSeeOther).follow().shows("Je noemde geen andere organisatie.")
	page = s.as(participant).get(pathEntryNew + "?soort=success")
	jeugd, welzijn := string(s.orgs["jeugd"].ID), string(s.orgs["welzijn"].ID)
	form("with", "bestaat-niet").want(http.StatusUnprocessableEntity)
	done := form("with", jeugd).want(http.StatusSeeOther)
	done.follow().shows("Samen met").hides("Je noemde geen andere organisatie.")
	e := s.stored(participant, done.Header.Get("Location"))
	if e.Together() != 2 || e.With[0] != rugzak.OrganisationID(jeugd) {
		t.Errorf("stored %+v", e.With)
	}
	edit := s.as(participant).get(at(pathEntryEdit, string(e.ID)))
	if edit.find(`input[name=with][checked]`).AttrOr("value", "") != jeugd || edit.Doc.Find(`input[name=with][value="`+string(e.Organisation)+`"]`).Length() != 0 {
		t.Error("the form does not hold who it was done with, or offers the own organisation")
	}
	// A partner reads of whom it was done with only those they may know.
	shared := s.share(participant, "Met de partners", "Tekst", rugzak.LevelInternal, "welzijn")
	wonen := string(s.orgs["wonen"].ID)
	submitWith(s.as(participant).get(at(pathEntryEdit, string(shared.ID))), "do", doSave, "with", wonen).want(http.StatusSeeOther)
	s.as(partner).get(entryPath(shared.ID)).want(http.StatusOK).hides(s.orgs["wonen"].Name)
	s.as(participant).get(entryPath(shared.ID)).shows(s.orgs["wonen"].Name)
	submitWith(s.as(participant).get(at(pathEntryEdit, string(shared.ID))), "do", doSave, "with", welzijn).want(http.StatusSeeOther)
	s.as(partner).get(entryPath(shared.ID)).shows("Samen met")
}
