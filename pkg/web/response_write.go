// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// What the buttons of the form of a response ask.
const (
	doFind        = "find"     // look up a colleague to name
	doShow        = "preview"  // show what it will look like
	doMentionName = "mention:" // and whom: put them in the text
)

func (s *Server) readResponse(c echo.Context) (*Form, error) {
	return s.readForm(c, "key", "to", "base", "kind", "body", "naam", "not_bsn", "reviewed", "do")
}

func (s *Server) responseInput(c echo.Context, form *Form) backpack.ResponseInput {
	return backpack.ResponseInput{
		Key: form.Value("key"), To: form.Value("to"), Kind: rugzak.ResponseKind(form.Value("kind")), Body: form.Value("body"),
		Lang: s.lang(c), NotBSN: form.All("not_bsn"), Reviewed: form.Has("reviewed", "yes"),
	}
}

// showRespond shows the form alone: to answer what somebody said.
func (s *Server) showRespond(c echo.Context) error {
	form := s.newForm(c).Set("key", rugzak.NewID(s.Clock.Now())).Set("to", c.QueryParam("op"))
	return s.renderRespond(c, http.StatusOK, form)
}

func (s *Server) respond(c echo.Context) error {
	form, err := s.readResponse(c)
	if err != nil {
		return err
	}
	if s.aside(form) {
		return s.renderRespond(c, http.StatusOK, form)
	}
	entry := rugzak.EntryID(c.Param("id"))
	x, pos, err := s.Service.Respond(c.Request().Context(), s.by(c), entry, s.responseInput(c, form))
	if status := form.Refuse(err); status != 0 {
		return s.renderRespond(c, status, form)
	}
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, "notice.responded", "")
	return s.redirect(c, LocalPath(responsePath(entry, x.ID)))
}

// aside reports whether a button asks for something else than to store the
// text. Whom somebody chose to name is put at the end of it, before their eyes.
func (s *Server) aside(form *Form) bool {
	do := form.Value("do")
	if id, ok := strings.CutPrefix(do, doMentionName); ok && rugzak.ValidSlug(id) {
		body := strings.TrimRight(form.Value("body"), " ")
		if body != "" && !strings.HasSuffix(body, "\n") {
			body += " "
		}
		form.Set("body", body+rugzak.Mention(rugzak.PersonID(id))+" ").Set("naam")
		return true
	}
	return do == doFind || do == doShow
}

// renderRespond answers with the form of a response to an entry, or to what
// somebody said about it.
func (s *Server) renderRespond(c echo.Context, status int, form *Form) error {
	ctx, by, entry := c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id"))
	v, err := s.Service.Responses(ctx, by, entry, 1, form.Value("to"))
	if err != nil {
		return err
	}
	if !v.CanRespond {
		key := "error.respond_shared_only"
		if v.Archived {
			key = "error.respond_archived"
		}
		return rugzak.Forbidden(key)
	}
	page := ResponsePage{Page: s.page(c, "response.respond")}
	if to := form.Value("to"); to != "" {
		page.Answers = said(v, to)
		if page.Answers == nil && status == http.StatusOK {
			return rugzak.NotFound()
		}
		if page.Answers == nil { // gone meanwhile: the text stays, for the entry itself
			form.Set("to")
		}
	}
	page.Part = s.responseForm(c, entry, v, page.Answers != nil)
	page.Part.Form = form
	if form.Value("kind") == "" {
		form.Set("kind", page.Part.Kinds[0].Value)
	}
	if page.Answers != nil {
		page.Title = s.printer(c).T("response.answer")
	}
	return s.renderResponseForm(c, status, page)
}

// said finds a response among those on a page.
func said(v backpack.ResponsesView, id string) *backpack.ResponseView {
	for _, t := range v.Threads {
		for _, x := range append([]backpack.ResponseView{t}, t.Replies...) {
			if x.Response.ID == id && x.Response.Author != "" {
				return &x
			}
		}
	}
	return nil
}

// renderResponseForm fills in what every form of a response shows: what was
// found in the text, colleagues to name, and a preview.
func (s *Server) renderResponseForm(c echo.Context, status int, page ResponsePage) error {
	ctx, by, form := c.Request().Context(), s.by(c), page.Part.Form
	view, err := s.Service.Read(ctx, by, page.Part.Entry)
	if err != nil {
		return err
	}
	page.Target = backpack.ReportTarget{Entry: view.Entry.ID, Title: s.entryTitle(c, view.Entry), Lang: view.Entry.Lang}
	page.Crumbs = []Crumb{{entryPath(page.Part.Entry), Words{page.Target.Title, page.Target.Lang}}}
	in := s.responseInput(c, form)
	if form.Value("body") != "" {
		found, err := s.Service.CheckResponse(ctx, by, in)
		if err != nil {
			return err
		}
		page.Part.Found = withBoxes(found)
	}
	page.Part.Review = reviewBox(form, page.Part.Found)
	if form.Value("do") == doFind {
		page.Part.Asked = true
		if page.Part.Choices, err = s.Service.MentionChoices(ctx, by, page.Part.Entry, form.Value("naam")); err != nil {
			return err
		}
	}
	if form.Value("do") == doShow && len(in.Body) <= rugzak.MaxResponse {
		rendered, err := s.Service.Preview(ctx, by, in.Body, in.Lang)
		if refused := form.Refuse(err); refused != 0 {
			status = refused
		} else if err != nil {
			return err
		}
		page.Part.PreviewHTML = rendered.HTML
	}
	return s.render(c, status, page)
}

// showEditResponse shows what a person said, to change it.
func (s *Server) showEditResponse(c echo.Context) error {
	x, err := s.ownResponse(c)
	if err != nil {
		return err
	}
	form := s.newForm(c).Set("base", strconv.Itoa(x.Response.Version)).Set("kind", string(x.Response.Kind)).
		Set("body", x.Response.Body).Set("not_bsn", x.Response.NotBSN...)
	return s.renderEditResponse(c, http.StatusOK, form, x, "")
}

// ownResponse finds a response of the person on the page that holds it.
func (s *Server) ownResponse(c echo.Context) (*backpack.ResponseView, error) {
	id := c.Param("response")
	v, err := s.Service.Responses(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")), 1, id)
	if err != nil {
		return nil, err
	}
	x := said(v, id)
	if x == nil {
		return nil, rugzak.NotFound()
	}
	if !x.Mine {
		return nil, rugzak.Forbidden("error.response_author_only")
	}
	return x, nil
}

func (s *Server) editResponse(c echo.Context) error {
	form, err := s.readResponse(c)
	if err != nil {
		return err
	}
	before, err := s.ownResponse(c)
	if err != nil {
		return err
	}
	if s.aside(form) {
		return s.renderEditResponse(c, http.StatusOK, form, before, "")
	}
	entry, in := rugzak.EntryID(c.Param("id")), s.responseInput(c, form)
	in.Lang = before.Response.Lang
	x, pos, err := s.Service.EditResponse(c.Request().Context(), s.by(c), entry, before.Response.ID, form.Int("base"), in)
	if rugzak.CodeOf(err) == rugzak.CodeConflict { // in another tab: nothing is lost, the person decides
		status := form.Refuse(err)
		form.Set("base", strconv.Itoa(before.Response.Version))
		return s.renderEditResponse(c, status, form, before, before.Response.Body)
	}
	if status := form.Refuse(err); status != 0 {
		return s.renderEditResponse(c, status, form, before, "")
	}
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, "notice.saved", "")
	return s.redirect(c, LocalPath(responsePath(entry, x.ID)))
}

func (s *Server) renderEditResponse(c echo.Context, status int, form *Form, x *backpack.ResponseView, theirs string) error {
	entry := rugzak.EntryID(c.Param("id"))
	page := ResponsePage{Page: s.page(c, "response.edit"), Theirs: theirs, TheirsLang: x.Response.Lang, Part: ResponseForm{
		Form: form, Entry: entry, Action: at(pathResponseEdit, string(entry), x.Response.ID), Lang: x.Response.Lang, Edit: true,
		Kinds: s.responseKinds(c, x.Response.To != "", false), Cancel: responsePath(entry, x.Response.ID),
	}}
	return s.renderResponseForm(c, status, page)
}

// changeResponse does something to a response and returns to it.
func (s *Server) changeResponse(c echo.Context, pos rugzak.Position, err error, told string) error {
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, told, "")
	return s.redirect(c, LocalPath(responsePath(rugzak.EntryID(c.Param("id")), c.Param("response"))))
}

func (s *Server) withdrawResponse(c echo.Context) error {
	form, err := s.readForm(c, "return")
	if err != nil {
		return err
	}
	pos, err := s.Service.WithdrawResponse(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")), c.Param("response"))
	if err == nil && form.Value("return") != "" { // from where it cannot be put back
		s.wrote(c, pos)
		s.notify(c, "notice.response_withdrawn_away", "")
		return s.redirect(c, localPathOr(form.Value("return"), pathOwnData))
	}
	return s.changeResponse(c, pos, err, "notice.response_withdrawn")
}

func (s *Server) putBackResponse(c echo.Context) error {
	pos, err := s.Service.PutBackResponse(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")), c.Param("response"))
	return s.changeResponse(c, pos, err, "notice.response_put_back")
}

func (s *Server) purgeResponse(c echo.Context) error {
	entry := rugzak.EntryID(c.Param("id"))
	form, err := s.readForm(c, "return")
	if err != nil {
		return err
	}
	pos, err := s.Service.PurgeOwnResponse(c.Request().Context(), s.by(c), entry, c.Param("response"))
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, "notice.response_purged", "")
	return s.redirect(c, localPathOr(form.Value("return"), LocalPath(entryPath(entry)+"#reacties")))
}

// becomeEntry makes a draft of an own experience and opens it.
func (s *Server) becomeEntry(c echo.Context) error {
	saved, err := s.Service.EntryFromResponse(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")), c.Param("response"))
	if err != nil {
		return err
	}
	s.wrote(c, saved.Position)
	if saved.Entry.State != rugzak.StateDraft {
		return s.redirect(c, LocalPath(entryPath(saved.Entry.ID)))
	}
	s.notify(c, "notice.response_became", "")
	return s.redirect(c, LocalPath(at(pathEntryEdit, string(saved.Entry.ID))))
}

func (s *Server) showReportResponse(c echo.Context) error {
	return s.renderReportResponse(c, http.StatusOK, s.newForm(c))
}

func (s *Server) renderReportResponse(c echo.Context, status int, form *Form) error {
	entry, id := rugzak.EntryID(c.Param("id")), c.Param("response")
	t, err := s.Service.ResponseToReport(c.Request().Context(), s.by(c), entry, id)
	if err != nil {
		return err
	}
	return s.renderReport(c, status, form, t, at(pathResponseReport, string(entry), id), responsePath(entry, id))
}

func (s *Server) reportResponse(c echo.Context) error {
	form, err := s.readForm(c, "reason")
	if err != nil {
		return err
	}
	entry := rugzak.EntryID(c.Param("id"))
	pos, err := s.Service.ReportResponse(c.Request().Context(), s.by(c), entry, c.Param("response"), rugzak.ReportReason(form.Value("reason")))
	if status := form.Refuse(err); status != 0 {
		return s.renderReportResponse(c, status, form)
	}
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, "notice.reported", "")
	return s.redirect(c, LocalPath(entryPath(entry)+"#reacties"))
}
