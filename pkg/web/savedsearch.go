// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// SavedSearchesPage lists the searches a person saved. Only they see it.
type SavedSearchesPage struct {
	Page
	Lines []SavedLine
	Empty Empty
}

// SavedLine is a saved search: Path asks it again.
type SavedLine struct {
	ID, Name, Query, Path string
	Choices               int // that are no words
	Notify                bool
}

// SavedAsked is what a search asks, in words, and how much it finds now.
type SavedAsked struct {
	Query  string
	Chips  []FacetLink
	Total  int
	Counts bool // Total is known
}

// SaveSearchPage asks under which name to save a search.
type SaveSearchPage struct {
	Page
	SavedAsked
	Form    *Form
	Address string // of the search
	Notify  []Option
}

// SavedSearchPage changes or removes a saved search.
type SavedSearchPage struct {
	Page
	SavedAsked
	Form   *Form
	Line   SavedLine
	Notify []Option
}

func savedSearchPages() []pageDef {
	return []pageDef{
		{"search/saved", SavedSearchesPage{}}, {"search/save", SaveSearchPage{}}, {"search/change", SavedSearchPage{}},
	}
}

func (s *Server) savedSearchRoutes() []route {
	return []route{
		{http.MethodGet, pathSaved, person, s.showSavedSearches},
		{http.MethodGet, pathSavedNew, person, s.showSaveSearch},
		{http.MethodPost, pathSavedNew, person, s.saveSearch},
		{http.MethodGet, pathSavedOne, person, s.showSavedSearch},
		{http.MethodPost, pathSavedOne, person, s.changeSavedSearch},
		{http.MethodPost, pathSavedRemove, person, s.removeSavedSearch},
	}
}

// addressOf is the address that asks a saved search again.
func addressOf(q rugzak.SavedSearch) searchAddress {
	return searchAddress{path: pathSearch, query: q.Query, filter: q.Filter, newest: q.Newest, archived: q.Archived}
}

// newResultsAddress asks a saved search with the newest first.
func newResultsAddress(q rugzak.SavedSearch) string { return addressOf(q).sorted(true) }

func savedLine(q rugzak.SavedSearch) SavedLine {
	a := addressOf(q)
	return SavedLine{ID: q.ID, Name: q.Name, Query: q.Query, Path: a.String(), Choices: a.choices(), Notify: q.Notify}
}

// saveAddress leads to saving what an address asks; empty where there is
// nothing to save. What was found by other words is saved with those.
func (a searchAddress) saveAddress(meant string) string {
	if a.fixed != "" || a.bare() {
		return ""
	}
	if meant != "" {
		a.query = meant
	}
	a.path, a.literal = pathSavedNew, false
	return a.String()
}

const fieldNotify, notifyOn = "notify", "on"

func (s *Server) notifyOptions(c echo.Context) []Option {
	p := s.printer(c)
	return []Option{{Value: notifyOn, Label: p.T("saved.notify"), Hint: p.T("saved.notify.hint")}}
}

func (s *Server) showSavedSearches(c echo.Context) error {
	all, err := s.Service.SavedSearches(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	page := SavedSearchesPage{Page: s.page(c, "saved.title"), Empty: Empty{
		Icon: "search", TitleKey: "saved.none", TextKey: "saved.none.text", ActionKey: "saved.none.action", ActionPath: pathSearch,
	}}
	page.Crumbs = []Crumb{{pathMine, s.printer(c).T("nav.mine")}}
	for _, q := range all {
		page.Lines = append(page.Lines, savedLine(q))
	}
	return s.render(c, http.StatusOK, page)
}

// savedPage is the base of a page below the list.
func (s *Server) savedPage(c echo.Context, titleKey string) Page {
	page, p := s.page(c, titleKey), s.printer(c)
	page.Crumbs = []Crumb{{pathMine, p.T("nav.mine")}, {pathSaved, p.T("saved.title")}}
	return page
}

// showSaveSearch proposes a name for what the address asks.
func (s *Server) showSaveSearch(c echo.Context) error {
	a := parseSearchAddress(pathSearch, "", c.QueryParams())
	if a.bare() {
		return s.redirect(c, pathSearch)
	}
	return s.renderSaveSearch(c, http.StatusOK, a, s.newForm(c).Set(fieldNotify, notifyOn))
}

// renderSaveSearch shows what is going to be saved, and how much it finds now.
func (s *Server) renderSaveSearch(c echo.Context, status int, a searchAddress, form *Form) error {
	page := SaveSearchPage{Page: s.savedPage(c, "saved.save"), Form: form, Address: a.String(), Notify: s.notifyOptions(c)}
	var err error
	if page.SavedAsked, err = s.savedAsked(c, a); err != nil {
		return err
	}
	if status == http.StatusOK {
		names := []string{page.Query}
		if page.Query == "" {
			names = nil
			for _, chip := range page.Chips {
				names = append(names, chip.Name)
			}
		}
		form.Set("name", cutRunes(rugzak.Line(strings.Join(names, ", ")), rugzak.MaxSavedSearchName))
	}
	return s.render(c, status, page)
}

func (s *Server) savedAsked(c echo.Context, a searchAddress) (SavedAsked, error) {
	found, _, err := s.ask(c, a)
	asked := SavedAsked{Query: a.query, Chips: found.Chips, Total: found.View.Total, Counts: found.Unavailable == ""}
	if found.Number { // the form says so too, when it is sent
		asked.Query = ""
	}
	return asked, err
}

// cutRunes keeps at most that many characters.
func cutRunes(s string, most int) string {
	for i := range s {
		if most--; most < 0 {
			return s[:i]
		}
	}
	return s
}

func (s *Server) saveSearch(c echo.Context) error {
	form, err := s.readForm(c, "asked", "name", fieldNotify)
	if err != nil {
		return err
	}
	u, err := url.Parse(form.Value("asked")) // read again as the search page reads it, whatever it is
	if err != nil || u.Host != "" || u.Path != pathSearch {
		return malformed(err)
	}
	a := parseSearchAddress(pathSearch, "", u.Query())
	_, err = s.Service.SaveSearch(c.Request().Context(), s.by(c), backpack.SavedSearchInput{
		Name: form.Value("name"), Query: a.query, Filter: a.filter, Newest: a.newest, Archived: a.archived, Notify: form.Has(fieldNotify, notifyOn),
	})
	if status := form.Refuse(err); status != 0 {
		return s.renderSaveSearch(c, status, a, form)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.search_saved", "")
	return s.redirect(c, pathSaved)
}

func (s *Server) showSavedSearch(c echo.Context) error {
	q, err := s.Service.SavedSearch(c.Request().Context(), s.by(c), c.Param("id"))
	if err != nil {
		return err
	}
	form := s.newForm(c).Set("name", q.Name)
	if q.Notify {
		form.Set(fieldNotify, notifyOn)
	}
	return s.renderSavedSearch(c, http.StatusOK, q, form)
}

func (s *Server) renderSavedSearch(c echo.Context, status int, q rugzak.SavedSearch, form *Form) error {
	asked, err := s.savedAsked(c, addressOf(q))
	if err != nil {
		return err
	}
	page := SavedSearchPage{Page: s.savedPage(c, "saved.change"), SavedAsked: asked, Form: form, Line: savedLine(q), Notify: s.notifyOptions(c)}
	return s.render(c, status, page)
}

func (s *Server) changeSavedSearch(c echo.Context) error {
	form, err := s.readForm(c, "name", fieldNotify)
	if err != nil {
		return err
	}
	ctx, by, id := c.Request().Context(), s.by(c), c.Param("id")
	err = s.Service.ChangeSavedSearch(ctx, by, id, form.Value("name"), form.Has(fieldNotify, notifyOn))
	if status := form.Refuse(err); status != 0 {
		q, err := s.Service.SavedSearch(ctx, by, id)
		if err != nil {
			return err
		}
		return s.renderSavedSearch(c, status, q, form)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.search_changed", "")
	return s.redirect(c, pathSaved)
}

func (s *Server) removeSavedSearch(c echo.Context) error {
	if err := s.Service.RemoveSavedSearch(c.Request().Context(), s.by(c), c.Param("id")); err != nil {
		return err
	}
	s.notify(c, "notice.search_removed", "")
	return s.redirect(c, pathSaved)
}
