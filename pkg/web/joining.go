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

// JoinBox is the three ways of joining in, where somebody can.
type JoinBox struct {
	backpack.Joining
	Kind, ID string // as addresses have them
	Key      string // makes ids on a page with many boxes
	Return   LocalPath
	Question bool
	Theme    bool
}

// JoinPage is on which somebody says what small step they take.
type JoinPage struct {
	Page
	Form *Form
	Box  JoinBox
	Name []Option
}

// The words of addresses for what people join in with.
var subjectWords = map[rugzak.SubjectKind]string{rugzak.OfEntry: "vraagstuk", rugzak.OfTheme: "thema", rugzak.OfAgenda: "agendapunt"}

func joinBox(j backpack.Joining, back LocalPath) JoinBox {
	kind, id := j.Of.Split()
	return JoinBox{
		Joining: j, Kind: subjectWords[kind], ID: id, Key: strings.ReplaceAll(string(j.Of), ":", "-"), Return: back,
		Question: kind == rugzak.OfEntry, Theme: kind == rugzak.OfTheme,
	}
}

// subjectOf is what an address is about.
func subjectOf(c echo.Context) (rugzak.Subject, error) {
	for kind, word := range subjectWords {
		if word == c.Param("of") {
			of := rugzak.Subject(string(kind) + ":" + c.Param("subject"))
			if k, _ := of.Split(); k != "" {
				return of, nil
			}
		}
	}
	return "", rugzak.NotFound()
}

// subjectPath is the page of what people join in with.
func subjectPath(of rugzak.Subject) LocalPath {
	kind, id := of.Split()
	switch kind {
	case rugzak.OfEntry:
		return LocalPath(entryPath(rugzak.EntryID(id)))
	case rugzak.OfTheme:
		return LocalPath(themePath(rugzak.ThemeID(id)))
	case rugzak.OfAgenda:
		return LocalPath(at(pathAgendaItem, id))
	}
	return pathHome
}

func (s *Server) joiningRoutes() []route {
	return []route{
		{http.MethodGet, pathJoin, person, s.showJoin},
		{http.MethodPost, pathJoin, person, s.join},
		{http.MethodPost, pathFollow, person, s.followSubject},
		{http.MethodPost, pathThink, person, s.thinkAlong},
		{http.MethodPost, pathStopJoining, person, s.stopJoining},
		{http.MethodPost, pathPromise, person, s.settlePromise},
	}
}

func (s *Server) showJoin(c echo.Context) error {
	form := s.newForm(c)
	of, err := subjectOf(c)
	if err != nil {
		return err
	}
	j, err := s.Service.Joining(c.Request().Context(), s.by(c), of)
	if err != nil {
		return err
	}
	if own := j.Mine; own != nil && own.Way == rugzak.WayDo {
		if own.DoneAt.IsZero() {
			form.Set("step", own.Step).Set("when", own.When)
		}
		if own.ShowName {
			form.Set("show", chosenYes)
		}
	}
	return s.renderJoin(c, http.StatusOK, j, form)
}

func (s *Server) renderJoin(c echo.Context, status int, j backpack.Joining, form *Form) error {
	if !j.May {
		return rugzak.Forbidden("error.may_not_post")
	}
	p := s.printer(c)
	page := JoinPage{Page: s.page(c, "join.do.title"), Form: form, Box: joinBox(j, subjectPath(j.Of))}
	page.Crumbs = []Crumb{{string(page.Box.Return), Words{j.Title, j.Lang}}}
	page.Name = []Option{{Value: chosenYes, Label: p.T("join.show"), Hint: p.T("join.show.hint")}}
	return s.render(c, status, page)
}

func (s *Server) join(c echo.Context) error {
	form, err := s.readForm(c, "step", "when", "show")
	if err != nil {
		return err
	}
	of, err := subjectOf(c)
	if err != nil {
		return err
	}
	err = s.Service.Join(c.Request().Context(), s.by(c), of, backpack.JoinInput{
		Way: rugzak.WayDo, Step: form.Value("step"), When: form.Value("when"), ShowName: form.Has("show", chosenYes),
	})
	if status := form.Refuse(err); status != 0 {
		j, err := s.Service.Joining(c.Request().Context(), s.by(c), of)
		if err != nil {
			return err
		}
		return s.renderJoin(c, status, j, form)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.join.do", "")
	return s.redirect(c, subjectPath(of)+"#meedoen")
}

// followSubject says what following leads to: who follows a question is told
// where it stands, the others are found in one's own backpack.
func (s *Server) followSubject(c echo.Context) error {
	of, err := subjectOf(c)
	if err != nil {
		return err
	}
	notice := "notice.join.follow"
	if kind, _ := of.Split(); kind != rugzak.OfEntry {
		notice += "." + string(kind)
	}
	return s.joinLightly(c, rugzak.WayFollow, notice, "#meedoen")
}

// thinkAlong leads to where a question can be asked or answered.
func (s *Server) thinkAlong(c echo.Context) error {
	return s.joinLightly(c, rugzak.WayThink, "notice.join.think", "#meedenken")
}

func (s *Server) joinLightly(c echo.Context, way rugzak.Way, notice string, place LocalPath) error {
	of, err := subjectOf(c)
	if err != nil {
		return err
	}
	if err := s.Service.Join(c.Request().Context(), s.by(c), of, backpack.JoinInput{Way: way}); err != nil {
		return err
	}
	s.notify(c, notice, "")
	if kind, id := of.Split(); kind == rugzak.OfAgenda {
		place = LocalPath("#meedoen-" + id)
	}
	return s.redirect(c, subjectPath(of)+place)
}

// stopJoining lets somebody leave by one press; what is gone or hidden by now
// gives the same answer.
func (s *Server) stopJoining(c echo.Context) error {
	form, err := s.readForm(c, "return")
	if err != nil {
		return err
	}
	of, err := subjectOf(c)
	if err != nil {
		return err
	}
	if err := s.Service.StopJoining(c.Request().Context(), s.by(c), of); err != nil {
		return err
	}
	s.notify(c, "notice.join.stop", "")
	return s.redirect(c, localPathOr(form.Value("return"), pathMine))
}

// settlePromise says of one's own step that it is done, or when it will be.
func (s *Server) settlePromise(c echo.Context) error {
	form, err := s.readForm(c, "do", "when", "return")
	if err != nil {
		return err
	}
	of, err := subjectOf(c)
	if err != nil {
		return err
	}
	done := form.Value("do") == "done"
	notice := "notice.join.moved"
	if done {
		notice = "notice.join.done"
	}
	err = s.Service.SettlePromise(c.Request().Context(), s.by(c), of, done, form.Value("when"))
	if status := form.Refuse(err); status != 0 { // the form of the step, with the day to mend
		j, err := s.Service.Joining(c.Request().Context(), s.by(c), of)
		if err != nil {
			return err
		}
		if own := j.Mine; own != nil {
			form.Set("step", own.Step)
			if own.ShowName {
				form.Set("show", chosenYes)
			}
		}
		return s.renderJoin(c, status, j, form)
	}
	if err != nil {
		return err
	}
	s.notify(c, notice, "")
	return s.redirect(c, localPathOr(form.Value("return"), subjectPath(of)))
}
