// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// ThemeAddPage finds entries to put into a theme.
type ThemeAddPage struct {
	Page
	Form  *Form // by link
	Query string
	Found backpack.ThemeCandidates
	// Back is where adding one comes back to.
	Back  string
	Empty Empty
}

func (s *Server) showThemeAdd(c echo.Context) error {
	return s.renderThemeAdd(c, http.StatusOK, s.newForm(c), c.QueryParam("q"))
}

func (s *Server) renderThemeAdd(c echo.Context, status int, form *Form, query string) error {
	id := rugzak.ThemeID(c.Param("id"))
	found, err := s.Service.ThemeCandidates(c.Request().Context(), s.by(c), id, query, s.after(c))
	if err != nil {
		return err
	}
	page := ThemeAddPage{Page: s.page(c, "theme.add.title"), Form: form, Query: query, Found: found}
	page.Crumbs = []Crumb{{pathThemes, s.printer(c).T("themes.title")}, {themePath(id), found.Theme.Title}}
	page.Empty = Empty{Icon: "search", TitleKey: "search.no_results", TextKey: "theme.add.none"}
	page.Back = at(pathThemeAdd, string(id)) + "?" + url.Values{"q": {query}}.Encode()
	return s.render(c, status, page)
}

// addByLink takes the id or the address of an entry.
func (s *Server) addByLink(c echo.Context) error {
	form, err := s.readForm(c, "entry", "return")
	if err != nil {
		return err
	}
	id := rugzak.ThemeID(c.Param("id"))
	entry, ok := entryIDIn(form.Value("entry"))
	var pos rugzak.Position
	err = rugzak.NotFound()
	if ok {
		pos, err = s.Service.AddToTheme(c.Request().Context(), s.by(c), entry, id)
	}
	if rugzak.CodeOf(err) == rugzak.CodeNotFound {
		form.Errors = []FieldMessage{{"entry", s.printer(c).T("theme.add.unknown")}}
		return s.renderThemeAdd(c, http.StatusUnprocessableEntity, form, "")
	}
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, "notice.theme_added", entry)
	return s.redirect(c, localPathOr(form.Value("return"), LocalPath(themePath(id))))
}

func (s *Server) takeFromTheme(c echo.Context) error {
	entry, err := s.entryField(c)
	if err != nil {
		return err
	}
	id := rugzak.ThemeID(c.Param("id"))
	pos, err := s.Service.RemoveFromTheme(c.Request().Context(), s.by(c), entry, id)
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, "notice.theme_removed", entry)
	return s.redirect(c, LocalPath(themePath(id)))
}

func (s *Server) pinInTheme(c echo.Context) error   { return s.setPin(c, true) }
func (s *Server) unpinInTheme(c echo.Context) error { return s.setPin(c, false) }

func (s *Server) setPin(c echo.Context, pin bool) error {
	entry, err := s.entryField(c)
	if err != nil {
		return err
	}
	id := rugzak.ThemeID(c.Param("id"))
	if err := s.Service.PinInTheme(c.Request().Context(), s.by(c), entry, id, pin); err != nil {
		return err
	}
	notice := "notice.theme_pinned"
	if !pin {
		notice = "notice.theme_unpinned"
	}
	s.notify(c, notice, "")
	return s.redirect(c, LocalPath(themePath(id)))
}

// entryField reads which entry a button is about.
func (s *Server) entryField(c echo.Context) (rugzak.EntryID, error) {
	form, err := s.readForm(c, "entry")
	if err != nil {
		return "", err
	}
	if !rugzak.ValidID(form.Value("entry")) {
		return "", rugzak.NotFound()
	}
	return rugzak.EntryID(form.Value("entry")), nil
}
