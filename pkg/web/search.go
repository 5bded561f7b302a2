// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// SearchPage is the search box with what was found.
type SearchPage struct {
	Page
	Found Found
}

func searchPages() []pageDef { return []pageDef{{"search/index", SearchPage{}}} }

func (s *Server) searchRoutes() []route {
	return []route{{http.MethodGet, pathSearch, person, s.showSearch}}
}

func (s *Server) showSearch(c echo.Context) error {
	found, err := s.find(c, parseSearchAddress(pathSearch, "", c.QueryParams()))
	if err != nil {
		return err
	}
	page := SearchPage{Page: s.page(c, "nav.search"), Found: found}
	page.Window = found.Query
	return s.render(c, found.status(), page)
}
