// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// InquiryPart is what grew beside a question, on its own page.
type InquiryPart struct {
	*backpack.InquiryView
	Lang    rugzak.Lang
	Entry   rugzak.Entry
	Join    JoinBox
	Reason  Field    // of a refusal to take the ball
	OfferTo []Option // whom the lead may offer to hand over to
}

// inquiryPart shapes the inquiry for the page; nil for what has none.
func (s *Server) inquiryPart(c echo.Context, v backpack.EntryView) *InquiryPart {
	if v.Inquiry == nil {
		return nil
	}
	p := s.printer(c)
	part := &InquiryPart{InquiryView: v.Inquiry, Lang: v.Entry.Lang, Entry: v.Entry, Join: joinBox(v.Inquiry.Join, LocalPath(entryPath(v.Entry.ID)))}
	part.Reason = s.newForm(c).Field("reason", p.T("inquiry.ball.reason")).WithHint(p.T("inquiry.ball.reason.hint"))
	part.OfferTo = []Option{{Label: p.T("inquiry.lead.whoever")}}
	for _, m := range v.Inquiry.Join.Team.Named {
		if m.ID != s.by(c).ID {
			part.OfferTo = append(part.OfferTo, Option{Value: string(m.ID), Label: m.Name + ", " + m.Organisation.Name})
		}
	}
	return part
}

// LeadButton does something about leading a question.
type LeadButton struct {
	ID   rugzak.EntryID
	Base int
	Act  string
}

// MovePage changes the state of a question.
type MovePage struct {
	Page
	Form    *Form
	View    backpack.EntryView
	States  []Option
	Answers []Option // entries that may answer it, to choose
	Query   string
	Looked  bool
}

func inquiryPages() []pageDef {
	return []pageDef{
		{"inquiry/move", MovePage{}}, {"inquiry/ball", BallPage{}}, {"inquiry/experiment", ExperimentPage{}},
		{"inquiry/balls", BallsPage{}}, {"inquiry/overlap", OverlapPage{}}, {"inquiry/join", JoinPage{}},
	}
}

func (s *Server) inquiryRoutes() []route {
	return []route{
		{http.MethodGet, pathBalls, person, s.showBalls},
		{http.MethodGet, pathMove, person, s.showMove},
		{http.MethodPost, pathMove, person, s.moveQuestion},
		{http.MethodGet, pathBall, person, s.showBall},
		{http.MethodPost, pathBall, person, s.askBall},
		{http.MethodPost, pathBallTake, person, s.takeBall},
		{http.MethodPost, pathBallAnswer, person, s.answerBall},
		{http.MethodPost, pathBallBack, person, s.takeBackBall},
		{http.MethodPost, pathLead, person, s.lead},
		{http.MethodGet, pathExperiment, person, s.showExperiment},
		{http.MethodPost, pathExperiment, person, s.saveExperiment},
	}
}

// question is the question of the address, with what grew beside it.
func (s *Server) question(c echo.Context) (backpack.EntryView, error) {
	v, err := s.Service.Read(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")))
	if err == nil && v.Inquiry == nil {
		err = rugzak.Forbidden("error.question.shared_only")
	}
	return v, err
}

// beside is a page that belongs to an entry.
func (s *Server) beside(c echo.Context, v backpack.EntryView, titleKey string) Page {
	page := s.page(c, titleKey)
	page.Crumbs = append(s.entryCrumbs(c, v), Crumb{entryPath(v.Entry.ID), entryWords(s.printer(c), v.Entry)})
	return page
}

// inquired answers an act on a question: back to it with a word about it. Who
// was too late sees what it is now.
func (s *Server) inquired(c echo.Context, pos rugzak.Position, err error, notice string) error {
	switch rugzak.CodeOf(err) {
	case "":
		s.wrote(c, pos)
		s.notify(c, notice, "")
	case rugzak.CodeConflict:
		s.notify(c, "notice.inquiry.changed", "")
	default:
		return err
	}
	return s.redirect(c, LocalPath(entryPath(rugzak.EntryID(c.Param("id")))+"#stand"))
}

// maxAnswers is how many entries are offered as an answer.
const maxAnswers = 10

func (s *Server) showMove(c echo.Context) error {
	v, err := s.question(c)
	if err != nil {
		return err
	}
	form := s.newForm(c).Set("base", strconv.Itoa(v.Inquiry.Version)).Set("gain", v.Inquiry.Gain)
	state := rugzak.QuestionState(c.QueryParam("naar"))
	if !state.Valid() {
		state = v.Inquiry.State
	}
	form.Set("state", string(state))
	if v.Inquiry.Answer != nil {
		form.Set("answer", string(v.Inquiry.Answer.ID))
	}
	return s.renderMove(c, http.StatusOK, v, form)
}

func (s *Server) renderMove(c echo.Context, status int, v backpack.EntryView, form *Form) error {
	if !v.Inquiry.May.Move {
		return rugzak.Forbidden("error.question.team_only")
	}
	p := s.printer(c)
	page := MovePage{Page: s.beside(c, v, "inquiry.move.title"), Form: form, View: v, Query: c.QueryParam("q")}
	for _, state := range rugzak.QuestionStates() {
		page.States = append(page.States, Option{
			Value: string(state), Label: p.T("questionstate." + string(state)), Hint: p.T("inquiry.state." + string(state)),
		})
	}
	seen := map[rugzak.EntryID]bool{}
	add := func(card backpack.Card) {
		if !seen[card.ID] && len(page.Answers) < maxAnswers && (card.Kind == rugzak.KindInsight || card.Kind == rugzak.KindApplication) {
			seen[card.ID] = true
			page.Answers = append(page.Answers, Option{
				Value: string(card.ID), Label: card.Title, Hint: p.T("kind."+string(card.Kind)) + ", " + card.Organisation.Name,
			})
		}
	}
	if v.Inquiry.Answer != nil {
		add(*v.Inquiry.Answer)
	}
	for _, r := range v.Related {
		add(r.Card)
	}
	if page.Query != "" {
		found, err := s.Service.Search(c.Request().Context(), s.by(c), backpack.Asked{
			Query: page.Query, Size: maxAnswers, Plain: true, WaitFor: s.after(c), // also what they shared just now
			Filter: rugzak.Filter{rugzak.FacetKind: {string(rugzak.KindInsight), string(rugzak.KindApplication)}},
		})
		if err != nil && rugzak.CodeOf(err) != rugzak.CodeUnavailable {
			return err
		}
		page.Looked = true
		for _, hit := range found.Hits {
			add(hit.Card)
		}
	}
	return s.render(c, status, page)
}

func (s *Server) moveQuestion(c echo.Context) error {
	form, err := s.readForm(c, "base", "state", "learned", "gain", "answer", "answer_link")
	if err != nil {
		return err
	}
	answer := rugzak.EntryID(form.Value("answer"))
	if id, ok := entryIDIn(form.Value("answer_link")); ok {
		answer = id
	}
	pos, err := s.Service.MoveQuestion(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")), form.Int("base"), backpack.MoveInput{
		To: rugzak.QuestionState(form.Value("state")), Learned: form.Value("learned"), Gain: form.Value("gain"), Answer: answer,
	})
	if status := form.Refuse(err); status != 0 {
		v, err := s.question(c)
		if err != nil {
			return err
		}
		form.Set("base", strconv.Itoa(v.Inquiry.Version))
		return s.renderMove(c, status, v, form)
	}
	return s.inquired(c, pos, err, "notice.inquiry.moved")
}

func (s *Server) lead(c echo.Context) error {
	form, err := s.readForm(c, "base", "do", "to")
	if err != nil {
		return err
	}
	act := backpack.LeadAct(form.Value("do"))
	pos, err := s.Service.Lead(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")), form.Int("base"), act, rugzak.PersonID(form.Value("to")))
	if rugzak.CodeOf(err) == rugzak.CodeInvalid { // who was chosen takes part no more
		err = &rugzak.Error{Code: rugzak.CodeConflict, Key: "error.question.changed"}
	}
	return s.inquired(c, pos, err, "notice.inquiry.lead_"+string(act))
}

// ageWords says how long something lasts in words people use: days, weeks,
// months.
func ageWords(p *locale.Printer, since, until time.Time) string {
	days := int(until.Sub(since).Hours() / 24)
	switch {
	case days < 1:
		return p.T("age.short")
	case days < 14:
		return p.N("age.days", days)
	case days < 63:
		return p.N("age.weeks", days/7)
	case days < 730:
		return p.N("age.months", days/30)
	}
	return p.N("age.years", days/365)
}
