// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// WideningPage lets a reader ask the author of an entry: "Mag dit breder?"
type WideningPage struct {
	Page
	Form    *Form
	Entry   backpack.EntryView
	Choices []Option
}

func wideningPages() []pageDef { return []pageDef{{"entry/widening", WideningPage{}}} }

func (s *Server) wideningRoutes() []route {
	return []route{
		{http.MethodGet, pathWidening, person, s.showWidening},
		{http.MethodPost, pathWidening, person, s.askWidening},
		{http.MethodPost, pathWideningAnswer, person, s.answerWidening},
	}
}

// The answers to a request.
const (
	doYes = "yes"
	doNo  = "no"
)

// levelChoice is before a level among the choices, where the others are
// organisations.
const levelChoice = "level:"

func (s *Server) showWidening(c echo.Context) error {
	return s.renderWidening(c, http.StatusOK, s.newForm(c))
}

func (s *Server) renderWidening(c echo.Context, status int, form *Form) error {
	ctx, by, p, id := c.Request().Context(), s.by(c), s.printer(c), rugzak.EntryID(c.Param("id"))
	v, err := s.Service.Read(ctx, by, id)
	if err != nil {
		return err
	}
	choices, err := s.Service.WideningChoices(ctx, by, id)
	if err != nil {
		return err
	}
	page := WideningPage{Page: s.page(c, "widening.title"), Form: form, Entry: v}
	page.Crumbs = []Crumb{{entryPath(id), entryWords(p, v.Entry)}}
	for _, level := range choices.Levels {
		o := Option{Value: levelChoice + string(level), Label: p.T("audience.internal"), Hint: p.T("audience.internal.hint")}
		if level == rugzak.LevelOrganisation {
			o.Label, o.Hint = p.T("write.level.everybody", v.Organisation.Name), ""
		}
		page.Choices = append(page.Choices, o)
	}
	if choices.WholeMunicipality {
		page.Choices = append(page.Choices, Option{Value: string(rugzak.WholeMunicipality), Label: p.T("audience.internal")})
	}
	for _, o := range append(choices.Departments, choices.Partners...) {
		page.Choices = append(page.Choices, Option{Value: string(o.ID), Label: o.Name})
	}
	return s.render(c, status, page)
}

func (s *Server) askWidening(c echo.Context) error {
	form, err := s.readForm(c, "audience")
	if err != nil {
		return err
	}
	var more rugzak.Audience
	for _, value := range form.All("audience") {
		if level, ok := strings.CutPrefix(value, levelChoice); !ok {
			more.Also = append(more.Also, rugzak.OrganisationID(value))
		} else if l := rugzak.Level(level); more.Level == "" || l.Rank() > more.Level.Rank() {
			more.Level = l
		}
	}
	id := rugzak.EntryID(c.Param("id"))
	err = s.Service.AskWidening(c.Request().Context(), s.by(c), id, more)
	if status := form.Refuse(err); status != 0 {
		return s.renderWidening(c, status, form)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.widening_asked", "")
	return s.redirect(c, LocalPath(entryPath(id)))
}

// answerWidening is the author's yes or no; yes asks again about partners.
func (s *Server) answerWidening(c echo.Context) error {
	form, err := s.readForm(c, "do", "confirmed")
	if err != nil {
		return err
	}
	do := form.Value("do")
	if do != doYes && do != doNo {
		if _, err := s.mine(c); err != nil {
			return err
		}
		return malformed(nil)
	}
	id, request := rugzak.EntryID(c.Param("id")), c.Param("request")
	saved, err := s.Service.AnswerWidening(c.Request().Context(), s.by(c), id, request, do == doYes, valuesOf[rugzak.OrganisationID](form, "confirmed")...)
	if sure, ask := unconfirmed(s.printer(c), err); ask {
		v, err := s.mine(c)
		if err != nil {
			return err
		}
		found, err := s.findings(c, s.Service.InputOf(v.Entry))
		if err != nil {
			return err
		}
		return s.render(c, http.StatusOK, PartnersPage{
			Page: s.page(c, "confirm.title"), Sure: sure, Action: at(pathWideningAnswer, string(id), request), Do: doYes, Back: entryPath(id),
			Entry: v.Entry.Title, Lang: v.Entry.Lang, Findings: found,
		})
	}
	if err != nil {
		return err
	}
	s.wrote(c, saved.Position)
	notice := "notice.widening_no"
	if do == doYes {
		notice = "notice.widening_yes"
	}
	s.notify(c, notice, "")
	return s.redirect(c, LocalPath(entryPath(id)))
}
