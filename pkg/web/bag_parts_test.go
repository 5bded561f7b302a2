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

// plan lets a facilitator plan a meeting for some organisations and gives its
// address.
func (s *site) plan(title string, days int, invited ...string) string {
	s.Helper()
	form := []string{"title", title, "day", rugzak.Today(s.Server.Clock.Now().AddDate(0, 0, days)), "start", "10:00"}
	for _, key := range invited {
		id := key
		if o, there := s.orgs[key]; there {
			id = string(o.ID)
		}
		form = append(form, "organisations", id)
	}
	return s.as(facilitator).post(pathMeetingNew, form...).follow().want(http.StatusOK).Path
}

// Every part of a partner's first page: what people there are asked, where they
// are named, where they are invited and what the agenda holds, each only when it
// is for them.
func TestPartsOfThePartnersHome(t *testing.T) {
	s := newSite(t)
	parts := func(who string) map[string]string {
		t.Helper()
		out := map[string]string{}
		a := s.as(who).get(pathHome).want(http.StatusOK)
		for _, id := range []string{"jullie-gevraagd", "uitgenodigd", "agenda-kop"} {
			if a.Doc.Find(`section[aria-labelledby="`+id+`"]`).Length() > 0 {
				out[id] = a.text(`section[aria-labelledby="` + id + `"]`)
			}
		}
		return out
	}
	if got := parts(partner); len(got) > 0 {
		t.Errorf("with nothing to show there are %v", got)
	}
	ours := s.write(partner, func(in *backpack.Input) {
		in.Title, in.Audience = "Wij zijn open op zaterdag", rugzak.Audience{Level: rugzak.LevelOrganisation, Also: []rugzak.OrganisationID{s.orgs["wmo"].ID}}
	})
	s.say(participant, ours, backpack.ResponseInput{Body: "Hoe laat beginnen jullie?"})
	theirs := s.share(participant, "Samen naar de markt", "Tekst.", rugzak.LevelInternal, "welzijn")
	s.say(colleague, theirs, backpack.ResponseInput{Kind: rugzak.ResponseExperience, Body: "Dit kent " + rugzak.Mention(s.people[partner].ID) + " ook."})
	s.movement()
	s.plan("Koffie in de wijk", 3, "internal", "welzijn")
	s.plan("Alleen met Jeugd", 4, "wmo", "jeugd")
	cancelled := s.plan("Gaat niet door", 5, "wmo", "welzijn")
	s.as(facilitator).post(cancelled + "/afzeggen").want(http.StatusSeeOther)
	s.caughtUp()
	got := parts(partner)
	for id, want := range map[string][2]string{
		"jullie-gevraagd": {"Hoe laat beginnen jullie?", "Alleen voor"}, "uitgenodigd": {"Koffie in de wijk", "Alleen met Jeugd"}, "agenda-kop": {"Samen met welzijn", "Gaat niet door"},
	} {
		if !strings.Contains(got[id], want[0]) || strings.Contains(got[id], want[1]) || strings.Contains(got[id], "Gaat niet door") {
			t.Errorf("%s shows %q", id, got[id])
		}
	}
	if !strings.Contains(got["jullie-gevraagd"], "Samen naar de markt") {
		t.Errorf("where somebody is named: %q", got["jullie-gevraagd"])
	}
	other := parts(outsider)
	if _, there := other["uitgenodigd"]; there || strings.Contains(other["jullie-gevraagd"], "Hoe laat") {
		t.Errorf("another partner sees %v", other)
	}
	s.inEnglish(partner)
	s.as(partner).get(pathHome).want(http.StatusOK).shows("Koffie in de wijk").shows("Hoe laat beginnen jullie?")
}

// Talks show the next meetings to which both are invited.
func TestMeetingsInTalks(t *testing.T) {
	s := newSite(t)
	s.plan("Wij en Jeugd", 3, "wmo", "jeugd")
	s.plan("Iedereen", 4, "internal")
	s.plan("Wij en Welzijn", 5, "wmo", "welzijn")
	s.plan("Alleen wij", 6, "wmo")
	off := s.plan("Gaat niet door", 7, "wmo", "jeugd", "welzijn")
	s.as(facilitator).post(off + "/afzeggen").want(http.StatusSeeOther)
	const meetings = `section[aria-labelledby="samen"]`
	for with, want := range map[string][]string{"jeugd": {"Wij en Jeugd", "Iedereen"}, "welzijn": {"Wij en Welzijn"}} {
		a := s.as(participant).get(talksAddress(s.orgs[with].ID, "")).want(http.StatusOK)
		if got := a.find(meetings + " li"); got.Length() != len(want) {
			t.Errorf("with %s: %q", with, got.Text())
		}
		for _, title := range want {
			a.shows(title)
		}
	}
	p := s.as(partner).get(talksAddress("wmo", "")).want(http.StatusOK).shows("Wij en Welzijn")
	if p.find(meetings+" li").Length() != 1 {
		t.Errorf("a partner sees %q", p.text(meetings))
	}
	if a := s.as(partner).get(talksAddress("jeugd", "")).want(http.StatusOK); a.Doc.Find(meetings).Length() > 0 {
		t.Error("a partner sees a meeting with Jeugd")
	}
}

// Who wrote a lesson sees on their own page who used it and how that went, also
// where they may not read the story: then nothing but that.
func TestMineTellsWhoUsedALesson(t *testing.T) {
	s := newSite(t)
	lesson := s.share(participant, "Bel voor je schrijft", "Tekst.", rugzak.LevelInternal)
	use := func(who, title string, how rugzak.Outcome, level rugzak.Level, tell bool) {
		s.write(who, func(in *backpack.Input) {
			in.Kind, in.Title, in.Audience = rugzak.KindApplication, title, rugzak.Audience{Level: level}
			in.Application = &rugzak.ApplicationData{Lesson: lesson.ID, Outcome: how, Tell: tell}
		})
	}
	use(colleague, "Ons eigen verhaal", rugzak.OutcomeNot, rugzak.LevelOrganisation, false)
	s.caughtUp()
	const mine = `section[aria-labelledby="eigen"]`
	if got := s.as(participant).get(pathMine).want(http.StatusOK).text(mine); strings.Contains(got, "Jeugd") {
		t.Errorf("what is told to nobody shows: %q", got)
	}
	use(colleague, "Ons andere verhaal", rugzak.OutcomePartly, rugzak.LevelOrganisation, true)
	s.caughtUp()
	a := s.as(participant).get(pathMine).want(http.StatusOK).hides("Ons eigen verhaal").hides("Ons andere verhaal")
	if got := a.text(mine); strings.Count(got, "Jeugd") != 1 || !strings.Contains(got, "deels") {
		t.Errorf("what is told: %q", got)
	}
	if a.find(mine+" a").Length() != 1 {
		t.Errorf("what is only told leads somewhere: %q", a.text(mine))
	}
	use(colleague, "Voor iedereen verteld", rugzak.OutcomeWorked, rugzak.LevelInternal, false)
	s.caughtUp()
	if got := s.as(participant).get(pathMine).want(http.StatusOK); got.find(mine+" a").Length() != 2 || strings.Count(got.text(mine), "Jeugd") != 2 {
		t.Errorf("what may be read: %q", got.text(mine))
	}
	if got := s.as(colleague).get(pathMine).want(http.StatusOK).text(mine); strings.Contains(got, "Bel voor je schrijft") {
		t.Errorf("who used it has it among their own: %q", got)
	}
}
