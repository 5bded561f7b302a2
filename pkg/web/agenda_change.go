// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// agendaOne says that moving an item comes back to its own page.
const agendaOne = "punt"

// The values of the button with which an item moves besides the horizons.
const (
	moveUp   = "up"
	moveDown = "down"
)

func sortDone(all []AgendaCard) {
	slices.SortStableFunc(all, func(a, b AgendaCard) int { return b.Item.DoneAt.Compare(a.Item.DoneAt) })
}

// moveItem puts an item under another horizon, or up or down in its own.
func (s *Server) moveItem(c echo.Context) error {
	form, err := s.readForm(c, "to", "view")
	if err != nil {
		return err
	}
	ctx, by, id := c.Request().Context(), s.by(c), c.Param("id")
	to := form.Value("to")
	switch to {
	case moveUp, moveDown:
		err = s.Service.OrderItem(ctx, by, id, to == moveUp)
	default:
		if !slices.Contains(rugzak.Horizons(), rugzak.Horizon(to)) {
			return malformed(nil)
		}
		err = s.Service.MoveItem(ctx, by, id, rugzak.Horizon(to))
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.agenda_moved", "")
	if form.Value("view") == agendaOne {
		return s.redirect(c, LocalPath(at(pathAgendaItem, id)))
	}
	view := ""
	if form.Value("view") == agendaList {
		view = agendaList
	}
	return s.redirect(c, LocalPath(agendaAddress(view)+"#punt-"+id))
}

func (s *Server) progressItem(c echo.Context) error {
	form, err := s.readForm(c, "progress")
	if err != nil {
		return err
	}
	id := c.Param("id")
	err = s.Service.ProgressItem(c.Request().Context(), s.by(c), id, form.Value("progress"))
	if status := form.Refuse(err); status != 0 {
		return s.renderItem(c, status, AgendaItemPage{Form: form})
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.agenda_progress", "")
	return s.redirect(c, LocalPath(at(pathAgendaItem, id)+"#voortgang"))
}

// finishItem says that an item is done, or takes it up again.
func (s *Server) finishItem(c echo.Context) error {
	form, err := s.readForm(c, "learned", "do")
	if err != nil {
		return err
	}
	id, done := c.Param("id"), form.Value("do") != "again"
	err = s.Service.FinishItem(c.Request().Context(), s.by(c), id, done, form.Value("learned"))
	if status := form.Refuse(err); status != 0 {
		return s.renderItem(c, status, AgendaItemPage{Done: form})
	}
	if err != nil {
		return err
	}
	if done {
		s.notify(c, "notice.agenda_done", "")
	} else {
		s.notify(c, "notice.agenda_again", "")
	}
	return s.redirect(c, LocalPath(at(pathAgendaItem, id)))
}

func (s *Server) removeItem(c echo.Context) error {
	if err := s.Service.RemoveItem(c.Request().Context(), s.by(c), c.Param("id")); err != nil {
		return err
	}
	s.notify(c, "notice.agenda_removed", "")
	return s.redirect(c, pathAgenda)
}

// AgendaLinkPage finds questions to put beneath an item, or successes it led to.
type AgendaLinkPage struct {
	Page
	Form  *Form // by link
	Kind  rugzak.Kind
	Query string
	Found backpack.AgendaCandidates
	Back  string // where linking one comes back to
	Empty Empty
}

// The words of addresses for what is linked to an item.
const (
	linkKind      = "soort"
	linkSuccesses = "succes"
)

func (s *Server) showItemLink(c echo.Context) error {
	return s.renderItemLink(c, http.StatusOK, s.newForm(c), c.QueryParam(linkKind), c.QueryParam("q"))
}

func (s *Server) renderItemLink(c echo.Context, status int, form *Form, kind, query string) error {
	id := c.Param("id")
	page := AgendaLinkPage{Form: form, Kind: rugzak.KindQuestion, Query: query}
	if kind == linkSuccesses {
		page.Kind = rugzak.KindSuccess
	}
	var err error
	if page.Found, err = s.Service.AgendaCandidates(c.Request().Context(), s.by(c), id, page.Kind, query); err != nil {
		return err
	}
	p := s.printer(c)
	page.Page = s.page(c, "agenda.link."+string(page.Kind))
	page.Crumbs = []Crumb{{pathAgenda, p.T("agenda.title")}, {at(pathAgendaItem, id), page.Found.Item.Title}}
	page.Empty = Empty{Icon: "search", TitleKey: "search.no_results", TextKey: "agenda.link.none"}
	values := url.Values{"q": {query}}
	if page.Kind == rugzak.KindSuccess {
		values.Set(linkKind, linkSuccesses)
	}
	page.Back = at(pathAgendaLink, id) + "?" + values.Encode()
	return s.render(c, status, page)
}

// linkItem takes the id or the address of a question or a success; with
// "unlink" it takes the link away.
func (s *Server) linkItem(c echo.Context) error {
	form, err := s.readForm(c, "entry", "kind", "return", "do")
	if err != nil {
		return err
	}
	id := c.Param("id")
	entry, ok := entryIDIn(form.Value("entry"))
	err = rugzak.NotFound()
	if ok {
		err = s.Service.LinkItem(c.Request().Context(), s.by(c), id, entry, form.Value("do") == "unlink")
	}
	if code := rugzak.CodeOf(err); code == rugzak.CodeNotFound && form.Value("do") != "unlink" {
		form.Errors = []FieldMessage{{"entry", s.printer(c).T("agenda.link.unknown")}}
		return s.renderItemLink(c, http.StatusUnprocessableEntity, form, form.Value("kind"), "")
	}
	if err != nil {
		return err
	}
	if form.Value("do") == "unlink" {
		s.notify(c, "notice.agenda_unlinked", "")
	} else {
		s.notify(c, "notice.agenda_linked", "")
	}
	return s.redirect(c, localPathOr(form.Value("return"), LocalPath(at(pathAgendaItem, id))))
}
