// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

// From leaving to a former colleague, and what the one who goes on is told.
func TestSomebodyLeaves(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Gedeeld verhaal", "Tekst.", rugzak.LevelInternal)
	c := s.as(administrator)
	leave := c.get(at(pathPerson, string(s.people[participant].ID))).want(http.StatusOK).shows("Vertrekt")
	form := leave.get(at(pathLeave, string(s.people[participant].ID))).want(http.StatusOK).hides("Test colleague")
	form.submit("form.rz-panel", "to", string(s.people[colleague].ID)).want(http.StatusUnprocessableEntity)
	form.submit("form.rz-panel", "to", string(s.people[facilitator].ID)).follow().want(http.StatusOK).shows("Test participant").shows("Naam wordt gewist op")
	s.as(participant).get(pathHome).want(http.StatusSeeOther)

	heir := s.as(facilitator)
	heir.get(pathHome).want(http.StatusOK).shows("nieuwe melding")
	list := heir.get(pathNotices).want(http.StatusOK).shows("Een collega droeg bijdragen aan je over")
	heir.get(at(pathEntryEdit, string(e.ID))).want(http.StatusOK)
	list.submit(`form[action="/meldingen/gezien"]`).follow().want(http.StatusOK).hides("nieuwe melding")
	s.as(manager).post(list.find(`form[action$="/weghalen"]`).AttrOr("action", ""), "a", "b").want(http.StatusNotFound)
	heir.get(pathNotices).submit(`form[action$="/weghalen"]`).follow().want(http.StatusOK).shows("Geen meldingen")

	c.get(pathFormer).get(at(pathErase, string(s.people[participant].ID))).want(http.StatusOK).
		submit("form.rz-panel").follow().want(http.StatusOK).hides("Test participant")
	c.get(pathPeople).want(http.StatusOK).shows("Oud-collega").hides("Test participant")
	s.as(colleague).get(entryPath(e.ID)).want(http.StatusOK).hides("Test participant")
}

// Somebody hands over what they wrote.
func TestHandingOver(t *testing.T) {
	s := newSite(t)
	e := s.share(partner, "Van een partner", "Tekst.", rugzak.LevelOrganisation)
	form := s.as(partner).get(pathHandOver).want(http.StatusOK).shows("Test contact").hides("Test outsider").hides("Test facilitator")
	form.submit("form.rz-panel").want(http.StatusUnprocessableEntity)
	s.as(partner).post(pathHandOver, "to", string(s.people[outsider].ID)).want(http.StatusUnprocessableEntity)
	form.submit("form.rz-panel", "to", string(s.people[contact].ID)).follow().want(http.StatusOK).shows("overgedragen")
	s.as(contact).get(at(pathEntryEdit, string(e.ID))).want(http.StatusOK)
}

// A list is shown first, and invites at the second step.
func TestInvitingAList(t *testing.T) {
	s := newSite(t)
	c := s.as(administrator)
	form := c.get(pathBulk).want(http.StatusOK).shows("participant (Deelnemer)")
	form.submit("form.rz-panel", "table", "wie;waar\nx;y").want(http.StatusUnprocessableEntity).shows("eerste regel")
	preview := form.submit("form.rz-panel", "table", "email;naam;organisatie\na@wmo.example;=1+1;Wmo\nb@wmo.example;B;Bestaat niet\n").
		want(http.StatusOK).shows("Dit gaan we doen").shows("1 uitnodiging").shows("1 klopt niet").shows("Deze organisatie is er niet")
	c.get(pathInvitations).hides("a@wmo.example")
	file := preview.submit("form.rz-panel", "do", "table").want(http.StatusOK)
	if !strings.HasPrefix(file.Header.Get("Content-Disposition"), "attachment") || !strings.Contains(file.Body, `"'=1+1"`) || !strings.Contains(file.Body, "/uitnodiging/") {
		t.Errorf("the report: %s", file.Body)
	}
	c.get(pathInvitations).want(http.StatusOK).shows("a@wmo.example").hides("b@wmo.example")
	form.submit("form.rz-panel", "table", "email;organisatie\nc@wmo.example;Wmo\n").submit("form.rz-panel", "do", "invite").want(http.StatusOK).shows("Dit is gedaan").shows("/uitnodiging/")
	for _, who := range []string{participant, partner, manager} {
		s.as(who).get(pathBulk).want(http.StatusForbidden)
	}
	s.as(contact).post(pathBulk, "table", "email;organisatie\nd@wmo.example;Wmo\n", "do", "invite").want(http.StatusOK).shows("Klopt niet")
	c.get(pathInvitations).hides("d@wmo.example")
}
