// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"io"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// OwnFile writes the file of somebody's own data.
type OwnFile interface {
	backpack.OwnSink
	Close() error
}

// OwnDataPage shows a person everything the backpack holds about them.
type OwnDataPage struct {
	Page
	Data  rugzak.OwnData
	Form  *Form // what they ask
	Kinds []Option
	Acts  []OwnAct
	// Unseen are the responses to what the person may not read any more.
	Unseen []rugzak.OwnResponse
	Return string // to this page
}

// OwnAct is a line of the audit log in words.
type OwnAct struct {
	At          time.Time
	Act, Detail string
	Own         bool
}

// RequestsPage lists what people ask about their own data.
type RequestsPage struct {
	Page
	Lines []backpack.RequestLine
	Empty Empty
}

func ownDataPages() []pageDef {
	return []pageDef{{"account/owndata", OwnDataPage{}}, {"admin/requests", RequestsPage{}}}
}

func (s *Server) ownDataRoutes() []route {
	return []route{
		{http.MethodGet, pathOwnData, person, s.showOwnData},
		{http.MethodPost, pathOwnDataTake, person, s.takeOwnData},
		{http.MethodPost, pathOwnDataAsk, person, s.askAboutMe},
		{http.MethodPost, pathOwnDataBack, person, s.takeBackRequest},
		{http.MethodGet, pathRequests, administer, s.showRequests},
		{http.MethodPost, pathRequest, administer, s.settleRequest},
	}
}

func (s *Server) showOwnData(c echo.Context) error {
	return s.renderOwnData(c, http.StatusOK, s.newForm(c).Set("kind", string(rugzak.RequestCorrection)))
}

func (s *Server) renderOwnData(c echo.Context, status int, form *Form) error {
	d, err := s.Service.OwnData(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	p := s.printer(c)
	page := OwnDataPage{Page: s.page(c, "owndata.title"), Data: d, Form: form, Return: pathOwnData}
	for _, x := range d.Responses {
		if x.Unseen {
			page.Unseen = append(page.Unseen, x)
		}
	}
	page.Crumbs = []Crumb{{pathAccount, p.T("account.title")}}
	for _, k := range rugzak.RequestKinds() {
		page.Kinds = append(page.Kinds, Option{Value: string(k), Label: p.T("request." + string(k)), Hint: p.T("request." + string(k) + ".hint")})
	}
	for _, a := range d.Audit {
		l := backpack.AuditLine{Verb: a.Verb, Detail: a.Detail}
		page.Acts = append(page.Acts, OwnAct{At: a.At, Act: auditAct(p, a.Verb), Detail: auditDetail(p, l), Own: a.Own})
	}
	return s.render(c, status, page)
}

func (s *Server) takeOwnData(c echo.Context) error {
	ctx, by := c.Request().Context(), s.by(c)
	return s.download(c, "mijn-gegevens.zip", typeZip, func(w io.Writer) error {
		file := s.Own(w)
		if err := s.Service.OwnExport(ctx, by, file); err != nil {
			return err
		}
		return file.Close()
	})
}

func (s *Server) askAboutMe(c echo.Context) error {
	form, err := s.readForm(c, "kind", "text")
	if err != nil {
		return err
	}
	err = s.Service.AskAboutMe(c.Request().Context(), s.by(c), rugzak.RequestKind(form.Value("kind")), form.Value("text"))
	if status := form.Refuse(err); status != 0 {
		return s.renderOwnData(c, status, form)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.request_sent", "")
	return s.redirect(c, pathOwnData)
}

func (s *Server) takeBackRequest(c echo.Context) error {
	if err := s.Service.TakeBackRequest(c.Request().Context(), s.by(c), c.Param("id")); err != nil {
		return err
	}
	s.notify(c, "notice.request_taken_back", "")
	return s.redirect(c, pathOwnData)
}

func (s *Server) showRequests(c echo.Context) error {
	lines, err := s.Service.PersonRequests(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, RequestsPage{
		Page: s.adminPage(c, "requests.title"), Lines: lines,
		Empty: Empty{Icon: "person", TitleKey: "requests.none", TextKey: "requests.none.text"},
	})
}

func (s *Server) settleRequest(c echo.Context) error {
	form, err := s.readForm(c, "do")
	if err != nil {
		return err
	}
	do := form.Value("do")
	if do != "done" && do != "refused" {
		return malformed(nil)
	}
	pos, err := s.Service.SettleRequest(c.Request().Context(), s.by(c), c.Param("id"), do == "done")
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, "notice.request_"+do, "")
	return s.redirect(c, pathRequests)
}
