// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// A facilitator puts an entry of a theme first and back; nobody else does.
func TestPinsOfATheme(t *testing.T) {
	s := newSite(t)
	theme := s.theme("Bellen")
	e := s.share(participant, "Wie belt", "Wij belden samen.", rugzak.LevelInternal)
	s.inTheme(theme, e)
	s.caughtUp()
	pins, unpin := at(pathThemePins, string(theme.ID)), at(pathThemeUnpin, string(theme.ID))
	for _, who := range []string{participant, colleague, manager} {
		s.as(who).get(themePath(theme.ID)).want(http.StatusOK).hides(pins)
		s.as(who).post(pins, "entry", string(e.ID)).want(http.StatusForbidden)
		s.as(who).post(unpin, "entry", string(e.ID)).want(http.StatusForbidden)
	}
	c := s.as(facilitator)
	first := c.get(themePath(theme.ID)).submit(`form[action="` + pins + `"]`).follow().want(http.StatusOK)
	s.as(participant).get(themePath(theme.ID)).want(http.StatusOK).shows("Wie belt")
	first.submit(`form[action="` + unpin + `"]`).follow().want(http.StatusOK).find(`form[action="` + pins + `"]`)
	c.post(pins, "entry", string(newID())).want(http.StatusNotFound)
}

// A facilitator asks for more and the author answers. Who asks twice is told so
// before there is a form, and keeps what was typed when it comes to sending.
func TestAskForMorePages(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Wie belt", "Wij belden samen.", rugzak.LevelInternal)
	ask := at(pathEnrich, string(e.ID))
	for _, who := range []string{participant, colleague, manager} {
		s.as(who).get(entryPath(e.ID)).want(http.StatusOK).hides(ask)
		s.as(who).get(ask).want(http.StatusForbidden)
		s.as(who).post(ask, "text", "Hoe liep het af?").want(http.StatusForbidden)
	}
	c := s.as(facilitator)
	c.get(entryPath(e.ID)).find(`a[href="` + ask + `"]`)
	form := c.get(ask).want(http.StatusOK)
	form.submit("main form").want(http.StatusUnprocessableEntity)
	form.submit("main form", "text", "Hoe liep het af?").follow().want(http.StatusOK)

	again := c.get(ask).want(http.StatusOK).shows("Je vroeg dit al. De schrijver heeft nog niet geantwoord.")
	if again.Doc.Find("main form").Length() != 0 {
		t.Error("there is a form for what was asked already")
	}
	again.find(`main a[href="` + entryPath(e.ID) + `"]`)
	refused := form.submit("main form", "text", "En wat deed je daarna?").want(http.StatusUnprocessableEntity).
		shows("Je vroeg dit al. De schrijver heeft nog niet geantwoord.")
	if got := refused.find(`main [name="text"]`).AttrOr("value", ""); got != "En wat deed je daarna?" {
		t.Errorf("what was typed became %q", got)
	}
	s.as(coreteam).get(ask).find("main form")

	own := s.as(participant).get(entryPath(e.ID)).want(http.StatusOK).shows("Hoe liep het af?").shows("Test facilitator")
	answer := own.find(`form[action^="`+ask+`/"]`).AttrOr("action", "")
	for _, who := range []string{facilitator, coreteam, colleague} {
		s.as(who).post(answer, "do", doYes).want(http.StatusForbidden)
	}
	own.post(answer, "do", "misschien").want(http.StatusBadRequest)
	own.submit(`form[action="`+answer+`"]`, "do", doYes).follow().want(http.StatusOK).hides("Hoe liep het af?")
	own.post(answer, "do", doNo).want(http.StatusNotFound)
	c.get(ask).want(http.StatusOK).find("main form")
}

// A facilitator lays another text before the author, who takes it over.
func TestProposedTextPages(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Bellen", "Wij heeft eerst gebeld.", rugzak.LevelInternal)
	ask := at(pathPropose, string(e.ID))
	for _, who := range []string{participant, colleague, manager} {
		s.as(who).get(ask).want(http.StatusForbidden)
		s.as(who).post(ask, "title", "Anders", "body", "Anders", "base", "1").want(http.StatusForbidden)
	}
	c := s.as(facilitator)
	form := c.get(ask).want(http.StatusOK)
	form.submit("main form").want(http.StatusUnprocessableEntity)
	form.submit("main form", "body", "Wij hebben eerst gebeld.", "why", "Leest beter").follow().want(http.StatusOK)
	s.as(colleague).get(entryPath(e.ID)).shows("Wij heeft eerst gebeld.")

	again := c.get(ask).want(http.StatusOK).shows("Je vroeg dit al. De schrijver heeft nog niet geantwoord.")
	if again.Doc.Find("main form").Length() != 0 {
		t.Error("there is a form for what was proposed already")
	}
	again.find(`main a[href="` + entryPath(e.ID) + `"]`)
	refused := form.submit("main form", "body", "Eerst hebben wij gebeld.").want(http.StatusUnprocessableEntity).
		shows("Je vroeg dit al. De schrijver heeft nog niet geantwoord.")
	if got := refused.text(`main textarea[name="body"]`); got != "Eerst hebben wij gebeld." {
		t.Errorf("what was typed became %q", got)
	}

	own := s.as(participant)
	look := own.get(entryPath(e.ID)).want(http.StatusOK).find(`a[href^="`+ask+`/"]`).AttrOr("href", "")
	for _, who := range []string{facilitator, coreteam, colleague} {
		s.as(who).get(look).want(http.StatusForbidden)
		s.as(who).post(look, "do", doYes, "base", "1").want(http.StatusForbidden)
	}
	own.get(look).want(http.StatusOK).shows("Leest beter").submit("main form", "do", doYes).follow().want(http.StatusOK).shows("Wij hebben eerst gebeld.")
	s.as(colleague).get(entryPath(e.ID)).shows("Wij hebben eerst gebeld.").hides("Wij heeft")
	own.get(look).follow().want(http.StatusOK)
}

// due makes an entry due for review, long enough ago for its author to have
// looked at it.
func (s *site) due(e rugzak.Entry) {
	s.Helper()
	_, err := s.Store.Update(s.Context(), func(w rugzak.Writer) error {
		now, err := w.Entry(e.ID)
		if err != nil {
			return err
		}
		now.State = rugzak.StateToReview
		if err := w.SaveEntry(now, now.Version, nil); err != nil {
			return err
		}
		return w.Announce(rugzak.Announcement{Entry: e.ID, Kind: rugzak.NoticeReview, At: time.Now().UTC().Add(-2 * backpack.ReviewFirst)})
	})
	if err != nil {
		s.Fatal(err)
	}
}

// Of who is still here the author decides, and is asked; of who left a
// facilitator keeps or archives.
func TestReviewQueuePages(t *testing.T) {
	s := newSite(t)
	here := s.share(participant, "Van wie er is", "Tekst", rugzak.LevelInternal)
	kept := s.share(colleague, "Blijft staan", "Tekst", rugzak.LevelInternal)
	shelved := s.share(colleague, "Naar het archief", "Tekst", rugzak.LevelInternal)
	for _, e := range []rugzak.Entry{here, kept, shelved} {
		s.due(e)
	}
	_, err := s.Store.Update(t.Context(), func(w rugzak.Writer) error {
		p, err := w.Person(s.people[colleague].ID)
		if err != nil {
			return err
		}
		p.Inactive = true
		return w.SavePerson(p, p.Version)
	})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(e rugzak.Entry) string { return at(pathReviewAsk, string(e.ID)) }
	decide := func(e rugzak.Entry) string { return at(pathReviewFor, string(e.ID)) }
	for _, who := range []string{participant, manager} {
		s.as(who).get(pathReviewQueue).want(http.StatusForbidden)
		s.as(who).post(ask(here)).want(http.StatusForbidden)
		s.as(who).post(decide(kept), "keuze", "keep").want(http.StatusForbidden)
	}
	c := s.as(facilitator)
	queue := c.get(pathReviewQueue).want(http.StatusOK).shows("Van wie er is").shows("Blijft staan").shows("Naar het archief")
	if queue.Doc.Find(`form[action="`+decide(here)+`"]`).Length()+queue.Doc.Find(`form[action="`+ask(kept)+`"]`).Length() > 0 {
		t.Error("what an author decides is offered to the facilitator, or who left is asked")
	}
	c.post(decide(here), "keuze", "archive").want(http.StatusForbidden)
	c.post(ask(kept)).want(http.StatusForbidden)
	c.post(decide(kept), "keuze", "weg").want(http.StatusBadRequest)

	queue.submit(`form[action="` + ask(here) + `"]`).follow().want(http.StatusOK).shows("Van wie er is")
	if n := c.get(pathReviewQueue).Doc.Find(`form[action="` + ask(here) + `"]`).Length(); n != 0 {
		t.Error("the author can be asked twice")
	}
	s.as(participant).get(entryPath(here.ID)).shows("Een facilitator vraagt")
	queue.submit(`form[action="`+decide(kept)+`"]`, "keuze", "keep").follow().want(http.StatusOK).hides("Blijft staan")
	queue.submit(`form[action="`+decide(shelved)+`"]`, "keuze", "archive").follow().want(http.StatusOK).hides("Naar het archief").shows("Van wie er is")
	for e, want := range map[rugzak.EntryID]rugzak.State{here.ID: rugzak.StateToReview, kept.ID: rugzak.StateShared, shelved.ID: rugzak.StateArchived} {
		if v, err := s.Service.Read(t.Context(), s.people[facilitator], e); err != nil || v.Entry.State != want {
			t.Errorf("%s: %v, %v, want %s", e, v.Entry.State, err, want)
		}
	}
}
