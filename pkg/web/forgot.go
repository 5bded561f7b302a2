// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// ForgotPage asks for the address of somebody who forgot their password.
type ForgotPage struct {
	Page
	Form  *Form
	Mails bool // mail can be sent
	Asked bool // says the same whether anybody has the address or not
}

func (s *Server) showForgot(c echo.Context) error {
	return s.render(c, http.StatusOK, ForgotPage{Page: s.page(c, "forgot.title"), Form: s.newForm(c), Mails: s.Service.MailOn()})
}

// askReset answers the same, after the same work, whoever the address is of;
// also when the mail is held back because it was asked for too often.
func (s *Server) askReset(c echo.Context) error {
	form, err := s.readForm(c, "email")
	if err != nil {
		return err
	}
	if !s.Service.MailOn() {
		return s.showForgot(c)
	}
	email := rugzak.CleanEmail(form.Value("email"))
	attempt := rugzak.Attempt{Of: rugzak.GuessReset, Address: c.RealIP(), Account: email}
	asked := email
	if s.Throttle.Begin(attempt) > 0 {
		asked = "" // the work of an address nobody has
	} else {
		defer s.Throttle.End(attempt, false)
	}
	if err := s.Service.AskReset(c.Request().Context(), asked); err != nil {
		return err
	}
	return s.render(c, http.StatusOK, ForgotPage{Page: s.page(c, "forgot.title"), Form: s.newForm(c), Mails: true, Asked: true})
}
