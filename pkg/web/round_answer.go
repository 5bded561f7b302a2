// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// RoundAnswerPage is where somebody answers a round. What they share is an
// entry, with the questions as its headings.
type RoundAnswerPage struct {
	Page
	View     backpack.RoundView
	Form     *Form
	Asked    []RoundAsked
	Audience AudienceField
	Modes    []Option
	Taking   []Option // the one box by which the organisation is shown
	Findings Findings
	Review   ReviewBox
	Unsaved  bool // what stands in the form is not stored
}

// RoundAsked is a question of a round in the form.
type RoundAsked struct {
	Name, Question string // of its field
	AskName        string // of the field that holds the question itself
}

// formRound is the value of the field "form" where a round is answered.
const formRound = "round"

// answersRound reports whether a form answers a round.
func answersRound(f *Form) bool { return f.Value("form") == formRound }

func roundAnswerField(n int) string { return fmt.Sprintf("answer_%d", n) }
func roundAskField(n int) string    { return fmt.Sprintf("ask_%d", n) }

// roundFields are the fields of an answer, beside those of every entry.
func roundFields() []string {
	out := []string{"occasion", "taking"}
	for n := 1; n <= rugzak.MaxRoundQuestions; n++ {
		out = append(out, roundAnswerField(n), roundAskField(n))
	}
	return out
}

func (s *Server) showAnswer(c echo.Context) error {
	ctx, by := c.Request().Context(), s.by(c)
	v, err := s.Service.Round(ctx, by, c.Param("id"))
	if err != nil {
		return err
	}
	if !v.CanAnswer {
		return rugzak.Forbidden("error.round.not_open")
	}
	choices, err := s.Service.AudienceChoices(ctx, by)
	if err != nil {
		return err
	}
	w, err := s.freshWriting(c, rugzak.KindExperience)
	if err != nil {
		return err
	}
	w.form.Set("id", string(w.id)).Set("base", "0").Set("kind", string(w.in.Kind)).Set("lang", string(w.in.Lang)).Set("form", formRound).
		Set("author_mode", string(rugzak.ByName)).Set("audience", string(defaultLevel(w.in.Kind, choices))).
		Set("occasion", string(rugzak.RoundOccasion(v.ID))).Set("taking", "yes")
	for i, q := range questionsIn(v.Questions, w.in.Lang) {
		w.form.Set(roundAskField(i+1), q)
	}
	return s.renderAnswer(c, http.StatusOK, w)
}

// takingOptions is the box by which an organisation is shown as taking part.
func takingOptions(p *locale.Printer, o rugzak.Organisation) []Option {
	return []Option{{Value: "yes", Label: p.T("round.taking", o.Name), Hint: p.T("round.taking.hint")}}
}

// sendAnswer does what the pressed button says.
func (s *Server) sendAnswer(c echo.Context) error {
	form, err := s.readForm(c, entryFields()...)
	if err != nil {
		return err
	}
	v, err := s.Service.Round(c.Request().Context(), s.by(c), c.Param("id"))
	if err != nil {
		return err
	}
	form.Set("kind", string(rugzak.KindExperience)).Set("form", formRound).Set("occasion", string(rugzak.RoundOccasion(v.ID)))
	w := writing{form: form, id: rugzak.EntryID(form.Value("id")), base: form.Int("base")}
	in, place := s.quickInput(form)
	w.in = in
	if form.Value("do") == doBack {
		return s.renderAnswer(c, http.StatusOK, w)
	}
	return s.store(c, w, s.renderAnswer, place)
}

func (s *Server) renderAnswer(c echo.Context, status int, w writing) error {
	p, ctx, by := s.printer(c), c.Request().Context(), s.by(c)
	v, err := s.Service.Round(ctx, by, c.Param("id"))
	if err != nil {
		return err
	}
	choices, err := s.Service.FormChoices(ctx, by)
	if err != nil {
		return err
	}
	page := RoundAnswerPage{
		Page: s.page(c, "round.answer"), View: v, Form: w.form, Audience: audienceField(p, w.form, choices, nil),
		Modes: modeOptions(p, choices, nil), Taking: takingOptions(p, choices.Organisation), Unsaved: c.Request().Method == http.MethodPost,
	}
	page.Title = p.T("round.answer.title", v.Number)
	page.Crumbs = []Crumb{{pathProgramme, p.T("programme.title")}, {at(pathRound, v.ID), roundName(p, v.Number, v.Title)}}
	for n := 1; n <= rugzak.MaxRoundQuestions; n++ {
		if q := w.form.Value(roundAskField(n)); q != "" {
			page.Asked = append(page.Asked, RoundAsked{Name: roundAnswerField(n), Question: q, AskName: roundAskField(n)})
		}
	}
	if page.Findings, err = s.quickFindings(c, w); err != nil {
		return err
	}
	page.Review = reviewBox(w.form, page.Findings)
	return s.render(c, status, page)
}
