// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// RisingPage proposes new themes, and themes that may be one.
type RisingPage struct {
	Page
	Rising []RisingPart
	Aside  []RisingPart // what a curator put off, or said no to
	Twins  []TwinsPart
	Behind bool
	Empty  Empty
}

// RisingPart is a theme that may be made.
type RisingPart struct {
	backpack.RisingTheme
	Words string // as a sentence names them
	Of    string // its organisations
	Form  *Form
	Key   string // stands in the form, so that sending it twice makes one
}

// TwinsPart are two themes that look alike.
type TwinsPart struct {
	backpack.ThemeTwins
	Words string
}

func risingPages() []pageDef { return []pageDef{{"desk/rising", RisingPage{}}} }

func (s *Server) risingRoutes() []route {
	return []route{
		{http.MethodGet, pathRising, curate, s.showRising},
		{http.MethodPost, pathRising, curate, s.beginTheme},
	}
}

func (s *Server) showRising(c echo.Context) error {
	return s.renderRising(c, http.StatusOK, nil)
}

// renderRising shows the page; form is one that was sent and refused, about the
// words it names.
func (s *Server) renderRising(c echo.Context, status int, form *Form) error {
	ctx, by, p := c.Request().Context(), s.by(c), s.printer(c)
	rising, behind, err := s.Service.RisingThemes(ctx, by)
	if err != nil {
		return err
	}
	twins, err := s.Service.TwinThemes(ctx, by)
	if err != nil {
		return err
	}
	page := RisingPage{
		Page: s.deskPage(c, "rising.title"), Behind: behind,
		Empty: Empty{Icon: "compass", TitleKey: "rising.none", TextKey: "rising.none.text"},
	}
	for _, r := range rising {
		part := RisingPart{RisingTheme: r, Words: quoted(p, r.Words), Key: rugzak.NewID(s.Service.Clock.Now()), Form: s.newForm(c).Set("title", r.Words[0])}
		var of []string
		for _, o := range r.Organisations {
			of = append(of, o.Name)
		}
		part.Of = wordList(p, of)
		if r.Refused {
			page.Aside = append(page.Aside, part)
			continue
		}
		if form != nil && form.Value("word") == r.Words[0] {
			part.Form, part.Key = form, form.Value("key")
		}
		page.Rising = append(page.Rising, part)
	}
	for _, t := range twins {
		page.Twins = append(page.Twins, TwinsPart{ThemeTwins: t, Words: quoted(p, t.Words)})
	}
	return s.render(c, status, page)
}

// beginTheme makes a theme of what rises, or remembers that it is none.
func (s *Server) beginTheme(c echo.Context) error {
	form, err := s.readForm(c, "title", "word", "synonyms", "entry", "rose", "key", "do")
	if err != nil {
		return err
	}
	if len(form.All("entry")) > backpack.MaxDecisions || len(form.All("rose")) > backpack.MaxDecisions {
		return malformed(nil)
	}
	switch choice := backpack.Choice(form.Value("do")); choice {
	case backpack.ChooseLater, backpack.ChooseNot, backpack.ChooseAgain:
		return s.setRisingAside(c, form, choice)
	}
	var entries []rugzak.EntryID
	for _, id := range form.All("entry") {
		entries = append(entries, rugzak.EntryID(id))
	}
	theme, done, err := s.Service.BeginTheme(c.Request().Context(), s.by(c), backpack.ThemeInput{
		Title: form.Value("title"), Synonyms: form.All("synonyms"), Key: form.Value("key"),
	}, entries)
	if status := form.Refuse(err); status != 0 {
		return s.renderRising(c, status, form)
	}
	if err != nil {
		return err
	}
	s.wrote(c, done.Position)
	s.notify(c, "notice.theme_begun", "")
	return s.redirect(c, LocalPath(themePath(theme.ID)))
}

// setRisingAside remembers, by the entries that rose together, that no theme is
// made of them for now, or that it may be proposed again.
func (s *Server) setRisingAside(c echo.Context, form *Form, choice backpack.Choice) error {
	var chosen []backpack.Decision
	for _, id := range form.All("rose") {
		chosen = append(chosen, backpack.Decision{Entry: rugzak.EntryID(id), Theme: rugzak.ThemeToCome, Choice: choice})
	}
	done, err := s.Service.Triage(c.Request().Context(), s.by(c), chosen)
	if err != nil {
		return err
	}
	s.wrote(c, done.Position)
	s.notify(c, "notice.rising_"+string(choice), "")
	return s.redirect(c, pathRising)
}
