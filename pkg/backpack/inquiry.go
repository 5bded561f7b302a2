// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"reflect"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// inquiryOf is what grew beside a question until now.
func inquiryOf(r rugzak.Reader, e rugzak.Entry) (rugzak.Inquiry, error) {
	i, err := r.Inquiry(e.ID)
	if isMissing(err) {
		return rugzak.InquiryOf(e), nil
	}
	return i, err
}

// inquiring is a question while somebody changes what grows beside it.
type inquiring struct {
	w    rugzak.Writer
	by   rugzak.Person
	e    rugzak.Entry
	i    rugzak.Inquiry
	mine bool
	verb rugzak.Verb
}

// inquire changes what grows beside a question. base is the version of the
// inquiry the person saw: somebody who was first is not overwritten. The text
// of the question stays as it is, and so does its version.
func (s *Service) inquire(ctx context.Context, by rugzak.Person, id rugzak.EntryID, base int, what string, change func(*inquiring) error) (rugzak.Position, error) {
	return s.update(ctx, what, func(w rugzak.Writer) error {
		e, mine, err := look(w, by, id)
		if err != nil {
			return err
		}
		if !rugzak.CanPost(by) {
			return rugzak.Forbidden("error.may_not_post")
		}
		i, err := inquiryOf(w, e)
		if err != nil {
			return err
		}
		if i.Version != base {
			return &rugzak.Error{Code: rugzak.CodeConflict, Key: "error.question.changed"}
		}
		if e.Kind != rugzak.KindQuestion || e.Question == nil || !e.State.Public() {
			return rugzak.Forbidden("error.question.shared_only")
		}
		in := &inquiring{w: w, by: by, e: e.Clone(), i: i.Clone(), mine: mine, verb: rugzak.VerbInquirySaved}
		if err := change(in); err != nil {
			return err
		}
		if err := in.i.Validate(); err != nil {
			return err
		}
		if err := w.SaveInquiry(in.i, base); err != nil {
			return err
		}
		if !reflect.DeepEqual(in.e, e) {
			if err := w.SaveEntry(in.e, e.Version, nil); err != nil {
				return err
			}
		}
		return w.Log(s.change(e, by, in.verb))
	})
}

// moves reports whether a person may move a question: its authors, its lead and
// who takes part in it.
func moves(r rugzak.Reader, by rugzak.Person, e rugzak.Entry, i rugzak.Inquiry, mine bool) (bool, error) {
	if !rugzak.CanPost(by) {
		return false, nil
	}
	if mine || i.Lead == by.ID {
		return true, nil
	}
	p, err := r.Participation(by.ID, rugzak.Subject(rugzak.EntrySubject(e.ID)))
	if isMissing(err) {
		return false, nil
	}
	return p.Way == rugzak.WayDo, err
}

// mustMove refuses who may read the question only.
func (a *inquiring) mustMove() error {
	if may, err := moves(a.w, a.by, a.e, a.i, a.mine); err != nil || may {
		return err
	}
	return rugzak.Forbidden("error.question.team_only")
}

// asker is who is written down as the one who asks: nobody for who wrote the
// question without name, so that nothing tells who that is.
func (a *inquiring) asker() rugzak.PersonID {
	if a.mine && a.e.Mode == rugzak.Anonymous {
		return ""
	}
	return a.by.ID
}

// MoveInput is what somebody tells who moves a question.
type MoveInput struct {
	To rugzak.QuestionState
	// Learned is what was learned, or why it is let go; it may be empty.
	Learned string
	Gain    string // what came of it until now
	// Answer is the insight or application that answers the question.
	Answer rugzak.EntryID
}

// MoveQuestion changes the state of a question, by its authors, its lead or its
// team. It is answered only with an insight or application that shows it.
func (s *Service) MoveQuestion(ctx context.Context, by rugzak.Person, id rugzak.EntryID, base int, in MoveInput) (rugzak.Position, error) {
	in.Learned, in.Gain = rugzak.Line(in.Learned), rugzak.Line(in.Gain)
	found, err := s.shortTexts(ctx, field{"learned", in.Learned}, field{"gain", in.Gain})
	if err != nil {
		return "", err
	}
	return s.inquire(ctx, by, id, base, "move question", func(a *inquiring) error {
		if err := a.mustMove(); err != nil {
			return err
		}
		if err := refuseAcross(a.w, a.e, found); err != nil {
			return err
		}
		var p rugzak.Problems
		if !in.To.Valid() {
			p.Add("state", "error.choose")
			return p.Err()
		}
		a.i.Gain = in.Gain
		if in.To != rugzak.QuestionAnswered {
			a.i.Answer = ""
		} else if ok, err := mayAnswer(a.w, by, in.Answer); err != nil {
			return err
		} else if !ok {
			p.Add("answer", "error.question.answer")
			return p.Err()
		} else {
			a.i.Answer = in.Answer
		}
		from := a.e.Question.State
		if from == in.To {
			return nil
		}
		a.verb = rugzak.VerbQuestionMoved
		a.e.Question.State = in.To
		a.i.Move(rugzak.QuestionMove{At: s.now(), From: from, To: in.To, Organisation: by.Organisation, Learned: in.Learned})
		if !in.To.Open() {
			a.i.Settle(rugzak.AskTakenBack, "", s.now())
			a.e.Question.Asked = ""
		}
		return s.tellMoved(a)
	})
}

// mayAnswer reports whether an entry may answer a question: an insight or
// application that is shared and that the person may read.
func mayAnswer(r rugzak.Reader, by rugzak.Person, id rugzak.EntryID) (bool, error) {
	e, _, err := look(r, by, id)
	if isMissing(err) {
		return false, nil
	}
	return err == nil && e.State.Public() && (e.Kind == rugzak.KindInsight || e.Kind == rugzak.KindApplication), err
}

// tellMoved tells who joins in, the lead and the authors that a question moved.
// Whoever moved it knows.
func (s *Service) tellMoved(a *inquiring) error {
	people, err := followersOf(a.w, rugzak.Subject(rugzak.EntrySubject(a.e.ID)))
	if err != nil {
		return err
	}
	people = append(people, a.e.Authors...)
	if a.i.Lead != "" {
		people = append(people, a.i.Lead)
	}
	about := string(a.e.Question.State)
	if err := s.tellPeople(a.w, a.by, people, rugzak.Notice{Kind: rugzak.NoticeQuestionMoved, Entry: a.e.ID, About: about}); err != nil {
		return err
	}
	return s.tellHidden(a.w, a.by, a.e, rugzak.Notice{Kind: rugzak.NoticeQuestionMoved, About: about}, people)
}

// maxTold bounds how many people one act tells.
const maxTold = 1000

// tellAgainAfter is how long somebody is not told the same once more: who asks,
// takes back and asks again does not ring the bell each time.
const tellAgainAfter = 24 * time.Hour

// toldLately reports whether a person was told the same not long ago. Each
// answer to what they asked themselves is news.
func (s *Service) toldLately(r rugzak.Reader, n rugzak.Notice) (bool, error) {
	if n.Kind == rugzak.NoticeBallAnswered {
		return false, nil
	}
	lately, err := r.NoticesSince(n.Person, s.now().Add(-tellAgainAfter))
	return slices.ContainsFunc(lately, func(o rugzak.Notice) bool {
		return o.Kind == n.Kind && o.Entry == n.Entry && o.Theme == n.Theme && o.About == n.About
	}), err
}

// tellPeople leaves a notice for people who may see what it is about; not for who did
// it, for each once, and not for who was told the same lately.
func (s *Service) tellPeople(w rugzak.Writer, by rugzak.Person, people []rugzak.PersonID, n rugzak.Notice) error {
	var e rugzak.Entry
	if n.Entry != "" {
		var err error
		if e, err = w.Rights(n.Entry); err != nil {
			return err
		}
	}
	people = slices.DeleteFunc(unique(people), func(p rugzak.PersonID) bool { return p == by.ID })
	for _, id := range people[:min(len(people), maxTold)] {
		p, err := w.Person(id)
		if isMissing(err) || err == nil && (p.Inactive || n.Entry != "" && !rugzak.CanRead(p, e)) {
			continue
		}
		if err != nil {
			return err
		}
		n.ID, n.Person, n.At = rugzak.NewID(s.now()), id, s.now()
		if lately, err := s.toldLately(w, n); err != nil || lately {
			if err != nil {
				return err
			}
			continue
		}
		if err := w.SaveNotice(n); err != nil {
			return err
		}
	}
	return nil
}

// tellHidden tells who wrote an entry without name, through the hidden link and
// without naming the entry; not those who were told otherwise.
func (s *Service) tellHidden(w rugzak.Writer, by rugzak.Person, e rugzak.Entry, n rugzak.Notice, told []rugzak.PersonID) error {
	if e.Mode != rugzak.Anonymous {
		return nil
	}
	authors, err := w.HiddenAuthors(e.ID)
	if err != nil {
		return err
	}
	authors = slices.DeleteFunc(authors, func(p rugzak.PersonID) bool { return slices.Contains(told, p) })
	return s.tellPeople(w, by, authors, n)
}
