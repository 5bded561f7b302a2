// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// OverlapPage links two entries that are about the same.
type OverlapPage struct {
	Page
	Form   *Form
	View   backpack.EntryView
	Likes  []Option // what looks alike, or was searched for
	Query  string
	Looked bool
}

func (s *Server) overlapRoutes() []route {
	return []route{
		{http.MethodGet, pathOverlap, person, s.showOverlap},
		{http.MethodPost, pathOverlap, person, s.seeOverlap},
		{http.MethodPost, pathOverlapRemove, person, s.removeOverlap},
	}
}

func (s *Server) showOverlap(c echo.Context) error {
	return s.renderOverlap(c, http.StatusOK, s.newForm(c))
}

// maxLikes is how many entries are offered.
const maxLikes = 10

func (s *Server) renderOverlap(c echo.Context, status int, form *Form) error {
	ctx, by, id := c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id"))
	v, err := s.Service.Read(ctx, by, id)
	if err != nil {
		return err
	}
	if !rugzak.CanPost(by) || !v.Entry.State.Public() {
		return rugzak.Forbidden("error.question.shared_only")
	}
	page := OverlapPage{Page: s.beside(c, v, "overlap.title"), Form: form, View: v, Query: c.QueryParam("q")}
	there := map[rugzak.EntryID]bool{id: true}
	for _, o := range v.Overlaps {
		there[o.Card.ID] = true
	}
	add := func(card backpack.Card) {
		if !there[card.ID] && card.State.Public() && len(page.Likes) < maxLikes {
			there[card.ID] = true
			page.Likes = append(page.Likes, Option{
				Value: string(card.ID), Label: card.Title, Hint: s.printer(c).T("kind."+string(card.Kind)) + ", " + card.Organisation.Name,
			})
		}
	}
	if page.Query == "" {
		likes, err := s.Service.Similar(ctx, by, id)
		if err != nil && rugzak.CodeOf(err) != rugzak.CodeUnavailable {
			return err
		}
		for _, l := range likes {
			add(l.Card)
		}
		return s.render(c, status, page)
	}
	found, err := s.Service.Search(ctx, by, backpack.Asked{Query: page.Query, Size: maxLikes, Plain: true})
	if err != nil && rugzak.CodeOf(err) != rugzak.CodeUnavailable {
		return err
	}
	page.Looked = true
	for _, hit := range found.Hits {
		add(hit.Card)
	}
	return s.render(c, status, page)
}

func (s *Server) seeOverlap(c echo.Context) error {
	form, err := s.readForm(c, "other", "other_link")
	if err != nil {
		return err
	}
	id, other := rugzak.EntryID(c.Param("id")), rugzak.EntryID(form.Value("other"))
	if linked, ok := entryIDIn(form.Value("other_link")); ok {
		other = linked
	}
	err = s.Service.SeeOverlap(c.Request().Context(), s.by(c), id, other)
	if status := form.Refuse(err); status != 0 {
		return s.renderOverlap(c, status, form)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.overlap.seen", "")
	return s.redirect(c, LocalPath(entryPath(id)+"#overlap"))
}

func (s *Server) removeOverlap(c echo.Context) error {
	form, err := s.readForm(c, "other")
	if err != nil {
		return err
	}
	id := rugzak.EntryID(c.Param("id"))
	if err := s.Service.RemoveOverlap(c.Request().Context(), s.by(c), id, rugzak.EntryID(form.Value("other"))); err != nil {
		return err
	}
	s.notify(c, "notice.overlap.gone", "")
	return s.redirect(c, LocalPath(entryPath(id)))
}
