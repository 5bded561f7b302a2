// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// SessionsPage lists where a person is signed in.
type SessionsPage struct {
	Page
	Lines []SessionLine
}

// SessionLine is one session. Here says that it is this browser's.
type SessionLine struct {
	rugzak.Session
	Client string // in words
	Here   bool
}

func sessionPages() []pageDef { return []pageDef{{"account/sessions", SessionsPage{}}} }

func (s *Server) sessionRoutes() []route {
	return []route{
		{http.MethodGet, pathSessions, person, s.showSessions},
		{http.MethodPost, pathSessionsEnd, person, s.endSessions},
		{http.MethodPost, pathSessionEnd, person, s.endOneSession},
	}
}

func (s *Server) showSessions(c echo.Context) error {
	sessions, err := s.Service.Sessions(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	page := SessionsPage{Page: s.factorPage(c, "session.title")}
	for _, session := range sessions {
		here := session.Hash == s.here(c).Hash
		session.Hash = "" // no page needs it
		page.Lines = append(page.Lines, SessionLine{Session: session, Client: clientWords(s.printer(c), session.Client), Here: here})
	}
	return s.render(c, http.StatusOK, page)
}

func (s *Server) endOneSession(c echo.Context) error {
	id := c.Param("id")
	if id == s.here(c).ID {
		return s.signOut(c)
	}
	if err := s.Service.EndSession(c.Request().Context(), s.by(c), id); err != nil {
		return err
	}
	s.notify(c, "notice.session_ended", "")
	return s.redirect(c, pathSessions)
}

func (s *Server) endSessions(c echo.Context) error {
	if err := s.Service.EndSessions(c.Request().Context(), s.by(c)); err != nil {
		return err
	}
	s.setCookie(c, cookieSession, "", -1)
	s.setCookie(c, cookieAfter, "", -1)
	s.notify(c, "notice.signed_out_everywhere", "")
	return s.redirect(c, pathSignIn)
}
