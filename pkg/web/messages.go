// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// MessagesPage is where somebody chooses how they are told.
type MessagesPage struct {
	Page
	Form  *Form
	Mail  []Option // the mails that come beside the site
	Rows  []MessageRow
	Fixed []string // the groups that cannot be switched off
	On    bool     // mail is set up
	Sends string   // when the message of the week goes out
}

// MessageRow is one group of notices.
type MessageRow struct {
	Name, Label string
	Site        bool
	Ways        []Option
}

// StopMailPage asks whether to stop mail, and says that it stopped.
type StopMailPage struct {
	Page
	Secret  string
	Stopped bool
}

func messagePages() []pageDef {
	return []pageDef{{"message/index", MessagesPage{}}, {"message/stop", StopMailPage{}}}
}

func (s *Server) messageRoutes() []route {
	return []route{
		{http.MethodGet, pathMessages, person, s.showMessages},
		{http.MethodPost, pathMessages, person, s.saveMessages},
		{http.MethodGet, pathStopMail, public, s.askStopMail},
		{http.MethodPost, pathStopMail, public, s.stopMail},
	}
}

// The fields of the form: one box and one choice for each group.
const (
	fieldMails  = "mails"
	mailsDigest = "digest"
	mailsNow    = "now"
	fieldSite   = "site_"
	fieldMail   = "mail_"
)

func (s *Server) showMessages(c echo.Context) error {
	own, _, err := s.Service.NoticeSettings(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	form := s.newForm(c)
	if own.Digest {
		form.values.Add(fieldMails, mailsDigest)
	}
	if !own.Quiet {
		form.values.Add(fieldMails, mailsNow)
	}
	for _, r := range rugzak.NoticeGroups() {
		choice := own.Of(r)
		form.Set(fieldMail+string(r.Group), string(choice.Mail))
		if !choice.Hidden {
			form.Set(fieldSite+string(r.Group), "on")
		}
	}
	return s.renderMessages(c, http.StatusOK, form)
}

func (s *Server) renderMessages(c echo.Context, status int, form *Form) error {
	_, week, err := s.Service.NoticeSettings(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	p := s.printer(c)
	page := MessagesPage{Page: s.page(c, "messages.title"), Form: form, On: s.Service.MailOn(), Sends: sendsAt(p.T, week)}
	page.Crumbs = []Crumb{{pathAccount, p.T("account.title")}}
	page.Mail = []Option{
		{Value: mailsDigest, Label: p.T("messages.digest"), Hint: p.T("messages.digest.hint", page.Sends)},
		{Value: mailsNow, Label: p.T("messages.now"), Hint: p.T("messages.now.hint")},
	}
	for _, r := range rugzak.NoticeGroups() {
		row := MessageRow{Name: string(r.Group), Label: p.T("notice_group." + string(r.Group)), Site: form.Has(fieldSite+string(r.Group), "on")}
		if r.Fixed {
			page.Fixed = append(page.Fixed, row.Label)
			continue
		}
		for _, way := range r.Ways() {
			row.Ways = append(row.Ways, Option{Value: string(way), Label: p.T("messages.way." + string(way)), Chosen: form.Has(fieldMail+row.Name, string(way))})
		}
		page.Rows = append(page.Rows, row)
	}
	return s.render(c, status, page)
}

// sendsAt says on which day and at what hour the message of the week goes out.
func sendsAt(t func(string, ...any) string, m rugzak.MailSettings) string {
	return t("digest.sends", t("weekday."+strconv.Itoa(int(m.Day))), m.Hour)
}

func (s *Server) saveMessages(c echo.Context) error {
	names := []string{fieldMails}
	groups := rugzak.NoticeGroups()
	for _, r := range groups {
		names = append(names, fieldSite+string(r.Group), fieldMail+string(r.Group))
	}
	form, err := s.readForm(c, names...)
	if err != nil {
		return err
	}
	in := rugzak.NoticeSettings{Quiet: !form.Has(fieldMails, mailsNow), Digest: form.Has(fieldMails, mailsDigest)}
	for _, r := range groups {
		if r.Fixed {
			continue
		}
		choice := rugzak.NoticeChoice{Hidden: !form.Has(fieldSite+string(r.Group), "on"), Mail: rugzak.MailWay(form.Value(fieldMail + string(r.Group)))}
		if choice == (rugzak.NoticeChoice{Mail: r.Mail}) {
			continue
		}
		if in.Choices == nil {
			in.Choices = map[rugzak.NoticeGroup]rugzak.NoticeChoice{}
		}
		in.Choices[r.Group] = choice
	}
	err = s.Service.SaveNoticeSettings(c.Request().Context(), s.by(c), in)
	if status := form.Refuse(err); status != 0 {
		return s.renderMessages(c, status, form)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.saved", "")
	return s.redirect(c, pathMessages)
}

// askStopMail changes nothing and looks nothing up: mail is opened by machines
// too.
func (s *Server) askStopMail(c echo.Context) error {
	return s.render(c, http.StatusOK, StopMailPage{Page: s.page(c, "stop.title"), Secret: c.Param("secret")})
}

// stopMail answers the same for every link. What is sent with it does not
// matter.
func (s *Server) stopMail(c echo.Context) error {
	if err := s.Service.StopMail(c.Request().Context(), c.Param("secret")); err != nil {
		return err
	}
	return s.render(c, http.StatusOK, StopMailPage{Page: s.page(c, "stop.title"), Stopped: true})
}
