// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func TestQuickExperience(t *testing.T) {
	s := newSite(t)
	page := s.as(participant).get(pathShare).want(http.StatusOK).shows("Ik deel iets").shows("Schrijf over wat jullie deden en leerden.")
	if got := page.find(`input[name=audience][checked]`).AttrOr("value", ""); got != "organisation" {
		t.Errorf("the audience starts at %q", got)
	}
	page.shows("Iedereen bij Wmo").shows("Toegang").shows("Zou de inwoner zichzelf herkennen?")
	done := submitWith(page, "do", doShare, "answer_happened", "We belden de school, samen met Jeugd. Dat scheelde een week.",
		"answer_learned", "  \r\n ", "answer_next", "Eerst bellen.\r\n\r\nDan mailen.").want(http.StatusSeeOther)
	e := s.stored(participant, done.Header.Get("Location"))
	want := "## Wat gebeurde er?\n\nWe belden de school, samen met Jeugd. Dat scheelde een week.\n\n" +
		"## Wat ga je (of een collega) anders doen?\n\nEerst bellen.\n\nDan mailen.\n"
	if e.Body != want {
		t.Errorf("the text is\n%s", e.Body)
	}
	if e.Title != "We belden de school, samen met Jeugd" || e.Kind != rugzak.KindExperience || e.State != rugzak.StateShared || e.Lang != rugzak.Dutch {
		t.Errorf("stored %+v", e)
	}
	done.follow().want(http.StatusOK).shows("Gedeeld.").shows("Dan mailen.")
}

func TestQuickInEnglish(t *testing.T) {
	s := newSite(t)
	c := s.as(colleague)
	c.post(pathLanguage, "language", "en", "return", "/").want(http.StatusSeeOther)
	page := c.get(pathShare)
	if page.Doc.Find(`input[name=audience][value=team]`).Length() != 0 {
		t.Error("who has no team is offered a team")
	}
	done := submitWith(page, "do", doShare, "answer_happened", "We called. It worked!", "title", "Own title", "lesson", "Call first").want(http.StatusSeeOther)
	e := s.stored(colleague, done.Header.Get("Location"))
	if e.Lang != rugzak.English || e.Body != "## What happened?\n\nWe called. It worked!\n" || e.Title != "Own title" || e.Lesson != "Call first" {
		t.Errorf("stored %+v", e)
	}
	empty := submitWith(c.get(pathShare), "do", doShare).want(http.StatusUnprocessableEntity)
	if got := empty.find(".rz-error-summary a").AttrOr("href", ""); got != "#answer_happened" || empty.find(".rz-error-summary a").Length() != 1 {
		t.Errorf("an empty form: %s", empty.text(".rz-error-summary"))
	}
}

func TestQuickQuestion(t *testing.T) {
	s := newSite(t)
	page := s.as(participant).get(pathAsk).want(http.StatusOK).shows("Ik vraag iets")
	done := submitWith(page, "do", doShare, "answer_question", "Hoe weten we wie al betrokken is?", "question_size", "joint",
		"question_ball_with", string(s.orgs["jeugd"].ID), "question_hoped_gain", "Geen dubbel werk", "question_next_step", "Bellen",
		"audience", "internal", "author_mode", "team").want(http.StatusSeeOther)
	e := s.stored(participant, done.Header.Get("Location"))
	if e.Kind != rugzak.KindQuestion || e.Title != "Hoe weten we wie al betrokken is?" || e.Mode != rugzak.ByTeam {
		t.Errorf("stored %+v", e)
	}
	want := rugzak.QuestionData{Size: rugzak.SizeJoint, State: rugzak.QuestionOpen, BallWith: s.orgs["wmo"].ID, Since: e.SharedAt.Format(time.DateOnly), Asked: s.orgs["jeugd"].ID, HopedGain: "Geen dubbel werk", NextStep: "Bellen"}
	if *e.Question != want {
		t.Errorf("stored %+v", *e.Question)
	}
}

// Sending a form twice makes one entry, also without name and after a draft.
func TestSentTwice(t *testing.T) {
	s := newSite(t)
	c := s.as(participant)
	for _, mode := range []string{"name", "anonymous"} {
		page := c.get(pathShare)
		fields := []string{"do", doShare, "answer_happened", "Eén keer, " + mode, "author_mode", mode}
		first := submitWith(page, fields...).want(http.StatusSeeOther).Header.Get("Location")
		second := submitWith(page, fields...).want(http.StatusSeeOther).Header.Get("Location")
		if first != second {
			t.Errorf("%s: %s and %s", mode, first, second)
		}
		if mode == "anonymous" {
			s.as(manager).get(first).want(http.StatusOK).hides("Test participant")
		}
	}
	page := c.get(pathShare)
	draft := []string{"do", doDraft, "answer_happened", "Concept"}
	submitWith(page, draft...).follow().want(http.StatusOK).shows("Bewaard als concept.")
	submitWith(page, draft...).want(http.StatusSeeOther)
	if n := draftsOf(s, participant); n != 1 {
		t.Errorf("%d drafts of one form", n)
	}
	mine, err := s.Service.Mine(s.Context(), s.people[participant], "")
	if err != nil || len(mine.Entries) != 2 {
		t.Errorf("%d entries, %v", len(mine.Entries), err)
	}
	// The same form with another text is no repeat: the writer decides.
	page = c.get(pathShare)
	submitWith(page, "do", doShare, "answer_happened", "Eerste tekst").want(http.StatusSeeOther)
	submitWith(page, "do", doShare, "answer_happened", "Tweede tekst").want(http.StatusConflict).shows("Eerste tekst").shows("Tweede tekst")
}

// The way to the full form and back to a draft keeps every word.
func TestQuickToFullForm(t *testing.T) {
	s := newSite(t)
	page := s.as(participant).get(pathShare)
	full := submitWith(page, "do", doEdit, "answer_happened", "Een moment", "lesson", "De les", "also", string(s.orgs["welzijn"].ID)).want(http.StatusOK)
	values := formValues(full.find(theForm))
	if values.Get("body") != "## Wat gebeurde er?\r\n\r\nEen moment\r\n" || values.Get("lesson") != "De les" || values.Get("title") != "Een moment" ||
		values.Get("also") != string(s.orgs["welzijn"].ID) || values.Get("id") != formValues(page.find(theForm)).Get("id") {
		t.Errorf("the full form holds %v", values)
	}
	if n := draftsOf(s, participant); n != 0 {
		t.Errorf("%d drafts before anything was saved", n)
	}
	done := submitWith(full, "do", doDraft).want(http.StatusSeeOther)
	if e := s.stored(participant, done.Header.Get("Location")); e.State != rugzak.StateDraft || e.Audience.Also[0] != s.orgs["welzijn"].ID {
		t.Errorf("stored %+v", e)
	}
}

func TestFirstSentence(t *testing.T) {
	long := strings.Repeat("woord ", 30)
	for want, answers := range map[string][]string{
		"We belden":                           {"We belden. En toen?"},
		"Hoe nu verder?":                      {"Hoe nu verder? Dat is de vraag."},
		"Tweede antwoord":                     {" \n", "- Tweede antwoord\n- nog een"},
		"Kop":                                 {"## Kop\n\nTekst."},
		"Om 10.30 uur belden we":              {"Om 10.30 uur belden we. Klaar."},
		"Een collega (bijv. van Jeugd) belde": {"Een collega (bijv. van Jeugd) belde. Klaar"},
		"We spraken o.a. met de school":       {"We spraken o.a. met de school. Klaar."},
		"Ja":                                  {"Ja. Dat was het"},
		"Bel de school eerst":                 {"* **Bel** [de school](https://example.org/) *eerst*. Klaar."},
		"Wat 3 * 4 en a_b_c is":               {"Wat 3 \\* 4 en a_b_c is"},
		"":                                    {"...", "", "--"},
		strings.TrimSpace(long[:6*14]) + " woord…": {long},
	} {
		if got := firstSentence(answers); got != want {
			t.Errorf("%q gives %q, want %q", answers, got, want)
		}
	}
	if got := firstSentence([]string{strings.Repeat("é", 300)}); got != strings.Repeat("é", longestProposal-1)+"…" {
		t.Errorf("an endless word gives %q", got)
	}
}

// The full form proposes a title too, of the prose and not of its headings, and
// shows it when something else is wrong.
func TestTitleOfTheFullForm(t *testing.T) {
	for want, in := range map[string][2]string{
		"Wij belden":          {"## Wat gebeurde er?\n\n> [!TIP]\n> Wij belden. En toen?", ""},
		"Bel eerst":           {"## Wat gebeurde er?\n\n", "Bel eerst."},
		"Na de tabel":         {"| a | b |\n|---|---|\n\n```\ncode\n```\n\n![een bank](/bijlagen/a)\n\nNa de tabel", "Bel eerst."},
		"Een bank in de wijk": {"[Een bank](/hulp) in de wijk", ""},
		"":                    {"---", ""},
	} {
		if got := titleFrom(in[0], in[1]); got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
	s := newSite(t)
	form := s.as(participant).get(pathEntryNew + "?soort=insight")
	wrong := submitWith(form, "do", doShare, "body", "Samen bellen helpt. Klaar.", "month", "maart").want(http.StatusUnprocessableEntity)
	if got := formValues(wrong.find(theForm)).Get("title"); got != "Samen bellen helpt" {
		t.Errorf("the form shows the title %q", got)
	}
	done := submitWith(form, "do", doShare, "body", "Samen bellen helpt. Klaar.").want(http.StatusSeeOther)
	if e := s.stored(participant, done.Header.Get("Location")); e.Title != "Samen bellen helpt" {
		t.Errorf("stored %q", e.Title)
	}
	// A draft waits for its writer.
	done = submitWith(s.as(participant).get(pathEntryNew+"?soort=insight"), "do", doDraft, "body", "Samen bellen").want(http.StatusSeeOther)
	if e := s.stored(participant, done.Header.Get("Location")); e.Title != "" {
		t.Errorf("a draft has the title %q", e.Title)
	}
}

// A theme one came from is ticked; one that is hidden is not told.
func TestQuickFromTheme(t *testing.T) {
	s := newSite(t)
	theme := s.newTheme("Wie heeft de bal?")
	page := s.as(participant).get(pathShare + "?thema=" + string(theme)).want(http.StatusOK).shows("Wie heeft de bal?")
	done := submitWith(page, "do", doShare, "answer_happened", "Iets").want(http.StatusSeeOther)
	if e := s.stored(participant, done.Header.Get("Location")); len(e.Themes) != 1 || e.Themes[0] != theme {
		t.Errorf("themes %v", e.Themes)
	}
	s.as(partner).get(pathShare + "?thema=" + string(theme)).want(http.StatusOK).hides("Wie heeft de bal?")
}
