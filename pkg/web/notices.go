// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
)

// NoticesPage is what a person is told.
type NoticesPage struct {
	Page
	View backpack.NoticePage
	// Asked are the requests to widen the audience of the person's entries.
	Asked []backpack.AskedWidening
	Empty Empty
}

func noticePages() []pageDef {
	return []pageDef{{"notice/index", NoticesPage{}}}
}

func (s *Server) noticeRoutes() []route {
	return []route{
		{http.MethodGet, pathNotices, person, s.showNotices},
		{http.MethodPost, pathNoticesSeen, person, s.seenNotices},
		{http.MethodPost, pathNoticeRemove, person, s.removeNotice},
	}
}

// noticeKey is the sentence of a kind of notice.
const noticeKey = "notice_item."

func (s *Server) showNotices(c echo.Context) error {
	view, err := s.Service.Notices(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	// A kind this version does not know has no sentence: another version wrote it.
	view.Lines = slices.DeleteFunc(view.Lines, func(l backpack.NoticeLine) bool {
		return !s.Catalogue.Has(string(s.lang(c)), noticeKey+string(l.Notice.Kind))
	})
	asked, err := s.Service.WideningsForMe(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, NoticesPage{
		Asked: asked,
		Page:  s.page(c, "notices.title"), View: view,
		Empty: Empty{Icon: "info", TitleKey: "notices.none", TextKey: "notices.none.text"},
	})
}

func (s *Server) seenNotices(c echo.Context) error {
	if err := s.Service.SeenNotices(c.Request().Context(), s.by(c)); err != nil {
		return err
	}
	return s.redirect(c, pathNotices)
}

func (s *Server) removeNotice(c echo.Context) error {
	if err := s.Service.RemoveNotice(c.Request().Context(), s.by(c), c.Param("id")); err != nil {
		return err
	}
	return s.redirect(c, pathNotices)
}
