// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// NeedPage is the form of what the reader's own organisation needs and offers.
type NeedPage struct {
	Page
	Form *Form
	Name string // of the organisation or team
	Team bool   // it is about the reader's team
	// Now is what another saved meanwhile.
	Now *rugzak.Need
}

func (s *Server) showNeed(c echo.Context) error {
	o, err := s.Service.OwnNeed(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	form := s.newForm(c).Set("needs", o.Need.Needs).Set("offers", o.Need.Offers).Set("ways", o.Need.Ways)
	return s.renderNeed(c, http.StatusOK, o, NeedPage{Form: setWas(form, o.Need)})
}

func (s *Server) saveNeed(c echo.Context) error {
	form, err := s.readForm(c, needFields...)
	if err != nil {
		return err
	}
	ctx, by := c.Request().Context(), s.by(c)
	refused := s.Service.SaveNeed(ctx, by, wasNeed(form), rugzak.Need{Needs: form.Value("needs"), Offers: form.Value("offers"), Ways: form.Value("ways")})
	status := form.Refuse(refused)
	if status == 0 {
		if refused != nil {
			return refused
		}
		s.notify(c, "notice.saved", "")
		return s.redirect(c, pathOwnBag)
	}
	o, err := s.Service.OwnNeed(ctx, by)
	if err != nil {
		return err
	}
	page := NeedPage{Form: form}
	if rugzak.CodeOf(refused) == rugzak.CodeConflict {
		page.Form, page.Now = setWas(form, o.Need), &o.Need
	}
	return s.renderNeed(c, status, o, page)
}

func (s *Server) renderNeed(c echo.Context, status int, o rugzak.Organisation, page NeedPage) error {
	p := s.printer(c)
	page.Page, page.Name = s.page(c, "need.title", o.Name), o.Name
	page.Crumbs = []Crumb{{pathMine, p.T("nav.mine")}, {pathOwnBag, p.T("bag.of", o.Name)}}
	return s.render(c, status, page)
}
