// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/url"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// QuestionsPart is how questions are chosen by where they are, and what was
// chosen.
type QuestionsPart struct {
	States, Balls, Ticks []Option
	Chosen               bool
	View                 backpack.QuestionPage
	Next                 string
	First                bool
}

// The names of the filters in addresses.
const (
	paramState = "stand"
	paramBall  = "bal"
	paramOnly  = "alleen"

	onlyPartner = "samen"
	onlyNoLead  = "zonder-trekker"
	onlyMine    = "mijn"
)

// questionsPart reads the filters of the address and lists what fits.
func (s *Server) questionsPart(c echo.Context) (*QuestionsPart, error) {
	ctx, by, p := c.Request().Context(), s.by(c), s.printer(c)
	query := c.QueryParams()
	f := backpack.QuestionFilter{Ball: rugzak.OrganisationID(query.Get(paramBall))}
	if state := rugzak.QuestionState(query.Get(paramState)); state.Valid() {
		f.State = state
	}
	part := &QuestionsPart{First: true}
	part.States = []Option{{Label: p.T("questions.any_state")}}
	for _, state := range rugzak.QuestionStates() {
		part.States = append(part.States, Option{Value: string(state), Label: p.T("questionstate." + string(state)), Chosen: state == f.State})
	}
	choices, err := s.Service.FormChoices(ctx, by)
	if err != nil {
		return nil, err
	}
	part.Balls = []Option{{Label: p.T("questions.any_ball")}}
	known := false
	for _, o := range choices.Organisations {
		known = known || o.ID == f.Ball
		part.Balls = append(part.Balls, Option{Value: string(o.ID), Label: o.Name, Chosen: o.ID == f.Ball})
	}
	if !known {
		f.Ball = ""
	}
	for _, tick := range []struct {
		value string
		on    *bool
	}{{onlyPartner, &f.WithPartner}, {onlyNoLead, &f.NoLead}, {onlyMine, &f.Mine}} {
		for _, v := range query[paramOnly] {
			*tick.on = *tick.on || v == tick.value
		}
		part.Ticks = append(part.Ticks, Option{Value: tick.value, Label: p.T("questions.only." + tick.value), Chosen: *tick.on})
	}
	if part.Chosen = f.Any(); !part.Chosen {
		return part, nil
	}
	after := s.placeIn(c)
	if part.View, err = s.Service.Questions(ctx, by, f, after); err != nil {
		return nil, err
	}
	part.First = after == ""
	if part.View.Next != "" {
		next := url.Values{"na": {s.sealer.close(sealMark, string(part.View.Next))}}
		for _, name := range []string{paramState, paramBall, paramOnly} {
			if values := query[name]; len(values) > 0 {
				next[name] = values
			}
		}
		part.Next = pathQuestions + "?" + next.Encode()
	}
	return part, nil
}
