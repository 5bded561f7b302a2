// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strconv"

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
	form := s.newForm(c).Set("needs", o.Need.Needs).Set("offers", o.Need.Offers).Set("ways", o.Need.Ways).Set("base", strconv.Itoa(o.Version))
	return s.renderNeed(c, http.StatusOK, o, NeedPage{Form: form})
}

func (s *Server) saveNeed(c echo.Context) error {
	form, err := s.readForm(c, "needs", "offers", "ways", "base")
	if err != nil {
		return err
	}
	ctx, by := c.Request().Context(), s.by(c)
	refused := s.Service.SaveNeed(ctx, by, form.Int("base"), rugzak.Need{Needs: form.Value("needs"), Offers: form.Value("offers"), Ways: form.Value("ways")})
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
		form.Set("base", strconv.Itoa(o.Version))
		page.Now = &o.Need
	}
	return s.renderNeed(c, status, o, page)
}

func (s *Server) renderNeed(c echo.Context, status int, o rugzak.Organisation, page NeedPage) error {
	p := s.printer(c)
	page.Page, page.Name = s.page(c, "need.title", o.Name), o.Name
	page.Crumbs = []Crumb{{pathMine, p.T("nav.mine")}, {pathOwnBag, p.T("bag.of", o.Name)}}
	return s.render(c, status, page)
}
