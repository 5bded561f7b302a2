// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// Here stand the least that rows of docs/movement.md ask for, as somebody sees it
// on a page.

// Somebody of Jeugd finds what Wmo shared and sees whose it is.
func TestWhoseItIs(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Bellen in de wachttijd", "We belden iedere week.", rugzak.LevelInternal)
	s.caughtUp()
	c := s.as(colleague)
	found := c.get(pathSearch + "?q=wachttijd").want(http.StatusOK)
	if got := found.text("main article"); !strings.Contains(got, "Bellen in de wachttijd") || !strings.Contains(got, "Wmo") {
		t.Errorf("the card says %q", got)
	}
	if got := c.get(entryPath(e.ID)).want(http.StatusOK).text("main article"); !strings.Contains(got, "Wmo") {
		t.Errorf("the page does not say whose it is: %q", got)
	}
}

// The balls that lie still stand in the order of how long they do.
func TestBallsLongestStillFirst(t *testing.T) {
	s := newSite(t)
	began := time.Now().AddDate(0, 0, -60)
	for i, title := range []string{"Derde", "Eerste", "Tweede"} {
		e := s.askOf(participant, title, "wmo", rugzak.LevelInternal)
		since := began.AddDate(0, 0, []int{20, 0, 10}[i]).Format(time.DateOnly)
		if _, err := s.Store.Update(t.Context(), func(w rugzak.Writer) error {
			now, err := w.Entry(e.ID)
			if err != nil {
				return err
			}
			base, question := now.Version, *now.Question
			question.Since = since
			now.Question = &question
			return w.SaveEntry(now, base, nil)
		}); err != nil {
			t.Fatal(err)
		}
	}
	s.askOf(participant, "Net begonnen", "wmo", rugzak.LevelInternal)
	a := s.as(colleague).get(pathBalls).want(http.StatusOK).hides("Net begonnen")
	main := a.text("main")
	first, second, third := strings.Index(main, "Eerste"), strings.Index(main, "Tweede"), strings.Index(main, "Derde")
	if first < 0 || second < first || third < second {
		t.Errorf("they stand at %d, %d and %d", first, second, third)
	}
}

// What was hoped stands beside what came of it, and what was learned may be left
// out.
func TestHopedBesideGained(t *testing.T) {
	s := newSite(t)
	in := backpack.Input{
		Kind: rugzak.KindQuestion, Lang: rugzak.Dutch, Title: "Wie belt?", Body: "Hoe doen we dit?", Mode: rugzak.ByName,
		Audience: rugzak.Audience{Level: rugzak.LevelInternal},
		Question: &rugzak.QuestionData{Size: rugzak.SizeJoint, State: rugzak.QuestionOpen, NextStep: "Samen bellen", When: "2026-12-05", HopedGain: "Half zo lang wachten"},
	}
	e := s.shareInput(participant, in)
	address := at(pathMove, string(e.ID))
	c := s.as(participant)
	move := func(fields ...string) *answer {
		t.Helper()
		form := c.get(address).want(http.StatusOK).shows("Wat leerden we").shows("Half zo lang wachten")
		return c.post(address, append(fields, "base", form.find(`main form[method="post"] input[name="base"]`).AttrOr("value", ""))...)
	}
	move("state", string(rugzak.QuestionExploring), "learned", "").want(http.StatusSeeOther)
	gain := []string{"state", string(rugzak.QuestionAnswered), "gain", "Een week minder wachten"}
	move(gain...).want(http.StatusUnprocessableEntity)
	story := s.share(participant, "Een verhaal", "Bellen helpt.", rugzak.LevelInternal)
	move(append(gain, "answer", string(story.ID))...).want(http.StatusUnprocessableEntity)
	in.Kind, in.Question, in.Title = rugzak.KindInsight, nil, "Bellen helpt"
	insight := s.shareInput(participant, in)
	move(append(gain, "answer", string(insight.ID))...).want(http.StatusSeeOther)
	page := s.as(colleague).get(entryPath(e.ID)).want(http.StatusOK)
	pair := page.find(".rz-columns--even").Text()
	if !strings.Contains(pair, "Half zo lang wachten") || !strings.Contains(pair, "Een week minder wachten") {
		t.Errorf("side by side stand %q", pair)
	}
}

// No chart stands without a quoted entry beside it.
func TestChartsStandBesideStories(t *testing.T) {
	s := newSite(t)
	s.movement()
	in := backpack.Input{
		Lang: rugzak.Dutch, Title: "Samen bellen", Body: "We belden samen.", Lesson: "Bel samen.", Mode: rugzak.ByName,
		Audience: rugzak.Audience{Level: rugzak.LevelInternal}, With: []rugzak.OrganisationID{s.orgs["jeugd"].ID}, Drives: []rugzak.DriveID{"klein-beginnen"},
	}
	for _, kind := range []rugzak.Kind{rugzak.KindExperience, rugzak.KindSuccess, rugzak.KindFailure, rugzak.KindInsight, rugzak.KindExperience} {
		in.Kind = kind
		s.shareInput(participant, in)
	}
	s.askOf(colleague, "Wie belt de school?", "", rugzak.LevelInternal)
	s.caughtUp()
	if err := s.Service.FollowResults(t.Context()); err != nil {
		t.Fatal(err)
	}
	rungs := s.as(manager).get(pathResults).want(http.StatusOK).find(".rz-rung, .rz-results-more > section")
	charts := map[string]int{}
	rungs.Each(func(_ int, rung *goquery.Selection) {
		if rung.Find("svg").Length() == 0 {
			return
		}
		charts[rung.AttrOr("id", "")+rung.AttrOr("aria-labelledby", "")]++
		quote := rung.Find("blockquote.rz-story")
		if quote.Length() != 1 || quote.Find(`a[href^="/ervaringen/"]`).Length() != 1 {
			t.Errorf("beside the chart of %s stand %d stories", rung.AttrOr("id", ""), quote.Length())
		}
	})
	if charts["together"] != 1 || charts["drijfveren"] != 1 {
		t.Errorf("there are charts of %v", charts)
	}
}

// Whoever responds asks, unless they choose otherwise.
func TestResponseBeginsAsQuestion(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Een verhaal", "Tekst.", rugzak.LevelInternal)
	form := s.as(colleague).get(entryPath(e.ID)).want(http.StatusOK).find(`form[action="` + at(pathResponses, string(e.ID)) + `#reageer"]`)
	kinds := form.Find(`[name="kind"] option`)
	if first := kinds.First(); kinds.Length() != len(rugzak.ResponseKinds(false)) || first.AttrOr("value", "") != string(rugzak.ResponseQuestion) {
		t.Errorf("%d kinds, the first is %q", kinds.Length(), first.AttrOr("value", ""))
	}
	if on := kinds.Filter("[selected]"); on.Length() != 0 && on.AttrOr("value", "") != string(rugzak.ResponseQuestion) {
		t.Errorf("chosen is %q", on.AttrOr("value", ""))
	}
}

// Ten lines on one screen become ten drafts of the team.
func TestHarvestOfTenLines(t *testing.T) {
	s := newSite(t)
	day := rugzak.Today(time.Now().AddDate(0, 0, 1))
	meeting := s.as(facilitator).post(pathMeetingNew, "title", "Koffie in de wijk", "day", day, "start", "10:00", "organisations", "internal").follow().Path
	c := s.as(participant)
	screen := c.get(meeting + "/oogst").want(http.StatusOK)
	if n := screen.Doc.Find(`[name^="line_"]`).Length(); n != harvestRows {
		t.Fatalf("the screen has %d lines", n)
	}
	var lines []string
	for n := 1; n <= harvestRows; n++ {
		lines = append(lines, lineField(n), fmt.Sprintf("Les nummer %d: we bellen eerst", n))
	}
	kept := screen.submit(`form[action="`+meeting+`/oogst"]`, lines...).want(http.StatusSeeOther).follow().want(http.StatusOK)
	for n := 1; n <= harvestRows; n++ {
		kept.shows(fmt.Sprintf("Les nummer %d", n))
	}
	c.get(pathMineDrafts).shows("Les nummer 10")
	s.as(manager).get(meeting + "/oogst").want(http.StatusOK).hides("Les nummer 10") // drafts are their writer's
}

// Questions looked into with a partner are one choice away.
func TestQuestionsWithPartner(t *testing.T) {
	s := newSite(t)
	joint := s.askOf(participant, "Samen met welzijn?", "", rugzak.LevelInternal, "welzijn")
	s.askOf(participant, "Onder ons?", "", rugzak.LevelInternal)
	step := backpack.JoinInput{Way: rugzak.WayDo, Step: "Ik bel", When: rugzak.Today(time.Now().AddDate(0, 0, 7)), ShowName: true}
	for _, who := range []string{participant, partner} {
		if err := s.Service.Join(t.Context(), s.people[who], rugzak.Subject(rugzak.EntrySubject(joint.ID)), step); err != nil {
			t.Fatal(err)
		}
	}
	s.caughtUp()
	c := s.as(colleague)
	c.get(pathQuestions).want(http.StatusOK).find(`input[name="alleen"][value="samen"]`)
	c.get(pathQuestions + "?alleen=samen").want(http.StatusOK).shows("Samen met welzijn?").hides("Onder ons?")
}

// From the intranet "Mijn rugzak" is one press away, and after signing in it is
// there.
func TestMineFromTheIntranet(t *testing.T) {
	s := newSite(t)
	s.as(participant).get(pathMine).want(http.StatusOK).shows("Mijn rugzak")
	s.withPassword(participant)
	c := s.as(nobody)
	door := c.get(pathMine).want(http.StatusSeeOther).follow().want(http.StatusOK)
	in := door.submit(`form[action="`+pathSignIn+`"]`, "email", s.people[participant].Email, "password", testPassword).want(http.StatusSeeOther)
	if to, err := url.Parse(in.Header.Get("Location")); err != nil || to.Path != pathMine && to.Path != pathProceed {
		t.Errorf("signing in leads to %q, %v", in.Header.Get("Location"), err)
	}
	last := in.follow()
	for last.Status == http.StatusSeeOther {
		last = last.follow()
	}
	if last.Path != pathMine {
		t.Errorf("after signing in one stands at %s", last.Path)
	}
}

// An insight without a step for Monday is shared, and asks for one.
func TestInsightAsksForMonday(t *testing.T) {
	s := newSite(t)
	share := func(body string) *answer {
		t.Helper()
		page := s.as(participant).get(pathEntryNew + "?soort=insight").want(http.StatusOK).shows("Wat kan een collega maandag doen?")
		return submitWith(page, "do", doShare, "title", "Bellen helpt", "lesson", "Bel eerst.", "body", body, "audience", "internal").want(http.StatusSeeOther).follow()
	}
	const asks = "Wat kan een collega er maandag mee doen?"
	share("We belden.").shows(asks)
	share("## Wat kan een collega maandag doen?\n\n## Wat weten we nog niet?\n\nVeel.").shows(asks)
	share("## Wat kan een collega maandag doen?\n\nEén keer bellen.").hides(asks)
	// The words of the organisation count as those of the product.
	keys := rugzak.PromptKeys(rugzak.KindInsight)
	own := []rugzak.Wording{{Key: "prompt.insight.monday", NL: "Wat doe je morgen?"}}
	if err := s.Service.SaveWordings(t.Context(), s.people[facilitator], keys, nil, own); err != nil {
		t.Fatal(err)
	}
	page := s.as(participant).get(pathEntryNew + "?soort=insight").want(http.StatusOK).shows("Wat doe je morgen?")
	submitWith(page, "do", doShare, "title", "Nog een", "lesson", "Bel.", "body", "## Wat doe je morgen?\n\nBellen.", "audience", "internal").want(http.StatusSeeOther).follow().hides(asks)
}

// An earlier compass is put back as a new version, by the form that makes one.
func TestCompassIsPutBack(t *testing.T) {
	s := newSite(t)
	f := s.as(facilitator)
	save := func(page *answer, fields ...string) {
		t.Helper()
		page.submit(`form[action="`+pathCompassEdit+`"]`, fields...).want(http.StatusSeeOther)
	}
	drives := []string{"name1", "Nieuwsgierig", "name2", "Eerlijk", "name3", "Klein", "name4", "Samen"}
	save(f.get(pathCompassEdit).want(http.StatusOK), append(drives, "purpose", "Wij bellen eerst.")...)
	save(f.get(pathCompassEdit).want(http.StatusOK), "purpose", "Wij schrijven eerst.", "name4", "Vieren")
	earlier := f.get(at(pathCompassVersion, "1")).want(http.StatusOK).shows("Zet deze versie terug")
	form := f.get(earlier.link(`main a`, "Zet deze versie terug")).want(http.StatusOK)
	if why := form.find("[name=why]").Text(); why != "Terug naar versie 1" {
		t.Errorf("the reason is %q", why)
	}
	save(form)
	f.get(pathCompass).shows("Wij bellen eerst.").shows("Samen").hides("Vieren")
	f.get(at(pathCompassVersion, "3")).want(http.StatusOK).hides("Zet deze versie terug").shows("Terug naar versie 1")
	f.get(pathCompassEdit + "?versie=9").want(http.StatusNotFound)
	s.as(colleague).get(at(pathCompassVersion, "1")).want(http.StatusOK).hides("Zet deze versie terug")
}

// From one page people reach all they may set, and read who sets the rest.
func TestShapeLeadsToAllSettings(t *testing.T) {
	s := newSite(t)
	f := s.as(facilitator).get(pathShape).want(http.StatusOK).shows("Elke ").shows("stelt een beheerder in")
	for _, path := range []string{pathPhases, pathPartNames, pathCompassEdit, pathQuestionSets, at(pathPrompts, "insight")} {
		f.get(f.find(`main a[href="`+path+`"]`).AttrOr("href", "")).want(http.StatusOK)
	}
	a := s.as(administrator).get(pathShape).want(http.StatusOK)
	for _, path := range []string{pathPhases, pathPartNames, pathSettingsMail, pathSettings + "#bewaartermijnen", pathSettings} {
		a.get(strings.TrimSuffix(a.find(`main a[href="`+path+`"]`).AttrOr("href", ""), "#bewaartermijnen")).want(http.StatusOK)
	}
	a.get(pathSettings).find("#bewaartermijnen")
}

// What a colleague says their team needs does not stand in the way of who writes
// what the organisation needs at the same time.
func TestNeedsOfTeamAndOrganisationAtOnce(t *testing.T) {
	s := newSite(t)
	form := s.as(participant).get(pathNeed).want(http.StatusOK)
	s.as(manager).get(pathTeamNeed).want(http.StatusOK).submit(`form[action="`+pathTeamNeed+`"]`, "needs", "Een gezicht.").want(http.StatusSeeOther)
	form.submit(`form[action="`+pathNeed+`"]`, "needs", "Een vast nummer.").want(http.StatusSeeOther)
	form.submit(`form[action="`+pathNeed+`"]`, "needs", "Een ander nummer.").want(http.StatusConflict).shows("Een vast nummer.")
}
