// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// PrivacyPage shows how often findings were called wrong, and what the
// organisation knows about its own addresses and numbers.
type PrivacyPage struct {
	Page
	Form *Form
	Rows []PrivacyRow
	// Domains and Patterns are shown to who may not change them.
	Domains, Patterns []string
}

// PrivacyRow is a class with what is done about it and how often it was wrong.
type PrivacyRow struct {
	Class  rugzak.FindingClass
	Weight rugzak.Weight
	Total  int
	Counts []rugzak.FalseAlarmCount
}

func privacyPages() []pageDef { return []pageDef{{"admin/privacy", PrivacyPage{}}} }

func (s *Server) privacyRoutes() []route {
	return []route{
		{http.MethodGet, pathAdminPrivacy, audit, s.showPrivacy},
		{http.MethodPost, pathAdminPrivacy, administer, s.savePrivacy},
		{http.MethodPost, pathFalseAlarm, person, s.reportFalseAlarm},
	}
}

// reportFalseAlarm counts that a finding is none. The text is not sent here.
func (s *Server) reportFalseAlarm(c echo.Context) error {
	form, err := s.readForm(c, "finding", "form")
	if err != nil {
		return err
	}
	class, length, _ := strings.Cut(form.Value("finding"), ".")
	err = s.Service.ReportFalseAlarm(c.Request().Context(), s.by(c), form.Value("form"), rugzak.FalseAlarm{
		Class: rugzak.FindingClass(class), Lang: s.lang(c), Length: rugzak.TextLength(length),
	})
	if rugzak.CodeOf(err) == rugzak.CodeInvalid {
		return malformed(err)
	}
	if err != nil {
		return err
	}
	if c.Request().Header.Get(echo.HeaderAccept) == echo.MIMEApplicationJSON {
		return c.NoContent(http.StatusNoContent)
	}
	s.notify(c, "notice.false_alarm", "")
	return s.redirect(c, LocalPath(helpPath("privacy")))
}

func (s *Server) showPrivacy(c echo.Context) error { return s.renderPrivacy(c, http.StatusOK, nil) }

func (s *Server) savePrivacy(c echo.Context) error {
	form, err := s.readForm(c, "known_domains", "case_patterns", "base")
	if err != nil {
		return err
	}
	err = s.Service.SavePrivacySettings(c.Request().Context(), s.by(c), form.Int("base"), rugzak.PrivacySettings{
		KnownDomains: strings.Split(form.Value("known_domains"), "\n"), CasePatterns: strings.Split(form.Value("case_patterns"), "\n"),
	})
	if status := form.Refuse(err); status != 0 {
		return s.renderPrivacy(c, status, form)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.settings_saved", "")
	return s.redirect(c, pathAdminPrivacy)
}

// renderPrivacy shows the page; form is nil unless it was refused.
func (s *Server) renderPrivacy(c echo.Context, status int, form *Form) error {
	desk, err := s.Service.PrivacyDesk(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	page := PrivacyPage{Page: s.trustPage(c, "privacy.title"), Form: form, Domains: desk.Settings.KnownDomains, Patterns: desk.Settings.CasePatterns}
	if form == nil {
		page.Form = s.newForm(c).Set("known_domains", strings.Join(desk.Settings.KnownDomains, "\n")).
			Set("case_patterns", strings.Join(desk.Settings.CasePatterns, "\n")).Set("base", strconv.Itoa(desk.Version))
	} else if status == http.StatusConflict {
		form.Set("base", strconv.Itoa(desk.Version))
	}
	for _, class := range rugzak.FindingClasses() {
		row := PrivacyRow{Class: class, Weight: class.Weight()}
		for _, count := range desk.FalseAlarms {
			if count.Class == class {
				row.Total += count.Count
				row.Counts = append(row.Counts, count)
			}
		}
		page.Rows = append(page.Rows, row)
	}
	return s.render(c, status, page)
}
