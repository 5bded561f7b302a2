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
	conflict               bool // somebody else saved it meanwhile
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
		key, err := s.Service.NewID(ctx, by)
		if err != nil {
			return err
		}
		page.Decision = s.newForm(c).Set("key", string(key)).Set("goal", string(rugzak.DecisionAgenda)).Set("horizon", string(rugzak.HorizonNow))
	}
	if v.Published.IsZero() && v.State != rugzak.RoundOpen {
		page.Publish = []Option{{Value: "yes", Label: p.T("round.publish"), Hint: p.T("round.publish.hint")}}
	}
	page.Entries = []Option{{Label: p.T("write.no_choice")}}
	for _, card := range v.Answers {
		page.Entries = append(page.Entries, Option{Value: string(card.ID), Label: card.Title + " (" + card.Organisation.Name + ")"})
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

func (s *Server) saveOutcome(c echo.Context) error {
	form, err := s.readForm(c, "outcome", "also", "publish", "reviewed", "base", "do")
	if err != nil {
		return err
	}
	ctx, by, id := c.Request().Context(), s.by(c), c.Param("id")
	again := func(status int, html string) error {
		v, err := s.Service.Round(ctx, by, id)
		if err != nil {
			return err
		}
		if status == http.StatusConflict {
			form.Set("base", strconv.Itoa(v.Version))
		}
		return s.renderOutcome(c, status, OutcomePage{View: v, Form: form, HTML: html, conflict: status == http.StatusConflict})
	}
	if form.Value("do") == doPreview {
		rendered, err := s.Service.Preview(ctx, by, form.Value("outcome"), rugzak.Dutch)
		if status := form.Refuse(err); status != 0 {
			for i := range form.Errors {
				form.Errors[i].Field = "outcome"
			}
			return again(status, "")
		}
		if err != nil {
			return err
		}
		return again(http.StatusOK, rendered.HTML)
	}
	r, err := s.Service.SaveOutcome(ctx, by, id, form.Int("base"), outcomeInput(form))
	if status := form.Refuse(err); status != 0 {
		return again(status, "")
	}
	if err != nil {
		return err
	}
	notice := "notice.outcome_saved"
	if form.Has("publish", "yes") && !r.PublishedAt.IsZero() {
		notice = "notice.outcome_published"
	}
	s.notify(c, notice, "")
	return s.redirect(c, LocalPath(at(pathRound, id)))
}

func (s *Server) chooseChange(c echo.Context) error {
	form, err := s.readForm(c, "domain", "entry", "address", "reason")
	if err != nil {
		return err
	}
	ctx, by, id := c.Request().Context(), s.by(c), c.Param("id")
	entry := rugzak.EntryID(form.Value("entry"))
	if pasted := form.Value("address"); pasted != "" {
		entry, _ = entryIDIn(pasted)
	}
	err = s.Service.ChooseChange(ctx, by, id, rugzak.RoundChange{Domain: form.Value("domain"), Entry: entry, Reason: form.Value("reason")})
	if status := form.Refuse(err); status != 0 {
		v, err := s.Service.Round(ctx, by, id)
		if err != nil {
			return err
		}
		return s.renderOutcome(c, status, OutcomePage{View: v, Change: form})
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.change_chosen", "")
	return s.redirect(c, LocalPath(at(pathRoundOutcome, id)))
}

func (s *Server) dropChange(c echo.Context) error {
	form, err := s.readForm(c, "domain")
	if err != nil {
		return err
	}
	id := c.Param("id")
	if err := s.Service.DropChange(c.Request().Context(), s.by(c), id, form.Value("domain")); err != nil {
		return err
	}
	s.notify(c, "notice.change_dropped", "")
	return s.redirect(c, LocalPath(at(pathRoundOutcome, id)))
}

func (s *Server) decide(c echo.Context) error {
	form, err := s.readForm(c, "decision", "goal", "item", "horizon", "organisations", "key")
	if err != nil {
		return err
	}
	ctx, by, id := c.Request().Context(), s.by(c), c.Param("id")
	in := backpack.DecisionInput{
		Text: form.Value("decision"), Goal: rugzak.DecisionGoal(form.Value("goal")), Item: form.Value("item"),
		Horizon: rugzak.Horizon(form.Value("horizon")), Organisations: valuesOf[rugzak.OrganisationID](form, "organisations"), Key: form.Value("key"),
	}
	if in.Goal == "none" {
		in.Goal = ""
	}
	_, err = s.Service.Decide(ctx, by, id, in)
	if status := form.Refuse(err); status != 0 {
		v, err := s.Service.Round(ctx, by, id)
		if err != nil {
			return err
		}
		return s.renderOutcome(c, status, OutcomePage{View: v, Decision: form})
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.decided", "")
	return s.redirect(c, LocalPath(at(pathRoundOutcome, id)))
}

func (s *Server) dropDecision(c echo.Context) error {
	form, err := s.readForm(c, "decision")
	if err != nil {
		return err
	}
	id := c.Param("id")
	if err := s.Service.DropDecision(c.Request().Context(), s.by(c), id, form.Value("decision")); err != nil {
		return err
	}
	s.notify(c, "notice.decision_dropped", "")
	return s.redirect(c, LocalPath(at(pathRoundOutcome, id)))
}
