// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// MailSettingsPage holds the rules for mail, and how mail is doing.
type MailSettingsPage struct {
	Page
	Form               *Form
	State              backpack.MailState
	Holds, Days, Hours []Option
	Failed             string // why the test mail did not go out
}

func mailSettingsPages() []pageDef { return []pageDef{{"admin/mail", MailSettingsPage{}}} }

func (s *Server) mailSettingsRoutes() []route {
	return []route{
		{http.MethodGet, pathSettingsMail, administer, s.showMailSettings},
		{http.MethodPost, pathSettingsMail, administer, s.saveMailSettings},
		{http.MethodPost, pathTestMail, administer, s.sendTestMail},
	}
}

const fieldHolds, fieldDay, fieldHour = "mail_holds", "digest_day", "digest_hour"

func (s *Server) mailSettingsForm(c echo.Context) (*Form, error) {
	form, all, err := s.settingsForm(c)
	return form.Set(fieldHolds, string(all.Mail.Holds)).Set(fieldDay, strconv.Itoa(int(all.Mail.Day))).Set(fieldHour, strconv.Itoa(all.Mail.Hour)), err
}

func (s *Server) showMailSettings(c echo.Context) error {
	form, err := s.mailSettingsForm(c)
	if err != nil {
		return err
	}
	return s.renderMailSettings(c, http.StatusOK, MailSettingsPage{Form: form})
}

func (s *Server) renderMailSettings(c echo.Context, status int, page MailSettingsPage) error {
	p := s.printer(c)
	page.Page = s.adminPage(c, "mailsettings.title", Crumb{pathSettings, p.T("settings.title")})
	var err error
	if page.State, err = s.Service.MailState(c.Request().Context(), s.by(c)); err != nil {
		return err
	}
	for _, h := range rugzak.AllMailHolds() {
		page.Holds = append(page.Holds, Option{Value: string(h), Label: p.T("mailsettings.holds." + string(h)), Hint: p.T("mailsettings.holds." + string(h) + ".hint")})
	}
	for i := range 7 { // a week begins on Monday
		day := strconv.Itoa((i + 1) % 7)
		page.Days = append(page.Days, Option{Value: day, Label: p.T("weekday." + day)})
	}
	for hour := range 24 {
		page.Hours = append(page.Hours, Option{Value: strconv.Itoa(hour), Label: fmt.Sprintf("%02d:00", hour)})
	}
	return s.render(c, status, page)
}

func (s *Server) saveMailSettings(c echo.Context) error {
	form, err := s.readForm(c, fieldHolds, fieldDay, fieldHour, "base")
	if err != nil {
		return err
	}
	day, errDay := strconv.Atoi(form.Value(fieldDay))
	hour, errHour := strconv.Atoi(form.Value(fieldHour))
	if errDay != nil {
		day = -1 // no day at all
	}
	if errHour != nil {
		hour = -1
	}
	rules := rugzak.MailSettings{Holds: rugzak.MailHolds(form.Value(fieldHolds)), Day: time.Weekday(day), Hour: hour}
	err = s.Service.SaveMailSettings(c.Request().Context(), s.by(c), form.Int("base"), rules)
	if status := form.Refuse(err); status != 0 {
		return s.renderMailSettings(c, status, MailSettingsPage{Form: form})
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.saved", "")
	return s.redirect(c, pathSettingsMail)
}

func (s *Server) sendTestMail(c echo.Context) error {
	err := s.Service.SendTestMail(c.Request().Context(), s.by(c))
	test := s.newForm(c)
	if status := test.Refuse(err); status != 0 {
		form, err := s.mailSettingsForm(c)
		if err != nil {
			return err
		}
		return s.renderMailSettings(c, status, MailSettingsPage{Form: form, Failed: test.General})
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.test_mail_sent", "")
	return s.redirect(c, pathSettingsMail)
}
