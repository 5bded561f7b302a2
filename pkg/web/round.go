// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// RoundPage is a reflection round: what is asked, who takes part, and what it
// came to.
type RoundPage struct {
	Page
	View      backpack.RoundView
	Questions []string // in the language of the reader
}

// RoundFormPage plans a round or changes one.
type RoundFormPage struct {
	Page
	Form     *Form
	ID       string // empty for a new one
	Planned  bool   // its first day and its questions can still change
	Sets     []Option
	Findings Findings
	Review   ReviewBox
	Cancel   string
	Now      []NowLine
}

func roundPages() []pageDef {
	return []pageDef{
		{"meeting/harvest", HarvestPage{}},
		{"round/show", RoundPage{}},
		{"round/edit", RoundFormPage{}},
		{"round/answer", RoundAnswerPage{}},
		{"round/outcome", OutcomePage{}},
		{"round/sets", QuestionSetsPage{}},
		{"round/set", QuestionSetPage{}},
	}
}

func (s *Server) roundRoutes() []route {
	return []route{
		{http.MethodGet, pathHarvest, person, s.showHarvest},
		{http.MethodPost, pathHarvest, person, s.saveHarvest},
		{http.MethodGet, pathRoundNew, curate, s.showNewRound},
		{http.MethodPost, pathRoundNew, curate, s.saveRound},
		{http.MethodGet, pathRound, person, s.showRound},
		{http.MethodGet, pathRoundEdit, curate, s.showRoundForm},
		{http.MethodPost, pathRoundEdit, curate, s.saveRound},
		{http.MethodPost, pathRoundRemove, curate, s.removeRound},
		{http.MethodGet, pathRoundAnswer, person, s.showAnswer},
		{http.MethodPost, pathRoundAnswer, person, s.sendAnswer},
		{http.MethodGet, pathRoundOutcome, steer, s.showOutcome},
		{http.MethodPost, pathRoundOutcome, steer, s.saveOutcome},
		{http.MethodPost, pathRoundChange, steer, s.chooseChange},
		{http.MethodPost, pathRoundUnchange, steer, s.dropChange},
		{http.MethodPost, pathRoundDecide, steer, s.decide},
		{http.MethodPost, pathRoundUndecide, steer, s.dropDecision},
		{http.MethodGet, pathQuestionSets, curate, s.showQuestionSets},
		{http.MethodGet, pathQuestionSetNew, curate, s.showNewQuestionSet},
		{http.MethodPost, pathQuestionSetNew, curate, s.saveQuestionSet},
		{http.MethodGet, pathQuestionSet, curate, s.showQuestionSet},
		{http.MethodPost, pathQuestionSet, curate, s.saveQuestionSet},
	}
}

// roundName is the name of a round: its number, and its title when it has one.
func roundName(p *locale.Printer, number int, title string) string {
	if title == "" {
		return p.T("round.name", number)
	}
	return p.T("round.name.titled", number, title)
}

func questionsIn(all []rugzak.RoundQuestion, lang rugzak.Lang) (out []string) {
	for _, q := range all {
		out = append(out, q.In(lang))
	}
	return out
}

func (s *Server) showRound(c echo.Context) error {
	v, err := s.Service.Round(c.Request().Context(), s.by(c), c.Param("id"))
	if err != nil {
		return err
	}
	page := RoundPage{Page: s.page(c, "round.title"), View: v, Questions: questionsIn(v.Questions, s.lang(c))}
	page.Title = roundName(s.printer(c), v.Number, v.Title)
	page.Crumbs = []Crumb{{pathProgramme, s.printer(c).T("programme.title")}}
	return s.render(c, http.StatusOK, page)
}

func (s *Server) showNewRound(c echo.Context) error {
	ctx, by := c.Request().Context(), s.by(c)
	next, err := s.Service.NextRound(ctx, by)
	if err != nil {
		return err
	}
	key, err := s.Service.NewID(ctx, by)
	if err != nil {
		return err
	}
	sets, err := s.Service.QuestionSets(ctx, by)
	if err != nil {
		return err
	}
	if len(next.Questions) == 0 {
		for _, set := range sets {
			if !set.Closed {
				next.Set, next.Questions = set.ID, set.Questions
				break
			}
		}
	}
	form := s.roundForm(c, next).Set("key", string(key))
	return s.renderRoundForm(c, http.StatusOK, RoundFormPage{Form: form, Planned: true})
}

// roundForm is the form with what a round holds.
func (s *Server) roundForm(c echo.Context, r rugzak.ReflectionRound) *Form {
	f := s.newForm(c).Set("title", r.Title).Set("text", r.Text).Set("opens", r.Opens).Set("closes", r.Closes).
		Set("weeks", strconv.Itoa(r.Weeks)).Set("set", string(r.Set)).Set("base", strconv.Itoa(r.Version))
	return setQuestions(f, r.Questions)
}

func (s *Server) showRoundForm(c echo.Context) error {
	v, err := s.Service.Round(c.Request().Context(), s.by(c), c.Param("id"))
	if err != nil {
		return err
	}
	if v.State == rugzak.RoundClosed || v.State == rugzak.RoundDone {
		return rugzak.Forbidden("error.round.over")
	}
	return s.renderRoundForm(c, http.StatusOK, RoundFormPage{Form: s.roundViewForm(c, v), ID: v.ID, Planned: v.State == rugzak.RoundPlanned})
}

func (s *Server) roundViewForm(c echo.Context, v backpack.RoundView) *Form {
	return s.roundForm(c, rugzak.ReflectionRound{
		Title: v.Title, Text: v.Text, Opens: v.Opens.Format("2006-01-02"), Closes: v.Closes.Format("2006-01-02"), Weeks: v.Weeks,
		Questions: v.Questions, Version: v.Version,
	})
}

// roundNow is a round that somebody else saved meanwhile.
func (s *Server) roundNow(c echo.Context, v backpack.RoundView) []NowLine {
	f, p := s.roundViewForm(c, v), s.printer(c)
	return nowLines(p, f.Field("title", p.T("word.title")), f.Field("text", p.T("round.text")),
		f.Field("opens", p.T("round.opens")).As("date"), f.Field("closes", p.T("round.closes")).As("date"), f.Field("weeks", p.T("round.weeks")),
		f.Field("questions", p.T("round.questions.nl")), f.Field("questions_en", p.T("round.questions.en")).In("en"))
}

func (s *Server) renderRoundForm(c echo.Context, status int, page RoundFormPage) error {
	p := s.printer(c)
	page.Page, page.Cancel = s.page(c, "round.plan"), pathProgramme
	page.Crumbs = []Crumb{{pathProgramme, p.T("programme.title")}}
	if page.ID != "" {
		page.Title, page.Cancel = p.T("round.change"), at(pathRound, page.ID)
	}
	sets, err := s.Service.QuestionSets(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	for _, set := range sets {
		if !set.Closed || page.Form.Has("set", string(set.ID)) {
			page.Sets = append(page.Sets, Option{Value: string(set.ID), Label: set.Name(s.lang(c))})
		}
	}
	if page.Form.Failed() {
		found, err := s.Service.RoundFindings(c.Request().Context(), roundInput(page.Form))
		if err != nil {
			return err
		}
		page.Findings = withBoxes(found)
		page.Review = reviewBox(page.Form, page.Findings)
	}
	return s.render(c, status, page)
}

func roundInput(f *Form) backpack.RoundInput {
	return backpack.RoundInput{
		Title: f.Value("title"), Text: f.Value("text"), Opens: f.Value("opens"), Closes: f.Value("closes"), Weeks: f.Int("weeks"),
		Set: rugzak.QuestionSetID(f.Value("set")), Questions: questionsFrom(f), Reviewed: f.Has("reviewed", "yes"), Key: f.Value("key"),
	}
}

// doClose closes a round that is open.
const doClose = "close"

// closeRound closes a round now: yesterday becomes its last day.
func (s *Server) closeRound(c echo.Context, v backpack.RoundView) error {
	if v.EndsNow == "" {
		return rugzak.Forbidden("error.round.not_closing")
	}
	in := roundInput(s.roundViewForm(c, v).Set("closes", v.EndsNow))
	if _, err := s.Service.SaveRound(c.Request().Context(), s.by(c), v.ID, v.Version, in); err != nil {
		return err
	}
	s.notify(c, "notice.round_closed", "")
	return s.redirect(c, LocalPath(at(pathRound, v.ID)))
}

// doTake puts the questions of the chosen set into the form; nothing is stored.
const doTake = "take"

func (s *Server) saveRound(c echo.Context) error {
	form, err := s.readForm(c, "title", "text", "opens", "closes", "weeks", "set", "questions", "questions_en", "reviewed", "base", "key", "do")
	if err != nil {
		return err
	}
	ctx, by := c.Request().Context(), s.by(c)
	page := RoundFormPage{Form: form, ID: c.Param("id"), Planned: true}
	if page.ID != "" {
		v, err := s.Service.Round(ctx, by, page.ID)
		if err != nil {
			return err
		}
		page.Planned = v.State == rugzak.RoundPlanned
		if form.Value("do") == doClose {
			return s.closeRound(c, v)
		}
	}
	if form.Value("do") == doTake {
		sets, err := s.Service.QuestionSets(ctx, by)
		if err != nil {
			return err
		}
		for _, set := range sets {
			if form.Has("set", string(set.ID)) {
				setQuestions(form, set.Questions)
			}
		}
		return s.renderRoundForm(c, http.StatusOK, page)
	}
	r, err := s.Service.SaveRound(ctx, by, page.ID, form.Int("base"), roundInput(form))
	switch status := form.Refuse(err); {
	case status == http.StatusConflict:
		v, err := s.Service.Round(ctx, by, page.ID)
		if err != nil {
			return err
		}
		form.Set("base", strconv.Itoa(v.Version))
		page.Now = s.roundNow(c, v)
		return s.renderRoundForm(c, status, page)
	case status != 0:
		return s.renderRoundForm(c, status, page)
	case err != nil:
		return err
	}
	s.notify(c, "notice.round_saved", "")
	return s.redirect(c, LocalPath(at(pathRound, r.ID)))
}

func (s *Server) removeRound(c echo.Context) error {
	if err := s.Service.RemoveRound(c.Request().Context(), s.by(c), c.Param("id")); err != nil {
		return err
	}
	s.notify(c, "notice.round_removed", "")
	return s.redirect(c, pathProgramme)
}
