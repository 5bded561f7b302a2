// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"math"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// CompassPage shows the shared purpose and what drives us.
type CompassPage struct {
	Page
	Compass rugzak.Compass
	HTML    string // of the purpose
	Drives  []DriveLine
	Empty   Empty
}

// DriveLine is a drive with how often the reader meets it.
type DriveLine struct {
	rugzak.Drive
	Number int
	Count  int
	Search string // address of the entries
	Petal  Petal
}

// Petal is a drive in the drawing of the compass rose: a shape on a canvas of
// 200 by 200, and where its number stands.
type Petal struct{ Path, X, Y string }

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
		{"movement/compass", CompassPage{}},
		{"movement/programme", ProgrammePage{}},
	}
}

func (s *Server) movementRoutes() []route {
	return []route{
		{http.MethodGet, pathCompass, person, s.showCompass},
		{http.MethodGet, pathProgramme, person, s.showProgramme},
	}
}

func (s *Server) showCompass(c echo.Context) error {
	ctx, by := c.Request().Context(), s.by(c)
	m, err := s.Service.Movement(ctx, by)
	if err != nil {
		return err
	}
	counts, err := s.Service.DriveCounts(ctx, by)
	if err != nil {
		return err
	}
	rendered, err := s.Renderer.Render(ctx, m.Compass.Purpose, rugzak.Dutch)
	if err != nil {
		return err
	}
	page := CompassPage{Page: s.page(c, "compass.title"), Compass: m.Compass, HTML: rendered.HTML}
	page.Empty = Empty{Icon: "theme", TitleKey: "compass.empty", TextKey: "movement.empty"}
	most := 0
	for _, n := range counts {
		most = max(most, n)
	}
	for i, d := range m.Compass.Drives {
		line := DriveLine{Drive: d, Number: i + 1, Count: counts[d.ID]}
		line.Search = searchAddress{path: pathSearch, filter: rugzak.Filter{rugzak.FacetDrive: {string(d.ID)}}}.String()
		line.Petal = petal(i, len(m.Compass.Drives), line.Count, most)
		page.Drives = append(page.Drives, line)
	}
	return s.render(c, http.StatusOK, page)
}

// petal draws drive i of n: the longer, the more entries it has compared with
// the drive that has most.
func petal(i, n, count, most int) Petal {
	const middle, shortest, longest, number = 100.0, 22.0, 72.0, 88.0
	length := shortest
	if most > 0 {
		length += (longest - shortest) * math.Sqrt(float64(count)/float64(most))
	}
	direction := 2*math.Pi*float64(i)/float64(n) - math.Pi/2
	half := math.Min(math.Pi/float64(n)*0.9, 0.5)
	point := func(angle, radius float64) string {
		return fmt.Sprintf("%.1f %.1f", middle+radius*math.Cos(angle), middle+radius*math.Sin(angle))
	}
	return Petal{
		Path: fmt.Sprintf("M100 100Q%s %s Q%s 100 100Z",
			point(direction-half, length*0.75), point(direction, length), point(direction+half, length*0.75)),
		X: fmt.Sprintf("%.1f", middle+number*math.Cos(direction)),
		Y: fmt.Sprintf("%.1f", middle+number*math.Sin(direction)),
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
