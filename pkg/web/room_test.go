// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"net/http"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// A team says what it needs, its manager makes room, and nobody else is shown
// any of it.
func TestRoomThroughThePages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.as(participant)
	c.get(pathRoom).want(http.StatusOK).shows("Er wordt nu geen ruimte gevraagd")
	c.post(pathRoomNew, "kind", "time", "text", " ", "mode", "team").want(http.StatusUnprocessableEntity).shows("Vul dit in").shows("Namens het team")
	c.post(pathRoomNew, "text", "Mijn zin blijft staan", "mode", "team").want(http.StatusUnprocessableEntity).shows("Mijn zin blijft staan")
	list := c.post(pathRoomNew, "kind", "time", "text", "Twee uur per week", "mode", "team").follow().shows("Twee uur per week")
	need := list.link("h3 a", "Twee uur per week")
	c.get(need).want(http.StatusOK).shows("Niet meer nodig").hides("Ik maak ruimte")

	m := s.as(manager)
	m.get(pathNotices).shows("Je team heeft ruimte nodig").shows("Twee uur per week")
	m.get(need).want(http.StatusOK).shows("Ik maak ruimte").shows("Vraag iets").hides(s.people[participant].Name)
	m.post(need+"/maken", "made", "").want(http.StatusUnprocessableEntity).shows("Vul dit in")
	m.post(need+"/maken", "made", "Vanaf maandag").follow().shows("Vanaf maandag").shows("Ruimte gemaakt")
	m.post(need + "/intrekken").want(http.StatusForbidden)
	c.post(need+"/bedanken", "thanks", "").want(http.StatusForbidden)
	c.get(pathNotices).shows("Er is ruimte gemaakt voor je vraag")
	for _, who := range []string{colleague, facilitator, coreteam, administrator, privacyperson, partner, contact, outsider} {
		s.as(who).get(need).want(http.StatusNotFound)
		s.as(who).get(pathRoom).want(http.StatusOK).hides("Twee uur per week")
	}
	c.post(need + "/intrekken").follow().hides("Twee uur per week")
	m.get(need).want(http.StatusNotFound)
	m.get(pathNotices).hides("Twee uur per week")
}

// A meeting is planned, shown to who is invited, and come to with one button.
func TestMeetingThroughThePages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	f := s.as(facilitator)
	form := f.get(pathMeetingNew).want(http.StatusOK).shows("Wie is uitgenodigd?")
	if form.find(`input[type="date"]#day`).Length() != 1 || form.find(`input[type="time"]`).Length() != 2 {
		t.Error("day and times have no inputs of their own")
	}
	day := rugzak.Today(s.Server.Clock.Now().AddDate(0, 0, 9))
	f.post(pathMeetingNew, "title", "Koffie", "day", "2020-01-01", "start", "10:00", "organisations", "internal").want(http.StatusUnprocessableEntity).shows("Kies een moment dat nog moet komen")
	f.post(pathMeetingNew, "title", "Koffie", "day", day, "start", "10:00", "end", "09:00", "organisations", "internal").want(http.StatusUnprocessableEntity).shows("Het einde moet na het begin liggen")
	page := f.post(pathMeetingNew, "title", "Koffie in de wijk", "day", day, "start", "10:00", "place", "https://vergaderen.voorbeeld.test/koffie",
		"organisations", "internal", "organisations", string(s.orgs["welzijn"].ID)).follow().shows("Koffie in de wijk").shows("10:00")
	meeting := page.Path
	for who, status := range map[string]int{participant: http.StatusOK, colleague: http.StatusOK, partner: http.StatusOK, contact: http.StatusOK, outsider: http.StatusNotFound} {
		s.as(who).get(meeting).want(status)
	}
	s.as(outsider).get(pathProgramme).want(http.StatusOK).hides("Koffie in de wijk")
	p := s.as(partner)
	p.get(pathProgramme).shows("Koffie in de wijk").shows("online")
	p.post(meeting + "/ik-kom").follow().shows("Ik kom toch niet").shows("Minder dan 5 mensen komen").hides("Met naam")
	p.get(meeting + "/wijzigen").want(http.StatusForbidden)
	f.get(meeting + "/wijzigen").want(http.StatusOK).shows("Koffie in de wijk")
	f.post(meeting + "/afzeggen").follow().shows("Afgezegd")
	p.get(pathNotices).shows("Een bijeenkomst waar je heen zou gaan is afgezegd")
	p.post(meeting + "/ik-kom-niet").follow().shows("Je bent afgemeld")
}

// A profile needs no more than a name; the line is read by who was chosen.
func TestProfileThroughThePages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	me := s.people[participant]
	path := at(pathProfile, string(me.ID))
	s.as(colleague).get(path).want(http.StatusOK).shows(me.Name).hides("Waarom stap ik in?")
	s.as(partner).get(path).want(http.StatusNotFound)
	c := s.as(participant)
	base := c.get(pathAccount).find(`form[action="`+pathWhy+`"] input[name="base"]`).AttrOr("value", "")
	c.post(pathWhy, "why", "Ik leer graag van anderen", "audience", "sterren", "base", base).want(http.StatusUnprocessableEntity).shows("Ik leer graag van anderen")
	c.post(pathWhy, "why", "Ik leer graag van anderen", "audience", string(rugzak.LevelTeam), "base", base).follow().shows("Ik leer graag van anderen")
	s.as(manager).get(path).shows("Ik leer graag van anderen")
	s.as(colleague).get(path).hides("Ik leer graag van anderen")
	s.as(administrator).get(path).hides("Ik leer graag van anderen")
	e := s.share(participant, "Met mijn naam", "Tekst.", rugzak.LevelInternal)
	s.as(colleague).get(entryPath(e.ID)).link(`a[href="`+path+`"]`, me.Name)
}

// Who meets something about a person at a meeting or at a need for room reports
// it there: it is hidden, and the privacy officer decides.
func TestReportMeetingAndRoomThroughThePages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	day := rugzak.Today(s.Server.Clock.Now().AddDate(0, 0, 9))
	f, c, m, officer := s.as(facilitator), s.as(participant), s.as(manager), s.as(privacyperson)
	meeting := f.post(pathMeetingNew, "title", "Koffie in de wijk", "day", day, "start", "10:00", "organisations", "internal").follow().Path
	c.post(pathRoomNew, "kind", "time", "text", "Twee uur per week", "mode", "team")
	need := c.get(pathRoom).link("h3 a", "Twee uur per week")
	for what, x := range map[string]struct {
		path  string
		by    *client
		words string
	}{
		"a meeting": {meeting, c, "De bijeenkomst is dan meteen verborgen"},
		"a need":    {need, m, "De vraag om ruimte is dan meteen verborgen"},
	} {
		page := x.by.get(x.path).want(http.StatusOK)
		form := x.by.get(page.link("main a", "Hier staat iets over een persoon")).want(http.StatusOK).shows(x.words)
		form.submit(fmt.Sprintf(`form[action=%q]`, x.path+"/melden"), "reason", "story").follow().shows("Gemeld en verborgen")
		x.by.get(x.path).want(http.StatusNotFound)
		s.as(partner).get(x.path + "/melden").want(http.StatusNotFound)
		if t.Failed() {
			t.Fatal(what)
		}
	}
	f.get(meeting).want(http.StatusOK).shows("De bijeenkomst is nu verborgen").hides("Ik kom").hides("Hier staat iets over een persoon")
	c.get(need).want(http.StatusOK).shows("De vraag is nu verborgen").hides("Niet meer nodig")
	f.get(pathNotices).shows("Iemand meldde dat bij jouw bijeenkomst")
	list := officer.get(pathIncidents).want(http.StatusOK).hides("Koffie in de wijk").hides("Twee uur per week")
	for _, name := range []string{"Een bijeenkomst", "Een vraag om ruimte"} {
		path := list.link("main a", name)
		officer.get(path).want(http.StatusOK).shows("Beslissen")
		officer.post(path, "how", "back").follow().shows("Teruggezet")
	}
	c.get(meeting).want(http.StatusOK)
	m.get(need).want(http.StatusOK)
}

// What nobody wrote alone is reported where it is read too: the outcome of a
// round, an item of the agenda, the compass, a need and an idea.
func TestReportSharedTextsThroughThePages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	core, officer := s.as(coreteam), s.as(privacyperson)
	today := rugzak.Today(s.Service.Clock.Now())
	made, err := s.Service.SaveRound(t.Context(), s.people[facilitator], "", 0, backpack.RoundInput{
		Title: "Herfstronde", Opens: today, Closes: today, Questions: []rugzak.RoundQuestion{{NL: "Wat werkte?"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	round := at(pathRound, made.ID)
	_, err = s.Store.Update(t.Context(), func(w rugzak.Writer) error {
		r, err := w.Round(made.ID)
		if err != nil {
			return err
		}
		r.Outcome, r.PublishedAt = "Wij belden de bakker.", s.Service.Clock.Now()
		if err := w.SaveRound(r, r.Version); err != nil {
			return err
		}
		m, err := w.Movement()
		if err != nil {
			return err
		}
		m.Compass = rugzak.Compass{Purpose: "Samen met de bakker.", Version: 1, UpdatedAt: s.Service.Clock.Now()}
		m.Agenda = append(m.Agenda, rugzak.AgendaItem{ID: "bellen", Title: "Eerder bellen", Text: "De bakker belt.", Horizon: rugzak.HorizonNow, Version: 1})
		return w.SaveMovement(m)
	})
	if err != nil {
		t.Fatal(err)
	}
	own, err := s.Service.OwnNeed(t.Context(), s.people[colleague])
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Service.SaveNeed(t.Context(), s.people[colleague], own.Need, rugzak.Need{Needs: "Brood van de bakker"}); err != nil {
		t.Fatal(err)
	}
	idea, err := s.Service.SaveIdea(t.Context(), s.people[coreteam], "", 0, backpack.IdeaInput{
		Title: "Ontbijt", Text: "Met de bakker.", Step: "Bel.", Organisations: []rugzak.OrganisationID{s.people[participant].Organisation},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ kind, read, report string }{
		{"Een reflectieronde", round, at(pathTextReport, "ronde", made.ID)},
		{"Een punt van de toekomstagenda", at(pathAgendaItem, "bellen"), at(pathTextReport, "agendapunt", "bellen")},
		{"Het kompas", pathCompass, at(pathTextReport, "kompas", "all")},
		{"Een behoefte", pathNeeds, at(pathTextReport, "behoefte", string(own.ID))},
		{"Een idee", at(pathIdea, idea.ID), at(pathTextReport, "idee", idea.ID)},
	} {
		me := s.as(participant)
		page := me.get(x.read).want(http.StatusOK).shows("bakker")
		page.find(fmt.Sprintf("main a[href=%q]", x.report))
		form := me.get(x.report).want(http.StatusOK).shows("Alleen wie hem bijhoudt")
		form.submit(fmt.Sprintf("main form[action=%q]", x.report), "reason", "story").follow().shows("Gemeld en verborgen")
		me.get(x.read).hides("bakker")
		me.get(x.report).want(http.StatusNotFound)
		if x.read != pathNeeds {
			core.get(x.read).want(http.StatusOK).shows("bakker").shows("Iemand meldde dat hier iets over een persoon staat")
			core.get(pathNotices).shows("Iemand meldde dat in een tekst die jij kunt aanpassen")
		}
		path := officer.get(pathIncidents).want(http.StatusOK).hides("bakker").link("main a", x.kind)
		officer.get(path).want(http.StatusOK).shows("bakker")
		officer.post(path, "how", "back").follow().shows("Teruggezet")
		me.get(x.read).want(http.StatusOK).shows("bakker")
		if t.Failed() {
			t.Fatal(x.kind)
		}
	}
}
