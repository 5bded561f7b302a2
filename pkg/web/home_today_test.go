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

// The first page holds out one lesson in its own words, and one question that
// somebody else asks, to those who may read them.
func TestHomeHoldsOutAStoryAndAQuestion(t *testing.T) {
	s := newSite(t)
	s.write(participant, func(in *backpack.Input) {
		in.Title, in.Lesson, in.Body = "De sleutel", "Vraag eerst wie de sleutel heeft.", "Op een dinsdag stonden we voor een dichte deur."
	})
	s.write(participant, func(in *backpack.Input) {
		in.Title, in.Lesson, in.Body = "Van het team", "Een les voor het team.", "Tekst."
		in.Audience = rugzak.Audience{Level: rugzak.LevelTeam}
	})
	s.write(participant, func(in *backpack.Input) {
		in.Kind, in.Title, in.Question = rugzak.KindQuestion, "Wie kent een goede tolk?", &rugzak.QuestionData{Size: rugzak.SizeLearning}
	})
	a := s.as(colleague).get(pathHome).want(http.StatusOK).shows("Vraag eerst wie de sleutel heeft.").shows("Op een dinsdag stonden").hides("Een les voor het team")
	a.find(`.rz-home-story blockquote[lang="nl"]`)
	a.link(".rz-home-question a", "Denk mee")
	// Who wrote it is not offered it as something to read or to answer.
	own := s.as(participant).get(pathHome).want(http.StatusOK)
	if own.Doc.Find(".rz-home-story, .rz-home-question").Length() != 0 {
		t.Error("somebody is offered their own story, or their own question")
	}
	// A partner learns of none of it.
	s.as(partner).get(pathHome).want(http.StatusOK).hides("sleutel").hides("tolk").hides("dichte deur")
	s.inEnglish(colleague)
	s.as(colleague).get(pathHome).shows("A lesson from a colleague").find(`.rz-home-story blockquote[lang="nl"]`)
}

// What is new for somebody stands on their first page until they saw it.
func TestHomeTellsWhatIsNew(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Samen bellen", "Tekst.", rugzak.LevelInternal)
	s.say(colleague, e, backpack.ResponseInput{Body: "Hoe dan?"})
	c := s.as(participant)
	c.get(pathHome).want(http.StatusOK).shows("Nieuw voor jou").find(`#voor-jou`)
	s.as(colleague).get(pathHome).hides("Nieuw voor jou")
	c.post(pathNoticesSeen).want(http.StatusSeeOther)
	c.get(pathHome).hides("Nieuw voor jou")
}

// A sentence typed on the first page goes on in the short form, with everything
// that goes with it; nothing is stored, and a number does no harm.
func TestHomeBeginsAStory(t *testing.T) {
	s := newSite(t)
	for _, who := range []string{participant, partner} {
		c := s.as(who)
		home := c.get(pathHome).want(http.StatusOK)
		form := home.submit(".rz-home-prompt", "answer_happened", "We belden eerst met de school.", "do", doBegin).want(http.StatusOK)
		if got := strings.TrimSpace(form.find("#answer_happened").Text()); got != "We belden eerst met de school." {
			t.Errorf("%s goes on with %q", who, got)
		}
		if form.Doc.Find(".rz-error-summary").Length() != 0 {
			t.Error("it begins with what is wrong")
		}
		form.find(`input[name="audience"][checked]`)
		if who == participant {
			form.submit("#schrijven", "do", "share").follow().want(http.StatusOK).shows("We belden eerst met de school.")
		}
		home.submit(".rz-home-prompt", "answer_happened", "", "do", doBegin).want(http.StatusOK)
		home.submit(".rz-home-prompt", "answer_happened", "Het BSN is 111222333.", "do", doBegin).want(http.StatusOK).shows("111222333")
	}
}

// A facilitator reads what waits for them; others do not.
func TestHomeOfFacilitator(t *testing.T) {
	s := newSite(t)
	s.as(facilitator).get(pathHome).shows("Voor jou als facilitator").shows("Alle bijdragen hebben een thema")
	s.share(participant, "Zonder thema", "Tekst.", rugzak.LevelInternal)
	s.share(participant, "Nog een", "Tekst.", rugzak.LevelTeam)
	s.as(facilitator).get(pathHome).shows("1 bijdrage heeft nog geen thema").find(`a[href="` + pathInbox + `"]`)
	for _, who := range []string{participant, partner, administrator} {
		s.as(who).get(pathHome).hides("Voor jou als facilitator").hides("nog geen thema")
	}
}
