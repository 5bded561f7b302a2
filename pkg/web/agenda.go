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

// AgendaPage shows the future agenda, as a board by horizon or as a list.
type AgendaPage struct {
	Page
	List     bool
	Horizons []AgendaHorizon
	Done     []AgendaCard // finished, the last first
	Any      bool
	Empty    Empty
	Board    string // address of the one view and of the other
	Listed   string
}

// AgendaHorizon is what lies equally far away.
type AgendaHorizon struct {
	Horizon rugzak.Horizon
	Items   []AgendaCard
}

// AgendaCard is an item on the page of the agenda.
type AgendaCard struct {
	backpack.AgendaLine
	Move AgendaMove
}

// AgendaMove is how somebody puts an item elsewhere; empty for who cannot.
type AgendaMove struct {
	ID, Title string
	To        []rugzak.Horizon // the other horizons
	Up, Down  bool
	View      string // where it comes back to
}

// AgendaItemPage is one item of the agenda.
type AgendaItemPage struct {
	Page
	View backpack.AgendaView
	Box  JoinBox
	Move AgendaMove
	Form *Form // what is told of its progress
	Done *Form // how it ended
}

// AgendaLinks are entries that hang on an item, for the partial "agendalinks".
type AgendaLinks struct {
	May   bool // take one away
	ID    string
	Cards []backpack.Card
}

// addAgenda fills in on which items of the agenda a question or success hangs.
func (s *Server) addAgenda(c echo.Context, page *EntryPage) (err error) {
	e := page.View.Entry
	if e.State.Public() && (e.Kind == rugzak.KindQuestion || e.Kind == rugzak.KindSuccess) {
		page.Agenda, err = s.Service.AgendaOfEntry(c.Request().Context(), s.by(c), e.ID)
	}
	return err
}

// The value in the address of the agenda as a list.
const (
	agendaView = "weergave"
	agendaList = "lijst"
)

func agendaPages() []pageDef {
	return []pageDef{
		{"movement/agenda", AgendaPage{}},
		{"movement/needs", NeedsPage{}},
		{"movement/item", AgendaItemPage{}},
		{"movement/itemedit", AgendaFormPage{}},
		{"movement/itemlink", AgendaLinkPage{}},
	}
}

func (s *Server) agendaRoutes() []route {
	return []route{
		{http.MethodGet, pathAgenda, person, s.showAgenda},
		{http.MethodGet, pathAgendaNew, curate, s.showNewItem},
		{http.MethodPost, pathAgendaNew, curate, s.saveItem},
		{http.MethodGet, pathAgendaItem, person, s.showItem},
		{http.MethodGet, pathAgendaEdit, curate, s.showItemForm},
		{http.MethodPost, pathAgendaEdit, curate, s.saveItem},
		{http.MethodPost, pathAgendaMove, curate, s.moveItem},
		{http.MethodPost, pathAgendaProgress, person, s.progressItem},
		{http.MethodPost, pathAgendaFinish, person, s.finishItem},
		{http.MethodGet, pathAgendaLink, person, s.showItemLink},
		{http.MethodPost, pathAgendaLink, person, s.linkItem},
		{http.MethodPost, pathAgendaRemove, curate, s.removeItem},
	}
}

func (s *Server) showAgenda(c echo.Context) error {
	lines, err := s.Service.Agenda(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	page := AgendaPage{
		Page: s.page(c, "agenda.title"), Any: len(lines) > 0, List: c.QueryParam(agendaView) == agendaList,
		Board: pathAgenda, Listed: agendaAddress(agendaList),
	}
	page.Empty = Empty{Icon: "calendar", TitleKey: "agenda.empty", TextKey: "agenda.empty.text", ActionKey: "empty.direction", ActionPath: at(pathHelpPage, "richting")}
	if page.Can.Curate {
		page.Empty.TextKey, page.Empty.ActionKey, page.Empty.ActionPath = "agenda.empty.curator", "agenda.new", pathAgendaNew
	}
	view := ""
	if page.List {
		view = agendaList
	}
	for _, h := range rugzak.Horizons() {
		column := AgendaHorizon{Horizon: h}
		for _, l := range lines {
			if l.Item.Horizon == h && !l.Item.Done() {
				column.Items = append(column.Items, AgendaCard{l, s.agendaMove(c, l, view)})
			}
		}
		page.Horizons = append(page.Horizons, column)
	}
	for _, l := range lines {
		if l.Item.Done() {
			page.Done = append(page.Done, AgendaCard{AgendaLine: l})
		}
	}
	sortDone(page.Done)
	return s.render(c, http.StatusOK, page)
}

// agendaMove says where somebody may put an item that is not finished.
func (s *Server) agendaMove(c echo.Context, l backpack.AgendaLine, view string) AgendaMove {
	m := AgendaMove{ID: l.Item.ID, Title: l.Item.Title, View: view}
	if !rugzak.CanCurate(s.by(c)) || l.Item.Done() {
		return m
	}
	for _, h := range rugzak.Horizons() {
		if h != l.Item.Horizon {
			m.To = append(m.To, h)
		}
	}
	m.Up, m.Down = !l.First, !l.Last
	return m
}

func agendaAddress(view string) string {
	if view == "" {
		return pathAgenda
	}
	return pathAgenda + "?" + url.Values{agendaView: {view}}.Encode()
}

func (s *Server) showItem(c echo.Context) error {
	return s.renderItem(c, http.StatusOK, AgendaItemPage{})
}

// renderItem shows an item; a form that was refused comes with the page.
func (s *Server) renderItem(c echo.Context, status int, page AgendaItemPage) error {
	v, err := s.Service.AgendaItem(c.Request().Context(), s.by(c), c.Param("id"))
	if err != nil {
		return err
	}
	page.Page, page.View = s.page(c, "agenda.title"), v
	page.Crumbs = []Crumb{{pathAgenda, page.Title}}
	page.Title = v.Item.Title
	page.Box = joinBox(v.Join, LocalPath(at(pathAgendaItem, v.Item.ID)))
	if page.Form == nil {
		page.Form = s.newForm(c)
	}
	if page.Done == nil {
		page.Done = s.newForm(c).Set("learned", v.Item.Learned)
	}
	page.Move = s.agendaMove(c, v.AgendaLine, agendaOne)
	page.Move.Up, page.Move.Down = false, false // what is above and below it is not on this page
	return s.render(c, status, page)
}
