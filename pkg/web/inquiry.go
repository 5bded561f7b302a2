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

// BallPage asks another organisation to take the ball.
type BallPage struct {
	Page
	Form *Form
	View backpack.EntryView
	To   []Option
}

// ExperimentPage adds an experiment, changes it or tells how it went.
type ExperimentPage struct {
	Page
	Form          *Form
	View          backpack.EntryView
	Number        int
	Organisations []Option
	Mine          []Option
	Outcomes      []Option
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
	page.Crumbs = append(s.entryCrumbs(c, v), Crumb{entryPath(v.Entry.ID), s.entryTitle(c, v.Entry)})
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

func (s *Server) showBall(c echo.Context) error {
	v, err := s.question(c)
	if err != nil {
		return err
	}
	return s.renderBall(c, http.StatusOK, v, s.newForm(c).Set("base", strconv.Itoa(v.Inquiry.Version)))
}

func (s *Server) renderBall(c echo.Context, status int, v backpack.EntryView, form *Form) error {
	if !v.Inquiry.May.AskBall {
		return rugzak.Forbidden("error.ball.holder_only")
	}
	page := BallPage{Page: s.beside(c, v, "inquiry.ball.title"), Form: form, View: v}
	for _, o := range v.Inquiry.Balls {
		page.To = append(page.To, Option{Value: string(o.ID), Label: o.Name})
	}
	return s.render(c, status, page)
}

func (s *Server) askBall(c echo.Context) error {
	form, err := s.readForm(c, "base", "to", "note")
	if err != nil {
		return err
	}
	pos, err := s.Service.AskBall(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")), form.Int("base"), rugzak.OrganisationID(form.Value("to")), form.Value("note"))
	if rugzak.CodeOf(err) == rugzak.CodeInvalid {
		status := form.Refuse(err)
		v, err := s.question(c)
		if err != nil {
			return err
		}
		return s.renderBall(c, status, v, form)
	}
	return s.inquired(c, pos, err, "notice.inquiry.ball_asked")
}

func (s *Server) takeBall(c echo.Context) error {
	form, err := s.readForm(c, "base")
	if err != nil {
		return err
	}
	pos, err := s.Service.TakeBall(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")), form.Int("base"))
	return s.inquired(c, pos, err, "notice.inquiry.ball_taken")
}

func (s *Server) answerBall(c echo.Context) error {
	form, err := s.readForm(c, "base", "do", "reason")
	if err != nil {
		return err
	}
	yes := form.Value("do") == doYes
	id := rugzak.EntryID(c.Param("id"))
	pos, err := s.Service.AnswerBall(c.Request().Context(), s.by(c), id, form.Int("base"), yes, form.Value("reason"))
	if rugzak.CodeOf(err) == rugzak.CodeInvalid { // beside the field, with what was typed
		return s.renderEntry(c, form.Refuse(err), id, nil, func(page *EntryPage) {
			if page.Inquiry != nil {
				page.Inquiry.Reason.Value, page.Inquiry.Reason.Error = form.Value("reason"), form.Error("reason")
			}
		})
	}
	notice := "notice.inquiry.ball_declined"
	if yes {
		notice = "notice.inquiry.ball_taken"
	}
	return s.inquired(c, pos, err, notice)
}

func (s *Server) takeBackBall(c echo.Context) error {
	form, err := s.readForm(c, "base")
	if err != nil {
		return err
	}
	pos, err := s.Service.TakeBackBall(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")), form.Int("base"))
	return s.inquired(c, pos, err, "notice.inquiry.ball_back")
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

func (s *Server) showExperiment(c echo.Context) error {
	v, err := s.question(c)
	if err != nil {
		return err
	}
	form := s.newForm(c).Set("base", strconv.Itoa(v.Inquiry.Version)).Set("organisation", string(s.by(c).Organisation))
	number, err := strconv.Atoi(c.Param("number"))
	if err != nil {
		return rugzak.NotFound()
	}
	found := number == 0
	for _, x := range v.Inquiry.Experiments {
		if x.Number != number {
			continue
		}
		found = true
		form.Set("step", x.Step).Set("organisation", string(x.Experiment.Organisation)).Set("until", x.Until).
			Set("outcome", string(x.Outcome)).Set("learned", x.Learned)
		if x.Person == s.by(c).ID {
			form.Set("mine", chosenYes)
		}
	}
	if !found {
		return rugzak.NotFound()
	}
	return s.renderExperiment(c, http.StatusOK, v, number, form)
}

// chosenYes is the value of a box that is ticked.
const chosenYes = "1"

func (s *Server) renderExperiment(c echo.Context, status int, v backpack.EntryView, number int, form *Form) error {
	if !v.Inquiry.May.Move {
		return rugzak.Forbidden("error.question.team_only")
	}
	p, title := s.printer(c), "inquiry.experiment.new"
	if number > 0 {
		title = "inquiry.experiment.change"
	}
	page := ExperimentPage{Page: s.beside(c, v, title), Form: form, View: v, Number: number}
	offered := v.Inquiry.Doers
	for _, x := range v.Inquiry.Experiments {
		if x.Number == number && x.Organisation.ID != "" {
			offered = append(offered, x.Organisation)
		}
	}
	seen := map[rugzak.OrganisationID]bool{}
	for _, o := range offered {
		if !seen[o.ID] {
			seen[o.ID] = true
			page.Organisations = append(page.Organisations, Option{Value: string(o.ID), Label: o.Name})
		}
	}
	page.Mine = []Option{{Value: chosenYes, Label: p.T("inquiry.experiment.mine"), Hint: p.T("inquiry.experiment.mine.hint")}}
	page.Outcomes = append([]Option{{Label: p.T("inquiry.experiment.running")}}, wordOptions(p, "outcome.", rugzak.Outcomes())...)
	return s.render(c, status, page)
}

func (s *Server) saveExperiment(c echo.Context) error {
	form, err := s.readForm(c, "base", "step", "organisation", "mine", "until", "outcome", "learned")
	if err != nil {
		return err
	}
	number, err := strconv.Atoi(c.Param("number"))
	if err != nil {
		return rugzak.NotFound()
	}
	pos, err := s.Service.SaveExperiment(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")), form.Int("base"), number, backpack.ExperimentInput{
		Step: form.Value("step"), Organisation: rugzak.OrganisationID(form.Value("organisation")), Mine: form.Has("mine", chosenYes),
		Until: form.Value("until"), Outcome: rugzak.Outcome(form.Value("outcome")), Learned: form.Value("learned"),
	})
	if status := form.Refuse(err); status != 0 {
		v, err := s.question(c)
		if err != nil {
			return err
		}
		form.Set("base", strconv.Itoa(v.Inquiry.Version))
		return s.renderExperiment(c, status, v, number, form)
	}
	return s.inquired(c, pos, err, "notice.inquiry.experiment")
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
