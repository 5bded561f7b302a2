// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"rugzak/pkg/rugzak"
)

// An outcome and one line make an application; its lesson shows the trail, its
// author is told.
func TestApplyInOneLine(t *testing.T) {
	s := newSite(t)
	lesson := s.share(participant, "Bel de avond ervoor", "Dan komt iedereen.", rugzak.LevelInternal)
	c := s.as(colleague)
	c.get(entryPath(lesson.ID)).want(http.StatusOK).shows("Waar is dit gebruikt?").shows("Nog nergens")
	page := c.get(entryPath(lesson.ID) + "/toepassen").want(http.StatusOK).shows("Bel de avond ervoor")
	again := submitWith(page, "do", doShare, "lesson", "Bellen hielp").want(http.StatusUnprocessableEntity)
	if got := again.find("#lesson").Text(); strings.TrimSpace(got) != "Bellen hielp" {
		t.Errorf("the line became %q", got)
	}
	empty := submitWith(page, "do", doShare).want(http.StatusUnprocessableEntity).find(".rz-error-summary a")
	if empty.Length() != 2 || empty.First().AttrOr("href", "") != "#application_outcome" || empty.Last().AttrOr("href", "") != "#lesson" {
		t.Errorf("the summary of an empty form leads to %v", empty.Map(func(_ int, a *goquery.Selection) string { return a.AttrOr("href", "") }))
	}
	full := submitWith(page, "do", doEdit, "application_outcome", "partly", "lesson", "Bellen hielp").want(http.StatusOK)
	if got := full.find("#lesson").Text(); !strings.Contains(got, "Bellen hielp") {
		t.Errorf("the full form begins with %q", got)
	}
	done := submitWith(page, "do", doShare, "application_outcome", "partly", "lesson", "Bellen hielp").want(http.StatusSeeOther)
	e := s.stored(colleague, done.Header.Get("Location"))
	if e.Kind != rugzak.KindApplication || e.Title != "Toegepast: Bel de avond ervoor" || e.Lesson != "Bellen hielp" ||
		*e.Application != (rugzak.ApplicationData{Lesson: lesson.ID, Outcome: rugzak.OutcomePartly}) || e.Audience.Level != rugzak.LevelInternal {
		t.Errorf("stored %+v", e)
	}
	told := done.follow().want(http.StatusOK).shows("Bedankt dat je doorgeeft hoe het ging.")
	if told.find(`nav a[href="`+entryPath(lesson.ID)+`"]`).Text() != "Bel de avond ervoor" || told.Doc.Find(`.rz-actions a[href$="/toepassen"]`).Length() != 0 {
		t.Error("the application does not lead back to its lesson, or its writer is asked to apply it")
	}
	s.as(participant).get(entryPath(lesson.ID)).shows("Werkte deels: 1").shows("Toegepast: Bel de avond ervoor").shows("1x ervaren")
	s.as(participant).get(pathNotices).shows("Jouw les is gebruikt door").shows("werkte deels")
	s.as(participant).get(entryPath(lesson.ID) + "/gebruik").want(http.StatusOK).shows("Bellen hielp")
	tree := s.as(participant).get(entryPath(lesson.ID) + "/stamboom").want(http.StatusOK).shows("Toegepast in")
	if tree.Doc.Find("svg.rz-tree rect").Length() != 2 || tree.Doc.Find("svg [style]").Length() != 0 {
		t.Error("the drawing does not hold the two entries")
	}
	s.as(partner).get(entryPath(lesson.ID) + "/toepassen").want(http.StatusNotFound)
	s.as(partner).get(entryPath(lesson.ID) + "/stamboom").want(http.StatusNotFound)
	s.as(partner).get(entryPath(lesson.ID) + "/gebruik").want(http.StatusNotFound)
}

// A note and a moment can be given to what was taken along; a number that may
// be a citizen service number is refused.
func TestKeepDetails(t *testing.T) {
	s := newSite(t)
	lesson := s.share(participant, "Bel de avond ervoor", "Dan komt iedereen.", rugzak.LevelInternal)
	c := s.as(colleague)
	kept := c.get(entryPath(lesson.ID)).submit(`.rz-actions form[action$="/meenemen"]`).follow()
	if kept.Doc.Find("#meegenomen[open]").Length() != 1 {
		t.Error("what was taken along just now does not ask what for")
	}
	kept.submit(`#meegenomen form`, "purpose", "voor het overleg", "note", "Eerst bellen.", "weeks", "2").follow().shows("voor het overleg").shows("Eerst bellen.")
	c.post(entryPath(lesson.ID)+"/meenemen", "note", "het gaat om 111222333").want(http.StatusUnprocessableEntity)
	c.post(entryPath(lesson.ID)+"/gebruikt", "answer", "used").want(http.StatusSeeOther).follow().shows("Wat leverde het op")
	c.post(entryPath(lesson.ID)+"/gebruikt", "answer", "misschien").want(http.StatusBadRequest)
}
