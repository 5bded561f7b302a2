// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// mayHold reports whether an organisation may have the ball: who reads the
// question as a member of it.
func mayHold(e rugzak.Entry, o rugzak.Organisation) bool {
	if o.ID == e.Organisation {
		return true
	}
	tokens := rugzak.AudienceTokens(e)
	return slices.Contains(tokens, rugzak.OrganisationToken(o.ID)) || o.Kind == rugzak.Department && slices.Contains(tokens, rugzak.InternalToken)
}

// ballChoices lists whom the reader may ask to take the ball.
func (n *names) ballChoices(by rugzak.Person, e rugzak.Entry) []rugzak.Organisation {
	var out []rugzak.Organisation
	for _, o := range n.organisations {
		if !o.Closed && o.ID != e.Question.BallWith && mayHold(e, o) && n.mayName(by, o.ID, e.Organisation) {
			out = append(out, n.organisation(o.ID))
		}
	}
	sortOrganisations(out)
	return out
}

// hands reports whether a person may hand the ball over: somebody of the
// organisation that has it, or who may move the question.
func hands(r rugzak.Reader, by rugzak.Person, e rugzak.Entry, i rugzak.Inquiry, mine bool) (bool, error) {
	if rugzak.CanPost(by) && e.Question.BallWith != "" && e.Question.BallWith == by.Organisation {
		return true, nil
	}
	return moves(r, by, e, i, mine)
}

// mustBeOpen refuses to move the ball of a question that is over.
func (a *inquiring) mustBeOpen() error {
	if a.e.Question.State.Open() {
		a.verb = rugzak.VerbBallMoved
		return nil
	}
	return rugzak.Forbidden("error.ball.over")
}

// AskBall asks another organisation to take the ball. Until it says yes the ball
// stays where it is: it cannot be thrown.
func (s *Service) AskBall(ctx context.Context, by rugzak.Person, id rugzak.EntryID, base int, to rugzak.OrganisationID, note string) (rugzak.Position, error) {
	note = rugzak.Line(note)
	found, err := s.shortTexts(ctx, field{"note", note})
	if err != nil {
		return "", err
	}
	return s.inquire(ctx, by, id, base, "ask to take the ball", func(a *inquiring) error {
		if err := a.mustBeOpen(); err != nil {
			return err
		}
		if may, err := hands(a.w, by, a.e, a.i, a.mine); err != nil || !may {
			if err == nil {
				err = rugzak.Forbidden("error.ball.holder_only")
			}
			return err
		}
		if err := refuseAcross(a.w, a.e, found); err != nil {
			return err
		}
		if _, open := a.i.OpenAsk(); open {
			return rugzak.Forbidden("error.ball.asked")
		}
		n, err := readNames(a.w, by)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(n.ballChoices(by, a.e), func(o rugzak.Organisation) bool { return o.ID == to }) {
			var p rugzak.Problems
			p.Add("to", "error.ball.cannot_read")
			return p.Err()
		}
		return s.askBall(a, to, note)
	})
}

// askBall writes the request down and tells the people of the organisation.
func (s *Service) askBall(a *inquiring, to rugzak.OrganisationID, note string) error {
	a.i.Ask(rugzak.BallAsk{From: a.by.Organisation, To: to, Asker: a.asker(), Note: note, At: s.now(), Outcome: rugzak.AskOpen})
	a.e.Question.Asked = to
	people, err := contactsOf(a.w, a.e, to)
	if err != nil {
		return err
	}
	return s.tellPeople(a.w, a.by, people, rugzak.Notice{Kind: rugzak.NoticeBallAsked, Entry: a.e.ID, About: string(to)})
}

// maxContacts is how many people of an organisation are told that it is asked.
const maxContacts = 20

// contactsOf lists who of an organisation is told that it is asked: those who
// join in with the question, then its contacts (partner) or managers
// (department). Everybody else finds it among the questions that wait for their
// organisation.
func contactsOf(r rugzak.Reader, e rugzak.Entry, o rugzak.OrganisationID) ([]rugzak.PersonID, error) {
	var out []rugzak.PersonID
	for p, err := range r.Participants(rugzak.Subject(rugzak.EntrySubject(e.ID))) {
		if err != nil {
			return nil, err
		}
		if p.Member.Organisation == o && rugzak.CanRead(p.Member, e) && len(out) < maxContacts {
			out = append(out, p.Person)
		}
	}
	for p, err := range r.People() {
		if err != nil {
			return nil, err
		}
		if p.Organisation == o && p.Has(rugzak.RolePartnerContact, rugzak.RoleManager) && rugzak.CanRead(p, e) && len(out) < maxContacts {
			out = append(out, p.ID)
		}
	}
	return unique(out), nil
}

// AnswerBall is the answer of somebody of the organisation that is asked.
func (s *Service) AnswerBall(ctx context.Context, by rugzak.Person, id rugzak.EntryID, base int, accept bool, reason string) (rugzak.Position, error) {
	reason = rugzak.Line(reason)
	found, err := s.shortTexts(ctx, field{"reason", reason})
	if err != nil {
		return "", err
	}
	return s.inquire(ctx, by, id, base, "answer about the ball", func(a *inquiring) error {
		if err := a.mustBeOpen(); err != nil {
			return err
		}
		if err := refuseAcross(a.w, a.e, found); err != nil {
			return err
		}
		ask, open := a.i.OpenAsk()
		if !open || ask.To != by.Organisation {
			return rugzak.Forbidden("error.ball.asked_only")
		}
		if !accept {
			if reason == "" {
				var p rugzak.Problems
				p.Add("reason", "error.ball.reason")
				return p.Err()
			}
			a.i.Settle(rugzak.AskDeclined, reason, s.now())
			a.e.Question.Asked = ""
			return s.tellAsker(a, ask)
		}
		return s.giveBall(a, by.Organisation)
	})
}

// TakeBall takes the ball for the reader's own organisation: "ik pak de bal".
func (s *Service) TakeBall(ctx context.Context, by rugzak.Person, id rugzak.EntryID, base int) (rugzak.Position, error) {
	return s.inquire(ctx, by, id, base, "take the ball", func(a *inquiring) error {
		if err := a.mustBeOpen(); err != nil {
			return err
		}
		if a.e.Question.BallWith == by.Organisation {
			return rugzak.Forbidden("error.ball.have")
		}
		o, err := a.w.Organisation(by.Organisation)
		if err != nil {
			return err
		}
		if !mayHold(a.e, o) {
			return rugzak.Forbidden("error.ball.cannot_hold")
		}
		return s.giveBall(a, by.Organisation)
	})
}

// giveBall puts the ball where somebody took it, and settles what was asked.
func (s *Service) giveBall(a *inquiring, to rugzak.OrganisationID) error {
	if ask, open := a.i.OpenAsk(); open {
		how := rugzak.AskTakenBack // somebody else took it
		if ask.To == to {
			how = rugzak.AskAccepted
		}
		a.i.Settle(how, "", s.now())
		if err := s.tellAsker(a, ask); err != nil {
			return err
		}
	}
	a.i.Pass(to, s.now())
	q := a.e.Question
	q.BallWith, q.Since, q.Asked = to, s.now().Format(time.DateOnly), ""
	return nil
}

// tellAsker tells who asked that there is an answer.
func (s *Service) tellAsker(a *inquiring, ask rugzak.BallAsk) error {
	n := rugzak.Notice{Kind: rugzak.NoticeBallAnswered, Entry: a.e.ID, About: string(ask.To)}
	if ask.Asker != "" {
		return s.tellPeople(a.w, a.by, []rugzak.PersonID{ask.Asker}, n)
	}
	n.Entry = ""
	return s.tellHidden(a.w, a.by, a.e, n, nil)
}

// TakeBackBall takes a request back that waits for an answer: who asked may, and
// who may move the question.
func (s *Service) TakeBackBall(ctx context.Context, by rugzak.Person, id rugzak.EntryID, base int) (rugzak.Position, error) {
	return s.inquire(ctx, by, id, base, "take back a request about the ball", func(a *inquiring) error {
		ask, open := a.i.OpenAsk()
		if !open {
			return rugzak.Forbidden("error.ball.none_open")
		}
		if ask.Asker != by.ID {
			if err := a.mustMove(); err != nil {
				return err
			}
		}
		a.verb = rugzak.VerbBallMoved
		a.i.Settle(rugzak.AskTakenBack, "", s.now())
		a.e.Question.Asked = ""
		return nil
	})
}

// beginInquiry is for a question that is newly shared. Whoever asks it cannot
// lay the ball elsewhere: the organisation that was chosen is asked.
func (s *Service) beginInquiry(w rugzak.Writer, by rugzak.Person, e *rugzak.Entry) error {
	q := e.Question
	if e.Kind != rugzak.KindQuestion || q == nil {
		return nil
	}
	q.Asked = ""
	if !q.State.Open() {
		var p rugzak.Problems
		p.Add("question_state", "error.question.answer_later")
		return p.Err()
	}
	if q.BallWith == "" {
		q.Since = ""
		return nil
	}
	to := q.BallWith
	if to == e.Organisation {
		if q.Since == "" {
			q.Since = e.SharedAt.Format(time.DateOnly)
			if e.Mode == rugzak.Anonymous {
				q.Since = monthOf(e.SharedAt).Format(time.DateOnly)
			}
		}
		return nil
	}
	o, err := w.Organisation(to)
	if err != nil && !isMissing(err) {
		return err
	}
	if err != nil || o.Closed || !mayHold(*e, o) {
		var p rugzak.Problems
		p.Add("question_ball_with", "error.ball.cannot_read")
		return p.Err()
	}
	q.BallWith, q.Since = e.Organisation, e.SharedAt.Format(time.DateOnly)
	if e.Mode == rugzak.Anonymous {
		q.Since = monthOf(e.SharedAt).Format(time.DateOnly)
	}
	q.Asked = to
	return nil
}

// askFirst writes down, once a question is stored, the request it was shared with.
func (s *Service) askFirst(w rugzak.Writer, by rugzak.Person, e rugzak.Entry) error {
	if e.Kind != rugzak.KindQuestion || e.Question == nil || e.Question.Asked == "" {
		return nil
	}
	a := &inquiring{w: w, by: by, e: e.Clone(), i: rugzak.InquiryOf(e), mine: true}
	if err := s.askBall(a, e.Question.Asked, ""); err != nil {
		return err
	}
	if e.Mode == rugzak.Anonymous { // when exactly it was written is not told
		a.i.Asks[0].At = monthOf(e.SharedAt)
	}
	return w.SaveInquiry(a.i, a.i.Version)
}
