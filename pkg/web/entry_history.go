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

// HistoryPage lists the versions of an entry.
type HistoryPage struct {
	Page
	View backpack.HistoryView
}

// RevisionPage shows one version, and what changed since the one before.
type RevisionPage struct {
	Page
	View backpack.RevisionView
	// Overtaken says that putting it back failed: the text changed meanwhile.
	Overtaken bool
}

func (s *Server) showHistory(c echo.Context) error {
	view, err := s.Service.History(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")))
	if err != nil {
		return err
	}
	page := HistoryPage{Page: s.page(c, "word.history"), View: view}
	page.Crumbs = []Crumb{{entryPath(view.Entry.Entry.ID), entryWords(s.printer(c), view.Entry.Entry)}}
	return s.render(c, http.StatusOK, page)
}

func (s *Server) showRevision(c echo.Context) error {
	return s.renderRevision(c, http.StatusOK)
}

func (s *Server) renderRevision(c echo.Context, status int) error {
	number, err := revisionNumber(c)
	if err != nil {
		return err
	}
	view, err := s.Service.Revision(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")), number)
	if err != nil {
		return err
	}
	e := view.Entry.Entry
	page := RevisionPage{Page: s.page(c, "history.version", number), View: view, Overtaken: status == http.StatusConflict}
	page.Crumbs = []Crumb{{entryPath(e.ID), entryWords(s.printer(c), e)}, {at(pathHistory, string(e.ID)), s.printer(c).T("word.history")}}
	return s.render(c, status, page)
}

// restoreRevision makes an old version the newest again. When the text changed
// since the page was made, it shows the page again and why.
func (s *Server) restoreRevision(c echo.Context) error {
	id := rugzak.EntryID(c.Param("id"))
	number, err := revisionNumber(c)
	if err != nil {
		return err
	}
	form, err := s.readForm(c, "base")
	if err != nil {
		return err
	}
	saved, err := s.Service.Restore(c.Request().Context(), s.by(c), id, number, form.Int("base"))
	if rugzak.CodeOf(err) == rugzak.CodeConflict {
		return s.renderRevision(c, http.StatusConflict)
	}
	if err != nil {
		return err
	}
	s.wrote(c, saved.Position)
	s.notify(c, "notice.restored", id)
	return s.redirect(c, LocalPath(at(pathHistory, string(id))))
}

// revisionNumber reads the number in the address, which is written in one way.
func revisionNumber(c echo.Context) (int, error) {
	number, err := strconv.Atoi(c.Param("number"))
	if err != nil || strconv.Itoa(number) != c.Param("number") {
		return 0, rugzak.NotFound()
	}
	return number, nil
}
