// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

func (s *Server) visualRoutes() []route {
	return []route{{http.MethodPost, pathVisual, person, s.chooseVisual}}
}

// chooseVisual keeps whether somebody writes with the formatting in view. A
// script sends it; there is nothing to show.
func (s *Server) chooseVisual(c echo.Context) error {
	form, err := s.readForm(c, "on")
	if err != nil {
		return err
	}
	if err := s.Service.SetVisual(c.Request().Context(), s.by(c), form.Value("on") != ""); err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}
