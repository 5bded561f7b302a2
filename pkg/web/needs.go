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

// NeedsPage shows who needs what, and who could give it.
type NeedsPage struct {
	Page
	View    backpack.NeedsView
	Ours    []NeedMatch
	Between []NeedMatch
	HasTeam bool // the reader has a team, for which they can write
}

// NeedMatch is a match with where to prepare a talk about it; empty for a match
// of others.
type NeedMatch struct {
	backpack.NeedMatch
	Talk string
	With string // the other organisation
}

func (s *Server) showNeeds(c echo.Context) error {
	by := s.by(c)
	v, err := s.Service.Needs(c.Request().Context(), by)
	if err != nil {
		return err
	}
	page := NeedsPage{Page: s.page(c, "needs.title"), View: v, HasTeam: by.Team != "" && rugzak.CanPost(by)}
	for _, m := range v.Ours {
		other := m.Needs.Organisation
		if m.Needs.Own {
			other = m.Offers.Organisation
		}
		page.Ours = append(page.Ours, NeedMatch{m, pathTalks + "?" + url.Values{"met": {string(other.ID)}}.Encode(), other.Name})
	}
	for _, m := range v.Between {
		page.Between = append(page.Between, NeedMatch{NeedMatch: m})
	}
	return s.render(c, http.StatusOK, page)
}

var needFields = []string{"needs", "offers", "ways", "was_needs", "was_offers", "was_ways"}

func (s *Server) showTeamNeed(c echo.Context) error {
	_, t, err := s.Service.OwnTeamNeed(c.Request().Context(), s.by(c))
	if err != nil {
		return s.orNoTeam(c, err)
	}
	form := s.newForm(c).Set("needs", t.Need.Needs).Set("offers", t.Need.Offers).Set("ways", t.Need.Ways)
	return s.renderTeamNeed(c, http.StatusOK, t, NeedPage{Form: setWas(form, t.Need)})
}

// setWas remembers what the form was made from.
func setWas(f *Form, n rugzak.Need) *Form {
	return f.Set("was_needs", n.Needs).Set("was_offers", n.Offers).Set("was_ways", n.Ways)
}

// wasNeed is what the form was made from.
func wasNeed(f *Form) rugzak.Need {
	return rugzak.Need{Needs: f.Value("was_needs"), Offers: f.Value("was_offers"), Ways: f.Value("was_ways")}
}

func (s *Server) saveTeamNeed(c echo.Context) error {
	form, err := s.readForm(c, needFields...)
	if err != nil {
		return err
	}
	ctx, by := c.Request().Context(), s.by(c)
	refused := s.Service.SaveTeamNeed(ctx, by, wasNeed(form), rugzak.Need{Needs: form.Value("needs"), Offers: form.Value("offers"), Ways: form.Value("ways")})
	status := form.Refuse(refused)
	if status == 0 {
		if refused != nil {
			return s.orNoTeam(c, refused)
		}
		s.notify(c, "notice.saved", "")
		return s.redirect(c, pathTeamBag)
	}
	_, t, err := s.Service.OwnTeamNeed(ctx, by)
	if err != nil {
		return err
	}
	page := NeedPage{Form: form}
	if rugzak.CodeOf(refused) == rugzak.CodeConflict {
		page.Form, page.Now = setWas(form, t.Need), &t.Need
	}
	return s.renderTeamNeed(c, status, t, page)
}

// orNoTeam leads who is in no team to the page that says so; any other error
// stays.
func (s *Server) orNoTeam(c echo.Context, err error) error {
	if rugzak.CodeOf(err) == rugzak.CodeNotFound {
		return s.redirect(c, pathTeamBag)
	}
	return err
}

func (s *Server) renderTeamNeed(c echo.Context, status int, t rugzak.Team, page NeedPage) error {
	p := s.printer(c)
	page.Page, page.Name, page.Team = s.page(c, "need.title", t.Name), t.Name, true
	page.Crumbs = []Crumb{{pathMine, p.T("nav.mine")}, {pathTeamBag, p.T("bag.of", t.Name)}}
	return s.render(c, status, page)
}
