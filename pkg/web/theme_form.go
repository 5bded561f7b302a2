// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// ThemeFormPage makes or changes a theme.
type ThemeFormPage struct {
	Page
	Form     *Form
	ID       rugzak.ThemeID // empty for a new one
	Partners []Option
	// ClosedOption is the one box with which it is closed.
	ClosedOption []Option
	Findings     Findings
	Review       ReviewBox
	// Now is what somebody else saved meanwhile; nil when nobody did.
	Now *ThemeNow
}

// ThemeNow is a theme as it stands in the backpack, beside a form that was
// made from an older version.
type ThemeNow struct {
	Theme    rugzak.Theme
	Partners []string
}

var themeFields = []string{"title", "summary", "synonyms", "open_questions", "audience", "closed", "not_bsn", "reviewed", "confirmed", "base", "key", "do"}

func (s *Server) showNewTheme(c echo.Context) error {
	key, err := s.Service.NewID(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	return s.renderThemeForm(c, http.StatusOK, ThemeFormPage{Form: s.newForm(c).Set("base", "0").Set("key", string(key))}, nil)
}

func (s *Server) showThemeForm(c echo.Context) error {
	v, err := s.Service.Theme(c.Request().Context(), s.by(c), rugzak.ThemeID(c.Param("id")), "")
	if err != nil {
		return err
	}
	t := v.Theme
	form := s.newForm(c).Set("title", t.Title).Set("summary", t.Summary).
		Set("synonyms", strings.Join(t.Synonyms, "\n")).Set("open_questions", strings.Join(t.OpenQuestions, "\n")).
		Set("not_bsn", t.NotBSN...).Set("base", strconv.Itoa(t.Version))
	for _, o := range t.Audience.Also {
		form.values.Add("audience", string(o))
	}
	if t.Closed {
		form.Set("closed", "yes")
	}
	return s.renderThemeForm(c, http.StatusOK, ThemeFormPage{Form: form, ID: t.ID}, v.Also)
}

func (s *Server) createTheme(c echo.Context) error { return s.keepTheme(c, "") }

func (s *Server) saveTheme(c echo.Context) error {
	return s.keepTheme(c, rugzak.ThemeID(c.Param("id")))
}

// keepTheme saves the form of a theme.
func (s *Server) keepTheme(c echo.Context, id rugzak.ThemeID) error {
	form, err := s.readForm(c, themeFields...)
	if err != nil {
		return err
	}
	ctx, by := c.Request().Context(), s.by(c)
	page := ThemeFormPage{Form: form, ID: id}
	var now backpack.ThemeView
	if id != "" {
		if now, err = s.Service.Theme(ctx, by, id, ""); err != nil {
			return err
		}
	}
	if form.Value("do") == doBack {
		return s.renderThemeForm(c, http.StatusOK, page, now.Also)
	}
	saved, err := s.Service.SaveTheme(ctx, by, id, form.Int("base"), themeInput(form))
	if sure, ask := unconfirmed(s.printer(c), err); ask {
		return s.askThemePartners(c, page, sure)
	}
	if rugzak.CodeOf(err) == rugzak.CodeConflict {
		if id == "" { // this form made a theme before, and the theme or the form is another now
			page.ID = saved.ID
			if now, err = s.Service.Theme(ctx, by, saved.ID, ""); err != nil {
				return err
			}
			err = rugzak.Conflict()
		}
		form.Refuse(err)
		form.Set("base", strconv.Itoa(now.Theme.Version))
		page.Now = &ThemeNow{Theme: now.Theme, Partners: organisationNames(now.Also)}
		return s.renderThemeForm(c, http.StatusConflict, page, now.Also)
	}
	if status := form.Refuse(err); status != 0 {
		return s.renderThemeForm(c, status, page, now.Also)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.theme_saved", "")
	return s.redirect(c, LocalPath(themePath(saved.ID)))
}

// askThemePartners shows the question whether partners may see a theme.
func (s *Server) askThemePartners(c echo.Context, page ThemeFormPage, sure Sure) error {
	found, err := s.Service.ThemeFindings(c.Request().Context(), themeInput(page.Form))
	if err != nil {
		return err
	}
	ask := PartnersPage{
		Page: s.page(c, "confirm.title"), Sure: sure, Action: pathThemeNew, Entry: page.Form.Value("title"), Lang: s.lang(c),
		Findings: withBoxes(found), Hidden: hiddenFields(page.Form, "do", "confirmed"),
	}
	if page.ID != "" {
		ask.Action = at(pathThemeEdit, string(page.ID))
	}
	return s.render(c, http.StatusOK, ask)
}

// renderThemeForm fills in what the form needs besides what was typed. also
// are the partners that see the theme now.
func (s *Server) renderThemeForm(c echo.Context, status int, page ThemeFormPage, also []rugzak.Organisation) error {
	title := "theme.edit.title"
	if page.ID == "" {
		title = "theme.new.title"
	}
	page.Page = s.page(c, title)
	page.Crumbs = []Crumb{{pathThemes, s.printer(c).T("themes.title")}}
	page.ClosedOption = []Option{{Value: "yes", Label: s.printer(c).T("theme.close"), Hint: s.printer(c).T("theme.close.hint")}}
	found, err := s.Service.ThemeFindings(c.Request().Context(), themeInput(page.Form))
	if err != nil {
		return err
	}
	page.Findings = withBoxes(found)
	page.Review = reviewBox(page.Form, page.Findings)
	if page.Partners, err = s.themePartners(c.Request().Context(), s.by(c), also); err != nil {
		return err
	}
	return s.render(c, status, page)
}

// themePartners lists the partners to choose from; those that see the theme
// already stay among them, also after they were closed.
func (s *Server) themePartners(ctx context.Context, by rugzak.Person, also []rugzak.Organisation) ([]Option, error) {
	partners, err := s.Service.ThemePartners(ctx, by)
	if err != nil {
		return nil, err
	}
	var options []Option
	seen := map[rugzak.OrganisationID]bool{}
	for _, o := range append(partners, also...) {
		if !seen[o.ID] {
			options = append(options, Option{Value: string(o.ID), Label: o.Name})
		}
		seen[o.ID] = true
	}
	return options, nil
}

func themeInput(f *Form) backpack.ThemeInput {
	in := backpack.ThemeInput{
		Title: f.Value("title"), Summary: f.Value("summary"),
		Synonyms: strings.Split(f.Value("synonyms"), "\n"), OpenQuestions: strings.Split(f.Value("open_questions"), "\n"),
		NotBSN: f.All("not_bsn"), Closed: f.Has("closed", "yes"), Reviewed: f.Has("reviewed", "yes"), Key: f.Value("key"),
	}
	for _, o := range f.All("audience") {
		in.Also = append(in.Also, rugzak.OrganisationID(o))
	}
	for _, o := range f.All("confirmed") {
		in.Confirmed = append(in.Confirmed, rugzak.OrganisationID(o))
	}
	return in
}

func organisationNames(all []rugzak.Organisation) []string {
	names := make([]string, len(all))
	for i, o := range all {
		names[i] = o.Name
	}
	return names
}
