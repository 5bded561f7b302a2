// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// ProgrammePage shows the reflection rounds.
type ProgrammePage struct {
	Page
	Rounds   []RoundLine
	Meetings MeetingsPart
	Empty    Empty
}

// RoundLine is a reflection round with its days; they are zero when unknown.
type RoundLine struct {
	rugzak.RoundPlan
	First, Next time.Time
	Begun       bool
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
	m, err := s.Service.Movement(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	page := ProgrammePage{Page: s.page(c, "programme.title")}
	list, err := s.Service.Meetings(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	if page.Meetings.MeetingList = list; list.CanMake {
		page.Meetings.New = pathMeetingNew
	}
	page.Empty = Empty{Icon: "calendar", TitleKey: "programme.empty", TextKey: "movement.empty"}
	now := s.Clock.Now()
	for _, r := range m.Rounds {
		line := RoundLine{RoundPlan: r}
		line.First, _ = r.Begins()
		line.Next, _ = r.NextAfter(now)
		line.Begun = !line.First.IsZero() && !line.First.After(now)
		page.Rounds = append(page.Rounds, line)
	}
	return s.render(c, http.StatusOK, page)
}
