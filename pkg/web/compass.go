// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// CompassPage shows the shared purpose and what drives us.
type CompassPage struct {
	Page
	Compass rugzak.Compass
	HTML    string // of the purpose
	Drives  []DriveLine
	Rose    Rose
	// Unknown: the index cannot tell for now how often each drive is met.
	Unknown bool
	Empty   Empty
	Report  backpack.TextReport
}

// DriveLine is a drive with how often the reader meets it.
type DriveLine struct {
	rugzak.Drive
	Number int
	Count  int
	Search string // address of the entries
	Petal  Petal
}

// CompassVersionsPage lists what the compass is and was.
type CompassVersionsPage struct {
	Page
	Versions []backpack.CompassLine
}

// CompassVersionPage is one version of the compass, with what it changed.
type CompassVersionPage struct {
	Page
	View backpack.CompassVersion
}

func compassPages() []pageDef {
	return []pageDef{
		{"movement/compass", CompassPage{}},
		{"movement/compassedit", CompassFormPage{}},
		{"movement/compassversions", CompassVersionsPage{}},
		{"movement/compassversion", CompassVersionPage{}},
	}
}

func (s *Server) compassRoutes() []route {
	return []route{
		{http.MethodGet, pathCompass, person, s.showCompass},
		{http.MethodGet, pathCompassEdit, curate, s.showCompassForm},
		{http.MethodPost, pathCompassEdit, curate, s.saveCompass},
		{http.MethodGet, pathCompassVersions, person, s.showCompassVersions},
		{http.MethodGet, pathCompassVersion, person, s.showCompassVersion},
	}
}

func (s *Server) showCompass(c echo.Context) error {
	ctx, by := c.Request().Context(), s.by(c)
	m, err := s.Service.Movement(ctx, by)
	if err != nil {
		return err
	}
	counts, known, err := s.Service.DriveCounts(ctx, by)
	if err != nil {
		return err
	}
	rendered, err := s.Renderer.Render(ctx, m.Compass.Purpose, rugzak.Dutch)
	if err != nil {
		return err
	}
	page := CompassPage{Page: s.page(c, "compass.title"), Compass: m.Compass, HTML: rendered.HTML, Unknown: !known}
	if page.Report, err = s.Service.CompassReport(ctx, by); err != nil {
		return err
	}
	page.Empty = Empty{Icon: "theme", TitleKey: "compass.empty", TextKey: "compass.empty.text", ActionKey: "empty.direction", ActionPath: at(pathHelpPage, "richting")}
	if page.Can.Curate {
		page.Empty.TextKey, page.Empty.ActionKey, page.Empty.ActionPath = "compass.empty.curator", "compass.make", pathCompassEdit
	}
	drives, most := m.Compass.Open(), 0
	for _, d := range drives {
		most = max(most, counts[d.ID])
	}
	for i, d := range drives {
		line := DriveLine{Drive: d, Number: i + 1, Count: counts[d.ID]}
		line.Search = searchAddress{path: pathSearch, filter: rugzak.Filter{rugzak.FacetDrive: {string(d.ID)}}}.String()
		line.Petal = petal(i, len(drives), line.Count, most)
		page.Drives = append(page.Drives, line)
	}
	page.Rose = roseOf(s.printer(c), page.Drives)
	return s.render(c, http.StatusOK, page)
}

func (s *Server) showCompassVersions(c echo.Context) error {
	all, err := s.Service.CompassVersions(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	page := CompassVersionsPage{Page: s.page(c, "compass.versions"), Versions: all}
	page.Crumbs = []Crumb{{pathCompass, s.printer(c).T("compass.title")}}
	return s.render(c, http.StatusOK, page)
}

func (s *Server) showCompassVersion(c echo.Context) error {
	number, err := strconv.Atoi(c.Param("version"))
	if err != nil {
		return rugzak.NotFound()
	}
	v, err := s.Service.CompassVersion(c.Request().Context(), s.by(c), number)
	if err != nil {
		return err
	}
	p := s.printer(c)
	page := CompassVersionPage{Page: s.page(c, "compass.version", number), View: v}
	page.Crumbs = []Crumb{{pathCompass, p.T("compass.title")}, {pathCompassVersions, p.T("compass.versions")}}
	return s.render(c, http.StatusOK, page)
}
