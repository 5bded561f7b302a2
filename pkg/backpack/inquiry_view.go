// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"time"

	"rugzak/pkg/rugzak"
)

// InquiryView is what grew beside a question, as one reader sees it, and what
// they may do with it.
type InquiryView struct {
	Entry              rugzak.EntryID
	Version            int
	State              rugzak.QuestionState
	Organisation, Ball rugzak.Organisation // Ball is empty when nobody has it, or nobody the reader may know
	Since              time.Time
	Still              bool // the ball lies where it lies for long
	Asked              *AskLine
	Passes             []PassLine // who had the ball, oldest first; the last may have it
	Asks               []AskLine  // requests that were answered, oldest first
	Moves              []MoveLine // oldest first
	Lead               *TurnLine
	Leads              []TurnLine // who led before
	Offer              *OfferLine
	Experiments        []ExperimentLine
	Hoped, Gain        string
	Answer             *Card
	// Balls are the organisations that can be asked to take the ball, Doers those
	// that can do an experiment.
	Balls, Doers []rugzak.Organisation
	Join         Joining
	May          InquiryRights
}

// InquiryRights is what a reader may do with a question.
type InquiryRights struct {
	Move                                                   bool
	AskBall, AnswerBall, TakeBall, TakeBackBall            bool
	TakeLead, StopLead, OfferLead, AcceptLead, DeclineLead bool
	Overlap                                                bool
}

// Ball reports whether there is something to do with the ball.
func (r InquiryRights) Ball() bool { return r.AskBall || r.TakeBall || r.TakeBackBall }

// PassLine is a time in which an organisation had the ball.
type PassLine struct {
	Organisation rugzak.Organisation
	Since, Until time.Time
}

// AskLine is a request to take the ball.
type AskLine struct {
	From, To     rugzak.Organisation
	Note, Reason string
	At, Answered time.Time
	Outcome      rugzak.AskOutcome
}

// MoveLine is a change of state. Organisation is empty for one the reader may
// not know.
type MoveLine struct {
	At           time.Time
	To           rugzak.QuestionState
	Organisation rugzak.Organisation
	Learned      string
}

// TurnLine is a time in which somebody led; Name is empty for a former colleague.
type TurnLine struct {
	Name         string
	Organisation rugzak.Organisation
	From, Until  time.Time
	Mine         bool
}

// OfferLine is an offer to hand over the lead.
type OfferLine struct {
	Name string // empty for whoever wants
	At   time.Time
}

// ExperimentLine is an experiment.
type ExperimentLine struct {
	rugzak.Experiment
	Organisation rugzak.Organisation // empty for one the reader may not know
	Who          string
	Late         bool // its day has passed
}

// inquiryView makes the view of a shared question; nil for anything else. The
// card of its answer comes beside it, for what it shows is made later.
func (s *Service) inquiryView(n *names, by rugzak.Person, e rugzak.Entry, mine bool) (*InquiryView, *rawCard, error) {
	if e.Kind != rugzak.KindQuestion || e.Question == nil || !e.State.Public() {
		return nil, nil, nil
	}
	i, err := inquiryOf(n.reader, e)
	if err != nil {
		return nil, nil, err
	}
	known := func(o rugzak.OrganisationID) bool { return o != "" && n.mayName(by, o, e.Organisation) }
	q := n.shownQuestion(by, e)
	v := &InquiryView{
		Entry: e.ID, Version: i.Version, State: q.State, Organisation: n.organisation(e.Organisation), Hoped: q.HopedGain, Gain: i.Gain,
	}
	if q.BallWith != "" {
		v.Ball, v.Since = n.organisation(q.BallWith), e.BallSince()
		if p := i.Passes; len(p) > 0 && p[len(p)-1].Until.IsZero() {
			v.Since = p[len(p)-1].Since
		}
		v.Still = q.State.Open() && s.now().Sub(v.Since) >= rugzak.StillAfter
	}
	for _, p := range i.Passes {
		if known(p.Organisation) {
			v.Passes = append(v.Passes, PassLine{n.organisation(p.Organisation), p.Since, p.Until})
		}
	}
	for _, a := range i.Asks {
		if !known(a.To) || !known(a.From) {
			continue
		}
		line := AskLine{
			From: n.organisation(a.From), To: n.organisation(a.To), Note: a.Note, Reason: a.Reason, At: a.At, Answered: a.AnsweredAt, Outcome: a.Outcome,
		}
		if a.Outcome == rugzak.AskOpen {
			v.Asked = &line
		} else {
			v.Asks = append(v.Asks, line)
		}
	}
	for _, m := range i.Moves {
		line := MoveLine{At: m.At, To: m.To, Learned: m.Learned}
		if known(m.Organisation) {
			line.Organisation = n.organisation(m.Organisation)
		}
		v.Moves = append(v.Moves, line)
	}
	for _, x := range i.Experiments {
		line := ExperimentLine{Experiment: x, Late: x.Overdue(s.now())}
		if known(x.Organisation) {
			line.Organisation, line.Who = n.organisation(x.Organisation), n.person(x.Person)
		} else {
			line.Experiment.Organisation, line.Experiment.Person = "", ""
		}
		v.Experiments = append(v.Experiments, line)
	}
	sub := subject{
		of: rugzak.Subject(rugzak.EntrySubject(e.ID)), title: e.Title, lang: e.Lang, entry: e, shown: e.Organisation,
		readable: func(p rugzak.Person) bool { return rugzak.CanRead(p, e) },
	}
	if v.Join, err = n.joining(by, sub); err != nil {
		return nil, nil, err
	}
	if err := n.leadLines(v, by, i, known); err != nil {
		return nil, nil, err
	}
	if err := n.inquiryRights(v, by, e, i, mine); err != nil {
		return nil, nil, err
	}
	answer, err := n.answerCard(by, i)
	return v, answer, err
}

func (n *names) answerCard(by rugzak.Person, i rugzak.Inquiry) (*rawCard, error) {
	if i.Answer == "" {
		return nil, nil
	}
	e, mine, err := look(n.reader, by, i.Answer)
	if isMissing(err) {
		return nil, nil
	}
	c := n.card(by, e, mine)
	return &c, err
}

// leadLines says who leads and led. Who led volunteered, so that the name is
// told; a partner does not learn of another partner by it.
func (n *names) leadLines(v *InquiryView, by rugzak.Person, i rugzak.Inquiry, known func(rugzak.OrganisationID) bool) error {
	free, err := isFree(n.reader, i)
	if err != nil {
		return err
	}
	for at, l := range i.Leads {
		if !known(l.Organisation) {
			continue
		}
		line := TurnLine{Name: n.person(l.Person), Organisation: n.organisation(l.Organisation), From: l.From, Until: l.Until, Mine: l.Person == by.ID}
		if at == len(i.Leads)-1 && !free && l.Until.IsZero() {
			v.Lead = &line
		} else {
			v.Leads = append(v.Leads, line)
		}
	}
	if i.Offer != nil && !free && v.Lead != nil {
		shown := i.Offer.To == ""
		if !shown {
			to, err := n.reader.Person(i.Offer.To)
			if err != nil && !isMissing(err) {
				return err
			}
			shown = err == nil && known(to.Organisation)
		}
		if shown {
			v.Offer = &OfferLine{Name: n.person(i.Offer.To), At: i.Offer.At}
		}
	}
	v.May.TakeLead = rugzak.CanPost(by) && free
	v.May.StopLead = i.Lead == by.ID && rugzak.CanPost(by)
	v.May.OfferLead = v.May.StopLead && i.Offer == nil
	forMe := i.Offer != nil && (i.Offer.To == "" || i.Offer.To == by.ID) && i.Lead != by.ID && rugzak.CanPost(by)
	v.May.AcceptLead = forMe
	v.May.DeclineLead = forMe && i.Offer.To != ""
	return nil
}

func (n *names) inquiryRights(v *InquiryView, by rugzak.Person, e rugzak.Entry, i rugzak.Inquiry, mine bool) error {
	var err error
	if v.May.Move, err = moves(n.reader, by, e, i, mine); err != nil {
		return err
	}
	v.May.Overlap = rugzak.CanPost(by)
	if v.May.Move {
		if v.Doers, err = n.experimentChoices(by, e); err != nil {
			return err
		}
	}
	ask, open := i.OpenAsk()
	if !e.Question.State.Open() || !rugzak.CanPost(by) {
		return nil
	}
	hand, err := hands(n.reader, by, e, i, mine)
	if err != nil {
		return err
	}
	if hand && !open {
		v.Balls = n.ballChoices(by, e)
		v.May.AskBall = len(v.Balls) > 0
	}
	v.May.AnswerBall = open && ask.To == by.Organisation
	v.May.TakeBackBall = open && (ask.Asker == by.ID || v.May.Move)
	v.May.TakeBall = e.Question.BallWith != by.Organisation && !v.May.AnswerBall && mayHold(e, n.organisation(by.Organisation))
	return nil
}
