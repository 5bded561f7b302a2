// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// ReportPage asks whether a text says something of a person: one click more
// hides it.
type ReportPage struct {
	Page
	Form    *Form
	Target  backpack.ReportTarget
	Action  string
	Back    string
	Reasons []Option
}

// PurgePage lets the author of an entry remove it for good, or what it was.
type PurgePage struct {
	Page
	Form  *Form
	Entry rugzak.Entry
	Past  int // revisions before the present one
}

func reportPages() []pageDef {
	return []pageDef{
		{"report/report", ReportPage{}}, {"report/purge", PurgePage{}},
		{"report/incidents", IncidentsPage{}}, {"report/incident", IncidentPage{}},
	}
}

func (s *Server) reportRoutes() []route {
	return []route{
		{http.MethodGet, pathEntryReport, person, s.showReportEntry},
		{http.MethodPost, pathEntryReport, person, s.reportEntry},
		{http.MethodPost, pathEntryReady, person, s.askPutBack},
		{http.MethodGet, pathEntryPurge, person, s.showPurge},
		{http.MethodPost, pathEntryPurge, person, s.purge},
		{http.MethodPost, pathEntryPurgePast, person, s.purgePast},
		{http.MethodGet, pathThemeReport, person, s.showReportTheme},
		{http.MethodPost, pathThemeReport, person, s.reportTheme},
		{http.MethodGet, pathTextReport, person, s.showReportText},
		{http.MethodPost, pathTextReport, person, s.reportText},
		{http.MethodGet, pathIncidents, handlePrivacy, s.showIncidents},
		{http.MethodGet, pathIncident, handlePrivacy, s.showIncident},
		{http.MethodPost, pathIncident, handlePrivacy, s.settleReport},
		{http.MethodPost, pathIncidentNote, handlePrivacy, s.noteIncident},
		{http.MethodPost, pathIncidentPast, handlePrivacy, s.purgeReportedPast},
	}
}

func (s *Server) showReportEntry(c echo.Context) error {
	return s.renderReportEntry(c, http.StatusOK, s.newForm(c))
}

func (s *Server) renderReportEntry(c echo.Context, status int, form *Form) error {
	id := rugzak.EntryID(c.Param("id"))
	t, err := s.Service.EntryToReport(c.Request().Context(), s.by(c), id)
	if err != nil {
		return err
	}
	return s.renderReport(c, status, form, t, at(pathEntryReport, string(id)), entryPath(id))
}

func (s *Server) renderReport(c echo.Context, status int, form *Form, t backpack.ReportTarget, action, back string) error {
	p := s.printer(c)
	page := ReportPage{Page: s.page(c, "report.title"), Form: form, Target: t, Action: action, Back: back}
	if t.Title == "" {
		t.Title = p.T("site.untitled")
	}
	page.Crumbs = []Crumb{{back, Words{t.Title, t.Lang}}}
	for _, r := range rugzak.ReportReasons() {
		page.Reasons = append(page.Reasons, Option{Value: string(r), Label: p.T("report.reason." + string(r))})
	}
	return s.render(c, status, page)
}

func (s *Server) reportEntry(c echo.Context) error {
	form, err := s.readForm(c, "reason")
	if err != nil {
		return err
	}
	ctx, by, id := c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id"))
	pos, err := s.Service.Report(ctx, by, id, rugzak.ReportReason(form.Value("reason")))
	if status := form.Refuse(err); status != 0 {
		return s.renderReportEntry(c, status, form)
	}
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, "notice.reported", "")
	if _, err := s.Service.Read(ctx, by, id); err == nil {
		return s.redirect(c, LocalPath(entryPath(id))) // their own, or they settle it
	}
	return s.redirect(c, pathHome)
}

func (s *Server) showReportTheme(c echo.Context) error {
	return s.renderReportTheme(c, http.StatusOK, s.newForm(c))
}

func (s *Server) renderReportTheme(c echo.Context, status int, form *Form) error {
	id := rugzak.ThemeID(c.Param("id"))
	t, err := s.Service.ThemeToReport(c.Request().Context(), s.by(c), id)
	if err != nil {
		return err
	}
	return s.renderReport(c, status, form, t, at(pathThemeReport, string(id)), themePath(id))
}

func (s *Server) reportTheme(c echo.Context) error {
	form, err := s.readForm(c, "reason")
	if err != nil {
		return err
	}
	id := rugzak.ThemeID(c.Param("id"))
	pos, err := s.Service.ReportTheme(c.Request().Context(), s.by(c), id, rugzak.ReportReason(form.Value("reason")))
	if status := form.Refuse(err); status != 0 {
		return s.renderReportTheme(c, status, form)
	}
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, "notice.reported", "")
	return s.redirect(c, LocalPath(themePath(id)))
}

// askPutBack tells the privacy officers that the author is ready.
func (s *Server) askPutBack(c echo.Context) error {
	id := rugzak.EntryID(c.Param("id"))
	pos, err := s.Service.AskPutBack(c.Request().Context(), s.by(c), id)
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, "notice.report_asked", id)
	return s.redirect(c, LocalPath(entryPath(id)))
}

func (s *Server) showPurge(c echo.Context) error {
	return s.renderPurge(c, http.StatusOK, s.newForm(c))
}

func (s *Server) renderPurge(c echo.Context, status int, form *Form) error {
	v, err := s.mine(c)
	if err != nil {
		return err
	}
	page := PurgePage{Page: s.page(c, "purge.title"), Form: form, Entry: v.Entry, Past: max(v.Entry.Revision-1, 0)}
	page.Crumbs = []Crumb{{entryPath(v.Entry.ID), entryWords(s.printer(c), v.Entry)}}
	return s.render(c, status, page)
}

// purge removes an entry for good, once its author has typed the word for it.
func (s *Server) purge(c echo.Context) error {
	form, err := s.readForm(c, "word")
	if err != nil {
		return err
	}
	if !strings.EqualFold(strings.TrimSpace(form.Value("word")), s.printer(c).T("purge.word")) {
		var p rugzak.Problems
		p.Add("word", "error.purge_word")
		return s.renderPurge(c, form.Refuse(p.Err()), form)
	}
	pos, err := s.Service.PurgeOwn(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")))
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, "notice.purged", "")
	return s.redirect(c, pathMine)
}

func (s *Server) purgePast(c echo.Context) error {
	id := rugzak.EntryID(c.Param("id"))
	pos, err := s.Service.PurgeOwnPast(c.Request().Context(), s.by(c), id)
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, "notice.past_purged", id)
	return s.redirect(c, LocalPath(entryPath(id)))
}
