// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// GuidePage leads a group through a method, one step at a time, in large type.
// Which step it is stands in the address, so that it works without scripts and
// going back is going a step back.
type GuidePage struct {
	Page
	ID       rugzak.EntryID
	TextLang rugzak.Lang // of the method
	Step     rugzak.Step
	Number   int // from 1; one more than Count when all is done
	Count    int
	Done     int // steps behind us
	Minutes  int // that remain, this step included, as planned
	Seconds  int // of this step
	Next     *rugzak.Step
	NextPath string
	// PreviousPath is empty at the first step.
	PreviousPath string
	Back         string
	CanApply     bool
}

// Finished reports whether all steps were done.
func (g GuidePage) Finished() bool { return g.Number > g.Count }

func guidePages() []pageDef { return []pageDef{{"entry/guide", GuidePage{}}} }

func (s *Server) guideRoutes() []route {
	return []route{{http.MethodGet, pathGuide, person, s.showGuide}}
}

const paramStep = "stap"

func (s *Server) showGuide(c echo.Context) error {
	view, err := s.Service.Read(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")))
	if err != nil {
		return err
	}
	e := view.Entry
	if e.Method == nil || len(e.Method.Steps) == 0 { // there is nothing to go through
		return s.redirect(c, LocalPath(entryPath(e.ID)))
	}
	steps := e.Method.Steps
	// What is no number is the first step, what is beyond them the end.
	number, err := strconv.Atoi(c.QueryParam(paramStep))
	if err != nil {
		number = 1
	}
	number = min(max(number, 1), len(steps)+1)
	to := func(n int) string { return withMore(at(pathGuide, string(e.ID)), paramStep, strconv.Itoa(n)) }
	page := GuidePage{
		Page: s.page(c, "kind.method"), ID: e.ID, TextLang: e.Lang, Number: number, Count: len(steps), Done: number - 1, Back: entryPath(e.ID),
		CanApply: rugzak.CanPost(s.by(c)) && e.State.Public(),
	}
	page.Title, page.Stage = s.entryTitle(c, e), true
	for i := number - 1; i < len(steps); i++ {
		page.Minutes += steps[i].Minutes
	}
	if number > 1 {
		page.PreviousPath = to(number - 1)
	}
	if !page.Finished() {
		page.Step, page.NextPath = steps[number-1], to(number+1)
		page.Seconds = 60 * page.Step.Minutes
		if number < len(steps) {
			page.Next = &steps[number]
		}
	}
	return s.render(c, http.StatusOK, page)
}
