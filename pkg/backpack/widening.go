// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// AskedWidening is a request as the author of the entry sees it.
type AskedWidening struct {
	ID           string
	Entry        rugzak.EntryID
	Title        string
	Lang         rugzak.Lang
	By           string // who asks
	Organisation rugzak.Organisation
	Audience     AudienceWords // what would come on top
}

// Alone is a list of this one request.
func (a AskedWidening) Alone() []AskedWidening { return []AskedWidening{a} }

// WideningChoices lists what a reader may ask the author of an entry for: what
// the author could choose, as far as the reader may know of it.
func (s *Service) WideningChoices(ctx context.Context, by rugzak.Person, id rugzak.EntryID) (AudienceChoices, error) {
	var c AudienceChoices
	err := s.view(ctx, "widening choices", func(r rugzak.Reader) error {
		e, mine, err := look(r, by, id)
		if err != nil {
			return err
		}
		if !rugzak.CanPost(by) {
			return rugzak.Forbidden("error.may_not_post")
		}
		c, err = wideningChoices(r, by, e, mine)
		return err
	})
	return c, err
}

func wideningChoices(r rugzak.Reader, by rugzak.Person, e rugzak.Entry, mine bool) (AudienceChoices, error) {
	c, err := audienceChoices(r, rugzak.Person{}, e.Organisation, e.OrganisationKind)
	if err != nil {
		return c, err
	}
	knows := knowsAudience(by, e, mine)
	has := func(o rugzak.Organisation) bool {
		return !rugzak.CanKnowOrganisation(by, o) || o.ID == by.Organisation || knows && slices.Contains(e.Audience.Also, o.ID)
	}
	c.Departments, c.Partners = slices.DeleteFunc(c.Departments, has), slices.DeleteFunc(c.Partners, has)
	if knows {
		c.Levels = slices.DeleteFunc(c.Levels, func(l rugzak.Level) bool { return l.Rank() <= e.Audience.Level.Rank() })
		c.WholeMunicipality = c.WholeMunicipality && !slices.Contains(e.Audience.Also, rugzak.WholeMunicipality)
		if e.Audience.Level == rugzak.LevelInternal || slices.Contains(e.Audience.Also, rugzak.WholeMunicipality) {
			c.Departments = nil // they all may read it
		}
	}
	return c, nil
}

// knowsAudience reports whether a reader is told who else may read an entry.
func knowsAudience(by rugzak.Person, e rugzak.Entry, mine bool) bool {
	return mine || by.IsMember() || by.Organisation == e.Organisation
}

// AskWidening asks the author of an entry whether more people may read it.
// Nothing changes before the author says yes, and who asks does not learn who
// the author is.
func (s *Service) AskWidening(ctx context.Context, by rugzak.Person, id rugzak.EntryID, more rugzak.Audience) error {
	_, err := s.update(ctx, "ask widening", func(w rugzak.Writer) error {
		e, mine, err := look(w, by, id)
		if err != nil {
			return err
		}
		if !rugzak.CanPost(by) {
			return rugzak.Forbidden("error.may_not_post")
		}
		if err := s.mayAsk(w, by, e, mine); err != nil {
			return err
		}
		ask := rugzak.Widening{
			ID: rugzak.NewID(s.now()), Entry: id, Asker: by.ID, Audience: more.Clean(""), State: rugzak.WideningOpen, At: s.now(),
		}
		if err := checkWidening(w, by, e, ask.Audience); err != nil {
			return err
		}
		if err := w.SaveWidening(ask); err != nil {
			return err
		}
		return s.tellAuthors(w, e)
	})
	return err
}

// mayAsk bounds how often anybody asks: once about an entry as long as a
// request lasts, and so many times a day. Requests that are over go.
func (s *Service) mayAsk(w rugzak.Writer, by rugzak.Person, e rugzak.Entry, mine bool) error {
	var p rugzak.Problems
	if mine {
		p.Add("audience", "error.widening.own")
		return p.Err()
	}
	var over []rugzak.Widening
	today := 0
	for x, err := range w.AllWidenings() {
		switch {
		case err != nil:
			return err
		case x.Expired(s.now()):
			over = append(over, x)
		case x.Asker != by.ID:
		case x.Entry == e.ID && x.State == rugzak.WideningOpen:
			p.Add("audience", "error.widening.asked")
		case x.Entry == e.ID:
			p.Add("audience", "error.widening.answered")
		case s.now().Sub(x.At) < 24*time.Hour:
			today++
		}
	}
	if today >= rugzak.MaxWidenings {
		p.Add("audience", "error.widening.many", rugzak.MaxWidenings)
	}
	if err := p.Err(); err != nil {
		return err
	}
	for _, x := range over {
		if err := w.RemoveWidening(x.Entry, x.ID); err != nil {
			return err
		}
	}
	return nil
}

// checkWidening wants something on top that was offered.
func checkWidening(r rugzak.Reader, by rugzak.Person, e rugzak.Entry, more rugzak.Audience) error {
	choices, err := wideningChoices(r, by, e, false)
	if err != nil {
		return err
	}
	var p rugzak.Problems
	if more.Level == "" && len(more.Also) == 0 {
		p.Add("audience", "error.widening.nothing")
	} else if more.Level != "" && !slices.Contains(choices.Levels, more.Level) {
		p.Add("audience", "error.audience.choice")
	} else if slices.ContainsFunc(more.Also, func(o rugzak.OrganisationID) bool { return !choices.offers(o) }) {
		p.Add("audience", "error.audience.choice")
	}
	return p.Err()
}

// tellAuthors tells the authors of an entry that somebody asks. Who wrote
// without name is reached through the hidden link, and told without the entry.
func (s *Service) tellAuthors(w rugzak.Writer, e rugzak.Entry) error {
	authors, about := e.Authors, e.ID
	if e.Mode == rugzak.Anonymous {
		var err error
		if authors, err = w.HiddenAuthors(e.ID); err != nil {
			return err
		}
		about = ""
	}
	for _, a := range authors {
		if p, err := w.Person(a); isMissing(err) || err == nil && p.Inactive {
			continue // nobody is left to say yes
		} else if err != nil {
			return err
		}
		n := rugzak.Notice{ID: rugzak.NewID(s.now()), Person: a, Kind: rugzak.NoticeWideningAsked, Entry: about, At: s.now()}
		if err := w.SaveNotice(n); err != nil {
			return err
		}
	}
	return nil
}

// AnswerWidening is the author's answer. On yes the audience changes as if the
// author had chosen it: by the same rules, and with the same confirmation.
func (s *Service) AnswerWidening(ctx context.Context, by rugzak.Person, id rugzak.EntryID, request string, yes bool, confirmed ...rugzak.OrganisationID) (Saved, error) {
	var saved Saved
	pos, err := s.update(ctx, "answer widening", func(w rugzak.Writer) error {
		e, err := lookMine(w, by, id)
		if err != nil {
			return err
		}
		saved.Entry = e
		ask, err := s.standing(w, e, request)
		if err != nil {
			return err
		}
		if !yes {
			return s.settleWidening(w, ask, rugzak.WideningNo)
		}
		if saved.Entry, err = s.setAudience(w, by, e, e.Audience.Widened(ask.Audience), confirmed); err != nil {
			return err
		}
		if ask, err = w.Widening(id, request); err != nil || ask.State != rugzak.WideningOpen {
			return err // settled with the change
		}
		return s.settleWidening(w, ask, rugzak.WideningYes)
	})
	saved.Position = pos
	return saved, err
}

// standing fetches a request that can be answered: it is open, not over, the
// entry is shared, and who asked may still read it.
func (s *Service) standing(r rugzak.Reader, e rugzak.Entry, request string) (rugzak.Widening, error) {
	if !rugzak.ValidID(request) {
		return rugzak.Widening{}, rugzak.NotFound()
	}
	ask, err := r.Widening(e.ID, request)
	if err != nil {
		return ask, err
	}
	stands, err := s.stands(r, e, ask)
	if err == nil && !stands {
		err = rugzak.NotFound()
	}
	return ask, err
}

func (s *Service) stands(r rugzak.Reader, e rugzak.Entry, ask rugzak.Widening) (bool, error) {
	if ask.State != rugzak.WideningOpen || ask.Expired(s.now()) || !e.State.Public() {
		return false, nil
	}
	asker, err := r.Person(ask.Asker)
	if isMissing(err) {
		return false, nil
	}
	return err == nil && rugzak.CanPost(asker) && rugzak.CanRead(asker, e), err
}

// settleWidening writes down an answer and tells who asked.
func (s *Service) settleWidening(w rugzak.Writer, ask rugzak.Widening, to rugzak.WideningState) error {
	ask.State = to
	if err := w.SaveWidening(ask); err != nil {
		return err
	}
	kind := rugzak.NoticeWideningYes
	if to == rugzak.WideningNo {
		kind = rugzak.NoticeWideningNo
	}
	return w.SaveNotice(rugzak.Notice{ID: rugzak.NewID(s.now()), Person: ask.Asker, Kind: kind, Entry: ask.Entry, At: s.now()})
}

// settleWidenings answers the requests of an entry that a change settles: yes
// to what the audience now holds, none at all when the entry is withdrawn.
func (s *Service) settleWidenings(w rugzak.Writer, e rugzak.Entry) error {
	all, err := w.Widenings(e.ID)
	for _, ask := range all {
		switch {
		case err != nil:
		case !e.State.Public():
			err = w.RemoveWidening(e.ID, ask.ID)
		case ask.State == rugzak.WideningOpen && !ask.Expired(s.now()) && e.Audience.Widened(ask.Audience).Clean(e.Organisation).Equal(e.Audience):
			err = s.settleWidening(w, ask, rugzak.WideningYes)
		}
	}
	return err
}
