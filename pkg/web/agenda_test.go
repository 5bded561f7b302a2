// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// The agenda is kept with forms and buttons alone: made, moved, told of and
// finished.
func TestAgendaPages(t *testing.T) {
	s := newSite(t)
	s.movement()
	f := s.as(facilitator)
	f.get(pathAgendaNew).want(http.StatusOK)
	made := f.post(pathAgendaNew, "title", "Vaste contactpersoon", "text", "Eén per partner", "horizon", "now", "organisations", string(s.orgs["wmo"].ID), "organisations", string(s.orgs["welzijn"].ID))
	made.want(http.StatusSeeOther)
	const id = "vaste-contactpersoon"
	page := f.get(at(pathAgendaItem, id)).want(http.StatusOK).shows("Eén per partner").hides("Nog niet gezamenlijk")
	if page.text("h1") != "Vaste contactpersoon" {
		t.Errorf("the heading is %q", page.text("h1"))
	}
	f.post(pathAgendaNew, "horizon", "now", "text", "Bewaard").want(http.StatusUnprocessableEntity).shows("Bewaard")

	// On the board and in the list the same buttons move it.
	for _, path := range []string{pathAgenda, agendaAddress(agendaList)} {
		f.get(path).want(http.StatusOK).find(`form[action="` + at(pathAgendaMove, id) + `"] button[value="later"]`)
		if c := s.as(colleague).get(path).want(http.StatusOK); c.Doc.Find(`form[action="`+at(pathAgendaMove, id)+`"]`).Length() > 0 {
			t.Errorf("%s: a colleague is offered to move it", path)
		}
	}
	f.post(at(pathAgendaMove, id), "to", "this-year", "view", agendaList).want(http.StatusSeeOther)
	if got := f.get(agendaAddress(agendaList)).text("section[aria-labelledby=this-year]"); !strings.Contains(got, "Vaste contactpersoon") {
		t.Errorf("moved to %q", got)
	}
	f.post(at(pathAgendaMove, id), "to", "ooit").want(http.StatusBadRequest)

	// Two forms of one version: the second shows both.
	f.post(at(pathAgendaEdit, id), "title", "Vaste vraagbaak", "horizon", "now", "base", "2").want(http.StatusSeeOther)
	f.post(at(pathAgendaEdit, id), "title", "Vaste gids", "horizon", "now", "base", "2").want(http.StatusConflict).shows("Vaste vraagbaak").find(`input[name=title][value="Vaste gids"]`)
	f.post(at(pathAgendaEdit, id), "title", "Vaste gids", "horizon", "now", "base", "3", "organisations", string(s.orgs["welzijn"].ID)).want(http.StatusSeeOther)

	// Its partner tells how far it is; somebody else has no form for that.
	p := s.as(partner)
	p.get(at(pathAgendaItem, id)).find("textarea[name=progress]")
	p.post(at(pathAgendaProgress, id), "progress", "De eerste gids is er").want(http.StatusSeeOther)
	p.post(at(pathAgendaProgress, id), "progress", "Bel 06-12345678").want(http.StatusUnprocessableEntity).shows("Bel 06-12345678")
	s.as(colleague).get(at(pathAgendaItem, id)).shows("De eerste gids is er").hides("Plaats voortgang")
	s.as(colleague).post(at(pathAgendaProgress, id), "progress", "Ik ook").want(http.StatusForbidden)
	s.as(colleague).get(at(pathAgendaEdit, id)).want(http.StatusForbidden)
	s.as(colleague).get("/agenda/is-er-niet").want(http.StatusNotFound)

	// A question goes beneath it; one the partner may not read is like none.
	question := s.askOf(participant, "Wie is de gids?", "wmo", rugzak.LevelInternal)
	f.post(at(pathAgendaLink, id), "entry", string(question.ID)).want(http.StatusSeeOther)
	f.get(at(pathAgendaItem, id)).shows("Wie is de gids?")
	f.get(entryPath(question.ID)).shows("Op de toekomstagenda").shows("Vaste gids")
	p.get(at(pathAgendaItem, id)).hides("Wie is de gids?").shows("Hier hangen nog geen vraagstukken onder")
	hidden := p.post(at(pathAgendaLink, id), "entry", string(question.ID)).want(http.StatusUnprocessableEntity)
	absent := p.post(at(pathAgendaLink, id), "entry", string(newID())).want(http.StatusUnprocessableEntity)
	if hidden.text(".rz-error-summary") != absent.text(".rz-error-summary") {
		t.Error("a hidden question is refused otherwise than an absent one")
	}
	s.caughtUp()
	f.get(at(pathAgendaLink, id) + "?soort=succes").want(http.StatusOK)
	f.post(at(pathAgendaLink, id), "entry", string(question.ID), "do", "unlink").want(http.StatusSeeOther)
	f.get(at(pathAgendaItem, id)).hides("Wie is de gids?")

	// It ends with what we learned.
	f.post(at(pathAgendaFinish, id), "learned", "Bellen helpt").want(http.StatusSeeOther)
	s.as(partner).get(pathAgenda).shows("Afgerond").shows("Bellen helpt")
	f.post(at(pathAgendaFinish, id), "do", "again").want(http.StatusSeeOther)
	s.as(partner).get(pathAgenda).hides("Bellen helpt")
	f.post(at(pathAgendaRemove, id)).want(http.StatusSeeOther)
	f.get(at(pathAgendaItem, id)).want(http.StatusNotFound)
}

// Who joins in with an item is told of it, with a link that leads there.
func TestAgendaNotice(t *testing.T) {
	s := newSite(t)
	s.movement()
	c := s.as(colleague)
	c.post(at(pathFollow, "agendapunt", "a")).want(http.StatusSeeOther)
	if err := s.Service.ProgressItem(s.Context(), s.people[facilitator], "a", "Begonnen"); err != nil {
		t.Fatal(err)
	}
	page := c.get(pathNotices).want(http.StatusOK).shows("Samen met welzijn")
	page.find(`a[href="/agenda/a"]`)
	s.inEnglish(colleague)
	s.as(colleague).get(pathNotices).shows("An agenda item you follow")
	if _, err := s.Service.SaveAgendaItem(s.Context(), s.people[facilitator], "a", 0, backpack.AgendaInput{Title: "Anders", Horizon: rugzak.HorizonNow}); err != nil {
		t.Fatal(err)
	}
	s.as(colleague).get("/agenda/a").want(http.StatusOK).shows("How far are we?")
}
