// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// ConfirmPage asks whether to go on with something that takes an entry away.
type ConfirmPage struct {
	Page
	Entry  rugzak.Entry
	Action string // where the answer is sent
	What   string // "withdraw" or "delete": names the sentences of the page
}

func (s *Server) confirmWithdraw(c echo.Context) error {
	return s.confirm(c, "withdraw", pathEntryWithdraw, rugzak.State.Public)
}

func (s *Server) confirmDelete(c echo.Context) error {
	return s.confirm(c, "delete", pathEntryDelete, func(st rugzak.State) bool { return st == rugzak.StateDraft })
}

func (s *Server) confirm(c echo.Context, what, path string, fits func(rugzak.State) bool) error {
	v, err := s.mine(c)
	if err != nil {
		return err
	}
	if !fits(v.Entry.State) {
		if what == "delete" {
			return rugzak.Forbidden("error.drafts_only")
		}
		return rugzak.Conflict()
	}
	page := ConfirmPage{Page: s.page(c, "write."+what+".title"), Entry: v.Entry, Action: at(path, string(v.Entry.ID)), What: what}
	page.Crumbs = []Crumb{{entryPath(v.Entry.ID), entryWords(s.printer(c), v.Entry)}}
	return s.render(c, http.StatusOK, page)
}

func (s *Server) withdraw(c echo.Context) error {
	saved, err := s.Service.Withdraw(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")))
	return s.changedState(c, saved, err, "notice.withdrawn")
}

// putBack asks again about the partners who would read the entry again.
func (s *Server) putBack(c echo.Context) error {
	form, err := s.readForm(c, "confirmed")
	if err != nil {
		return err
	}
	id := rugzak.EntryID(c.Param("id"))
	saved, err := s.Service.PutBack(c.Request().Context(), s.by(c), id, valuesOf[rugzak.OrganisationID](form, "confirmed")...)
	if sure, ask := unconfirmed(s.printer(c), err); ask {
		v, err := s.mine(c)
		if err != nil {
			return err
		}
		found, err := s.findings(c, s.Service.InputOf(v.Entry))
		if err != nil {
			return err
		}
		return s.render(c, http.StatusOK, PartnersPage{
			Page: s.page(c, "confirm.title"), Sure: sure, Action: at(pathEntryPutBack, string(id)), Back: entryPath(id),
			Entry: v.Entry.Title, Lang: v.Entry.Lang, Findings: found,
		})
	}
	return s.changedState(c, saved, err, "notice.put_back")
}

func (s *Server) changedState(c echo.Context, saved backpack.Saved, err error, notice string) error {
	if err != nil {
		return err
	}
	s.wrote(c, saved.Position)
	s.notify(c, notice, saved.Entry.ID)
	return s.redirect(c, LocalPath(entryPath(saved.Entry.ID)))
}

func (s *Server) deleteDraft(c echo.Context) error {
	pos, err := s.Service.DeleteDraft(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")))
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, "notice.draft_deleted", "")
	return s.redirect(c, pathMine)
}
