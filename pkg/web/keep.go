// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

func (s *Server) keepRoutes() []route {
	return []route{
		{http.MethodPost, pathEntryKeep, person, s.keep},
		{http.MethodPost, pathEntryUnkeep, person, s.unkeep},
		{http.MethodPost, pathEntryThemes, curate, s.addToTheme},
	}
}

// keep takes an entry along. Doing it again changes the purpose.
func (s *Server) keep(c echo.Context) error {
	id := rugzak.EntryID(c.Param("id"))
	form, err := s.readForm(c, "purpose", "return")
	if err != nil {
		return err
	}
	err = s.Service.Keep(c.Request().Context(), s.by(c), id, form.Value("purpose"))
	if status := form.Refuse(err); status != 0 {
		return s.renderEntry(c, status, id, form)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.kept", "")
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
