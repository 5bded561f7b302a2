// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// pathTextReport is where a shared text is reported: what a round says, an item
// of the agenda, the compass, a need or an idea.
const pathTextReport = "/melden/:kind/:id"

// textKinds are the kinds of shared texts as addresses say them.
var textKinds = map[string]rugzak.SubjectKind{
	"ronde": rugzak.OfRound, "agendapunt": rugzak.OfAgenda, "kompas": rugzak.OfCompass, "behoefte": rugzak.OfNeed, "idee": rugzak.OfIdea,
}

// textReportPath is the address at which a shared text is reported.
func textReportPath(text rugzak.Subject) string {
	kind, id := text.Text()
	for name, of := range textKinds {
		if of == kind {
			return at(pathTextReport, name, strings.ReplaceAll(id, "/", "."))
		}
	}
	return ""
}

// textPath is the address at which a shared text is read.
func textPath(text rugzak.Subject) string {
	switch kind, id := text.Text(); kind {
	case rugzak.OfRound:
		return at(pathRound, id)
	case rugzak.OfAgenda:
		return at(pathAgendaItem, id)
	case rugzak.OfIdea:
		return at(pathIdea, id)
	case rugzak.OfNeed:
		return pathNeeds
	}
	return pathCompass
}

// sharedText reads which shared text an address is about.
func sharedText(c echo.Context) rugzak.Subject {
	return rugzak.Subject(string(textKinds[c.Param("kind")]) + ":" + strings.ReplaceAll(c.Param("id"), ".", "/"))
}

func (s *Server) showReportText(c echo.Context) error {
	return s.renderReportText(c, http.StatusOK, s.newForm(c))
}

func (s *Server) renderReportText(c echo.Context, status int, form *Form) error {
	text := sharedText(c)
	t, err := s.Service.TextToReport(c.Request().Context(), s.by(c), text)
	if err != nil {
		return err
	}
	if t.Title == "" {
		kind, _ := text.Text()
		t.Title = s.printer(c).T("report.text." + string(kind))
	}
	return s.renderReport(c, status, form, t, textReportPath(text), textPath(text))
}

func (s *Server) reportText(c echo.Context) error {
	form, err := s.readForm(c, "reason")
	if err != nil {
		return err
	}
	text := sharedText(c)
	pos, err := s.Service.ReportText(c.Request().Context(), s.by(c), text, rugzak.ReportReason(form.Value("reason")))
	if status := form.Refuse(err); status != 0 {
		return s.renderReportText(c, status, form)
	}
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, "notice.reported", "")
	switch kind, _ := text.Text(); kind {
	case rugzak.OfAgenda:
		return s.redirect(c, pathAgenda)
	case rugzak.OfIdea:
		return s.redirect(c, pathHome)
	}
	return s.redirect(c, LocalPath(textPath(text)))
}
