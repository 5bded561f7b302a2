// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// StepPage asks for the second step.
type StepPage struct {
	Page
	Form     *Form // code of an app
	Recovery *Form
	Step     backpack.SecondStep
	Passkeys bool // one of theirs can be used here
	Back     LocalPath
}

// stepPath is the second step that leads on to a page.
func stepPath(back LocalPath) LocalPath {
	if back == pathHome {
		return pathStep
	}
	return LocalPath(pathStep + "?" + url.Values{"naar": {string(back)}}.Encode())
}

func (s *Server) showStep(c echo.Context) error {
	back := localPathOr(c.QueryParam("naar"), pathHome)
	return s.renderStep(c, http.StatusOK, StepPage{Form: s.newForm(c), Recovery: s.newForm(c), Back: back})
}

// renderStep fills in what the person can use. Who is in the midst of nothing
// begins at the beginning.
func (s *Server) renderStep(c echo.Context, status int, page StepPage) error {
	step, err := s.Service.SecondStep(c.Request().Context(), s.cookieValue(c, cookieStep))
	if rugzak.CodeOf(err) == rugzak.CodeInvalid {
		s.setCookie(c, cookieStep, "", -1)
		return s.redirect(c, pathSignIn)
	}
	if err != nil {
		return err
	}
	page.Page, page.Step = s.page(c, "step.title"), step
	page.Passkeys = step.Passkey && s.origin(c) != ""
	return s.render(c, status, page)
}

func (s *Server) stepCode(c echo.Context) error {
	return s.takeStep(c, "code", s.Service.FinishWithCode)
}

func (s *Server) stepRecovery(c echo.Context) error {
	return s.takeStep(c, "recovery", s.Service.FinishWithRecovery)
}

// takeStep checks a code. What went wrong stands in the form it was typed in.
func (s *Server) takeStep(c echo.Context, field string, finish finisher) error {
	form, err := s.readForm(c, field, "return")
	if err != nil {
		return err
	}
	back, code := localPathOr(form.Value("return"), pathHome), form.Value(field)
	form.Set(field)
	page := StepPage{Form: form, Recovery: s.newForm(c), Back: back}
	if field == "recovery" {
		page.Form, page.Recovery = page.Recovery, page.Form
	}
	ctx, step := c.Request().Context(), s.cookieValue(c, cookieStep)
	now, err := s.Service.SecondStep(ctx, step)
	if rugzak.CodeOf(err) == rugzak.CodeInvalid {
		return s.renderStep(c, http.StatusOK, page)
	}
	if err != nil {
		return err
	}
	attempt := rugzak.Attempt{Of: rugzak.GuessCode, Address: c.RealIP(), Account: string(now.Person)}
	if wait := s.Throttle.Begin(attempt); wait > 0 {
		s.tooSoon(c, form, wait)
		return s.renderStep(c, http.StatusTooManyRequests, page)
	}
	in, err := finish(ctx, step, code, clientOf(c.Request()))
	s.Throttle.End(attempt, err == nil)
	if status := form.Refuse(err); status != 0 {
		for i := range form.Errors {
			form.Errors[i].Field = field
		}
		return s.renderStep(c, status, page)
	}
	if err != nil {
		return err
	}
	to, err := s.enter(c, in, back)
	if err != nil {
		return err
	}
	return s.redirect(c, to)
}
