// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// SignInPage asks who you are.
type SignInPage struct {
	Page
	Form     *Form
	Via      []ViaButton // the providers there are
	Local    bool        // whether passwords and passkeys count
	Proxy    string      // the address a proxy names; empty when there is none
	Passkeys bool        // can be used here
}

// showSignInForm shows the ways in, with what was typed.
func (s *Server) showSignInForm(c echo.Context, status int, form *Form) error {
	named, err := s.proxyNames(c.Request())
	if err != nil {
		return err
	}
	return s.render(c, status, SignInPage{
		Page: s.page(c, "signin.title"), Form: form, Local: s.Service.LocalAccounts(), Proxy: named,
		Via: s.viaButtons(c, localPathOr(form.Value("return"), pathHome)), Passkeys: s.Service.LocalAccounts() && s.origin(c) != "",
	})
}

func signInPages() []pageDef {
	return []pageDef{
		{"account/step", StepPage{}},
		{"account/forgot", ForgotPage{}},
	}
}

func (s *Server) signInRoutes() []route {
	return []route{
		{http.MethodPost, pathPasskeyAsk, public, s.askPasskeySignIn},
		{http.MethodPost, pathPasskeyAnswer, public, s.passkeySignIn},
		{http.MethodGet, pathStep, public, s.showStep},
		{http.MethodPost, pathStepCode, public, s.stepCode},
		{http.MethodPost, pathStepRecovery, public, s.stepRecovery},
		{http.MethodPost, pathStepAsk, public, s.askStepPasskey},
		{http.MethodPost, pathStepAnswer, public, s.stepPasskey},
		{http.MethodGet, pathForgot, public, s.showForgot},
		{http.MethodPost, pathForgot, public, s.askReset},
	}
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
	ctx := c.Request().Context()
	attempt := rugzak.Attempt{Of: rugzak.GuessPassword, Address: c.RealIP(), Account: rugzak.CleanEmail(email)}
	if attempt.Device, err = s.Service.KnownDevice(ctx, email, s.devices(c)); err != nil {
		return err
	}
	if wait := s.Throttle.Begin(attempt); wait > 0 {
		s.tooSoon(c, form, wait)
		return s.showSignInForm(c, http.StatusTooManyRequests, form)
	}
	in, err := s.Service.SignIn(ctx, email, password, clientOf(c.Request()))
	s.Throttle.End(attempt, err == nil)
	if status := form.Refuse(err); status != 0 {
		return s.showSignInForm(c, status, form)
	}
	if err != nil {
		return err
	}
	to, err := s.enter(c, in, localPathOr(form.Value("return"), pathHome))
	if err != nil {
		return err
	}
	return s.redirect(c, to)
}

// enter lets somebody in on this browser, or leads to the second step. It
// returns where to go.
func (s *Server) enter(c echo.Context, in backpack.SignedIn, back LocalPath) (LocalPath, error) {
	if err := s.endSession(c); err != nil { // of whoever used this browser before
		return "", err
	}
	if in.Session == "" && in.Step == "" { // may not come in, and changed their password only
		s.setCookie(c, cookieSession, "", -1)
		return pathSignIn, nil
	}
	if in.Step != "" {
		s.setCookie(c, cookieSession, "", -1)
		s.setCookie(c, cookieStep, in.Step, stepLasts)
		return stepPath(back), nil
	}
	s.begin(c, in.Session)
	s.setCookie(c, cookieStep, "", -1)
	return back, s.rememberDevice(c, in.Person)
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
	s.setCookie(c, cookieStep, "", -1)
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
