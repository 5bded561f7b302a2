// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

func (s *Server) keepRoutes() []route {
	return []route{
		{http.MethodPost, pathEntryKeep, person, s.keep},
		{http.MethodPost, pathEntryUnkeep, person, s.unkeep},
		{http.MethodPost, pathEntryUsed, person, s.used},
		{http.MethodPost, pathEntryThemes, curate, s.addToTheme},
	}
}

// keep takes an entry along. Doing it again changes what was said about it; a
// field that is not in the form stays as it was.
func (s *Server) keep(c echo.Context) error {
	id := rugzak.EntryID(c.Param("id"))
	form, err := s.readForm(c, "purpose", "note", "weeks", "return")
	if err != nil {
		return err
	}
	var in backpack.KeepInput
	in.Purpose, in.Note = typed(form, "purpose"), typed(form, "note")
	if weeks := typed(form, "weeks"); weeks != nil {
		n, err := strconv.Atoi(*weeks)
		if err != nil {
			return malformed(err)
		}
		in.Weeks = &n
	}
	err = s.Service.TakeAlong(c.Request().Context(), s.by(c), id, in)
	if status := form.Refuse(err); status != 0 {
		return s.renderEntry(c, status, id, form)
	}
	if err != nil {
		return err
	}
	notice := "notice.kept"
	if in != (backpack.KeepInput{}) {
		notice = "notice.keep_said"
	}
	s.notify(c, notice, "")
	return s.redirect(c, localPathOr(form.Value("return"), LocalPath(entryPath(id))))
}

// typed is what was typed in a field; nil when the form does not have it.
func typed(f *Form, name string) *string {
	if f.All(name) == nil {
		return nil
	}
	value := f.Value(name)
	return &value
}

// keepForm is the form about what was taken along, as it is stored.
func (s *Server) keepForm(c echo.Context, kept *rugzak.Keep) *Form {
	form := s.newForm(c)
	if kept != nil {
		form.Set("purpose", kept.Purpose).Set("note", kept.Note)
		if kept.RemindAt.IsZero() {
			form.Set("weeks", "0")
		} else {
			form.Set("weeks", strconv.Itoa(kept.Weeks))
		}
	}
	return form
}

// weekOptions are the times after which somebody may be asked; what is planned
// stays on offer.
func (s *Server) weekOptions(c echo.Context, kept *rugzak.Keep) []Option {
	if kept == nil {
		return nil
	}
	p := s.printer(c)
	weeks := rugzak.KeepWeeks()
	if !kept.RemindAt.IsZero() && !slices.Contains(weeks, kept.Weeks) {
		weeks = append(weeks, kept.Weeks)
		slices.Sort(weeks)
	}
	out := make([]Option, 0, len(weeks)+1)
	for _, n := range weeks {
		out = append(out, Option{Value: strconv.Itoa(n), Label: p.N("keep.weeks.few", n)})
	}
	return append(out, Option{Value: "0", Label: p.T("keep.weeks.never")})
}

// used takes the answer to "Gebruikt?". Yes leads on to telling how it went.
func (s *Server) used(c echo.Context) error {
	id := rugzak.EntryID(c.Param("id"))
	form, err := s.readForm(c, "answer", "return")
	if err != nil {
		return err
	}
	answer := rugzak.KeepAnswer(form.Value("answer"))
	if err := s.Service.AnswerKeep(c.Request().Context(), s.by(c), id, answer); err != nil {
		return err
	}
	switch answer {
	case rugzak.KeepUsed:
		return s.redirect(c, LocalPath(at(pathEntryApply, string(id))))
	case rugzak.KeepNotYet:
		s.notify(c, "notice.keep_not_yet", "")
	default:
		s.notify(c, "notice.keep_unfit", "")
	}
	return s.redirect(c, localPathOr(form.Value("return"), LocalPath(entryPath(id))))
}

// unkeep takes an entry out of the person's backpack. What was not in it, or is
// out of sight by now, gives the same answer.
func (s *Server) unkeep(c echo.Context) error {
	form, err := s.readForm(c, "return")
	if err != nil {
		return err
	}
	err = s.Service.Unkeep(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")))
	if err != nil && rugzak.CodeOf(err) != rugzak.CodeNotFound {
		return err
	}
	s.notify(c, "notice.unkept", "")
	return s.redirect(c, localPathOr(form.Value("return"), pathMine))
}

// addToTheme puts an entry in a theme that was chosen on the entry's own page.
func (s *Server) addToTheme(c echo.Context) error {
	id := rugzak.EntryID(c.Param("id"))
	form, err := s.readForm(c, "theme")
	if err != nil {
		return err
	}
	pos, err := s.Service.AddToTheme(c.Request().Context(), s.by(c), id, rugzak.ThemeID(form.Value("theme")))
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, "notice.entry_in_theme", "")
	return s.redirect(c, LocalPath(entryPath(id)))
}
