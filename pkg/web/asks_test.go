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

// asked asks somebody whether they used what they took along.
func (s *site) asked(who string, id rugzak.EntryID) {
	s.Helper()
	_, err := s.Store.Update(s.Context(), func(w rugzak.Writer) error {
		k, err := w.Keep(s.people[who].ID, id)
		if err != nil {
			return err
		}
		k.Ask(s.Server.Clock.Now())
		return w.SaveKeep(k)
	})
	if err != nil {
		s.Fatal(err)
	}
}

// What was taken along is asked about on the own backpack, with the note that
// belongs to it; an answer leads back there.
func TestUsedIsAskedOnMine(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	lesson := s.share(participant, "Bel de avond ervoor", "Dan komt iedereen.", rugzak.LevelInternal)
	c := s.as(colleague)
	c.post(entryPath(lesson.ID)+"/meenemen", "purpose", "voor het overleg", "note", "Eerst bellen.").want(http.StatusSeeOther)
	c.get(pathMine).want(http.StatusOK).hides("Gebruikt, wat je meenam?").shows("Eerst bellen.")
	s.asked(colleague, lesson.ID)
	s.inEnglish(colleague)
	c.get(pathMine).want(http.StatusOK).shows("Own note: Eerst bellen.")
	if err := s.Service.SetLanguage(t.Context(), s.people[colleague], rugzak.Dutch); err != nil {
		t.Fatal(err)
	}
	c.get(pathHome).want(http.StatusOK).shows("Je nam dit mee. Gebruikt?").find(`a[href="` + entryPath(lesson.ID) + `#gebruikt"]`)
	page := c.get(pathMine).want(http.StatusOK).shows("Gebruikt, wat je meenam?").shows("Waarvoor: voor het overleg")
	back := page.submit(`form[action$="/gebruikt"]`, "answer", "not-yet").follow().want(http.StatusOK).shows("We vragen het later nog een keer")
	if back.Path != pathMine {
		t.Errorf("the answer leads to %s", back.Path)
	}
	back.hides("Gebruikt, wat je meenam?")
	s.asked(colleague, lesson.ID)
	if _, err := s.Service.ChangeAudience(t.Context(), s.people[participant], lesson.ID, lesson.Version, rugzak.Audience{Level: rugzak.LevelTeam}); err != nil {
		t.Fatal(err)
	}
	c.get(pathMine).want(http.StatusOK).hides("Gebruikt, wat je meenam?").hides("Bel de avond")
	c.get(pathHome).want(http.StatusOK).hides("Bel de avond")
}

// Whatever waits for somebody stands on their own backpack: questions in
// responses, responses that name them, steps they promised anywhere, meetings
// they signed up for and what their team needs.
func TestWhatAsksOnMine(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	e := s.share(participant, "Samen bellen", "Tekst.", rugzak.LevelInternal, "welzijn")
	theme := s.theme("Samen in de wijk", "welzijn")
	ctx := t.Context()
	me, other := s.people[participant], s.people[partner]
	respond := func(by rugzak.Person, body string) {
		t.Helper()
		if _, _, err := s.Service.Respond(ctx, by, e.ID, backpack.ResponseInput{Key: rugzak.NewID(s.Server.Clock.Now()), Kind: rugzak.ResponseQuestion, Body: body, Lang: rugzak.Dutch, Reviewed: true}); err != nil {
			t.Fatal(err)
		}
	}
	respond(other, "Hoe laat begonnen jullie?")
	respond(me, "Weet jij dat, "+rugzak.Mention(other.ID)+"?")
	of := rugzak.Subject(rugzak.ThemeSubject(theme.ID))
	day := rugzak.Today(s.Server.Clock.Now().AddDate(0, 0, 3))
	if err := s.Service.Join(ctx, me, of, backpack.JoinInput{Way: rugzak.WayDo, Step: "Ik bel de buurt", When: day}); err != nil {
		t.Fatal(err)
	}
	meeting := s.as(facilitator).post(pathMeetingNew, "title", "Koffie in de wijk", "day", day, "start", "10:00",
		"organisations", "internal", "organisations", string(s.orgs["welzijn"].ID)).follow().Path
	for _, who := range []string{participant, partner} {
		s.as(who).post(meeting + "/ik-kom").want(http.StatusSeeOther)
	}
	c := s.as(participant)
	c.post(pathRoomNew, "kind", "time", "text", "Twee uur per week", "mode", "team").want(http.StatusSeeOther)
	s.caughtUp()

	mine := c.get(pathMine).want(http.StatusOK).shows("Hoe laat begonnen jullie?").shows("Bij jouw bijdrage:").
		shows("Ik bel de buurt").shows("Koffie in de wijk").shows("Je team vraagt 1 keer om ruimte")
	mine.find(`a[href="` + themePath(theme.ID) + `"]`)
	done := mine.submit(`form[action^="/beloften/thema/"]`).follow().want(http.StatusOK).hides("Ik bel de buurt")
	if done.Path != pathMine {
		t.Errorf("a step that is done leads to %s", done.Path)
	}
	s.as(manager).get(pathMine).shows("Je team vraagt 1 keer om ruimte").hides("Koffie in de wijk").hides("Bij jouw bijdrage:")
	s.as(colleague).get(pathMine).hides("om ruimte").hides("Hoe laat begonnen").hides("Ik bel de buurt")

	p := s.as(partner)
	p.get(pathMine).want(http.StatusOK).shows("Reacties waarin iemand jou noemt").shows("Samen bellen").shows("Koffie in de wijk").hides("om ruimte")
	home := p.get(pathHome).want(http.StatusOK)
	if got := home.text(`section[aria-labelledby="vraagt"]`); !strings.Contains(got, "Koffie in de wijk") {
		t.Errorf("home asks %q", got)
	}
	s.as(outsider).get(pathMine).want(http.StatusOK).hides("Samen bellen").hides("Koffie in de wijk")
}
