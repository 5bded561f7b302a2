// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

func (s *Server) reviewRoutes() []route {
	return []route{
		{http.MethodPost, pathEntryStay, person, s.keepDraft},
		{http.MethodPost, pathEntryReview, person, s.reviewEntry},
	}
}

// keepDraft says that an old draft is still wanted.
func (s *Server) keepDraft(c echo.Context) error {
	id := rugzak.EntryID(c.Param("id"))
	pos, err := s.Service.KeepDraft(c.Request().Context(), s.by(c), id)
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, "notice.draft_stays", "")
	return s.redirect(c, LocalPath(entryPath(id)))
}

// reviewEntry decides about an entry that is due for review, or brings one back
// from the archive.
func (s *Server) reviewEntry(c echo.Context) error {
	form, err := s.readForm(c, "keuze")
	if err != nil {
		return err
	}
	what := backpack.Review(form.Value("keuze"))
	saved, err := s.Service.Review(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")), what)
	notice := "notice.review_kept"
	if what == backpack.ReviewArchive {
		notice = "notice.review_archived"
	}
	return s.changedState(c, saved, err, notice)
}
