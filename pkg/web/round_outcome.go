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

// OutcomePage is where the core team concludes a round: the joint outcome, the
// most significant changes and what was decided.
type OutcomePage struct {
	Page
	View                   backpack.RoundView
	Form, Change, Decision *Form
	Partners               []Option
	Publish                []Option
	Entries                []Option // that can be chosen as a change
	Domains                []string // proposed: the drives
	Goals, Items, Horizons []Option
	Organisations          []Option
	Findings               Findings
	Review                 ReviewBox
	Narrow                 []backpack.NarrowSource
	HTML                   string // of the outcome, when that was asked for
	Now                    []NowLine
	conflict               bool   // somebody else saved it meanwhile
	notice                 string // what was stored while the rest is kept
}

func (s *Server) showOutcome(c echo.Context) error {
	v, err := s.Service.Round(c.Request().Context(), s.by(c), c.Param("id"))
	if err != nil {
		return err
	}
	return s.renderOutcome(c, http.StatusOK, OutcomePage{View: v})
}

// outcomeForm is the form with the outcome as it is. A first one is for all
// partners that may be named.
func (s *Server) outcomeForm(c echo.Context, v backpack.RoundView, partners []rugzak.Organisation) *Form {
	f := s.newForm(c).Set("outcome", v.Outcome).Set("base", strconv.Itoa(v.Version))
	also := v.Also
	if len(also) == 0 && v.Outcome == "" && v.Published.IsZero() {
		also = partners
	}
	f.Set("also")
	for _, o := range also {
		f.values.Add("also", string(o.ID))
	}
	return f
}

func (s *Server) renderOutcome(c echo.Context, status int, page OutcomePage) error {
	ctx, by, p := c.Request().Context(), s.by(c), s.printer(c)
	v := page.View
	if v.State == rugzak.RoundPlanned {
		return rugzak.Forbidden("error.round.planned")
	}
	page.Page = s.page(c, "round.outcome")
	page.Title = p.T("round.outcome.title", v.Number)
	if page.notice != "" {
		page.Notice = &Notice{Key: page.notice}
	}
	page.Crumbs = []Crumb{{pathProgramme, p.T("programme.title")}, {at(pathRound, v.ID), roundName(p, v.Number, v.Title)}}
	partners, err := s.Service.ThemePartners(ctx, by)
	if err != nil {
		return err
	}
	for _, o := range partners {
		page.Partners = append(page.Partners, Option{Value: string(o.ID), Label: o.Name})
	}
	if page.Form == nil {
		page.Form = s.outcomeForm(c, v, partners)
	}
	if page.conflict {
		now := s.outcomeForm(c, v, nil)
		page.Now = nowLines(p, now.Field("outcome", p.T("round.outcome.text")), now.Choices("also", p.T("round.also"), "checkbox", page.Partners))
	}
	if page.Change == nil {
		page.Change = s.newForm(c)
	}
	if page.Decision == nil {
		page.Decision = s.newForm(c).Set("goal", string(rugzak.DecisionAgenda)).Set("horizon", string(rugzak.HorizonNow))
	}
	if page.Decision.Value("key") == "" {
		key, err := s.Service.NewID(ctx, by)
		if err != nil {
			return err
		}
		page.Decision.Set("key", string(key))
	}
	if v.Published.IsZero() && v.State != rugzak.RoundOpen {
		page.Publish = []Option{{Value: "yes", Label: p.T("round.publish"), Hint: p.T("round.publish.hint")}}
	}
	page.Entries = []Option{{Label: p.T("write.no_choice")}}
	for _, card := range v.Answers {
		page.Entries = append(page.Entries, Option{Value: string(card.ID), Label: card.Title + " (" + card.Organisation.Name + ")", Lang: card.Lang})
	}
	m, err := s.Service.Movement(ctx, by)
	if err != nil {
		return err
	}
	for _, d := range m.Compass.Open() {
		page.Domains = append(page.Domains, d.Name)
	}
	page.Goals = []Option{
		{Value: string(rugzak.DecisionAgenda), Label: p.T("round.goal.agenda"), Hint: p.T("round.goal.agenda.hint")},
		{Value: string(rugzak.DecisionCompass), Label: p.T("round.goal.compass"), Hint: p.T("round.goal.compass.hint")},
		{Value: "none", Label: p.T("round.goal.none")},
	}
	page.Items = []Option{{Label: p.T("round.item.new")}}
	for _, item := range m.Agenda {
		if !item.Done() {
			page.Items = append(page.Items, Option{Value: item.ID, Label: item.Title})
		}
	}
	page.Horizons = wordOptions(p, "horizon.", rugzak.Horizons())
	choices, err := s.Service.FormChoices(ctx, by)
	if err != nil {
		return err
	}
	for _, o := range choices.Organisations {
		page.Organisations = append(page.Organisations, Option{Value: string(o.ID), Label: o.Name})
	}
	found, narrow, err := s.Service.OutcomeFindings(ctx, by, outcomeInput(page.Form))
	if err != nil {
		return err
	}
	page.Findings, page.Narrow = withBoxes(found), narrow
	if page.Form.Failed() {
		page.Review = reviewBox(page.Form, page.Findings)
	}
	return s.render(c, status, page)
}

func outcomeInput(f *Form) backpack.OutcomeInput {
	return backpack.OutcomeInput{
		Outcome: f.Value("outcome"), Also: valuesOf[rugzak.OrganisationID](f, "also"), Publish: f.Has("publish", "yes"), Reviewed: f.Has("reviewed", "yes"),
	}
}
