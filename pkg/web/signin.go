// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// SignInPage asks who you are.
type SignInPage struct {
	Page
	Form  *Form
	Via   []ViaButton // the providers there are
	Local bool        // whether passwords and passkeys count
	Proxy string      // the address a proxy names; empty when there is none
}

// showSignInForm shows the ways in, with what was typed.
func (s *Server) showSignInForm(c echo.Context, status int, form *Form) error {
	named, err := s.proxyNames(c.Request())
	if err != nil {
		return err
	}
	return s.render(c, status, SignInPage{
		Page: s.page(c, "signin.title"), Form: form, Local: s.Service.LocalAccounts(), Proxy: named,
		Via: s.viaButtons(c, localPathOr(form.Value("return"), pathHome)),
	})
}

func (s *Server) showSignIn(c echo.Context) error {
	back := localPathOr(c.QueryParam("naar"), pathHome)
	if s.by(c).ID != "" {
		return s.redirect(c, back)
	}
	form := s.newForm(c).Set("return", string(back))
	return s.showSignInForm(c, http.StatusOK, form)
}

func (s *Server) signIn(c echo.Context) error {
	form, err := s.readForm(c, "email", "password", "return")
	if err != nil {
		return err
	}
	email, password := form.Value("email"), form.Value("password")
	form.Set("password") // never sent back
	address, account := c.RealIP(), rugzak.CleanEmail(email)
	if wait := s.Throttle.Begin(address, account); wait > 0 {
		s.tooSoon(c, form, wait)
		return s.showSignInForm(c, http.StatusTooManyRequests, form)
	}
	in, err := s.Service.SignIn(c.Request().Context(), email, password, clientOf(c.Request()))
	if status := form.Refuse(err); status != 0 {
		return s.showSignInForm(c, status, form)
	}
	if err != nil {
		return err
	}
	s.Throttle.Succeeded(address, account)
	if err := s.endSession(c); err != nil { // of whoever used this browser before
		return err
	}
	s.begin(c, in.Session)
	return s.redirect(c, localPathOr(form.Value("return"), pathHome))
}

// tooSoon says in the form, and to programs in a header, how long to wait.
func (s *Server) tooSoon(c echo.Context, form *Form, wait time.Duration) {
	seconds := int(math.Ceil(wait.Seconds()))
	c.Response().Header().Set("Retry-After", strconv.Itoa(seconds))
	form.General = s.printer(c).N("signin.wait", seconds)
}

func (s *Server) signOut(c echo.Context) error {
	if err := s.endSession(c); err != nil {
		return err
	}
	s.setCookie(c, cookieSession, "", -1)
	s.setCookie(c, cookieAfter, "", -1)
	s.notify(c, "notice.signed_out", "")
	return s.redirect(c, pathSignIn)
}

// endSession ends the session this browser has, if any.
func (s *Server) endSession(c echo.Context) error {
	old := s.cookieValue(c, cookieSession)
	if old == "" {
		return nil
	}
	return s.Service.SignOut(c.Request().Context(), old)
}
