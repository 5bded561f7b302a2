// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
)

// ProgrammePage shows the programme line: meetings and reflection rounds, month
// by month.
type ProgrammePage struct {
	Page
	View  backpack.ProgrammeView
	Empty Empty
}

func movementPages() []pageDef {
	return []pageDef{
		{"movement/programme", ProgrammePage{}},
	}
}

func (s *Server) movementRoutes() []route {
	return []route{
		{http.MethodGet, pathProgramme, person, s.showProgramme},
	}
}

func (s *Server) showProgramme(c echo.Context) error {
	view, err := s.Service.Programme(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	page := ProgrammePage{Page: s.page(c, "programme.title"), View: view}
	page.Empty = Empty{Icon: "calendar", TitleKey: "programme.empty", TextKey: "programme.empty.text", ActionKey: "empty.meetings", ActionPath: at(pathHelpPage, "bijeenkomsten")}
	return s.render(c, http.StatusOK, page)
}
