// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// QuickPage is the short form: three questions, and who may read the answers.
type QuickPage struct {
	Page
	Form        *Form
	Kind        rugzak.Kind
	Action      string
	Answers     []Answer
	Audience    AudienceField
	Modes       []Option
	Question    QuestionOptions
	Findings    Findings
	Likes       []backpack.SimilarCard // filled in by the script
	Review      ReviewBox
	Advice      AdviceBox
	Attachments AttachmentsPart
	// Themes are those the writer came from or ticked; seldom more than one.
	Themes []Option
	// More: something was filled in, or is wrong, where the form is folded up.
	More bool
	// Unsaved: what stands in the form is not stored.
	Unsaved bool
}

// Answer is one question of the short form.
type Answer struct {
	Name   string // of its field
	Prompt rugzak.Prompt
	// Extra: the first question is enough, and this is not it.
	Extra bool
}

// Ask is the field of the question.
func (a Answer) Ask(f Field, hint string) Field {
	f = f.WithHint(hint).Lines(4).WithTools("short")
	if a.Extra {
		return f.MayBeEmpty()
	}
	return f
}

// formQuick is the value of the field "form" in the short form.
const formQuick = "quick"

// shortForm reports whether a form holds answers, of which the text is made.
func shortForm(f *Form) bool { return f.Value("form") == formQuick || answersRound(f) }

func (s *Server) showShare(c echo.Context) error { return s.showQuick(c, rugzak.KindExperience) }

func (s *Server) showAsk(c echo.Context) error { return s.showQuick(c, rugzak.KindQuestion) }

func (s *Server) showQuick(c echo.Context, kind rugzak.Kind) error {
	w, err := s.freshQuick(c, kind)
	if err != nil {
		return err
	}
	if theme := c.QueryParam("thema"); theme != "" {
		w.form.Set("themes", theme)
	}
	s.beginWith(w, c.QueryParam(paramTitle))
	s.beginShared(w, c.QueryParam(paramText), c.QueryParam(paramAddress))
	return s.renderQuick(c, http.StatusOK, w)
}

// freshQuick is a short form in which nothing was typed yet.
func (s *Server) freshQuick(c echo.Context, kind rugzak.Kind) (writing, error) {
	if !rugzak.CanPost(s.by(c)) {
		return writing{}, rugzak.Forbidden("error.may_not_post")
	}
	choices, err := s.Service.AudienceChoices(c.Request().Context(), s.by(c))
	if err != nil {
		return writing{}, err
	}
	w, err := s.freshWriting(c, kind)
	if err != nil {
		return w, err
	}
	w.form.Set("id", string(w.id)).Set("base", "0").Set("kind", string(kind)).Set("lang", string(w.in.Lang)).
		Set("author_mode", string(rugzak.ByName)).Set("audience", string(defaultLevel(kind, choices)))
	if kind == rugzak.KindQuestion {
		w.form.Set("question_size", string(rugzak.SizeLearning))
	}
	return w, nil
}

// doBegin goes on in the short form with what was typed on the first page.
const doBegin = "begin"

// beginQuick shows the short form with the first answer in it; nothing is stored.
func (s *Server) beginQuick(c echo.Context, sent *Form) error {
	kind := quickKind(c)
	w, err := s.freshQuick(c, kind)
	if err != nil {
		return err
	}
	first := answerField(kind.QuickPrompts()[0])
	w.form.Set(first, sent.Value(first))
	w.in, _ = s.quickInput(w.form)
	return s.renderQuick(c, http.StatusOK, w)
}

// paramTitle has what the short form begins with.
const paramTitle = "titel"

// askAddress leads to asking what somebody searched for in vain.
func askAddress(words string) string {
	if words == "" {
		return pathAsk
	}
	return withMore(pathAsk, paramTitle, words)
}

// beginWith puts what somebody searched for in vain in the form: as the title,
// and as the question itself when that is what is asked. A number that may be a
// citizen service number stays out.
func (s *Server) beginWith(w writing, words string) {
	words = rugzak.Line(cutText(words, rugzak.MaxQuery))
	if words == "" {
		return
	}
	if s.Service.HoldsNumber(words) {
		w.form.leftOut()
		return
	}
	w.form.Set("title", shortened(words))
	if w.in.Kind == rugzak.KindQuestion {
		w.form.Set(answerField(w.in.Kind.QuickPrompts()[0]), words)
	}
}

// leftOut says that something did not come along, so that nobody looks for it.
func (f *Form) leftOut() { f.General = f.printer.T("write.number_left_out") }

// sendQuick does what the pressed button says with the short form.
func (s *Server) sendQuick(c echo.Context) error {
	form, err := s.readForm(c, entryFields()...)
	if err != nil {
		return err
	}
	if form.Value("do") == doBegin {
		return s.beginQuick(c, form)
	}
	form.Set("kind", string(quickKind(c)))
	w := writing{form: form, id: rugzak.EntryID(form.Value("id")), base: form.Int("base")}
	in, place := s.quickInput(form)
	w.in = in
	if form.Value("do") == doEdit { // on to the full form, with everything typed
		s.entryForm(w.form, w.id, w.base, w.in)
		return s.renderForm(c, http.StatusOK, w)
	}
	if form.Value("do") == doBack {
		return s.renderQuick(c, http.StatusOK, w)
	}
	// A conflict is settled with the full text; what is wrong is shown beside
	// the three questions.
	return s.store(c, w, s.renderQuick, place)
}

// quickKind is the kind of what the address asks for.
func quickKind(c echo.Context) rugzak.Kind {
	if c.Path() == pathAsk {
		return rugzak.KindQuestion
	}
	return rugzak.KindExperience
}

func (s *Server) renderQuick(c echo.Context, status int, w writing) error {
	p := s.printer(c)
	choices, err := s.Service.FormChoices(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	page := QuickPage{
		Page: s.page(c, "action.share_something"), Form: w.form, Kind: w.in.Kind, Action: pathShare,
		Audience: audienceField(p, w.form, choices, nil), Modes: modeOptions(p, choices, nil),
		Unsaved: s.holdsUnsaved(c, w),
	}
	if page.Findings, err = s.quickFindings(c, w); err != nil {
		return err
	}
	page.Review = reviewBox(w.form, page.Findings)
	if page.Advice, err = s.advice(c, w); err != nil {
		return err
	}
	if page.Attachments, err = s.attachmentsPart(c, w.form, w.id, w.in.Lang); err != nil {
		return err
	}
	page.Attachments.Short = true
	if w.in.Kind == rugzak.KindQuestion {
		page.Title, page.Action = p.T("action.ask_something"), pathAsk
		page.Question = questionOptions(p, choices, nil)
	}
	for _, theme := range choices.Themes {
		if w.form.Has("themes", string(theme.ID)) {
			page.Themes = append(page.Themes, Option{Value: string(theme.ID), Label: theme.Title})
		}
	}
	for i, prompt := range w.in.Kind.QuickPrompts() {
		page.Answers = append(page.Answers, Answer{Name: answerField(prompt), Prompt: prompt, Extra: i > 0})
	}
	for _, name := range []string{"title", "lesson", "author_mode", "question_ball_with", "question_hoped_gain", "question_next_step"} {
		page.More = page.More || w.form.Error(name) != "" || len(page.Findings.Of(name)) > 0
	}
	page.More = page.More || w.form.Has(fieldAskFirst, "yes")
	page.More = page.More || w.form.Value("title")+w.form.Value("lesson") != "" || w.form.Value("author_mode") != string(rugzak.ByName)
	return s.render(c, status, page)
}

// quickInput reads the short form. place moves what is wrong with the text to
// the question beneath which it was typed.
func (s *Server) quickInput(f *Form) (in backpack.Input, place func(error) error) {
	q := s.readQuick(f)
	in, _ = entryInput(f) // the short form has nothing that could be misread
	in.Body = q.body
	if in.Title == "" {
		in.Title = firstSentence(append(q.texts(), in.Lesson))
		q.proposed = in.Title
	}
	return in, q.place
}

// quickFindings lists what the screener found, beside the question it is
// under.
func (s *Server) quickFindings(c echo.Context, w writing) (Findings, error) {
	found, err := s.findings(c, w.in)
	return s.readQuick(w.form).placeFindings(found, w.form.Value("title") == ""), err
}
