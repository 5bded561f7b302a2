// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// DoublesPage proposes entries that may be the same.
type DoublesPage struct {
	Page
	Pairs []backpack.DoublePair
	Empty Empty
}

// EntryMergePage shows two entries beside each other.
type EntryMergePage struct {
	Page
	Form *Form // which other, by its link
	View backpack.EntryMergeView
}

func doublePages() []pageDef {
	return []pageDef{{"desk/doubles", DoublesPage{}}, {"entry/merge", EntryMergePage{}}}
}

func (s *Server) doubleRoutes() []route {
	return []route{
		{http.MethodGet, pathDoubles, curate, s.showDoubles},
		{http.MethodGet, pathEntryMerge, curate, s.showEntryMerge},
		{http.MethodPost, pathEntryMerge, curate, s.mergeEntry},
		{http.MethodPost, pathEntryApart, curate, s.undoEntryMerge},
		{http.MethodPost, pathNotDouble, curate, s.sayNotDouble},
		{http.MethodPost, pathLeaveMerge, person, s.leaveMerge},
	}
}

func (s *Server) showDoubles(c echo.Context) error {
	pairs, err := s.Service.Doubles(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, DoublesPage{
		Page: s.deskPage(c, "doubles.title"), Pairs: pairs, Empty: Empty{Icon: "check", TitleKey: "doubles.none", TextKey: "doubles.none.text"},
	})
}

// otherEntry reads which other entry is meant, by its id or its address.
func otherEntry(value string) (rugzak.EntryID, error) {
	id, ok := entryIDIn(value)
	if !ok {
		return "", rugzak.NotFound()
	}
	return id, nil
}

func (s *Server) showEntryMerge(c echo.Context) error {
	ctx, by, id := c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id"))
	typed := c.QueryParam("met")
	form, status := s.newForm(c).Set("met", typed), http.StatusOK
	into, known := entryIDIn(typed)
	v, err := s.Service.EntryMergeView(ctx, by, id, into)
	if typed != "" && (!known || rugzak.CodeOf(err) == rugzak.CodeNotFound) {
		if v, err = s.Service.EntryMergeView(ctx, by, id, ""); err == nil {
			form.Errors, status = []FieldMessage{{"met", s.printer(c).T("theme.add.unknown")}}, http.StatusUnprocessableEntity
		}
	}
	if err != nil {
		return err
	}
	page := EntryMergePage{Page: s.deskPage(c, "merge.title"), View: v, Form: form}
	page.Crumbs = append(page.Crumbs, Crumb{pathDoubles, s.printer(c).T("doubles.title")})
	return s.render(c, status, page)
}

func (s *Server) mergeEntry(c echo.Context) error {
	form, err := s.readForm(c, "into")
	if err != nil {
		return err
	}
	into, err := otherEntry(form.Value("into"))
	if err != nil {
		return err
	}
	pos, err := s.Service.MergeEntries(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")), into)
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, "notice.entry_merged", "")
	return s.redirect(c, LocalPath(entryPath(into)))
}

func (s *Server) undoEntryMerge(c echo.Context) error {
	from, err := s.entryField(c)
	if err != nil {
		return err
	}
	pos, err := s.Service.UndoEntryMerge(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")), from)
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, "notice.entry_apart", from)
	return s.redirect(c, LocalPath(entryPath(rugzak.EntryID(c.Param("id")))))
}

func (s *Server) sayNotDouble(c echo.Context) error {
	other, err := s.entryField(c)
	if err != nil {
		return err
	}
	if err := s.Service.SayNotDouble(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")), other); err != nil {
		return err
	}
	s.notify(c, "notice.not_double", "")
	return s.redirect(c, pathDoubles)
}

func (s *Server) leaveMerge(c echo.Context) error {
	id := rugzak.EntryID(c.Param("id"))
	if err := s.Service.LeaveMerge(c.Request().Context(), s.by(c), id); err != nil {
		return err
	}
	s.notify(c, "notice.merge_left", "")
	return s.redirect(c, LocalPath(entryPath(id)))
}

// followEntry leads from the address of an entry that went into another to that
// one, or answers what the address itself gave.
func (s *Server) followEntry(c echo.Context, id rugzak.EntryID, missing error) error {
	into, err := s.Service.EntryMoved(c.Request().Context(), s.by(c), id)
	if err != nil {
		return missing
	}
	return s.redirect(c, LocalPath(entryPath(into)))
}
