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

// AgendaFormPage makes or changes an item of the agenda.
type AgendaFormPage struct {
	Page
	Form     *Form
	ID       string // empty for a new one
	Horizons []Option
	Leads    []Option
	Findings Findings
	Review   ReviewBox
	Cancel   string
	// Now is the item as somebody else saved it meanwhile; nil when nobody did.
	Now *backpack.AgendaView
}

func (s *Server) showNewItem(c echo.Context) error {
	key, err := s.Service.NewID(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	form := s.newForm(c).Set("horizon", string(rugzak.HorizonNow)).Set("key", string(key))
	return s.renderItemForm(c, http.StatusOK, AgendaFormPage{Form: form})
}

func (s *Server) showItemForm(c echo.Context) error {
	v, err := s.Service.AgendaItem(c.Request().Context(), s.by(c), c.Param("id"))
	if err != nil {
		return err
	}
	item := v.Item
	form := s.newForm(c).Set("title", item.Title).Set("text", item.Text).Set("horizon", string(item.Horizon)).Set("base", strconv.Itoa(item.Version))
	for _, o := range item.Organisations {
		form.values.Add("organisations", string(o))
	}
	return s.renderItemForm(c, http.StatusOK, AgendaFormPage{Form: form, ID: item.ID})
}

func agendaInput(f *Form) backpack.AgendaInput {
	in := backpack.AgendaInput{
		Title: f.Value("title"), Text: f.Value("text"), Horizon: rugzak.Horizon(f.Value("horizon")),
		Reviewed: f.Has("reviewed", "yes"), Key: f.Value("key"),
	}
	for _, o := range f.All("organisations") {
		in.Organisations = append(in.Organisations, rugzak.OrganisationID(o))
	}
	return in
}

func (s *Server) renderItemForm(c echo.Context, status int, page AgendaFormPage) error {
	ctx, by, p := c.Request().Context(), s.by(c), s.printer(c)
	page.Page, page.Cancel = s.page(c, "agenda.new"), pathAgenda
	page.Crumbs = []Crumb{{pathAgenda, p.T("agenda.title")}}
	if page.ID != "" {
		page.Title, page.Cancel = p.T("agenda.change"), at(pathAgendaItem, page.ID)
	}
	for _, h := range rugzak.Horizons() {
		page.Horizons = append(page.Horizons, Option{Value: string(h), Label: p.T("horizon." + string(h))})
	}
	all, err := s.Service.AgendaOrganisations(ctx, by)
	if err != nil {
		return err
	}
	if page.ID != "" { // one that was closed since stays among them
		v, err := s.Service.AgendaItem(ctx, by, page.ID)
		if err != nil {
			return err
		}
		all = withChoices(all, v.Organisations)
	}
	for _, o := range all {
		option := Option{Value: string(o.ID), Label: o.Name}
		if o.Kind == rugzak.Partner {
			option.Hint = p.T("organisationkind.partner")
		}
		page.Leads = append(page.Leads, option)
	}
	if page.Form.Failed() {
		found, err := s.Service.AgendaFindings(ctx, by, agendaInput(page.Form))
		if err != nil {
			return err
		}
		page.Findings = withBoxes(found)
		page.Review = reviewBox(page.Form, page.Findings)
	}
	return s.render(c, status, page)
}

// saveItem makes an item, or changes the one in the address. What another saved
// meanwhile is shown beside what was typed.
func (s *Server) saveItem(c echo.Context) error {
	form, err := s.readForm(c, "title", "text", "horizon", "organisations", "reviewed", "base", "key")
	if err != nil {
		return err
	}
	ctx, by, id := c.Request().Context(), s.by(c), c.Param("id")
	var item rugzak.AgendaItem
	if id == "" {
		item, err = s.Service.AddAgendaItem(ctx, by, agendaInput(form))
	} else {
		item, err = s.Service.SaveAgendaItem(ctx, by, id, form.Int("base"), agendaInput(form))
	}
	page := AgendaFormPage{Form: form, ID: id}
	status := form.Refuse(err)
	switch {
	case status == http.StatusConflict:
		now, err := s.Service.AgendaItem(ctx, by, id)
		if err != nil {
			return err
		}
		form.Set("base", strconv.Itoa(now.Item.Version))
		page.Now = &now
		return s.renderItemForm(c, status, page)
	case status != 0:
		return s.renderItemForm(c, status, page)
	case err != nil:
		return err
	}
	s.notify(c, "notice.saved", "")
	return s.redirect(c, LocalPath(at(pathAgendaItem, item.ID)))
}
