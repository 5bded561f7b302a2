// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// movement stores a compass, an agenda and a round.
func (s *site) movement() {
	s.Helper()
	m := rugzak.Movement{
		Compass: rugzak.Compass{Purpose: "Wij werken **samen**.", Sample: true, Drives: []rugzak.Drive{
			{ID: "inwoner-eerst", Name: "De inwoner eerst", Meaning: "We beginnen bij wat iemand nodig heeft."},
			{ID: "klein-beginnen", Name: "Klein beginnen", Meaning: "Deze week, met een paar mensen."},
		}},
		Agenda: []rugzak.AgendaItem{
			{ID: "a", Title: "Samen met welzijn", Horizon: rugzak.HorizonNow, Organisations: []rugzak.OrganisationID{s.orgs["wmo"].ID, s.orgs["welzijn"].ID}},
			{ID: "b", Title: "Alleen wij", Text: "Nog zonder partner.", Horizon: rugzak.HorizonLater, Organisations: []rugzak.OrganisationID{s.orgs["wmo"].ID, s.orgs["jeugd"].ID}},
		},
	}
	round := rugzak.ReflectionRound{
		ID: rugzak.NewID(time.Now()), Number: 1, Title: "Waar bewogen we?", Text: "We kijken terug.", Weeks: 8, Opens: "2026-10-05", Closes: "2026-11-30",
		Questions: []rugzak.RoundQuestion{{NL: "Wat gaf energie?"}, {NL: "Waar bleef de bal liggen?"}},
	}
	s.round = round.ID
	if _, err := s.Store.Update(s.Context(), func(w rugzak.Writer) error { return errors.Join(w.SaveMovement(m), w.SaveRound(round, 0)) }); err != nil {
		s.Fatal(err)
	}
}

// hang puts entries beneath an item of the agenda, whatever they are.
func (s *site) hang(item string, entries ...rugzak.EntryID) {
	s.Helper()
	if _, err := s.Store.Update(s.Context(), func(w rugzak.Writer) error {
		m, err := w.Movement()
		for i := range m.Agenda {
			if m.Agenda[i].ID == item {
				m.Agenda[i].Questions, m.Agenda[i].Successes = entries, entries
			}
		}
		return errors.Join(err, w.SaveMovement(m))
	}); err != nil {
		s.Fatal(err)
	}
}

func TestMovementPages(t *testing.T) {
	now := time.Date(2026, time.November, 23, 10, 0, 0, 0, time.UTC)
	s := newSite(t, func(c *Config) { c.Clock = rugzak.ClockFunc(func() time.Time { return now }) })
	paths := []string{pathCompass, pathAgenda, pathProgramme}
	for _, path := range paths {
		s.as(participant).get(path).want(http.StatusOK).find(".rz-empty")
		s.as(partner).get(path).want(http.StatusOK).find(".rz-empty")
		s.as(nobody).get(path).want(http.StatusSeeOther)
	}
	s.movement()
	for _, who := range everybody()[:10] {
		c := s.as(who)
		c.get(pathCompass).want(http.StatusOK).shows("Wij werken samen.").shows("De inwoner eerst").shows("Voorbeeld").find("svg path")
		agenda := c.get(pathAgenda).want(http.StatusOK).shows("Samen met welzijn").shows("Nog zonder partner.")
		if got := agenda.text("section[aria-labelledby=later] article"); strings.Contains(got, "Nog niet gezamenlijk") != s.people[who].IsMember() {
			t.Errorf("%s: without a partner it says %q", who, got)
		}
		if got := agenda.text("section[aria-labelledby=now] article"); strings.Contains(got, "Nog niet gezamenlijk") {
			t.Errorf("%s: with a partner it says %q", who, got)
		}
		c.get(pathProgramme).want(http.StatusOK).shows("5 oktober 2026").shows("30 november 2026").shows("Reflectieronde 1: Waar bewogen we?")
		c.get(at(pathRound, s.round)).want(http.StatusOK).shows("Waar bleef de bal liggen?").shows("Elke 8 weken")
	}
	// Another partner does not learn who else takes part.
	s.as(outsider).get(pathAgenda).shows("Wmo").hides("Stichting Welzijn")
	s.as(partner).get(pathAgenda).shows("Stichting Welzijn")

	s.inEnglish(participant)
	for path, says := range map[string]string{pathCompass: "Our purpose", pathAgenda: "Not joint yet", pathProgramme: "From 5 October 2026 to 30 November 2026"} {
		s.as(participant).get(path).want(http.StatusOK).shows(says)
	}
}

// The compass counts what the reader may read, and leads to it.
func TestDrivesLeadToEntries(t *testing.T) {
	s := newSite(t)
	s.movement()
	s.shareWithDrive(participant, "Bij de inwoner begonnen", "inwoner-eerst")
	s.caughtUp()
	page := s.as(colleague).get(pathCompass).want(http.StatusOK).shows("1 bijdrage").shows("Nog geen bijdragen")
	link := page.find("ol.rz-list a").AttrOr("href", "")
	page.get(link).want(http.StatusOK).shows("Bij de inwoner begonnen")
	s.as(partner).get(pathCompass).want(http.StatusOK).hides("1 bijdrage")
}

func (s *site) shareWithDrive(who, title string, drive rugzak.DriveID) {
	s.Helper()
	in := backpack.Input{
		Kind: rugzak.KindExperience, Lang: rugzak.Dutch, Title: title, Body: "Tekst", Mode: rugzak.ByName,
		Audience: rugzak.Audience{Level: rugzak.LevelInternal}, Drives: []rugzak.DriveID{drive},
	}
	if _, err := s.Service.Share(s.Context(), s.people[who], s.idFor(who), 0, in); err != nil {
		s.Fatal(err)
	}
}
