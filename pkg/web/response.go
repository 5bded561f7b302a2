// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// ResponsesPart is what people said about an entry, beneath it.
type ResponsesPart struct {
	View  backpack.ResponsesView
	Entry rugzak.EntryID
	Lang  rugzak.Lang // of the reader
	Form  ResponseForm
	Pager Pager
	// Recognised says who knows it from their own work; empty when nobody does.
	Recognised string
}

// ResponseForm is the form in which somebody responds.
type ResponseForm struct {
	Form        *Form
	Entry       rugzak.EntryID
	Action      string
	Kinds       []Option
	Lang        rugzak.Lang // in which they write
	Found       Findings
	Review      ReviewBox
	PreviewHTML string // sanitised
	// Choices are the colleagues found by the name in the form, when Asked.
	Choices  []backpack.MentionChoice
	Asked    bool
	Asking   bool   // in a question phase one only asks
	Until    string // the last day of it
	Nameless bool   // the writer of something without name would show their name
	Edit     bool
	Cancel   string
}

// ResponsePage is that form on a page of its own: to answer, to change, or to
// mend what was wrong.
type ResponsePage struct {
	Page
	Part   ResponseForm
	Target backpack.ReportTarget
	// Answers is the response that is answered; nil for one to the entry.
	Answers *backpack.ResponseView
	// Theirs is what the response says by now, when it changed meanwhile.
	Theirs     string
	TheirsLang rugzak.Lang
}

func responsePages() []pageDef { return []pageDef{{"entry/respond", ResponsePage{}}} }

func (s *Server) responseRoutes() []route {
	return []route{
		{http.MethodGet, pathResponses, person, s.showRespond},
		{http.MethodPost, pathResponses, person, s.respond},
		{http.MethodGet, pathResponse, person, s.showResponse},
		{http.MethodGet, pathResponseEdit, person, s.showEditResponse},
		{http.MethodPost, pathResponseEdit, person, s.editResponse},
		{http.MethodPost, pathResponseWithdraw, person, s.withdrawResponse},
		{http.MethodPost, pathResponsePutBack, person, s.putBackResponse},
		{http.MethodPost, pathResponsePurge, person, s.purgeResponse},
		{http.MethodPost, pathResponseBecome, person, s.becomeEntry},
		{http.MethodPost, pathResponseThank, person, s.thankResponse},
		{http.MethodGet, pathResponseReport, person, s.showReportResponse},
		{http.MethodPost, pathResponseReport, person, s.reportResponse},
		{http.MethodPost, pathRecognise, person, s.recogniseEntry},
		{http.MethodPost, pathThank, person, s.thankEntry},
		{http.MethodPost, pathAskPhase, person, s.changeAskPhase},
		{http.MethodGet, pathMentions, person, s.showMentions},
	}
}

// responsePath is where one response is found, whatever page it is on.
func responsePath(entry rugzak.EntryID, id string) string { return at(pathResponse, string(entry), id) }

// addResponses fills in what was said about an entry that is shared.
func (s *Server) addResponses(c echo.Context, page *EntryPage) error {
	e := page.View.Entry
	if e.State == rugzak.StateDraft {
		return nil
	}
	number, _ := strconv.Atoi(c.QueryParam("reacties")) // anything else is the first page
	v, err := s.Service.Responses(c.Request().Context(), s.by(c), e.ID, number, "")
	if err != nil {
		return err
	}
	p := s.printer(c)
	part := &ResponsesPart{View: v, Entry: e.ID, Lang: s.lang(c), Form: s.responseForm(c, e.ID, v, false)}
	part.Form.Form.Set("key", rugzak.NewID(s.Clock.Now()))
	var names []string
	for _, o := range v.Recognition.Organisations {
		names = append(names, o.Name)
	}
	switch {
	case len(names) > 0:
		part.Recognised = p.T("response.recognised.by", wordList(p, names))
	case v.Recognition.Others:
		part.Recognised = p.T("response.recognised.others")
	}
	to := func(n int) string { return fmt.Sprintf("%s?reacties=%d#reacties", entryPath(e.ID), n) }
	if v.Page > 1 {
		part.Pager.Previous = to(v.Page - 1)
	}
	if v.Page < v.Pages {
		part.Pager.Next = to(v.Page + 1)
	}
	page.Responses = part
	return nil
}

// responseForm is an empty form for who may respond.
func (s *Server) responseForm(c echo.Context, entry rugzak.EntryID, v backpack.ResponsesView, reply bool) ResponseForm {
	f := ResponseForm{
		Form: s.newForm(c), Entry: entry, Action: at(pathResponses, string(entry)), Lang: s.lang(c),
		Asking: v.Asking && !v.MayAnswer, Until: v.Until, Nameless: v.Nameless, Cancel: entryPath(entry) + "#reacties",
	}
	f.Kinds = s.responseKinds(c, reply, f.Asking)
	f.Form.Set("kind", f.Kinds[0].Value)
	return f
}

// responseKinds are what one may choose from: in a question phase only to ask.
func (s *Server) responseKinds(c echo.Context, reply, asking bool) []Option {
	p := s.printer(c)
	var out []Option
	for _, k := range rugzak.ResponseKinds(reply) {
		if !asking || k == rugzak.ResponseQuestion {
			out = append(out, Option{Value: string(k), Label: p.T("response.kind." + string(k))})
		}
	}
	return out
}

// showResponse leads to a response on the page of threads that holds it.
func (s *Server) showResponse(c echo.Context) error {
	entry, id := rugzak.EntryID(c.Param("id")), c.Param("response")
	v, err := s.Service.Responses(c.Request().Context(), s.by(c), entry, 1, id)
	if err != nil {
		return err
	}
	for _, t := range v.Threads {
		if t.Response.ID == id {
			return s.toResponse(c, entry, id, v.Page)
		}
		for _, r := range t.Replies {
			if r.Response.ID == id {
				return s.toResponse(c, entry, id, v.Page)
			}
		}
	}
	return rugzak.NotFound()
}

func (s *Server) toResponse(c echo.Context, entry rugzak.EntryID, id string, page int) error {
	to := entryPath(entry)
	if page > 1 {
		to += "?reacties=" + strconv.Itoa(page)
	}
	return s.redirect(c, LocalPath(to+"#reactie-"+url.PathEscape(id)))
}

// press answers a press of one button: back to where it stood.
func (s *Server) press(c echo.Context, x rugzak.Signal, given, taken string) error {
	now, err := s.Service.Press(c.Request().Context(), s.by(c), x)
	if err != nil {
		return err
	}
	if now {
		s.notify(c, given, "")
	} else {
		s.notify(c, taken, "")
	}
	if x.Response != "" {
		return s.redirect(c, LocalPath(responsePath(x.Entry, x.Response)))
	}
	return s.redirect(c, LocalPath(entryPath(x.Entry)+"#reacties"))
}

func (s *Server) recogniseEntry(c echo.Context) error {
	x := rugzak.Signal{Entry: rugzak.EntryID(c.Param("id")), Kind: rugzak.SignalRecognise}
	return s.press(c, x, "notice.recognised", "notice.unrecognised")
}

func (s *Server) thankEntry(c echo.Context) error {
	x := rugzak.Signal{Entry: rugzak.EntryID(c.Param("id")), Kind: rugzak.SignalThank}
	return s.press(c, x, "notice.thanked", "notice.unthanked")
}

func (s *Server) thankResponse(c echo.Context) error {
	x := rugzak.Signal{Entry: rugzak.EntryID(c.Param("id")), Response: c.Param("response"), Kind: rugzak.SignalThank}
	return s.press(c, x, "notice.thanked", "notice.unthanked")
}

// changeAskPhase begins or ends the question phase of one's own question.
func (s *Server) changeAskPhase(c echo.Context) error {
	form, err := s.readForm(c, "do")
	if err != nil {
		return err
	}
	id := rugzak.EntryID(c.Param("id"))
	change, told := s.Service.BeginAskPhase, "notice.ask_begun"
	if form.Value("do") == "end" {
		change, told = s.Service.EndAskPhase, "notice.ask_ended"
	}
	pos, err := change(c.Request().Context(), s.by(c), id)
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, told, "")
	return s.redirect(c, LocalPath(entryPath(id)+"#reacties"))
}

// mentionAnswer is what the script of the form is told: whom one may name.
type mentionAnswer struct {
	Name         string `json:"name"`
	Organisation string `json:"organisation"`
	Token        string `json:"token"`
}

func (s *Server) showMentions(c echo.Context) error {
	found, err := s.Service.MentionChoices(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")), c.QueryParam("naam"))
	if err != nil {
		return err
	}
	out := []mentionAnswer{}
	for _, m := range found {
		out = append(out, mentionAnswer{m.Name, m.Organisation, m.Token})
	}
	return c.JSON(http.StatusOK, out)
}
