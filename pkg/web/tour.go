// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// tourSteps are the steps of the tour, by the ends of their keys.
var tourSteps = []TourStep{
	{Name: "read", Path: pathSearch},
	{Name: "share", Path: pathShare},
	{Name: "tell", Path: pathMine},
}

// TourStep is one step of the tour on the first page: a part of the page, which
// stands in nobody's way.
type TourStep struct {
	Name           string
	Path           string // to do it
	Number, Of     int
	Before, Behind string // the other steps; empty at the ends
	Partner        bool
}

// tourOf is the step that somebody is at; nil for who was shown around, and for
// who may not write: there is little to show them.
func (s *Server) tourOf(c echo.Context) *TourStep {
	by := s.by(c)
	if by.TourDone || !rugzak.CanPost(by) {
		return nil
	}
	at, err := strconv.Atoi(c.QueryParam(paramStep))
	if err != nil || at < 1 || at > len(tourSteps) {
		at = 1
	}
	step := tourSteps[at-1]
	step.Number, step.Of, step.Partner = at, len(tourSteps), !by.IsMember()
	if at > 1 {
		step.Before = tourAddress(at - 1)
	}
	if at < len(tourSteps) {
		step.Behind = tourAddress(at + 1)
	}
	return &step
}

// tourAddress leads to a step, with the step itself in view.
func tourAddress(step int) string {
	return pathHome + "?" + paramStep + "=" + strconv.Itoa(step) + "#rondleiding"
}

func (s *Server) tourRoutes() []route {
	return []route{{http.MethodPost, pathTourDone, person, s.finishTour}}
}

func (s *Server) finishTour(c echo.Context) error {
	if err := s.Service.FinishTour(c.Request().Context(), s.by(c)); err != nil {
		return err
	}
	s.notify(c, "notice.tour_done", "")
	return s.redirect(c, pathHome)
}
