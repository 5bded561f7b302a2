// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"cmp"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// ThemeMergePage lets a theme go into another: first which, then what comes of
// it.
type ThemeMergePage struct {
	Page
	Form    *Form
	View    backpack.ThemeMergeView
	Choices []Option
}

// ThemeSplitPage makes a theme of some entries of another.
type ThemeSplitPage struct {
	Page
	Form     *Form
	View     backpack.ThemeSplitView
	Choices  []Option
	Stay     []Option
	Findings Findings
	Review   ReviewBox
}

// ThemeClosePage asks whether a theme may be closed.
type ThemeClosePage struct {
	Page
	Theme rugzak.Theme
}

func themeCarePages() []pageDef {
	return []pageDef{{"theme/merge", ThemeMergePage{}}, {"theme/split", ThemeSplitPage{}}, {"theme/close", ThemeClosePage{}}}
}

func (s *Server) themeCareRoutes() []route {
	return []route{
		{http.MethodGet, pathThemeMerge, curate, s.showThemeMerge},
		{http.MethodPost, pathThemeMerge, curate, s.mergeTheme},
		{http.MethodPost, pathThemeApart, curate, s.undoThemeMerge},
		{http.MethodGet, pathThemeSplit, curate, s.showThemeSplit},
		{http.MethodPost, pathThemeSplit, curate, s.splitTheme},
		{http.MethodGet, pathThemeClose, curate, s.confirmCloseTheme},
		{http.MethodPost, pathThemeClose, curate, s.closeTheme},
		{http.MethodPost, pathThemeReopen, curate, s.reopenTheme},
	}
}

// followTheme leads from the address of a theme that went into another to that
// one, or answers what the address itself gave.
func (s *Server) followTheme(c echo.Context, id rugzak.ThemeID, missing error) error {
	into, err := s.Service.ThemeMoved(c.Request().Context(), s.by(c), id)
	if err != nil {
		return missing
	}
	return s.redirect(c, LocalPath(themePath(into)))
}

// follows leads from a page below a theme that went into another to that one,
// and its letters to the letters there. It reports whether it did.
func (s *Server) follows(c echo.Context) bool {
	below, ok := strings.CutPrefix(c.Path(), pathTheme+"/")
	if !ok || c.Request().Method != http.MethodGet && c.Request().Method != http.MethodHead {
		return false
	}
	id := rugzak.ThemeID(c.Param("id"))
	into, err := s.Service.ThemeMoved(c.Request().Context(), s.by(c), id)
	if err != nil || into == id {
		return false
	}
	to := themePath(into)
	if pathTheme+"/"+below == pathLetters {
		to = at(pathLetters, string(into))
	}
	if err := s.redirect(c, LocalPath(to)); err != nil {
		s.Log.Warn("answer broke off", "id", requestID(c), "err", err)
	}
	return true
}

// themeCarePage is the base of a page about one theme.
func (s *Server) themeCarePage(c echo.Context, titleKey string, t rugzak.Theme) Page {
	page := s.page(c, titleKey)
	page.Crumbs = []Crumb{{pathThemes, s.printer(c).T("themes.title")}, {themePath(t.ID), t.Title}}
	return page
}

func (s *Server) showThemeMerge(c echo.Context) error {
	form := s.newForm(c).Set("into", c.QueryParam("met"))
	return s.renderThemeMerge(c, http.StatusOK, form)
}

func (s *Server) renderThemeMerge(c echo.Context, status int, form *Form) error {
	ctx, by, from := c.Request().Context(), s.by(c), rugzak.ThemeID(c.Param("id"))
	v, err := s.Service.ThemeMergeChoices(ctx, by, from, rugzak.ThemeID(form.Value("into")))
	if refused := form.Refuse(err); refused != 0 {
		status = refused
		v, err = s.Service.ThemeMergeChoices(ctx, by, from, "")
	}
	if err != nil {
		return err
	}
	page := ThemeMergePage{Page: s.themeCarePage(c, "theme.merge.title", v.From), Form: form, View: v}
	for _, t := range v.Choices {
		page.Choices = append(page.Choices, Option{Value: string(t.ID), Label: t.Title})
	}
	return s.render(c, status, page)
}

func (s *Server) mergeTheme(c echo.Context) error {
	form, err := s.readForm(c, "into")
	if err != nil {
		return err
	}
	into := rugzak.ThemeID(form.Value("into"))
	pos, err := s.Service.MergeThemes(c.Request().Context(), s.by(c), rugzak.ThemeID(c.Param("id")), into)
	if status := form.Refuse(err); status != 0 {
		return s.renderThemeMerge(c, status, form)
	}
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, "notice.theme_merged", "")
	return s.redirect(c, LocalPath(themePath(into)))
}

func (s *Server) undoThemeMerge(c echo.Context) error {
	id := rugzak.ThemeID(c.Param("id"))
	pos, err := s.Service.UndoThemeMerge(c.Request().Context(), s.by(c), id)
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, "notice.theme_apart", "")
	return s.redirect(c, LocalPath(themePath(id)))
}

func (s *Server) showThemeSplit(c echo.Context) error {
	key, err := s.Service.NewID(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	return s.renderThemeSplit(c, http.StatusOK, s.newForm(c).Set("key", string(key)))
}

func (s *Server) renderThemeSplit(c echo.Context, status int, form *Form) error {
	ctx, p := c.Request().Context(), s.printer(c)
	v, err := s.Service.ThemeToSplit(ctx, s.by(c), rugzak.ThemeID(c.Param("id")))
	if err != nil {
		return err
	}
	found, err := s.Service.ThemeFindings(ctx, backpack.ThemeInput{Title: form.Value("title"), Summary: form.Value("summary")})
	if err != nil {
		return err
	}
	page := ThemeSplitPage{Page: s.themeCarePage(c, "theme.split.title", v.Theme), Form: form, View: v, Findings: withBoxes(found)}
	page.Review = reviewBox(form, page.Findings)
	page.Stay = []Option{{Value: "yes", Label: p.T("theme.split.stay"), Hint: p.T("theme.split.stay.hint")}}
	for _, card := range v.Cards {
		page.Choices = append(page.Choices, Option{Value: string(card.ID), Label: cmp.Or(card.Title, p.T("site.untitled")), Hint: card.Organisation.Name, Lang: card.Lang})
	}
	return s.render(c, status, page)
}

func (s *Server) splitTheme(c echo.Context) error {
	form, err := s.readForm(c, "title", "summary", "entries", "stay", "reviewed", "key")
	if err != nil {
		return err
	}
	in := backpack.ThemeSplitInput{
		Title: form.Value("title"), Summary: form.Value("summary"), Entries: valuesOf[rugzak.EntryID](form, "entries"),
		Stay: form.Has("stay", "yes"), Reviewed: form.Has("reviewed", "yes"), Key: form.Value("key"),
	}
	made, pos, err := s.Service.SplitTheme(c.Request().Context(), s.by(c), rugzak.ThemeID(c.Param("id")), in)
	if status := form.Refuse(err); status != 0 {
		return s.renderThemeSplit(c, status, form)
	}
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, "notice.theme_split", "")
	return s.redirect(c, LocalPath(themePath(made.ID)))
}

func (s *Server) confirmCloseTheme(c echo.Context) error {
	v, err := s.Service.ThemeMergeChoices(c.Request().Context(), s.by(c), rugzak.ThemeID(c.Param("id")), "")
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, ThemeClosePage{Page: s.themeCarePage(c, "theme.close.title", v.From), Theme: v.From})
}

func (s *Server) closeTheme(c echo.Context) error { return s.setClosed(c, true, "notice.theme_closed") }
func (s *Server) reopenTheme(c echo.Context) error {
	return s.setClosed(c, false, "notice.theme_reopened")
}

func (s *Server) setClosed(c echo.Context, closed bool, notice string) error {
	id := rugzak.ThemeID(c.Param("id"))
	if err := s.Service.CloseTheme(c.Request().Context(), s.by(c), id, closed); err != nil {
		return err
	}
	s.notify(c, notice, "")
	return s.redirect(c, LocalPath(themePath(id)))
}
