// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// ShapePage leads to what people choose of the site itself.
type ShapePage struct {
	Page
	Kinds []rugzak.Kind
	// DigestDay says when the message of the week goes out.
	DigestDay string
}

// PhasesPage is the form of the phases.
type PhasesPage struct {
	Page
	Form *Form
	Rows []PhaseRow
	Now  []rugzak.Phase // as somebody else saved them meanwhile
}

// PhaseRow is where a phase stands in the form.
type PhaseRow struct {
	Number int
	ID     string
	NL, EN Field
	Begins Field
	Closed bool
	First  bool
}

// newPhaseRows is how many phases can be added at a time.
const newPhaseRows = 2

func shapePages() []pageDef {
	return []pageDef{{"shape/index", ShapePage{}}, {"shape/phases", PhasesPage{}}, {"shape/words", WordingsPage{}}}
}

func (s *Server) shapeRoutes() []route {
	return []route{
		{http.MethodGet, pathShape, shape, s.showShape},
		{http.MethodGet, pathPhases, shape, s.showPhases},
		{http.MethodPost, pathPhases, shape, s.savePhases},
		{http.MethodGet, pathPartNames, shape, s.showWordings},
		{http.MethodPost, pathPartNames, shape, s.saveWordings},
		{http.MethodGet, pathPrompts, shape, s.showWordings},
		{http.MethodPost, pathPrompts, shape, s.saveWordings},
	}
}

// refreshWordings brings the sentences that were replaced along, when another
// version of them was saved, by this process or another.
func (s *Server) refreshWordings(ctx context.Context, by rugzak.Person) error {
	known := int(s.wordings.Load())
	version, all, err := s.Service.Wordings(ctx, by, known)
	if err != nil || version == known {
		return err
	}
	own := map[string]map[string]string{}
	for _, l := range rugzak.Languages() {
		own[string(l)] = map[string]string{}
		for _, w := range all {
			own[string(l)][w.Key] = w.In(l)
		}
	}
	s.Catalogue.Replace(own)
	s.templates.mu.Lock()
	s.templates.sets = templateSets{} // sentences stand in them
	s.templates.mu.Unlock()
	s.wordings.Store(int64(version))
	return nil
}

func (s *Server) showShape(c echo.Context) error {
	_, week, err := s.Service.NoticeSettings(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, ShapePage{Page: s.page(c, "shape.title"), Kinds: rugzak.Kinds(), DigestDay: sendsAt(s.printer(c).T, week) + "."})
}

func (s *Server) shapePage(c echo.Context, titleKey string, args ...any) Page {
	page := s.page(c, titleKey, args...)
	page.Crumbs = []Crumb{{pathShape, s.printer(c).T("shape.title")}}
	return page
}

// phaseRows is how many rows the form has at most.
const phaseRows = rugzak.MaxPhases + newPhaseRows

func phaseFields() []string {
	out := []string{"do", "was"}
	for row := 1; row <= phaseRows; row++ {
		out = append(out, driveField("id", row), driveField("nl", row), driveField("en", row), driveField("begins", row), driveField("closed", row))
	}
	return out
}

func setPhases(f *Form, all []rugzak.Phase) {
	for i, p := range all {
		f.Set(driveField("id", i+1), string(p.ID)).Set(driveField("nl", i+1), p.NameNL).Set(driveField("en", i+1), p.NameEN)
		f.Set(driveField("begins", i+1), p.Begins).Set(driveField("closed", i+1))
		if p.Closed {
			f.Set(driveField("closed", i+1), chosenYes)
		}
	}
}

func phasesIn(f *Form) []rugzak.Phase {
	var out []rugzak.Phase
	for row := 1; row <= phaseRows; row++ {
		p := rugzak.Phase{
			ID: rugzak.PhaseID(f.Value(driveField("id", row))), NameNL: f.Value(driveField("nl", row)), NameEN: f.Value(driveField("en", row)),
			Begins: f.Value(driveField("begins", row)), Closed: f.Has(driveField("closed", row), chosenYes),
		}
		if p != (rugzak.Phase{}) {
			out = append(out, p)
		}
	}
	return out
}

// asWas remembers phases in one field of a form, and wasOf reads them back.
func asWas(all []rugzak.Phase) []string {
	var out []string
	for _, p := range all {
		out = append(out, fmt.Sprintf("%s / %s / %s / %s / %t", p.ID, p.NameNL, p.NameEN, p.Begins, p.Closed))
	}
	return out
}

func (s *Server) showPhases(c echo.Context) error {
	all, err := s.Service.Phases(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	form := s.newForm(c).Set("was", asWas(all)...)
	setPhases(form, all)
	return s.renderPhases(c, http.StatusOK, PhasesPage{Form: form})
}

func (s *Server) savePhases(c echo.Context) error {
	form, err := s.readForm(c, phaseFields()...)
	if err != nil {
		return err
	}
	ctx, by := c.Request().Context(), s.by(c)
	phases, page := phasesIn(form), PhasesPage{Form: form}
	var row int
	if n, _ := fmt.Sscanf(form.Value("do"), "up-%d", &row); n == 1 && row > 1 && row <= len(phases) {
		phases[row-2], phases[row-1] = phases[row-1], phases[row-2]
		setPhases(form, phases)
		return s.renderPhases(c, http.StatusOK, page)
	}
	now, err := s.Service.Phases(ctx, by)
	if err != nil {
		return err
	}
	was := now
	if !slices.Equal(form.All("was"), asWas(now)) { // somebody saved meanwhile
		was = nil
	}
	err = s.Service.SavePhases(ctx, by, was, phases)
	switch status := form.Refuse(err); {
	case status == http.StatusConflict:
		page.Now = now
		form.Set("was", asWas(now)...)
		return s.renderPhases(c, status, page)
	case status != 0:
		return s.renderPhases(c, status, page)
	case err != nil:
		return err
	}
	s.notify(c, "notice.saved", "")
	return s.redirect(c, pathPhases)
}

func (s *Server) renderPhases(c echo.Context, status int, page PhasesPage) error {
	p := s.printer(c)
	page.Page = s.shapePage(c, "phases.title")
	rows := min(len(phasesIn(page.Form))+newPhaseRows, phaseRows)
	for i, e := range page.Form.Errors { // what is wrong stands at the first that can be wrong
		if e.Field == "phases" {
			page.Form.Errors[i].Field = driveField("nl", 1)
			for row := 1; row <= rows; row++ {
				if page.Form.Value(driveField("nl", row)) == "" && page.Form.Value(driveField("en", row))+page.Form.Value(driveField("id", row)) != "" {
					page.Form.Errors[i].Field = driveField("nl", row)
				}
			}
		}
	}
	for row := 1; row <= rows; row++ {
		r := PhaseRow{Number: row, ID: page.Form.Value(driveField("id", row)), First: row == 1, Closed: page.Form.Has(driveField("closed", row), chosenYes)}
		r.NL = page.Form.Field(driveField("nl", row), p.T("phases.nl"))
		r.EN = page.Form.Field(driveField("en", row), p.T("phases.en")).MayBeEmpty()
		r.Begins = page.Form.Field(driveField("begins", row), p.T("phases.begins")).As("date").MayBeEmpty()
		page.Rows = append(page.Rows, r)
	}
	return s.render(c, status, page)
}
