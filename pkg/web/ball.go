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

// BallPage asks another organisation to take the ball.
type BallPage struct {
	Page
	Form *Form
	View backpack.EntryView
	To   []Option
}

func (s *Server) showBall(c echo.Context) error {
	v, err := s.question(c)
	if err != nil {
		return err
	}
	return s.renderBall(c, http.StatusOK, v, s.newForm(c).Set("base", strconv.Itoa(v.Inquiry.Version)))
}

func (s *Server) renderBall(c echo.Context, status int, v backpack.EntryView, form *Form) error {
	if !v.Inquiry.May.AskBall {
		return rugzak.Forbidden("error.ball.holder_only")
	}
	page := BallPage{Page: s.beside(c, v, "inquiry.ball.title"), Form: form, View: v}
	for _, o := range v.Inquiry.Balls {
		page.To = append(page.To, Option{Value: string(o.ID), Label: o.Name})
	}
	return s.render(c, status, page)
}

func (s *Server) askBall(c echo.Context) error {
	form, err := s.readForm(c, "base", "to", "note")
	if err != nil {
		return err
	}
	pos, err := s.Service.AskBall(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")), form.Int("base"), rugzak.OrganisationID(form.Value("to")), form.Value("note"))
	if rugzak.CodeOf(err) == rugzak.CodeInvalid {
		status := form.Refuse(err)
		v, err := s.question(c)
		if err != nil {
			return err
		}
		return s.renderBall(c, status, v, form)
	}
	return s.inquired(c, pos, err, "notice.inquiry.ball_asked")
}

func (s *Server) takeBall(c echo.Context) error {
	form, err := s.readForm(c, "base")
	if err != nil {
		return err
	}
	pos, err := s.Service.TakeBall(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")), form.Int("base"))
	return s.inquired(c, pos, err, "notice.inquiry.ball_taken")
}

func (s *Server) answerBall(c echo.Context) error {
	form, err := s.readForm(c, "base", "do", "reason")
	if err != nil {
		return err
	}
	yes := form.Value("do") == doYes
	id := rugzak.EntryID(c.Param("id"))
	pos, err := s.Service.AnswerBall(c.Request().Context(), s.by(c), id, form.Int("base"), yes, form.Value("reason"))
	if rugzak.CodeOf(err) == rugzak.CodeInvalid { // beside the field, with what was typed
		return s.renderEntry(c, form.Refuse(err), id, nil, func(page *EntryPage) {
			if page.Inquiry != nil {
				page.Inquiry.Reason.Value, page.Inquiry.Reason.Error = form.Value("reason"), form.Error("reason")
			}
		})
	}
	notice := "notice.inquiry.ball_declined"
	if yes {
		notice = "notice.inquiry.ball_taken"
	}
	return s.inquired(c, pos, err, notice)
}

func (s *Server) takeBackBall(c echo.Context) error {
	form, err := s.readForm(c, "base")
	if err != nil {
		return err
	}
	pos, err := s.Service.TakeBackBall(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")), form.Int("base"))
	return s.inquired(c, pos, err, "notice.inquiry.ball_back")
}
