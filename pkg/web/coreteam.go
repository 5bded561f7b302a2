// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
)

// CoreTeamPage is the desk of the core team ("Kernteam"). What needs more than a
// card gets a field and a partial of its own.
type CoreTeamPage struct {
	Page
	Cards []DeskCard
}

// coreTeamCards are what the core team looks at, in the order of the page. Each
// feature adds a row.
func coreTeamCards(d backpack.CoreTeamDesk) []DeskCard {
	still := 0
	for _, p := range d.Still {
		still += p.Count
	}
	return []DeskCard{
		{Path: pathBalls, Icon: "question", TitleKey: "balls.title", TextKey: "coreteam.balls.text", CountKey: "coreteam.balls", Count: still, More: d.MoreStill},
		{Path: pathCelebrateDesk, Icon: "success", TitleKey: "celebrate.title", TextKey: "celebrate.desk.text"},
		{Path: pathDesk, Icon: "theme", TitleKey: "desk.title", TextKey: "coreteam.desk.text"},
	}
}

func coreTeamPages() []pageDef { return []pageDef{{"coreteam/index", CoreTeamPage{}}} }

func (s *Server) coreTeamRoutes() []route {
	return []route{{http.MethodGet, pathCoreTeam, steer, s.showCoreTeam}}
}

func (s *Server) showCoreTeam(c echo.Context) error {
	desk, err := s.Service.CoreTeamDesk(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, CoreTeamPage{Page: s.page(c, "coreteam.title"), Cards: coreTeamCards(desk)})
}
