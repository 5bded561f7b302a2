// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// LeavePage asks an administrator what becomes of the entries of who leaves.
type LeavePage struct {
	Page
	Form       *Form
	Known      rugzak.Person
	Colleagues []Option
}

// LeftPage lists who left, and when their name is erased.
type LeftPage struct {
	Page
	Lines []backpack.FormerLine
	Empty Empty
}

// ErasePage asks whether a name must be erased now.
type ErasePage struct {
	Page
	Known rugzak.Person
}

// HandOverPage lets a person hand over what they wrote.
type HandOverPage struct {
	Page
	Form       *Form
	Colleagues []Option
}

func leavingPages() []pageDef {
	return []pageDef{
		{"leaving/leave", LeavePage{}},
		{"leaving/left", LeftPage{}},
		{"leaving/erase", ErasePage{}},
		{"leaving/handover", HandOverPage{}},
	}
}

func (s *Server) leavingRoutes() []route {
	return []route{
		{http.MethodGet, pathLeave, administer, s.showLeave},
		{http.MethodPost, pathLeave, administer, s.leave},
		{http.MethodGet, pathErase, administer, s.showErase},
		{http.MethodPost, pathErase, administer, s.erase},
		{http.MethodGet, pathFormer, administer, s.showLeft},
		{http.MethodGet, pathHandOver, person, s.showHandOver},
		{http.MethodPost, pathHandOver, person, s.handOver},
	}
}

func (s *Server) colleagueOptions(c echo.Context, of rugzak.PersonID, emptyKey string) ([]Option, error) {
	all, err := s.Service.Colleagues(c.Request().Context(), s.by(c), of)
	options := []Option{{Label: s.printer(c).T(emptyKey)}}
	for _, one := range all {
		options = append(options, Option{Value: string(one.ID), Label: one.Name})
	}
	return options, err
}

func (s *Server) showLeave(c echo.Context) error {
	return s.renderLeave(c, http.StatusOK, s.newForm(c))
}

func (s *Server) renderLeave(c echo.Context, status int, form *Form) error {
	known, err := s.Service.Person(c.Request().Context(), s.by(c), rugzak.PersonID(c.Param("id")))
	if err != nil {
		return err
	}
	page := LeavePage{Form: form, Known: known}
	page.Page = s.personPage(c, "leave.title", known)
	if page.Colleagues, err = s.colleagueOptions(c, known.ID, "leave.nobody"); err != nil {
		return err
	}
	return s.render(c, status, page)
}

// personPage is the base of a page about one person.
func (s *Server) personPage(c echo.Context, titleKey string, known rugzak.Person) Page {
	name := known.Name
	if known.Former {
		name = s.printer(c).T("read.former_author")
	}
	return s.adminPage(c, titleKey, Crumb{pathPeople, s.printer(c).T("people.title")}, Crumb{at(pathPerson, string(known.ID)), name})
}

func (s *Server) leave(c echo.Context) error {
	form, err := s.readForm(c, "to")
	if err != nil {
		return err
	}
	err = s.Service.Leave(c.Request().Context(), s.by(c), rugzak.PersonID(c.Param("id")), rugzak.PersonID(form.Value("to")))
	if status := form.Refuse(err); status != 0 {
		return s.renderLeave(c, status, form)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.left", "")
	return s.redirect(c, pathFormer)
}

func (s *Server) showLeft(c echo.Context) error {
	lines, err := s.Service.Left(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	page := LeftPage{Page: s.adminPage(c, "left.title", Crumb{pathPeople, s.printer(c).T("people.title")}), Lines: lines}
	page.Empty = Empty{Icon: "person", TitleKey: "left.none", TextKey: "left.none.text"}
	return s.render(c, http.StatusOK, page)
}

func (s *Server) showErase(c echo.Context) error {
	known, err := s.Service.Person(c.Request().Context(), s.by(c), rugzak.PersonID(c.Param("id")))
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, ErasePage{Page: s.personPage(c, "erase.title", known), Known: known})
}

func (s *Server) erase(c echo.Context) error {
	if err := s.Service.AnonymisePerson(c.Request().Context(), s.by(c), rugzak.PersonID(c.Param("id"))); err != nil {
		return err
	}
	s.notify(c, "notice.erased", "")
	return s.redirect(c, pathFormer)
}

func (s *Server) showHandOver(c echo.Context) error {
	return s.renderHandOver(c, http.StatusOK, s.newForm(c))
}

func (s *Server) renderHandOver(c echo.Context, status int, form *Form) (err error) {
	page := HandOverPage{Page: s.page(c, "handover.title"), Form: form}
	page.Crumbs = []Crumb{{pathAccount, s.printer(c).T("account.title")}}
	if page.Colleagues, err = s.colleagueOptions(c, s.by(c).ID, "handover.choose"); err != nil {
		return err
	}
	return s.render(c, status, page)
}

func (s *Server) handOver(c echo.Context) error {
	form, err := s.readForm(c, "to")
	if err != nil {
		return err
	}
	err = s.Service.HandOver(c.Request().Context(), s.by(c), rugzak.PersonID(form.Value("to")))
	if status := form.Refuse(err); status != 0 {
		return s.renderHandOver(c, status, form)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.handed_over", "")
	return s.redirect(c, pathAccount)
}
