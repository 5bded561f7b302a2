// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// SettingsPage holds what the administrator sets in the site: a form for each
// part, with a route and a partial of its own.
type SettingsPage struct {
	Page
	Accounts  AccountSettingsPart
	Retention RetentionPart
	Search    SearchSettingsPart
	Loop      LoopSettingsPart
	Files     FileSettingsPart
	Statement StatementPart
}

// AccountSettingsPart is the form about signing in.
type AccountSettingsPart struct {
	Form  *Form
	Roles []Option
}

func settingsPages() []pageDef { return []pageDef{{"admin/settings", SettingsPage{}}} }

func (s *Server) settingsRoutes() []route {
	return []route{
		{http.MethodGet, pathSettings, administer, s.showSettings},
		{http.MethodPost, pathSettingsAccount, administer, s.saveAccountSettings},
		{http.MethodPost, pathSettingsLoop, administer, s.saveLoopSettings},
		{http.MethodPost, pathSettingsFiles, administer, s.saveFileSettings},
		{http.MethodPost, pathSettingsAccessible, administer, s.saveStatement},
	}
}

func (s *Server) showSettings(c echo.Context) error {
	return s.renderSettings(c, http.StatusOK, SettingsPage{})
}

// renderSettings shows all parts. A part whose form was sent comes with it; the
// others are as they are stored.
func (s *Server) renderSettings(c echo.Context, status int, page SettingsPage) error {
	page.Page = s.adminPage(c, "settings.title")
	if err := s.accountSettingsPart(c, &page.Accounts); err != nil {
		return err
	}
	if err := s.retentionPart(c, &page.Retention); err != nil {
		return err
	}
	if err := s.searchSettingsPart(c, &page.Search); err != nil {
		return err
	}
	if err := s.loopSettingsPart(c, &page.Loop); err != nil {
		return err
	}
	if err := s.fileSettingsPart(c, &page.Files); err != nil {
		return err
	}
	if err := s.statementPart(c, &page.Statement); err != nil {
		return err
	}
	return s.render(c, status, page)
}

// settingsForm begins the form of a part, with what is stored.
func (s *Server) settingsForm(c echo.Context) (*Form, rugzak.Settings, error) {
	all, err := s.Service.Settings(c.Request().Context(), s.by(c))
	return s.newForm(c).Set("base", strconv.Itoa(all.Version)), all, err
}

func (s *Server) accountSettingsPart(c echo.Context, part *AccountSettingsPart) error {
	p := s.printer(c)
	if part.Form == nil {
		accounts, version, err := s.Service.AccountSettings(c.Request().Context(), s.by(c))
		if err != nil {
			return err
		}
		part.Form = s.newForm(c).Set("base", strconv.Itoa(version))
		for _, r := range accounts.SecondFactor {
			part.Form.values.Add("second_factor", string(r))
		}
	}
	for _, r := range rugzak.Roles() {
		part.Roles = append(part.Roles, Option{Value: string(r), Label: p.T("role." + string(r))})
	}
	return nil
}

func (s *Server) saveAccountSettings(c echo.Context) error {
	form, err := s.readForm(c, "second_factor", "base")
	if err != nil {
		return err
	}
	var accounts rugzak.AccountSettings
	for _, r := range form.All("second_factor") {
		accounts.SecondFactor = append(accounts.SecondFactor, rugzak.Role(r))
	}
	err = s.Service.SaveAccountSettings(c.Request().Context(), s.by(c), accounts, form.Int("base"))
	if status := form.Refuse(err); status != 0 {
		return s.renderSettings(c, status, SettingsPage{Accounts: AccountSettingsPart{Form: form}})
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.saved", "")
	return s.redirect(c, pathSettings)
}
