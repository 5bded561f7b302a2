// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
)

// CoreTeamPage is the desk of the core team ("Kernteam"). What needs more than a
// card gets a field and a partial of its own.
type CoreTeamPage struct {
	Page
	Desk  backpack.CoreTeamDesk
	Cards []DeskCard
}

// coreTeamCards lead to what the core team makes, in the order of the page. Each
// feature adds a row.
func coreTeamCards(d backpack.CoreTeamDesk, now time.Time) []DeskCard {
	return []DeskCard{
		{Path: pathInterimNew, Icon: "calendar", TitleKey: "results.freeze", TextKey: "coreteam.interim.text", CountKey: interimCount(d), Count: daysSince(d, now)},
		{Path: pathCelebrateDesk, Icon: "success", TitleKey: "celebrate.title", TextKey: "celebrate.desk.text"},
		{Path: pathIdeas, Icon: "insight", TitleKey: "idea.list", TextKey: "coreteam.ideas.text", CountKey: "coreteam.ideas", Count: d.Ideas},
		{Path: pathRising, Icon: "compass", TitleKey: "rising.title", TextKey: "rising.card", CountKey: "coreteam.rising", Count: d.Rising},
		{Path: pathSelf, Icon: "check", TitleKey: "self.title", TextKey: "coreteam.self.text", CountKey: "coreteam.self", Count: d.Settled},
		{Path: pathDossier, Icon: "backpack", TitleKey: "dossier.title", TextKey: "coreteam.dossier.text"},
		{Path: pathDesk, Icon: "theme", TitleKey: "desk.title", TextKey: "coreteam.desk.text"},
	}
}

func coreTeamPages() []pageDef {
	return slices.Concat([]pageDef{{"coreteam/index", CoreTeamPage{}}}, ideaPages(), selfPages(), dossierPages())
}

func (s *Server) coreTeamRoutes() []route {
	return slices.Concat([]route{{http.MethodGet, pathCoreTeam, steer, s.showCoreTeam}}, s.ideaRoutes(), s.selfRoutes(), s.dossierRoutes())
}

func (s *Server) showCoreTeam(c echo.Context) error {
	desk, err := s.Service.CoreTeamDesk(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, CoreTeamPage{Page: s.page(c, "coreteam.title"), Desk: desk, Cards: coreTeamCards(desk, s.Clock.Now())})
}

// interimCount says how long ago the last interim result was made; nothing
// before the first.
func interimCount(d backpack.CoreTeamDesk) string {
	if d.Interim == nil {
		return ""
	}
	return "coreteam.interim.since"
}

func daysSince(d backpack.CoreTeamDesk, now time.Time) int {
	if d.Interim == nil {
		return 0
	}
	return max(0, int(now.Sub(d.Interim.At).Hours()/24))
}
