// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// QuestionSetsPage lists the sets of questions for reflection rounds.
type QuestionSetsPage struct {
	Page
	Sets  []QuestionSetRow
	Empty Empty
}

// QuestionSetRow is a set with its questions in the language of the reader.
type QuestionSetRow struct {
	rugzak.QuestionSet
	Name  string
	Asked []string
}

// QuestionSetPage makes a set or changes one.
type QuestionSetPage struct {
	Page
	Form     *Form
	ID       rugzak.QuestionSetID // empty for a new one
	Closed   []Option             // the one box with which it is no longer offered
	Findings Findings
	Review   ReviewBox
	Now      []NowLine
}

// setQuestions puts questions into a form: one a line, the English ones in the
// same order.
func setQuestions(f *Form, all []rugzak.RoundQuestion) *Form {
	var nl, en []string
	for _, q := range all {
		nl, en = append(nl, q.NL), append(en, q.EN)
	}
	return f.Set("questions", strings.Join(nl, "\n")).Set("questions_en", strings.TrimRight(strings.Join(en, "\n"), "\n"))
}

// questionsFrom reads them. An empty line among the Dutch ones is no question,
// with the English line beside it, if that is empty too.
func questionsFrom(f *Form) (out []rugzak.RoundQuestion) {
	nl, en := strings.Split(f.Value("questions"), "\n"), strings.Split(f.Value("questions_en"), "\n")
	for i := range max(len(nl), len(en)) {
		var q rugzak.RoundQuestion
		if i < len(nl) {
			q.NL = nl[i]
		}
		if i < len(en) {
			q.EN = en[i]
		}
		out = append(out, q)
	}
	return out
}

func (s *Server) showQuestionSets(c echo.Context) error {
	sets, err := s.Service.QuestionSets(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	page := QuestionSetsPage{Page: s.page(c, "questionset.title"), Empty: Empty{
		Icon: "question", TitleKey: "questionset.empty", TextKey: "questionset.empty.text",
	}}
	page.Crumbs = []Crumb{{pathProgramme, s.printer(c).T("programme.title")}}
	for _, set := range sets {
		page.Sets = append(page.Sets, QuestionSetRow{QuestionSet: set, Name: set.Name(s.lang(c)), Asked: questionsIn(set.Questions, s.lang(c))})
	}
	return s.render(c, http.StatusOK, page)
}

func (s *Server) showNewQuestionSet(c echo.Context) error {
	key, err := s.Service.NewID(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	return s.renderQuestionSet(c, http.StatusOK, QuestionSetPage{Form: s.newForm(c).Set("key", string(key))})
}

func (s *Server) showQuestionSet(c echo.Context) error {
	set, err := s.questionSet(c)
	if err != nil {
		return err
	}
	return s.renderQuestionSet(c, http.StatusOK, QuestionSetPage{Form: s.questionSetForm(c, set), ID: set.ID})
}

func (s *Server) questionSetForm(c echo.Context, set rugzak.QuestionSet) *Form {
	form := s.newForm(c).Set("name_nl", set.NameNL).Set("name_en", set.NameEN).Set("base", strconv.Itoa(set.Version))
	if set.Closed {
		form.Set("closed", "yes")
	}
	return setQuestions(form, set.Questions)
}

func closedOption(p *locale.Printer) []Option {
	return []Option{{Value: "yes", Label: p.T("questionset.close"), Hint: p.T("questionset.close.hint")}}
}

// questionSetNow is a set that somebody else saved meanwhile.
func (s *Server) questionSetNow(c echo.Context, set rugzak.QuestionSet) []NowLine {
	f, p := s.questionSetForm(c, set), s.printer(c)
	return nowLines(p, f.Field("name_nl", p.T("questionset.name.nl")), f.Field("name_en", p.T("questionset.name.en")).In("en"),
		f.Field("questions", p.T("round.questions.nl")), f.Field("questions_en", p.T("round.questions.en")).In("en"),
		f.Choices("closed", p.T("questionset.offer"), "checkbox", closedOption(p)))
}

// questionSet is the set of the address.
func (s *Server) questionSet(c echo.Context) (rugzak.QuestionSet, error) {
	sets, err := s.Service.QuestionSets(c.Request().Context(), s.by(c))
	for _, set := range sets {
		if string(set.ID) == c.Param("id") {
			return set, err
		}
	}
	if err == nil {
		err = rugzak.NotFound()
	}
	return rugzak.QuestionSet{}, err
}

func (s *Server) renderQuestionSet(c echo.Context, status int, page QuestionSetPage) error {
	p := s.printer(c)
	page.Page = s.page(c, "questionset.new")
	if page.ID != "" {
		page.Title = p.T("questionset.change")
	}
	page.Crumbs = []Crumb{{pathProgramme, p.T("programme.title")}, {pathQuestionSets, p.T("questionset.title")}}
	page.Closed = closedOption(p)
	if page.Form.Failed() {
		found, err := s.Service.QuestionSetFindings(c.Request().Context(), questionSetInput(page.Form))
		if err != nil {
			return err
		}
		page.Findings = withBoxes(found)
		page.Review = reviewBox(page.Form, page.Findings)
	}
	return s.render(c, status, page)
}

func questionSetInput(f *Form) backpack.QuestionSetInput {
	return backpack.QuestionSetInput{
		NameNL: f.Value("name_nl"), NameEN: f.Value("name_en"), Questions: questionsFrom(f), Closed: f.Has("closed", "yes"),
		Reviewed: f.Has("reviewed", "yes"), Key: f.Value("key"),
	}
}

func (s *Server) saveQuestionSet(c echo.Context) error {
	form, err := s.readForm(c, "name_nl", "name_en", "questions", "questions_en", "closed", "reviewed", "base", "key")
	if err != nil {
		return err
	}
	id := rugzak.QuestionSetID(c.Param("id"))
	_, err = s.Service.SaveQuestionSet(c.Request().Context(), s.by(c), id, form.Int("base"), questionSetInput(form))
	switch status := form.Refuse(err); {
	case status == http.StatusConflict:
		set, err := s.questionSet(c)
		if err != nil {
			return err
		}
		form.Set("base", strconv.Itoa(set.Version))
		return s.renderQuestionSet(c, status, QuestionSetPage{Form: form, ID: id, Now: s.questionSetNow(c, set)})
	case status != 0:
		return s.renderQuestionSet(c, status, QuestionSetPage{Form: form, ID: id})
	case err != nil:
		return err
	}
	s.notify(c, "notice.questionset_saved", "")
	return s.redirect(c, pathQuestionSets)
}
