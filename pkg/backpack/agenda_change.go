// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// errSame ends a change of an item that changes nothing: nobody is told.
var errSame = errors.New("nothing changed")

// logAgenda appends to the change log what happened to an item.
func (s *Service) logAgenda(w rugzak.Writer, by rugzak.Person, verb rugzak.Verb, id string) error {
	return w.Log(rugzak.Change{At: s.now(), Actor: rugzak.PersonActor(by.ID), Verb: verb, Subject: string(rugzak.AgendaSubject(id))})
}

// changeItem changes an item, and tells who joins in with it. The rule of who
// may is the caller's, unless they lead or curate it: then CanProgress holds.
func (s *Service) changeItem(ctx context.Context, by rugzak.Person, id string, verb rugzak.Verb, change func(rugzak.Writer, *rugzak.AgendaItem) error) (rugzak.AgendaItem, error) {
	var item rugzak.AgendaItem
	_, err := s.update(ctx, "change agenda item", func(w rugzak.Writer) error {
		var err error
		item, err = s.changeItemIn(w, by, id, verb, change)
		return err
	})
	return item, err
}

func (s *Service) changeItemIn(w rugzak.Writer, by rugzak.Person, id string, verb rugzak.Verb, change func(rugzak.Writer, *rugzak.AgendaItem) error) (rugzak.AgendaItem, error) {
	if !rugzak.CanPost(by) {
		return rugzak.AgendaItem{}, rugzak.Forbidden("error.may_not_post")
	}
	m, err := w.Movement()
	if err != nil {
		return rugzak.AgendaItem{}, err
	}
	i := slices.IndexFunc(m.Agenda, func(a rugzak.AgendaItem) bool { return a.ID == id })
	if i < 0 {
		return rugzak.AgendaItem{}, rugzak.NotFound()
	}
	item := m.Agenda[i]
	if hidden, err := hidesText(w, by, rugzak.AgendaSubject(id)); err != nil {
		return item, err
	} else if hidden {
		return rugzak.AgendaItem{}, rugzak.NotFound()
	}
	if !rugzak.CanProgress(by, item) {
		return rugzak.AgendaItem{}, rugzak.Forbidden("error.agenda.leaders")
	}
	if err := change(w, &item); errors.Is(err, errSame) {
		return item, nil
	} else if err != nil {
		return item, err
	}
	if err := item.Validate(); err != nil {
		return item, err
	}
	item.UpdatedAt = s.now()
	m.Agenda = slices.Clone(m.Agenda)
	m.Agenda[i] = item
	if err := w.SaveMovement(m); err != nil {
		return item, err
	}
	if err := errors.Join(s.logAgenda(w, by, verb, id), s.textMended(w, rugzak.AgendaSubject(id))); err != nil {
		return item, err
	}
	people, err := followersOf(w, rugzak.AgendaSubject(id))
	if err != nil {
		return item, err
	}
	return item, s.tellPeople(w, by, people, rugzak.Notice{Kind: rugzak.NoticeAgendaMoved, About: id})
}

// ProgressItem tells in words how far an item is.
func (s *Service) ProgressItem(ctx context.Context, by rugzak.Person, id, text string) error {
	text = rugzak.Line(text)
	found, err := s.shortTexts(ctx, field{"progress", text})
	if err != nil {
		return err
	}
	_, err = s.changeItem(ctx, by, id, rugzak.VerbAgendaProgress, func(_ rugzak.Writer, item *rugzak.AgendaItem) error {
		if n := item.Newest(); n != nil && n.Text == text && n.Organisation == by.Organisation {
			return errSame // sent twice
		}
		if len(item.Progress) >= rugzak.MaxAgendaProgress {
			var p rugzak.Problems
			p.Add("progress", "error.agenda.progress_full", rugzak.MaxAgendaProgress)
			return p.Err()
		}
		item.Progress = append(slices.Clone(item.Progress), rugzak.AgendaProgress{At: s.now(), Organisation: by.Organisation, Text: text})
		return refusePartners(found)
	})
	return err
}

// MoveItem puts an item under another horizon, at its end.
func (s *Service) MoveItem(ctx context.Context, by rugzak.Person, id string, to rugzak.Horizon) error {
	if !rugzak.CanCurate(by) {
		return rugzak.Forbidden("error.curators_only")
	}
	_, err := s.changeItem(ctx, by, id, rugzak.VerbAgendaMoved, func(_ rugzak.Writer, item *rugzak.AgendaItem) error {
		if item.Horizon == to {
			return errSame
		}
		item.Horizon, item.Version = to, item.Version+1
		return nil
	})
	return err
}

// OrderItem puts an item before the one above it, or after the one below it, of
// its horizon. Nobody is told.
func (s *Service) OrderItem(ctx context.Context, by rugzak.Person, id string, up bool) error {
	if !rugzak.CanCurate(by) {
		return rugzak.Forbidden("error.curators_only")
	}
	_, err := s.update(ctx, "order agenda", func(w rugzak.Writer) error {
		m, err := w.Movement()
		if err != nil {
			return err
		}
		i := slices.IndexFunc(m.Agenda, func(a rugzak.AgendaItem) bool { return a.ID == id })
		if i < 0 {
			return rugzak.NotFound()
		}
		step := 1
		if up {
			step = -1
		}
		m.Agenda = slices.Clone(m.Agenda)
		for j := i + step; j >= 0 && j < len(m.Agenda); j += step {
			if m.Agenda[j].Horizon == m.Agenda[i].Horizon && m.Agenda[j].Done() == m.Agenda[i].Done() {
				m.Agenda[i], m.Agenda[j] = m.Agenda[j], m.Agenda[i]
				return errors.Join(w.SaveMovement(m), s.logAgenda(w, by, rugzak.VerbAgendaSaved, id))
			}
		}
		return nil
	})
	return err
}

// FinishItem says that an item is done, with what we learned when there is
// something, or takes it up again.
func (s *Service) FinishItem(ctx context.Context, by rugzak.Person, id string, done bool, learned string) error {
	learned = rugzak.Line(learned)
	found, err := s.shortTexts(ctx, field{"learned", learned})
	if err != nil {
		return err
	}
	_, err = s.changeItem(ctx, by, id, rugzak.VerbAgendaMoved, func(_ rugzak.Writer, item *rugzak.AgendaItem) error {
		if item.Done() == done && (!done || item.Learned == learned) {
			return errSame
		}
		if !done {
			item.DoneAt = time.Time{}
			return nil
		}
		if !item.Done() {
			item.DoneAt = s.now()
		}
		item.Learned = learned
		return refusePartners(found)
	})
	return err
}

// RemoveItem takes an item off the agenda, with who joins in with it.
func (s *Service) RemoveItem(ctx context.Context, by rugzak.Person, id string) error {
	if !rugzak.CanCurate(by) {
		return rugzak.Forbidden("error.curators_only")
	}
	_, err := s.update(ctx, "remove agenda item", func(w rugzak.Writer) error {
		m, err := w.Movement()
		if err != nil {
			return err
		}
		if _, ok := m.Item(id); !ok {
			return rugzak.NotFound()
		}
		m.Agenda = slices.DeleteFunc(slices.Clone(m.Agenda), func(a rugzak.AgendaItem) bool { return a.ID == id })
		if err := w.SaveMovement(m); err != nil {
			return err
		}
		return s.logAgenda(w, by, rugzak.VerbAgendaRemoved, id)
	})
	return err
}
