// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// concluding is what was sent from the page of the outcome. Its three parts are
// one form with several buttons, so that what was typed in the others is never
// lost.
type concluding struct {
	outcome, change, decision *Form
	drop                      string // what the pressed button takes away
	before                    backpack.RoundView
}

func (s *Server) readConclusion(c echo.Context) (f concluding, err error) {
	if f.outcome, err = s.readForm(c, "outcome", "also", "publish", "reviewed", "base", "do"); err != nil {
		return f, err
	}
	if f.change, err = s.readForm(c, "domain", "entry", "address", "reason"); err != nil {
		return f, err
	}
	if f.decision, err = s.readForm(c, "decision", "goal", "item", "horizon", "organisations", "key"); err != nil {
		return f, err
	}
	button, err := s.readForm(c, "drop")
	if err != nil {
		return f, err
	}
	f.drop = button.Value("drop")
	f.before, err = s.Service.Round(c.Request().Context(), s.by(c), c.Param("id"))
	return f, err
}

// page is the page with everything that was typed.
func (f concluding) page(v backpack.RoundView) OutcomePage {
	page := OutcomePage{View: v, Change: f.change, Decision: f.decision}
	if f.outcome.Value("base") != "" {
		page.Form = f.outcome
	}
	return page
}

func anyTyped(f *Form, names ...string) bool {
	for _, name := range names {
		if f != nil && strings.TrimSpace(f.Value(name)) != "" {
			return true
		}
	}
	return false
}

// unsaved reports whether something was filled in that is not stored.
func (s *Server) unsaved(c echo.Context, f concluding) (bool, error) {
	if others := anyTyped(f.change, "domain", "entry", "address", "reason") || anyTyped(f.decision, "decision"); others || f.outcome.Value("base") == "" {
		return others, nil
	}
	partners, err := s.Service.ThemePartners(c.Request().Context(), s.by(c))
	if err != nil {
		return false, err
	}
	stored := s.outcomeForm(c, f.before, partners)
	return f.outcome.Has("publish", "yes") || strings.TrimSpace(f.outcome.Value("outcome")) != strings.TrimSpace(rugzak.Newlines(stored.Value("outcome"))) ||
		!slices.Equal(slices.Sorted(slices.Values(f.outcome.All("also"))), slices.Sorted(slices.Values(stored.All("also")))), nil
}

// concluded shows the page after a part of it was stored, with what was typed in
// the others. The version the outcome is based on goes along when nobody else
// changed it.
func (s *Server) concluded(c echo.Context, f concluding, notice string) error {
	id := c.Param("id")
	kept, err := s.unsaved(c, f)
	if err != nil {
		return err
	}
	if !kept {
		s.notify(c, notice, "")
		return s.redirect(c, LocalPath(at(pathRoundOutcome, id)))
	}
	v, err := s.Service.Round(c.Request().Context(), s.by(c), id)
	if err != nil {
		return err
	}
	if f.outcome.Int("base") == f.before.Version {
		f.outcome.Set("base", strconv.Itoa(min(v.Version, f.before.Version+1)))
	}
	page := f.page(v)
	page.notice = notice
	return s.renderOutcome(c, http.StatusOK, page)
}

// refused shows the page with what is wrong in one of its parts.
func (s *Server) refused(c echo.Context, status int, f concluding) error {
	return s.renderOutcome(c, status, f.page(f.before))
}

func (s *Server) saveOutcome(c echo.Context) error {
	f, err := s.readConclusion(c)
	if err != nil {
		return err
	}
	ctx, by, id, form := c.Request().Context(), s.by(c), c.Param("id"), f.outcome
	if form.Value("do") == doPreview {
		rendered, err := s.Service.Preview(ctx, by, form.Value("outcome"), rugzak.Dutch)
		if status := form.Refuse(err); status != 0 {
			for i := range form.Errors {
				form.Errors[i].Field = "outcome"
			}
			return s.refused(c, status, f)
		}
		if err != nil {
			return err
		}
		page := f.page(f.before)
		page.HTML = rendered.HTML
		return s.renderOutcome(c, http.StatusOK, page)
	}
	r, err := s.Service.SaveOutcome(ctx, by, id, form.Int("base"), outcomeInput(form))
	switch status := form.Refuse(err); {
	case status == http.StatusConflict:
		page := f.page(f.before)
		form.Set("base", strconv.Itoa(f.before.Version))
		page.Form, page.conflict = form, true
		return s.renderOutcome(c, status, page)
	case status != 0:
		page := f.page(f.before)
		page.Form = form
		return s.renderOutcome(c, status, page)
	case err != nil:
		return err
	}
	notice := "notice.outcome_saved"
	if form.Has("publish", "yes") && !r.PublishedAt.IsZero() {
		notice = "notice.outcome_published"
	}
	f.outcome = s.newForm(c) // it is stored
	kept, err := s.unsaved(c, f)
	if err != nil {
		return err
	}
	if kept {
		return s.concluded(c, f, notice)
	}
	s.notify(c, notice, "")
	return s.redirect(c, LocalPath(at(pathRound, id)))
}

func (s *Server) chooseChange(c echo.Context) error {
	f, err := s.readConclusion(c)
	if err != nil {
		return err
	}
	form := f.change
	entry := rugzak.EntryID(form.Value("entry"))
	if pasted := form.Value("address"); pasted != "" {
		entry, _ = entryIDIn(pasted)
	}
	err = s.Service.ChooseChange(c.Request().Context(), s.by(c), c.Param("id"), rugzak.RoundChange{Domain: form.Value("domain"), Entry: entry, Reason: form.Value("reason")})
	if status := form.Refuse(err); status != 0 {
		return s.refused(c, status, f)
	}
	if err != nil {
		return err
	}
	f.change = nil
	return s.concluded(c, f, "notice.change_chosen")
}

func (s *Server) dropChange(c echo.Context) error {
	f, err := s.readConclusion(c)
	if err != nil {
		return err
	}
	if err := s.Service.DropChange(c.Request().Context(), s.by(c), c.Param("id"), f.drop); err != nil {
		return err
	}
	return s.concluded(c, f, "notice.change_dropped")
}

func (s *Server) decide(c echo.Context) error {
	f, err := s.readConclusion(c)
	if err != nil {
		return err
	}
	form := f.decision
	in := backpack.DecisionInput{
		Text: form.Value("decision"), Goal: rugzak.DecisionGoal(form.Value("goal")), Item: form.Value("item"),
		Horizon: rugzak.Horizon(form.Value("horizon")), Organisations: valuesOf[rugzak.OrganisationID](form, "organisations"), Key: form.Value("key"),
	}
	if in.Goal == "none" {
		in.Goal = ""
	}
	_, err = s.Service.Decide(c.Request().Context(), s.by(c), c.Param("id"), in)
	if status := form.Refuse(err); status != 0 {
		return s.refused(c, status, f)
	}
	if err != nil {
		return err
	}
	f.decision = nil
	return s.concluded(c, f, "notice.decided")
}

func (s *Server) dropDecision(c echo.Context) error {
	f, err := s.readConclusion(c)
	if err != nil {
		return err
	}
	if err := s.Service.DropDecision(c.Request().Context(), s.by(c), c.Param("id"), f.drop); err != nil {
		return err
	}
	return s.concluded(c, f, "notice.decision_dropped")
}
