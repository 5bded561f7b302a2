// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"context"
	"net/http"
	"net/netip"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// finisher takes the second step with something that was typed.
type finisher func(ctx context.Context, step, typed, client string) (backpack.SignedIn, error)

// origin is the site as passkeys know it: the base URL, or localhost for a
// first try. It is empty where browsers have no passkeys, and where the name
// of the site is only what a request says.
func (s *Server) origin(c echo.Context) string {
	scheme, host := c.Scheme(), c.Request().Host
	if s.BaseURL != nil {
		scheme, host = s.BaseURL.Scheme, s.BaseURL.Host
	}
	name := hostName(host)
	_, err := netip.ParseAddr(name)
	switch {
	case name == "localhost":
	case s.BaseURL == nil, scheme != "https", err == nil:
		return ""
	}
	if scheme == "https" {
		host = strings.TrimSuffix(host, ":443")
	} else {
		host = strings.TrimSuffix(host, ":80")
	}
	return scheme + "://" + strings.ToLower(host)
}

// passkeyAnswer is what the script of a passkey is told.
type passkeyAnswer struct {
	Next    LocalPath `json:"next,omitempty"` // where to go
	Message string    `json:"message,omitempty"`
}

// passkeyFailed tells the script what is wrong, in words it shows as they are.
func (s *Server) passkeyFailed(c echo.Context, err error) error {
	e := asError(err)
	if e.Code == rugzak.CodeInternal || e.Code == rugzak.CodeSignIn {
		return err
	}
	p := s.printer(c)
	message := p.T(e.Key, e.Args...)
	for _, f := range e.Fields[:min(len(e.Fields), 1)] {
		message = p.T(f.Key, f.Args...)
	}
	return c.JSON(status(e.Code), passkeyAnswer{Message: message})
}

func (s *Server) askPasskeySignIn(c echo.Context) error {
	options, step, err := s.Service.AskAnyPasskey(c.Request().Context(), s.origin(c))
	if err != nil {
		return s.passkeyFailed(c, err)
	}
	s.setCookie(c, cookieStep, step, stepLasts)
	return c.JSONBlob(http.StatusOK, options)
}

func (s *Server) passkeySignIn(c echo.Context) error {
	form, err := s.readForm(c, "answer", "return")
	if err != nil {
		return s.passkeyFailed(c, err)
	}
	in, err := s.Service.PasskeySignIn(c.Request().Context(), s.origin(c), s.cookieValue(c, cookieStep), []byte(form.Value("answer")), clientOf(c.Request()))
	return s.passkeyDone(c, in, form, err)
}

func (s *Server) askStepPasskey(c echo.Context) error {
	options, err := s.Service.AskPasskey(c.Request().Context(), s.origin(c), s.cookieValue(c, cookieStep))
	if err != nil {
		return s.passkeyFailed(c, err)
	}
	return c.JSONBlob(http.StatusOK, options)
}

func (s *Server) stepPasskey(c echo.Context) error {
	form, err := s.readForm(c, "answer", "return")
	if err != nil {
		return s.passkeyFailed(c, err)
	}
	in, err := s.Service.FinishWithPasskey(c.Request().Context(), s.origin(c), s.cookieValue(c, cookieStep), []byte(form.Value("answer")), clientOf(c.Request()))
	return s.passkeyDone(c, in, form, err)
}

func (s *Server) passkeyDone(c echo.Context, in backpack.SignedIn, form *Form, err error) error {
	if err != nil {
		return s.passkeyFailed(c, err)
	}
	to, err := s.enter(c, in, localPathOr(form.Value("return"), pathHome))
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, passkeyAnswer{Next: to})
}
