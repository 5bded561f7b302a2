// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"
	"time"

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

// securityLasts is how long what security.txt says is valid (RFC 9116).
const securityLasts = 180 * 24 * time.Hour

// showSecurity says where to report a weakness. Without a contact there is no
// such file, as with any other path that does not exist.
func (s *Server) showSecurity(c echo.Context) error {
	contact := s.SecurityContact
	if contact == "" {
		return s.plainNotFound(c)
	}
	if !strings.HasPrefix(contact, "https://") {
		contact = "mailto:" + contact
	}
	text := "Contact: " + contact + "\nExpires: " + s.Clock.Now().Add(securityLasts).UTC().Format(time.RFC3339) + "\nPreferred-Languages: nl, en\n"
	if s.BaseURL != nil {
		text += "Canonical: " + s.BaseURL.Scheme + "://" + s.BaseURL.Host + pathSecurity + "\n"
	}
	return c.String(http.StatusOK, text)
}

// showRobots keeps search engines out: nothing here is for them.
func (s *Server) showRobots(c echo.Context) error {
	return c.String(http.StatusOK, "User-agent: *\nDisallow: /\n")
}
