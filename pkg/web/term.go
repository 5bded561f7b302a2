// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// TermsPage lists the groups of words that mean the same.
type TermsPage struct {
	Page
	Filter string
	Terms  []rugzak.Term
	All    int // without the filter
}

// TermPage makes or changes a group, and shows what it does for searching.
type TermPage struct {
	Page
	Form  *Form
	ID    rugzak.TermID
	New   bool
	Trial *backpack.TermTrial // nil where nothing was tried
	// Now is what somebody else saved meanwhile; nil when nobody did.
	Now *rugzak.Term
}

// TermRemovePage asks whether a group may go.
type TermRemovePage struct {
	Page
	Term rugzak.Term
}

func termPages() []pageDef {
	return []pageDef{{"term/index", TermsPage{}}, {"term/edit", TermPage{}}, {"term/remove", TermRemovePage{}}}
}

func (s *Server) termRoutes() []route {
	return []route{
		{http.MethodGet, pathTerms, curate, s.showTerms},
		{http.MethodGet, pathTermNew, curate, s.showNewTerm},
		{http.MethodPost, pathTermNew, curate, s.createTerm},
		{http.MethodGet, pathTerm, curate, s.showTerm},
		{http.MethodPost, pathTerm, curate, s.saveTerm},
		{http.MethodGet, pathTermRemove, curate, s.confirmRemoveTerm},
		{http.MethodPost, pathTermRemove, curate, s.removeTerm},
	}
}

func (s *Server) showTerms(c echo.Context) error {
	all, err := s.Service.Terms(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	page := TermsPage{Page: s.page(c, "terms.title"), Filter: rugzak.Line(c.QueryParam("q")), Terms: all, All: len(all)}
	page.Terms = filterTerms(all, page.Filter)
	return s.render(c, http.StatusOK, page)
}

// termPage is the base of a page below the list.
func (s *Server) termPage(c echo.Context, titleKey string) Page {
	page := s.page(c, titleKey)
	page.Crumbs = []Crumb{{pathTerms, s.printer(c).T("terms.title")}}
	return page
}

func (s *Server) showNewTerm(c echo.Context) error {
	id, err := s.Service.NewID(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	form := s.newForm(c).Set("base", "0").Set("id", string(id)).Set("others", s.newTermWords(c.QueryParams()))
	return s.renderTerm(c, http.StatusOK, TermPage{Form: form, New: true})
}

// newTermWords is what the form of a new group of words begins with: what the
// link to it says, unless it holds a number that may be a citizen service
// number.
func (s *Server) newTermWords(values url.Values) string {
	words := rugzak.Line(cutText(values.Get("woord"), rugzak.MaxGapTerm))
	if s.Service.HoldsNumber(words) {
		return ""
	}
	return words
}

func (s *Server) showTerm(c echo.Context) error {
	ctx, by := c.Request().Context(), s.by(c)
	t, err := s.Service.Term(ctx, by, rugzak.TermID(c.Param("id")))
	if err != nil {
		return err
	}
	page := TermPage{ID: t.ID, Form: s.newForm(c).Set("preferred", t.Preferred).Set("others", strings.Join(t.Others, "\n")).
		Set("meaning", t.Meaning).Set("base", strconv.Itoa(t.Version))}
	trial, err := s.Service.TryTerm(ctx, by, t)
	if err == nil {
		page.Trial = &trial
	} else if rugzak.CodeOf(err) != rugzak.CodeInvalid { // a group of before, by rules of before
		return err
	}
	return s.renderTerm(c, http.StatusOK, page)
}

func (s *Server) createTerm(c echo.Context) error { return s.keepTerm(c, "") }

func (s *Server) saveTerm(c echo.Context) error { return s.keepTerm(c, rugzak.TermID(c.Param("id"))) }

// keepTerm saves the form of a group, or shows what it would do. A new group
// bears the id that stands in its form.
func (s *Server) keepTerm(c echo.Context, id rugzak.TermID) error {
	form, err := s.readForm(c, "preferred", "others", "meaning", "base", "id", "do")
	if err != nil {
		return err
	}
	ctx, by := c.Request().Context(), s.by(c)
	page := TermPage{Form: form, ID: id, New: id == ""}
	t := rugzak.Term{
		ID: id, Preferred: form.Value("preferred"), Others: strings.Split(form.Value("others"), "\n"), Meaning: form.Value("meaning"),
	}
	if page.New {
		t.ID = rugzak.TermID(form.Value("id"))
	}
	base := form.Int("base")
	if page.New == (base != 0) {
		return malformed(nil)
	}
	if form.Value("do") == doPreview {
		trial, err := s.Service.TryTerm(ctx, by, t)
		if status := form.Refuse(err); status != 0 {
			return s.renderTerm(c, status, page)
		}
		if err != nil {
			return err
		}
		page.Trial = &trial
		return s.renderTerm(c, http.StatusOK, page)
	}
	err = s.Service.SaveTerm(ctx, by, t, base)
	if rugzak.CodeOf(err) == rugzak.CodeConflict {
		now, err := s.Service.Term(ctx, by, t.ID)
		if err != nil {
			return err
		}
		form.Refuse(rugzak.Conflict())
		form.Set("base", strconv.Itoa(now.Version))
		page.Now, page.ID, page.New = &now, now.ID, false
		return s.renderTerm(c, http.StatusConflict, page)
	}
	if status := form.Refuse(err); status != 0 {
		return s.renderTerm(c, status, page)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.term_saved", "")
	return s.redirect(c, LocalPath(at(pathTerm, string(t.ID))))
}

func (s *Server) renderTerm(c echo.Context, status int, page TermPage) error {
	title := "terms.edit.title"
	if page.New {
		title = "terms.new.title"
	}
	page.Page = s.termPage(c, title)
	return s.render(c, status, page)
}

func (s *Server) confirmRemoveTerm(c echo.Context) error {
	t, err := s.Service.Term(c.Request().Context(), s.by(c), rugzak.TermID(c.Param("id")))
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, TermRemovePage{Page: s.termPage(c, "terms.remove.title"), Term: t})
}

func (s *Server) removeTerm(c echo.Context) error {
	form, err := s.readForm(c, "base")
	if err != nil {
		return err
	}
	if err := s.Service.RemoveTerm(c.Request().Context(), s.by(c), rugzak.TermID(c.Param("id")), form.Int("base")); err != nil {
		return err
	}
	s.notify(c, "notice.term_removed", "")
	return s.redirect(c, pathTerms)
}
