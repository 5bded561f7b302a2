// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"time"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// AskAboutMe sends a request about one's own data to the administrators. One
// of a kind waits at a time.
func (s *Service) AskAboutMe(ctx context.Context, by rugzak.Person, kind rugzak.RequestKind, text string) error {
	if by.ID == "" || by.ID == Operator().ID {
		return mustSignIn()
	}
	text = rugzak.Line(text)
	var p rugzak.Problems
	switch {
	case !slices.Contains(rugzak.RequestKinds(), kind):
		p.Add("kind", "error.choose")
	case kind == rugzak.RequestCorrection && text == "":
		p.Add("text", "error.required")
	case utf8.RuneCountInString(text) > rugzak.MaxRequest:
		p.Add("text", "error.too_long", rugzak.MaxRequest)
	}
	if err := p.Err(); err != nil {
		return err
	}
	if kind != rugzak.RequestCorrection {
		text = ""
	}
	if err := s.refuseNumbers(field{"text", text}); err != nil {
		return err
	}
	_, err := s.update(ctx, "request about own data", func(w rugzak.Writer) error {
		if _, err := w.Person(by.ID); err != nil {
			return err
		}
		all, err := w.PersonRequests()
		if err != nil {
			return err
		}
		for _, q := range all {
			if q.Person == by.ID && (q.Kind == kind || kind != rugzak.RequestCorrection && q.Kind != rugzak.RequestCorrection) {
				var p rugzak.Problems
				p.Add("kind", "error.request_waits")
				return p.Err()
			}
		}
		q := rugzak.PersonRequest{ID: rugzak.NewID(s.now()), Person: by.ID, Kind: kind, Text: text, At: s.now()}
		if err := w.SavePersonRequest(q); err != nil {
			return err
		}
		if err := s.audit(w, by, rugzak.AuditAsked, "", string(kind)); err != nil {
			return err
		}
		for p, err := range w.People() {
			if err != nil {
				return err
			}
			if rugzak.CanAdminister(p) {
				if err := s.tell(w, p.ID, rugzak.NoticeRequest, q.ID); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return err
}

// TakeBackRequest lets a person take back what they asked.
func (s *Service) TakeBackRequest(ctx context.Context, by rugzak.Person, id string) error {
	_, err := s.update(ctx, "take back request", func(w rugzak.Writer) error {
		q, err := w.PersonRequest(id)
		if err == nil && (by.ID == "" || q.Person != by.ID) {
			err = rugzak.NotFound()
		}
		if err != nil {
			return err
		}
		return s.endRequest(w, q)
	})
	return err
}

// RequestLine is a request as an administrator sees it.
type RequestLine struct {
	Request      rugzak.PersonRequest
	Person       rugzak.Person
	Organisation rugzak.Organisation
	DueAt        time.Time
	Late         bool
	// Texts is how many entries would go with the person: those of which they
	// are the only author. Which ones is nobody's business.
	Texts int
}

// PersonRequests lists what people ask about their own data, oldest first.
func (s *Service) PersonRequests(ctx context.Context, by rugzak.Person) ([]RequestLine, error) {
	if !rugzak.CanAdminister(by) {
		return nil, rugzak.Forbidden("error.administrators_only")
	}
	var out []RequestLine
	err := s.view(ctx, "requests", func(r rugzak.Reader) error {
		all, err := r.PersonRequests()
		if err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		for _, q := range all {
			p, err := r.Person(q.Person)
			if err != nil {
				return err
			}
			line := RequestLine{Request: q, Person: p, Organisation: n.organisation(p.Organisation), DueAt: q.DueAt(), Late: s.now().After(q.DueAt())}
			if q.Kind == rugzak.RequestErasureTexts {
				texts, err := textsOf(r, p)
				if err != nil {
					return err
				}
				line.Texts = len(texts)
			}
			out = append(out, line)
		}
		return nil
	})
	return out, err
}

// textsOf lists the entries of which a person is the only author.
func textsOf(r rugzak.Reader, p rugzak.Person) ([]rugzak.Entry, error) {
	ids, err := ownEntries(r, p)
	if err != nil {
		return nil, err
	}
	var out []rugzak.Entry
	for _, id := range ids {
		e, err := r.Entry(id)
		if err != nil {
			return nil, err
		}
		authors, err := authorsToTell(r, e)
		if err != nil {
			return nil, err
		}
		if len(authors) == 1 {
			out = append(out, e)
		}
	}
	return out, nil
}

// SettleRequest carries a request out, or refuses it: the administrator tells
// the person why, outside the backpack. After a request to be forgotten nothing
// of the person is in any file, once FinishPurges is done.
func (s *Service) SettleRequest(ctx context.Context, by rugzak.Person, id string, done bool) (rugzak.Position, error) {
	if !rugzak.CanAdminister(by) {
		return "", rugzak.Forbidden("error.administrators_only")
	}
	pos, err := s.update(ctx, "settle request", func(w rugzak.Writer) error {
		q, err := w.PersonRequest(id)
		if err != nil {
			return err
		}
		how := "refused"
		if done {
			how = "done"
		}
		if err := s.audit(w, by, rugzak.AuditAskSettled, rugzak.PersonActor(q.Person), string(q.Kind)+" "+how); err != nil {
			return err
		}
		if err := s.endRequest(w, q); err != nil {
			return err
		}
		if done && q.Kind != rugzak.RequestCorrection {
			return s.forget(w, by, q)
		}
		notice := rugzak.NoticeRequestRefused
		if done {
			notice = rugzak.NoticeRequestDone
		}
		return s.tell(w, q.Person, notice, string(q.Kind))
	})
	s.purger.wake()
	return pos, err
}

// forget removes a person, and their texts where they asked for that.
func (s *Service) forget(w rugzak.Writer, by rugzak.Person, q rugzak.PersonRequest) error {
	p, err := w.Person(q.Person)
	if err != nil {
		return err
	}
	if q.Kind == rugzak.RequestErasureTexts {
		texts, err := textsOf(w, p)
		if err != nil {
			return err
		}
		for _, e := range texts {
			if err := s.purgeEntry(w, actorOf(by), e, rugzak.ReasonAuthor); err != nil {
				return err
			}
		}
	}
	if err := s.anonymise(w, actorOf(by), q.Person); err != nil {
		return err
	}
	// The name also goes out of the file of the store, and of its copies.
	return w.SavePurgeJob(rugzak.PurgeJob{
		ID: rugzak.NewID(s.now()), Subject: rugzak.PersonActor(q.Person), Reason: rugzak.ReasonAuthor, At: s.now(), Step: rugzak.PurgeDeleted,
	})
}

// endRequest removes a request, and what administrators were told of it.
func (s *Service) endRequest(w rugzak.Writer, q rugzak.PersonRequest) error {
	if err := w.RemovePersonRequest(q.ID); err != nil {
		return err
	}
	for p, err := range w.People() {
		if err != nil {
			return err
		}
		if !rugzak.CanAdminister(p) {
			continue
		}
		notices, err := w.Notices(p.ID)
		if err != nil {
			return err
		}
		for _, n := range notices {
			if n.Kind == rugzak.NoticeRequest && n.About == q.ID {
				if err := w.RemoveNotice(p.ID, n.ID); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
