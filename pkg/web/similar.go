// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// SimilarPage lists what is about the same as an entry. The page of the entry
// takes its list over; without scripts a link leads here.
type SimilarPage struct {
	Page
	Cards []backpack.SimilarCard
	Entry rugzak.EntryID
}

func similarPages() []pageDef { return []pageDef{{"entry/similar", SimilarPage{}}} }

func (s *Server) similarRoutes() []route {
	return []route{
		{http.MethodGet, pathSimilar, person, s.showSimilar},
		{http.MethodPost, pathSimilarWriting, person, s.similarToDraft},
	}
}

func (s *Server) showSimilar(c echo.Context) error {
	id := rugzak.EntryID(c.Param("id"))
	ctx, by := c.Request().Context(), s.by(c)
	view, err := s.Service.Read(ctx, by, id)
	if err != nil {
		return err
	}
	cards, err := s.Service.Similar(ctx, by, id)
	if err != nil {
		return err
	}
	page := SimilarPage{Page: s.page(c, "similar.title"), Cards: cards, Entry: id}
	page.Crumbs = []Crumb{{entryPath(id), entryWords(s.printer(c), view.Entry)}}
	return s.render(c, http.StatusOK, page)
}

// similarAnswer is for the script of a form: what colleagues wrote about the
// same, as our own template shows it, and how much that is in words.
type similarAnswer struct {
	HTML    string `json:"html"`
	Message string `json:"message"`
}

// similarToDraft looks for what is about the same as what somebody is writing.
// It stores nothing.
func (s *Server) similarToDraft(c echo.Context) error {
	form, err := s.readForm(c, entryFields()...)
	if err != nil {
		return err
	}
	w := writing{form: form, id: rugzak.EntryID(form.Value("id"))}
	if shortForm(form) {
		w.in, _ = s.quickInput(form)
	} else {
		w.in, _ = entryInput(form) // what cannot be read is told when it is sent
	}
	cards, err := s.Service.SimilarToDraft(c.Request().Context(), s.by(c), w.id, w.in)
	if err != nil {
		return err
	}
	var answer similarAnswer
	if len(cards) > 0 {
		if answer.HTML, err = s.partial(c, "write/form", "similarlist", cards); err != nil {
			return err
		}
		answer.Message = s.printer(c).N("similar.message", len(cards))
	}
	return c.JSON(http.StatusOK, answer)
}
