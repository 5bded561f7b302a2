// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// A reader asks, the author sees it on the page and in the own backpack, and
// says yes, with the question about partners in between.
func TestMayThisGoWider(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Samen op bezoek", "Tekst", rugzak.LevelOrganisation)
	ask, welzijn := at(pathWidening, string(e.ID)), string(s.orgs["welzijn"].ID)
	page := s.as(facilitator).get(entryPath(e.ID)).find(`a[href="` + ask + `"]`)
	if page.Length() != 1 {
		t.Fatal("a reader cannot ask")
	}
	s.as(participant).get(entryPath(e.ID)).want(http.StatusOK)
	form := s.as(facilitator).get(ask).want(http.StatusOK).shows("Mag dit breder?").shows("Stichting Welzijn")
	form.submit("main form").want(http.StatusUnprocessableEntity).shows("Kies wie dit ook zou mogen lezen.")
	form.submit("main form", "audience", welzijn).follow().want(http.StatusOK).shows("Gevraagd. Je hoort het").shows("De schrijver heeft nog niet geantwoord.")
	s.as(colleague).get(ask).want(http.StatusNotFound)
	s.as(facilitator).get(ask).submit("main form", "audience", "level:internal").want(http.StatusUnprocessableEntity).shows("Je vroeg dit al.")

	s.as(coreteam).get(entryPath(e.ID)).hides("Test facilitator")
	mine := s.as(participant).get(pathMine).want(http.StatusOK).shows("Test facilitator (Wmo) vraagt: mag dit breder?").shows("Ook zichtbaar voor: Stichting Welzijn")
	s.as(participant).get(pathNotices).want(http.StatusOK).shows("Test facilitator (Wmo) vraagt: mag dit breder?")
	own := mine.get(entryPath(e.ID)).shows("Test facilitator (Wmo) vraagt: mag dit breder?")
	answer := own.find(`form[action^="`+ask+`/"]`).AttrOr("action", "")
	for _, who := range []string{facilitator, coreteam, manager, administrator} {
		s.as(who).post(answer, "do", doYes, "confirmed", welzijn).want(http.StatusForbidden)
	}
	s.as(colleague).post(answer, "do", doYes).want(http.StatusNotFound)
	s.as(participant).post(answer, "do", "misschien").want(http.StatusBadRequest)
	s.as(partner).get(entryPath(e.ID)).want(http.StatusNotFound)
	sure := own.submit(`form[action="`+answer+`"]`, "do", doYes).want(http.StatusOK).shows("Delen met Stichting Welzijn?")
	s.as(partner).get(entryPath(e.ID)).want(http.StatusNotFound)
	sure.submit("main form", "do", doYes).follow().want(http.StatusOK).shows("Meer mensen kunnen dit nu lezen.").hides("vraagt: mag dit breder?")
	s.as(partner).get(entryPath(e.ID)).want(http.StatusOK).hides("Test facilitator")
	s.as(facilitator).get(entryPath(e.ID)).shows("De schrijver zei ja.")
	s.as(participant).post(answer, "do", doNo).want(http.StatusNotFound)
	s.inEnglish(coreteam)
	s.as(coreteam).get(ask).want(http.StatusOK).shows("May this go wider?")
}

// Who wrote without name is asked as well, and stays unknown.
func TestMayThisGoWiderWithoutName(t *testing.T) {
	s := newSite(t)
	in := simpleInput("Zonder mijn naam", rugzak.LevelOrganisation)
	in.Mode = rugzak.Anonymous
	e := s.shareInput(participant, in)
	ask := at(pathWidening, string(e.ID))
	s.as(facilitator).get(ask).want(http.StatusOK).shows("Jij komt niet te weten wie het is.").
		submit("main form", "audience", "level:internal").follow().want(http.StatusOK).hides("Test participant")
	own := s.as(participant).get(entryPath(e.ID)).shows("Test facilitator (Wmo) vraagt")
	own.submit(`form[action^="`+ask+`/"]`, "do", doNo).follow().want(http.StatusOK)
	s.as(facilitator).get(entryPath(e.ID)).shows("De schrijver zei nee.").hides("Test participant").hides(string(s.people[participant].ID))
}

// What everybody of the municipality reads is offered to partners only: all
// departments read it already.
func TestWiderThanTheWholeMunicipality(t *testing.T) {
	s := newSite(t)
	ofPartner := simpleInput("Van een partner", rugzak.LevelOrganisation)
	ofPartner.Audience.Also = []rugzak.OrganisationID{rugzak.WholeMunicipality}
	ofDepartment := s.share(participant, "Voor iedereen", "Tekst", rugzak.LevelInternal)
	for _, e := range []rugzak.Entry{ofDepartment, s.shareInput(partner, ofPartner)} {
		page := s.as(facilitator).get(at(pathWidening, string(e.ID))).want(http.StatusOK)
		for _, o := range s.orgs {
			if offered := page.Doc.Find(`input[value="`+string(o.ID)+`"]`).Length() > 0; offered && o.Kind == rugzak.Department {
				t.Errorf("%s: %s is offered", e.Title, o.Name)
			}
		}
	}
	// In the middle of the words, so without a capital.
	s.as(facilitator).get(pathSearch).shows("Stichting Welzijn, en ook de hele gemeente").hides("ook Hele gemeente")
	s.as(facilitator).get(at(pathWidening, string(ofDepartment.ID))).shows("Stichting Welzijn").
		post(at(pathWidening, string(ofDepartment.ID)), "audience", string(s.orgs["jeugd"].ID)).want(http.StatusUnprocessableEntity)
}

// simpleInput is the smallest form that can be shared.
func simpleInput(title string, level rugzak.Level) backpack.Input {
	return backpack.Input{
		Kind: rugzak.KindExperience, Lang: rugzak.Dutch, Title: title, Body: "Tekst.", Mode: rugzak.ByName,
		Audience: rugzak.Audience{Level: level},
	}
}
