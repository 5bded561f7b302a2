// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// showHealth says that the process answers.
func (s *Server) showHealth(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

// readiness is what /readyz answers: figures for a monitor, nothing of content.
type readiness struct {
	Ready      bool `json:"ready"`
	Behind     int  `json:"index_behind"`
	Rebuilding bool `json:"index_rebuilding"`
	ReadOnly   bool `json:"read_only"`
}

// showReady says whether the store answers and how far the index is.
func (s *Server) showReady(c echo.Context) error {
	r, err := s.Service.Ready(c.Request().Context())
	if err != nil {
		s.Log.Error("not ready", "id", requestID(c), "err", err)
		return c.JSON(http.StatusServiceUnavailable, readiness{})
	}
	code := http.StatusOK
	if r.ReadOnly { // pages still work; somebody must look at the disk
		code = http.StatusServiceUnavailable
	}
	return c.JSON(code, readiness{Ready: !r.ReadOnly, Behind: r.Behind, Rebuilding: r.Rebuilding, ReadOnly: r.ReadOnly})
}

// showRobots keeps search engines out: nothing here is for them.
func (s *Server) showRobots(c echo.Context) error {
	return c.String(http.StatusOK, "User-agent: *\nDisallow: /\n")
}
