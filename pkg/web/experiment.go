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

// ExperimentPage adds an experiment, changes it or tells how it went.
type ExperimentPage struct {
	Page
	Form          *Form
	View          backpack.EntryView
	Number        int
	Organisations []Option
	Mine          []Option
	Outcomes      []Option
}

func (s *Server) showExperiment(c echo.Context) error {
	v, err := s.question(c)
	if err != nil {
		return err
	}
	form := s.newForm(c).Set("base", strconv.Itoa(v.Inquiry.Version)).Set("organisation", string(s.by(c).Organisation))
	number, err := strconv.Atoi(c.Param("number"))
	if err != nil {
		return rugzak.NotFound()
	}
	found := number == 0
	for _, x := range v.Inquiry.Experiments {
		if x.Number != number {
			continue
		}
		found = true
		form.Set("step", x.Step).Set("organisation", string(x.Experiment.Organisation)).Set("until", x.Until).
			Set("outcome", string(x.Outcome)).Set("learned", x.Learned)
		if x.Person == s.by(c).ID {
			form.Set("mine", chosenYes)
		}
	}
	if !found {
		return rugzak.NotFound()
	}
	return s.renderExperiment(c, http.StatusOK, v, number, form)
}

// chosenYes is the value of a box that is ticked.
const chosenYes = "1"

func (s *Server) renderExperiment(c echo.Context, status int, v backpack.EntryView, number int, form *Form) error {
	if !v.Inquiry.May.Move {
		return rugzak.Forbidden("error.question.team_only")
	}
	p, title := s.printer(c), "inquiry.experiment.new"
	if number > 0 {
		title = "inquiry.experiment.change"
	}
	page := ExperimentPage{Page: s.beside(c, v, title), Form: form, View: v, Number: number}
	offered := v.Inquiry.Doers
	for _, x := range v.Inquiry.Experiments {
		if x.Number == number && x.Organisation.ID != "" {
			offered = append(offered, x.Organisation)
		}
	}
	seen := map[rugzak.OrganisationID]bool{}
	for _, o := range offered {
		if !seen[o.ID] {
			seen[o.ID] = true
			page.Organisations = append(page.Organisations, Option{Value: string(o.ID), Label: o.Name})
		}
	}
	page.Mine = []Option{{Value: chosenYes, Label: p.T("inquiry.experiment.mine"), Hint: p.T("inquiry.experiment.mine.hint")}}
	page.Outcomes = append([]Option{{Label: p.T("inquiry.experiment.running")}}, wordOptions(p, "outcome.", rugzak.Outcomes())...)
	return s.render(c, status, page)
}

func (s *Server) saveExperiment(c echo.Context) error {
	form, err := s.readForm(c, "base", "step", "organisation", "mine", "until", "outcome", "learned")
	if err != nil {
		return err
	}
	number, err := strconv.Atoi(c.Param("number"))
	if err != nil {
		return rugzak.NotFound()
	}
	pos, err := s.Service.SaveExperiment(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")), form.Int("base"), number, backpack.ExperimentInput{
		Step: form.Value("step"), Organisation: rugzak.OrganisationID(form.Value("organisation")), Mine: form.Has("mine", chosenYes),
		Until: form.Value("until"), Outcome: rugzak.Outcome(form.Value("outcome")), Learned: form.Value("learned"),
	})
	if status := form.Refuse(err); status != 0 {
		v, err := s.question(c)
		if err != nil {
			return err
		}
		form.Set("base", strconv.Itoa(v.Inquiry.Version))
		return s.renderExperiment(c, status, v, number, form)
	}
	return s.inquired(c, pos, err, "notice.inquiry.experiment")
}
