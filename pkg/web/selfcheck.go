// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

const pathSelf = "/kernteam/zelf"

// SelfPage is the checklist "Kunnen we dit zelf?".
type SelfPage struct {
	Page
	Form           *Form
	Points         []SelfPointLine
	Settled, Total int
}

// SelfPointLine is a point of the checklist with its fields.
type SelfPointLine struct {
	Point  rugzak.SelfPoint
	How    []Option
	Answer *rugzak.SelfAnswer
	Help   string // slug of a help page
}

// HowField and NoteField are the names of the fields of a point.
func (l SelfPointLine) HowField() string { return "how_" + string(l.Point) }

// NoteField is the field of its note.
func (l SelfPointLine) NoteField() string { return "note_" + string(l.Point) }

// selfHelp is where to read how it is done.
var selfHelp = map[rugzak.SelfPoint]string{
	rugzak.SelfWelcome: "uitnodigen", rugzak.SelfThemes: "begeleiden", rugzak.SelfQuestions: "kernteam", rugzak.SelfBalls: "kernteam",
	rugzak.SelfMeetings: "bijeenkomsten", rugzak.SelfRounds: "draaiboek", rugzak.SelfAgenda: "draaiboek", rugzak.SelfResults: "draaiboek",
	rugzak.SelfPartners: "uitnodigen", rugzak.SelfManagers: "draaiboek", rugzak.SelfPrivacy: "privacy", rugzak.SelfRunning: "draaiboek", rugzak.SelfPeople: "kernteam",
}

func selfPages() []pageDef { return []pageDef{{"coreteam/self", SelfPage{}}} }

func (s *Server) selfRoutes() []route {
	return []route{
		{http.MethodGet, pathSelf, steer, s.showSelf},
		{http.MethodPost, pathSelf, steer, s.saveSelf},
	}
}

func (s *Server) showSelf(c echo.Context) error { return s.renderSelf(c, http.StatusOK, nil) }

func (s *Server) saveSelf(c echo.Context) error {
	names := []string{"base"}
	for _, p := range rugzak.SelfPoints() {
		l := SelfPointLine{Point: p}
		names = append(names, l.HowField(), l.NoteField())
	}
	form, err := s.readForm(c, names...)
	if err != nil {
		return err
	}
	var answers []rugzak.SelfAnswer
	for _, p := range rugzak.SelfPoints() {
		l := SelfPointLine{Point: p}
		answers = append(answers, rugzak.SelfAnswer{Point: p, How: rugzak.SelfHow(form.Value(l.HowField())), Note: form.Value(l.NoteField())})
	}
	err = s.Service.SaveSelfCheck(c.Request().Context(), s.by(c), form.Int("base"), answers)
	if status := form.Refuse(err); status != 0 {
		return s.renderSelf(c, status, form)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.saved", "")
	return s.redirect(c, pathSelf)
}

// renderSelf shows the checklist; form is nil unless it was refused. After a
// conflict it can be sent again.
func (s *Server) renderSelf(c echo.Context, status int, form *Form) error {
	list, err := s.Service.SelfCheck(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	p := s.printer(c)
	page := SelfPage{Page: s.steerPage(c, "self.title"), Form: form, Settled: list.Settled(), Total: len(rugzak.SelfPoints())}
	if form == nil {
		page.Form = s.newForm(c)
	}
	for _, point := range rugzak.SelfPoints() {
		line := SelfPointLine{Point: point, How: wordOptions(p, "self.answer.", rugzak.SelfAnswers()), Help: selfHelp[point]}
		if a, said := list.Answer(point); said {
			line.Answer = &a
			if form == nil {
				page.Form.Set(line.HowField(), string(a.How)).Set(line.NoteField(), a.Note)
			}
		}
		page.Points = append(page.Points, line)
	}
	page.Form.Set("base", strconv.Itoa(list.Version))
	return s.render(c, status, page)
}
