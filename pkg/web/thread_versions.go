// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// ThreadVersionsPage lists the versions of a common thread.
type ThreadVersionsPage struct {
	Page
	View backpack.ThreadHistory
}

// ThreadVersionPage shows one version, and what changed since the one before.
type ThreadVersionPage struct {
	Page
	View backpack.ThreadVersionView
	Form *Form // says why it could not be put back
}

func (s *Server) showThreadVersions(c echo.Context) error {
	below, _ := strconv.Atoi(c.QueryParam("onder")) // without a number: the newest
	view, err := s.Service.ThreadHistory(c.Request().Context(), s.by(c), rugzak.ThemeID(c.Param("id")), below)
	if err != nil {
		return err
	}
	page := ThreadVersionsPage{Page: s.page(c, "thread.versions"), View: view}
	page.Crumbs = []Crumb{{pathThemes, s.printer(c).T("themes.title")}, {themePath(view.Theme.ID), view.Theme.Title}}
	return s.render(c, http.StatusOK, page)
}

func (s *Server) showThreadVersion(c echo.Context) error {
	return s.renderThreadVersion(c, http.StatusOK, s.newForm(c))
}

func (s *Server) renderThreadVersion(c echo.Context, status int, form *Form) error {
	number, err := revisionNumber(c)
	if err != nil {
		return err
	}
	view, err := s.Service.ThreadVersion(c.Request().Context(), s.by(c), rugzak.ThemeID(c.Param("id")), number)
	if err != nil {
		return err
	}
	title, id := "history.version", string(view.Theme.ID)
	page := ThreadVersionPage{Page: s.page(c, title, number), View: view, Form: form}
	if number == 0 {
		page.Title = s.printer(c).T("thread.before_versions")
	}
	page.Crumbs = []Crumb{
		{pathThemes, s.printer(c).T("themes.title")}, {themePath(view.Theme.ID), view.Theme.Title},
		{at(pathThreadVersions, id), s.printer(c).T("thread.versions")},
	}
	return s.render(c, status, page)
}

// putBackThread makes an old version the thread again; where that is refused,
// such as for a source that became too narrow, the page says why.
func (s *Server) putBackThread(c echo.Context) error {
	number, err := revisionNumber(c)
	if err != nil {
		return err
	}
	form, err := s.readForm(c, "base")
	if err != nil {
		return err
	}
	id := rugzak.ThemeID(c.Param("id"))
	_, err = s.Service.PutBackThread(c.Request().Context(), s.by(c), id, number, form.Int("base"))
	if status := form.Refuse(err); status != 0 {
		return s.renderThreadVersion(c, status, form)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.thread_back", "")
	return s.redirect(c, LocalPath(themePath(id)))
}
