// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// ApplyPage is the short form in which somebody tells how a lesson went: the
// outcome and one line are enough.
type ApplyPage struct {
	Page
	Form     *Form
	Action   string
	Lesson   rugzak.EntryID
	Applying backpack.Applying
	Outcomes []Option
	Audience AudienceField
	Modes    []Option
	Tell     []Option
	Findings Findings
	Review   ReviewBox
	// More: something is filled in, or wrong, where the form is folded up.
	More    bool
	Unsaved bool
}

// formApply is the value of the field "form" in the short form of an
// application.
const formApply = "apply"

func applyPages() []pageDef { return []pageDef{{"write/apply", ApplyPage{}}} }

func (s *Server) applyRoutes() []route {
	return []route{
		{http.MethodGet, pathEntryApply, person, s.showApply},
		{http.MethodPost, pathEntryApply, person, s.sendApply},
	}
}

// tellOptions is the one box of the question whether a lesson's readers may
// know that it was used.
func tellOptions(p *locale.Printer, o rugzak.Organisation) []Option {
	return []Option{{Value: "yes", Label: p.T("tell.question", o.Name), Hint: p.T("tell.hint")}}
}

// proposedTitle is the title of an application that got none, within limits.
func proposedTitle(p *locale.Printer, lesson string) string {
	most := rugzak.MaxTitle - utf8.RuneCountInString(p.T("apply.title.proposed", ""))
	if utf8.RuneCountInString(lesson) > most {
		lesson = string([]rune(lesson)[:most-1]) + "…"
	}
	return rugzak.Line(p.T("apply.title.proposed", lesson))
}

func (s *Server) showApply(c echo.Context) error {
	lesson := rugzak.EntryID(c.Param("id"))
	a, err := s.Service.Applying(c.Request().Context(), s.by(c), lesson)
	if err != nil {
		return err
	}
	w, err := s.freshWriting(c, rugzak.KindApplication)
	if err != nil {
		return err
	}
	w.in.Application = &rugzak.ApplicationData{Lesson: lesson}
	w.in.Title, w.in.Audience = proposedTitle(s.printer(c), a.Title), a.Audience
	s.entryForm(w.form, w.id, 0, w.in)
	return s.renderApply(c, http.StatusOK, w, a)
}

// sendApply does what the pressed button says.
func (s *Server) sendApply(c echo.Context) error {
	lesson := rugzak.EntryID(c.Param("id"))
	form, err := s.readForm(c, entryFields()...)
	if err != nil {
		return err
	}
	a, err := s.Service.Applying(c.Request().Context(), s.by(c), lesson)
	if err != nil {
		return err
	}
	form.Set("kind", string(rugzak.KindApplication)).Set("application_lesson", string(lesson))
	w := writing{form: form, id: rugzak.EntryID(form.Value("id")), base: form.Int("base")}
	w.in, err = entryInput(form)
	if err != nil {
		return err // the short form has nothing that could be misread
	}
	if w.in.Title == "" {
		w.in.Title = proposedTitle(s.Catalogue.Printer(string(w.in.Lang.Or(s.lang(c)))), a.Title)
	}
	again := func(c echo.Context, status int, w writing) error { return s.renderApply(c, status, w, a) }
	switch form.Value("do") {
	case doEdit: // on to the full form, with everything typed
		if w.in.Body == "" {
			w.in.Body = s.headings(w.in.Lang.Or(s.lang(c)), rugzak.KindApplication)
		}
		form.Set("form", "")
		s.entryForm(form, w.id, w.base, w.in)
		return s.renderForm(c, http.StatusOK, w)
	case doBack:
		return again(c, http.StatusOK, w)
	}
	return s.store(c, w, again, placeLine)
}

// applyOrder is the order in which the short form shows what may be wrong.
var applyOrder = []string{"application_outcome", "lesson", "title", "audience", "author_mode"}

// placeLine puts what is wrong with an empty text beside the one line, and what
// is wrong in the order of the form.
func placeLine(err error) error {
	err = moveField(err, "body", "lesson")
	if e, ok := errors.AsType[*rugzak.Error](err); ok {
		place := func(f rugzak.FieldError) int {
			if i := slices.Index(applyOrder, f.Field); i >= 0 {
				return i
			}
			return len(applyOrder)
		}
		slices.SortStableFunc(e.Fields, func(a, b rugzak.FieldError) int { return cmp.Compare(place(a), place(b)) })
	}
	return err
}

func (s *Server) renderApply(c echo.Context, status int, w writing, a backpack.Applying) error {
	p := s.printer(c)
	choices, err := s.Service.FormChoices(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	page := ApplyPage{
		Page: s.page(c, "apply.title"), Form: w.form, Lesson: w.in.Application.Lesson, Applying: a,
		Action: at(pathEntryApply, string(w.in.Application.Lesson)), Outcomes: wordOptions(p, "outcome.", rugzak.Outcomes()),
		Audience: audienceField(p, w.form, choices, nil), Modes: modeOptions(p, choices, nil), Tell: tellOptions(p, a.Organisation),
		Unsaved: c.Request().Method == http.MethodPost,
	}
	page.Crumbs = []Crumb{{entryPath(page.Lesson), Words{a.Title, a.Lang}}}
	if page.Findings, err = s.findings(c, w.in); err != nil {
		return err
	}
	page.Review = reviewBox(w.form, page.Findings)
	page.More = len(page.Findings.Of("title")) > 0 || w.form.Value("author_mode") != string(rugzak.ByName)
	for _, name := range []string{"title", "audience", "author_mode"} {
		page.More = page.More || w.form.Error(name) != ""
	}
	return s.render(c, status, page)
}

// moveField puts the field errors of one field beside another.
func moveField(err error, from, to string) error {
	e, ok := errors.AsType[*rugzak.Error](err)
	if !ok || e.Code != rugzak.CodeInvalid {
		return err
	}
	fields := slices.Clone(e.Fields)
	for i := range fields {
		if fields[i].Field == from {
			fields[i].Field = to
		}
	}
	return &rugzak.Error{Code: e.Code, Key: e.Key, Args: e.Args, Fields: fields, Err: err}
}
