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

// ThemesPage lists the themes.
type ThemesPage struct {
	Page
	Open, Closed []backpack.ThemeCard
	Empty        Empty
}

// ThemePage is a theme with its common thread and entries.
type ThemePage struct {
	Page
	View backpack.ThemeView
	// First is false on the later pages of a long list.
	First bool
	Next  string // address of the next page
	Empty Empty
	Add   *Form // by link; nil where nothing can be added
	// Meetings are those about the theme, on the first page.
	Meetings MeetingsPart
	Join     JoinBox
}

func themePages() []pageDef {
	return []pageDef{
		{"theme/index", ThemesPage{}},
		{"theme/show", ThemePage{}},
		{"theme/edit", ThemeFormPage{}},
		{"theme/add", ThemeAddPage{}},
	}
}

func (s *Server) themeRoutes() []route {
	return []route{
		{http.MethodGet, pathThemes, person, s.showThemes},
		{http.MethodGet, pathThemeNew, curate, s.showNewTheme},
		{http.MethodPost, pathThemeNew, curate, s.createTheme},
		{http.MethodGet, pathTheme, person, s.showTheme},
		{http.MethodGet, pathThemeEdit, curate, s.showThemeForm},
		{http.MethodPost, pathThemeEdit, curate, s.saveTheme},
		{http.MethodGet, pathThemeAdd, curate, s.showThemeAdd},
		{http.MethodPost, pathThemeAdd, curate, s.addByLink},
		{http.MethodPost, pathThemeRemove, curate, s.takeFromTheme},
		{http.MethodPost, pathThemePins, curate, s.pinInTheme},
		{http.MethodPost, pathThemeUnpin, curate, s.unpinInTheme},
	}
}

func (s *Server) showThemes(c echo.Context) error {
	by := s.by(c)
	cards, err := s.Service.Themes(c.Request().Context(), by)
	if err != nil {
		return err
	}
	page := ThemesPage{Page: s.page(c, "themes.title"), Empty: noThemes(by)}
	for _, card := range cards {
		if card.Theme.Closed {
			page.Closed = append(page.Closed, card)
		} else {
			page.Open = append(page.Open, card)
		}
	}
	return s.render(c, http.StatusOK, page)
}

// noThemes says what a reader can do where there are no themes yet.
func noThemes(by rugzak.Person) Empty {
	switch {
	case rugzak.CanCurate(by):
		return Empty{Icon: "theme", TitleKey: "themes.empty", TextKey: "themes.empty.curator", ActionKey: "themes.new", ActionPath: pathThemeNew}
	case by.IsMember():
		return Empty{Icon: "theme", TitleKey: "themes.empty", TextKey: "themes.empty.member", ActionKey: "empty.look", ActionPath: pathSearch}
	}
	return Empty{Icon: "theme", TitleKey: "themes.empty", TextKey: "themes.empty.partner", ActionKey: "empty.look", ActionPath: pathSearch}
}

func (s *Server) showTheme(c echo.Context) error {
	after := s.placeIn(c)
	id := rugzak.ThemeID(c.Param("id"))
	v, err := s.Service.Theme(c.Request().Context(), s.by(c), id, after)
	if rugzak.CodeOf(err) == rugzak.CodeNotFound {
		return s.followTheme(c, id, err)
	}
	if err != nil {
		return err
	}
	page := ThemePage{Page: s.page(c, "themes.title"), View: v, First: after == "", Join: joinBox(v.Join, LocalPath(themePath(id)))}
	page.Crumbs = []Crumb{{pathThemes, page.Title}}
	page.Title = v.Theme.Title
	if v.Next != "" {
		page.Next = themePath(id) + "?" + url.Values{"na": {s.sealer.close(sealMark, string(v.Next))}}.Encode()
	}
	page.Empty = Empty{Icon: "backpack", TitleKey: "theme.empty", TextKey: "theme.empty.text"}
	if page.Can.Post && !v.Theme.Closed {
		page.Empty.ActionKey, page.Empty.ActionPath = "action.share_something", pathShare
	}
	if page.First {
		if page.Meetings, err = s.meetingsAbout(c, "", id); err != nil {
			return err
		}
	}
	if v.CanCurate && !v.Theme.Closed {
		page.Add = s.newForm(c)
	}
	return s.render(c, http.StatusOK, page)
}
