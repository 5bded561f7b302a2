// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// subject is something people join in with, as one reader may see it.
type subject struct {
	of    rugzak.Subject
	title string
	lang  rugzak.Lang
	entry rugzak.Entry // of a question
	// readable says whether somebody may see it; shown is an organisation it
	// shows by itself.
	readable func(rugzak.Person) bool
	shown    rugzak.OrganisationID
}

// lookSubject fetches what somebody wants to join in with: a shared question, a
// theme or an item of the agenda. Absent and hidden are alike.
func lookSubject(r rugzak.Reader, by rugzak.Person, of rugzak.Subject) (subject, error) {
	s := subject{of: of}
	kind, id := of.Split()
	switch kind {
	case rugzak.OfEntry:
		e, _, err := look(r, by, rugzak.EntryID(id))
		if err != nil {
			return s, err
		}
		if e.Kind != rugzak.KindQuestion || !e.State.Public() {
			return s, rugzak.Forbidden("error.join.question_only")
		}
		s.entry, s.title, s.lang, s.shown = e, e.Title, e.Lang, e.Organisation
		s.readable = func(p rugzak.Person) bool { return rugzak.CanRead(p, e) }
		return s, nil
	case rugzak.OfTheme:
		t, err := lookTheme(r, by, rugzak.ThemeID(id))
		if err != nil {
			return s, err
		}
		return subjectOfTheme(t), nil
	case rugzak.OfAgenda:
		m, err := r.Movement()
		if err != nil {
			return s, err
		}
		for _, item := range m.Agenda {
			if item.ID == id && by.ID != "" && !by.Inactive {
				hidden, err := hidesText(r, by, of)
				if err == nil && hidden {
					err = rugzak.NotFound()
				}
				return subjectOfItem(item), err
			}
		}
	}
	return s, rugzak.NotFound()
}

func subjectOfTheme(t rugzak.Theme) subject {
	return subject{
		of: rugzak.Subject(rugzak.ThemeSubject(t.ID)), title: t.Title,
		readable: func(p rugzak.Person) bool { return rugzak.CanReadTheme(p, t) },
	}
}

func subjectOfItem(item rugzak.AgendaItem) subject {
	return subject{
		of: rugzak.AgendaSubject(item.ID), title: item.Title,
		readable: func(p rugzak.Person) bool { return p.ID != "" && !p.Inactive },
	}
}

// JoinInput is what somebody brings who joins in.
type JoinInput struct {
	Way      rugzak.Way
	Step     string
	When     string
	ShowName bool
}

// Join lets a person join in with a subject, or join in otherwise than before.
// The three ways have three results: who follows is told what happens, who
// thinks along is led to where they can ask or answer, who takes part promises a
// small step.
func (s *Service) Join(ctx context.Context, by rugzak.Person, of rugzak.Subject, in JoinInput) error {
	in.Step = rugzak.Line(in.Step)
	found, err := s.shortTexts(ctx, field{"step", in.Step})
	if err != nil {
		return err
	}
	_, err = s.update(ctx, "join", func(w rugzak.Writer) error {
		if !rugzak.CanPost(by) {
			return rugzak.Forbidden("error.may_not_post")
		}
		sub, err := lookSubject(w, by, of)
		if err != nil {
			return err
		}
		p, before := rugzak.Participation{Person: by.ID, Of: of, Way: in.Way, At: s.now()}, ""
		switch old, err := w.Participation(by.ID, of); {
		case err == nil:
			p.Meeting, p.At = old.Meeting, old.At
			if old.Promised() {
				before = old.When
			}
		case !isMissing(err):
			return err
		default:
			all, err := w.Participations(by.ID)
			if err != nil {
				return err
			}
			if len(all) >= rugzak.MaxParticipations {
				return rugzak.Forbidden("error.join.many", rugzak.MaxParticipations)
			}
		}
		if in.Way == rugzak.WayDo {
			p.Step, p.When, p.ShowName = in.Step, in.When, in.ShowName
			if err := refuseAcross(w, sub.entry, found); err != nil {
				return err
			}
		}
		if err := p.Validate(); err != nil {
			return err
		}
		if p.When != before { // the words of a step that is late may change without its day
			if err := s.mayPromise(p.When); err != nil {
				return err
			}
		}
		return w.SaveParticipation(p)
	})
	return err
}

// mayPromise refuses a day that has passed: what is to be done cannot be done
// then.
func (s *Service) mayPromise(when string) error {
	var ps rugzak.Problems
	if when != "" && when < day(s.now()) {
		ps.Add("when", "error.join.past")
	}
	return ps.Err()
}

// StopJoining lets a person leave, without a reason. The subject may be hidden
// or gone by now, which the answer does not tell.
func (s *Service) StopJoining(ctx context.Context, by rugzak.Person, of rugzak.Subject) error {
	_, err := s.update(ctx, "stop joining", func(w rugzak.Writer) error {
		if err := w.RemoveParticipation(by.ID, of); err != nil && !isMissing(err) {
			return err
		}
		return nil
	})
	return err
}

// SettlePromise says of one's own step that it was done, or when it will be.
func (s *Service) SettlePromise(ctx context.Context, by rugzak.Person, of rugzak.Subject, done bool, when string) error {
	_, err := s.update(ctx, "settle promise", func(w rugzak.Writer) error {
		p, err := w.Participation(by.ID, of)
		if err != nil {
			return err
		}
		if p.Way != rugzak.WayDo {
			return rugzak.NotFound()
		}
		if done {
			p.DoneAt = s.now()
		} else {
			p.When, p.DoneAt = when, time.Time{}
		}
		if err := p.Validate(); err != nil {
			return err
		}
		if !done {
			if err := s.mayPromise(when); err != nil {
				return err
			}
		}
		return w.SaveParticipation(p)
	})
	return err
}

// Joining returns how people join in with a subject, for the page on which
// somebody does.
func (s *Service) Joining(ctx context.Context, by rugzak.Person, of rugzak.Subject) (Joining, error) {
	var j Joining
	err := s.view(ctx, "joining", func(r rugzak.Reader) error {
		sub, err := lookSubject(r, by, of)
		if err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		j, err = n.joining(by, sub)
		return err
	})
	return j, err
}

// followersOf lists who is told what happens to a subject: everybody who joins
// in with it, in whatever way, and may see it now.
func followersOf(r rugzak.Reader, of rugzak.Subject) ([]rugzak.PersonID, error) {
	var out []rugzak.PersonID
	readable, err := readers(r, of)
	if err != nil || readable == nil {
		return nil, err
	}
	for p, err := range r.Participants(of) {
		if err != nil {
			return nil, err
		}
		if readable(p.Member) {
			out = append(out, p.Person)
		}
	}
	return out, nil
}

// readers returns the rule of who may see a subject; nil for one that is gone.
func readers(r rugzak.Reader, of rugzak.Subject) (func(rugzak.Person) bool, error) {
	kind, id := of.Split()
	switch kind {
	case rugzak.OfEntry:
		e, err := r.Rights(rugzak.EntryID(id))
		if isMissing(err) {
			return nil, nil
		}
		return func(p rugzak.Person) bool { return rugzak.CanRead(p, e) }, err
	case rugzak.OfTheme:
		t, err := r.Theme(rugzak.ThemeID(id))
		if isMissing(err) {
			return nil, nil
		}
		return func(p rugzak.Person) bool { return rugzak.CanReadTheme(p, t) }, err
	case "":
		return nil, nil
	}
	return func(p rugzak.Person) bool { return p.ID != "" && !p.Inactive }, nil
}

// Joined is something a person joined in with.
type Joined struct {
	Of    rugzak.Subject
	Way   rugzak.Way
	Title string
	Lang  rugzak.Lang
	At    time.Time
}

// Joined lists what a person joined in with and may still see, newest first.
func (s *Service) Joined(ctx context.Context, by rugzak.Person) ([]Joined, error) {
	var out []Joined
	err := s.view(ctx, "joined", func(r rugzak.Reader) (err error) {
		out, _, err = joined(r, by, rugzak.MaxParticipations)
		return err
	})
	return out, err
}

// joined reads up to most of it, and says whether there is more.
func joined(r rugzak.Reader, by rugzak.Person, most int) (out []Joined, more bool, err error) {
	all, err := r.Participations(by.ID)
	if err != nil {
		return nil, false, err
	}
	slices.SortStableFunc(all, func(a, b rugzak.Participation) int { return b.At.Compare(a.At) })
	for _, p := range all {
		sub, err := lookSubject(r, by, p.Of)
		if isMissing(err) || rugzak.CodeOf(err) == rugzak.CodeForbidden {
			continue
		}
		if err != nil {
			return nil, false, err
		}
		if len(out) == most {
			return out, true, nil
		}
		out = append(out, Joined{Of: p.Of, Way: p.Way, Title: sub.title, Lang: sub.lang, At: p.At})
	}
	return out, false, nil
}
