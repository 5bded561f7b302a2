// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// AccessiblePage is the accessibility statement. What nobody filled in yet is
// empty.
type AccessiblePage struct {
	Page
	Statement  rugzak.AccessibilitySettings
	Outcome    string // in the middle of a sentence
	Examined   string
	Exceptions []string
	WordsLang  rugzak.Lang // of what the administrator wrote; empty when it is that of the page
}

// StatementPart is the form about that statement.
type StatementPart struct {
	Form     *Form
	Statuses []Option
}

const (
	pathAccessible         = "/toegankelijkheid"
	pathSettingsAccessible = "/beheer/instellingen/toegankelijkheid"
)

const (
	fieldStatementOrganisation = "statement_organisation"
	fieldStatementEmail        = "statement_email"
	fieldStatementPhone        = "statement_phone"
	fieldStatementStatus       = "statement_status"
	fieldStatementExamined     = "statement_examined"
	fieldStatementReport       = "statement_report"
	fieldStatementExceptions   = "statement_exceptions"
	fieldStatementComplaint    = "statement_complaint"
)

func (s *Server) showAccessible(c echo.Context) error {
	statement, err := s.Service.AccessibilityStatement(c.Request().Context())
	if err != nil {
		return err
	}
	p := s.printer(c)
	page := AccessiblePage{Page: s.page(c, "nav.accessibility"), Statement: statement, Exceptions: statement.List()}
	page.Crumbs = []Crumb{{pathHelp, p.T("help.title")}}
	if statement.Status != "" {
		page.Outcome, page.Examined = p.T("statement.outcome."+string(statement.Status)), printDay(p, statement.Examined)
	}
	if statement.Lang != page.Lang {
		page.WordsLang = statement.Lang
	}
	return s.render(c, http.StatusOK, page)
}

func (s *Server) statementPart(c echo.Context, part *StatementPart) error {
	p := s.printer(c)
	part.Statuses = []Option{{Value: "", Label: p.T("statement.status.none")}}
	for _, status := range rugzak.AccessibilityStatuses() {
		part.Statuses = append(part.Statuses, Option{Value: string(status), Label: p.T("statement.status." + string(status))})
	}
	if part.Form != nil {
		return nil
	}
	form, all, err := s.settingsForm(c)
	if err != nil {
		return err
	}
	kept := all.Accessibility
	part.Form = form.Set(fieldStatementOrganisation, kept.Organisation).Set(fieldStatementEmail, kept.Email).Set(fieldStatementPhone, kept.Phone).
		Set(fieldStatementStatus, string(kept.Status)).Set(fieldStatementExamined, kept.Examined).Set(fieldStatementReport, kept.Report).
		Set(fieldStatementExceptions, kept.Exceptions).Set(fieldStatementComplaint, kept.Complaint)
	return nil
}

func (s *Server) saveStatement(c echo.Context) error {
	form, err := s.readForm(c, fieldStatementOrganisation, fieldStatementEmail, fieldStatementPhone, fieldStatementStatus,
		fieldStatementExamined, fieldStatementReport, fieldStatementExceptions, fieldStatementComplaint, "base")
	if err != nil {
		return err
	}
	err = s.Service.SaveAccessibility(c.Request().Context(), s.by(c), form.Int("base"), rugzak.AccessibilitySettings{
		Organisation: form.Value(fieldStatementOrganisation), Email: form.Value(fieldStatementEmail), Phone: form.Value(fieldStatementPhone),
		Status: rugzak.AccessibilityStatus(form.Value(fieldStatementStatus)), Examined: form.Value(fieldStatementExamined), Report: form.Value(fieldStatementReport),
		Exceptions: form.Value(fieldStatementExceptions), Complaint: form.Value(fieldStatementComplaint), Lang: s.lang(c),
	})
	if status := form.Refuse(err); status != 0 {
		return s.renderSettings(c, status, SettingsPage{Statement: StatementPart{Form: form}})
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.saved", "")
	return s.redirect(c, pathAccessible)
}
