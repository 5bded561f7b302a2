// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// IncidentsPage lists the reports for privacy officers, and what was purged.
type IncidentsPage struct {
	Page
	Open, Settled []backpack.IncidentLine
	Purges        []rugzak.PurgeJob
}

// IncidentPage is one report.
type IncidentPage struct {
	Page
	Form     *Form // how it is settled
	Note     *Form
	View     backpack.IncidentView
	How      []Option
	PastToo  []Option
	Readers  string // how many could read it, in words
	Audience string
}

func (s *Server) showIncidents(c echo.Context) error {
	ctx, by := c.Request().Context(), s.by(c)
	all, err := s.Service.Incidents(ctx, by)
	if err != nil {
		return err
	}
	page := IncidentsPage{Page: s.page(c, "incidents.title")}
	for _, l := range all {
		if l.Open() {
			page.Open = append(page.Open, l)
		} else {
			page.Settled = append(page.Settled, l)
		}
	}
	if page.Purges, err = s.Service.Purges(ctx, by); err != nil {
		return err
	}
	return s.render(c, http.StatusOK, page)
}

func (s *Server) showIncident(c echo.Context) error {
	return s.renderIncident(c, http.StatusOK, s.newForm(c), nil)
}

func (s *Server) renderIncident(c echo.Context, status int, form, note *Form) error {
	v, err := s.Service.Incident(c.Request().Context(), s.by(c), c.Param("id"))
	if err != nil {
		return err
	}
	p := s.printer(c)
	if note == nil {
		note = s.newForm(c).Set("note", v.Note)
	}
	page := IncidentPage{
		Page: s.page(c, "incident.title"), Form: form, Note: note, View: v, Audience: audienceText(p, v.Audience, false),
		PastToo: []Option{{Value: "1", Label: p.T("incident.past_too"), Hint: p.T("incident.past_too.hint")}},
	}
	page.Crumbs = []Crumb{{pathIncidents, p.T("incidents.title")}}
	if page.Readers = p.N("incident.readers", v.Readers); v.Few {
		page.Readers = p.T("incident.readers_few")
	}
	for _, how := range rugzak.Settlements() {
		if how == rugzak.SettledMended && v.Need != "" {
			continue // nobody can change one
		}
		page.How = append(page.How, Option{Value: string(how), Label: p.T("settle." + string(how)), Hint: p.T("settle." + string(how) + ".hint")})
	}
	return s.render(c, status, page)
}

func (s *Server) settleReport(c echo.Context) error {
	form, err := s.readForm(c, "how", "past")
	if err != nil {
		return err
	}
	how := rugzak.Settlement(form.Value("how"))
	pos, err := s.Service.Settle(c.Request().Context(), s.by(c), c.Param("id"), how, form.Has("past", "1"))
	if status := form.Refuse(err); status != 0 {
		return s.renderIncident(c, status, form, nil)
	}
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	notice := "notice.report_settled"
	if how == rugzak.SettledPurged {
		notice = "notice.report_purged"
	}
	s.notify(c, notice, "")
	return s.redirect(c, LocalPath(at(pathIncident, c.Param("id"))))
}

func (s *Server) noteIncident(c echo.Context) error {
	note, err := s.readForm(c, "note")
	if err != nil {
		return err
	}
	err = s.Service.NoteIncident(c.Request().Context(), s.by(c), c.Param("id"), note.Value("note"))
	if status := note.Refuse(err); status != 0 {
		return s.renderIncident(c, status, s.newForm(c), note)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.saved", "")
	return s.redirect(c, LocalPath(at(pathIncident, c.Param("id"))))
}

func (s *Server) purgeReportedPast(c echo.Context) error {
	pos, err := s.Service.PurgeReportedPast(c.Request().Context(), s.by(c), c.Param("id"))
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, "notice.report_purged", "")
	return s.redirect(c, LocalPath(at(pathIncident, c.Param("id"))))
}
