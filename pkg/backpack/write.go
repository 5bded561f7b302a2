// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"
	"reflect"
	"slices"

	"rugzak/pkg/rugzak"
)

// Saved is an entry as it was stored, and where in the change log.
type Saved struct {
	Entry    rugzak.Entry
	Position rugzak.Position
}

// NewID makes the id for an entry that a person begins: the key of its form, by
// which it is made once however often the form is sent. Nobody else can begin
// an entry under it.
func (s *Service) NewID(ctx context.Context, by rugzak.Person) (id rugzak.EntryID, err error) {
	err = s.view(ctx, "new id", func(r rugzak.Reader) error {
		key, err := r.Key()
		id = rugzak.MintID(key, by.ID, s.now())
		return err
	})
	return id, err
}

// prepare does everything that needs no transaction: it cleans the form,
// screens it and makes sure the text can be rendered within the limits.
func (s *Service) prepare(ctx context.Context, by rugzak.Person, in Input) (Input, error) {
	if !rugzak.CanPost(by) {
		return in, rugzak.Forbidden("error.may_not_post")
	}
	in = s.withAskPhase(in.clean())
	err := in.checkIDs()
	if err != nil {
		return in, err
	}
	if in.NotBSN, err = block(s.screen(in.texts(), in.NotBSN)); err != nil {
		return in, err
	}
	if len(in.Body) <= rugzak.MaxBody && in.Lang.Valid() {
		if _, err := s.Renderer.Render(ctx, in.Body, in.Lang); err != nil {
			return in, asBodyProblem(err)
		}
	}
	return in, nil
}

// asBodyProblem puts a refusal of the renderer next to the body.
func asBodyProblem(err error) error {
	e, ok := errors.AsType[*rugzak.Error](err)
	if !ok || e.Code != rugzak.CodeInvalid {
		return err
	}
	var p rugzak.Problems
	p.Add("body", e.Key, e.Args...)
	return p.Err()
}

// Revise stores a new revision of a shared entry. base is the version the
// writer started from.
func (s *Service) Revise(ctx context.Context, by rugzak.Person, id rugzak.EntryID, base int, in Input) (Saved, error) {
	in, err := s.prepare(ctx, by, in)
	if err != nil {
		return Saved{}, err
	}
	found, err := s.inspect(ctx, in.texts(), in.NotBSN)
	if err != nil {
		return Saved{}, err
	}
	var saved Saved
	saved.Position, err = s.update(ctx, "revise entry", func(w rugzak.Writer) error {
		before, err := lookMine(w, by, id)
		if err != nil {
			return err
		}
		if before.State == rugzak.StateDraft || before.Version != base {
			return rugzak.Conflict()
		}
		e := before.Clone()
		in.fill(&e)
		if e.Audience.Level == "" {
			e.Audience = before.Audience
		}
		if (e.Mode == rugzak.Anonymous) != (before.Mode == rugzak.Anonymous) {
			var p rugzak.Problems
			p.Add("author_mode", "error.mode_fixed")
			return p.Err()
		}
		was, as := onceSettled(before), onceSettled(e)
		if err := sayInText(w, id, e.Body); err != nil {
			return err
		}
		if err := s.checkShared(w, by, as, in, &was); err != nil {
			return err
		}
		if err := letOut(w, e, found, in.Reviewed, slices.Equal(in.texts(), s.InputOf(before).texts())); err != nil {
			return err
		}
		gained, err := confirmed(w, was, as, in.Confirmed)
		if err != nil {
			return err
		}
		saved.Entry = before
		if reflect.DeepEqual(e, before) {
			return nil
		}
		if err := s.reviewed(w, &e); err != nil {
			return err
		}
		if saved.Entry, err = s.saveRevision(w, by, before, e, rugzak.ReasonRevised); err != nil {
			return err
		}
		return s.auditCrossing(w, by, saved.Entry, gained)
	})
	return saved, err
}

// onceSettled is an entry as it is when a report of it is settled: who settles
// it shows it to whom its author chose, and asks nothing more about that.
func onceSettled(e rugzak.Entry) rugzak.Entry {
	if e.State == rugzak.StateReported {
		e.State = rugzak.StateShared
	}
	return e
}

// saveRevision stores e as the newest revision and logs what happened to the
// text and to the audience.
func (s *Service) saveRevision(w rugzak.Writer, by rugzak.Person, before, e rugzak.Entry, reason rugzak.RevisionReason) (rugzak.Entry, error) {
	e.Revision, e.Version, e.UpdatedAt = before.Revision+1, before.Version+1, s.now()
	note := &rugzak.RevisionNote{Actor: e.Actor(by.ID), Reason: reason}
	if err := w.SaveEntry(e, before.Version, note); err != nil {
		return e, err
	}
	verb := rugzak.VerbEntryRevised
	if reason == rugzak.ReasonRestored {
		verb = rugzak.VerbEntryRestored
	}
	if err := w.Log(s.change(e, by, verb)); err != nil {
		return e, err
	}
	return e, s.logAudience(w, by, before, e)
}

// logAudience notes who gained or lost sight of an entry.
func (s *Service) logAudience(w rugzak.Writer, by rugzak.Person, before, e rugzak.Entry) error {
	if e.Audience.NarrowerThan(before.Audience) {
		if err := w.Log(s.change(e, by, rugzak.VerbAudienceNarrow)); err != nil {
			return err
		}
	}
	if !before.Audience.NarrowerThan(e.Audience) {
		return nil
	}
	if err := s.settleWidenings(w, e); err != nil {
		return err
	}
	return w.Log(s.change(e, by, rugzak.VerbAudienceWide))
}

// change is a record of the log about an entry. Nothing in it tells who wrote
// without name.
func (s *Service) change(e rugzak.Entry, by rugzak.Person, verb rugzak.Verb) rugzak.Change {
	return rugzak.Change{At: s.now(), Actor: e.Actor(by.ID), Verb: verb, Subject: rugzak.EntrySubject(e.ID)}
}

// Restore makes an older text of an entry the newest again. Audience, themes
// and state stay as they are.
func (s *Service) Restore(ctx context.Context, by rugzak.Person, id rugzak.EntryID, number, base int) (Saved, error) {
	var saved Saved
	pos, err := s.update(ctx, "restore revision", func(w rugzak.Writer) error {
		before, err := lookMine(w, by, id)
		if err != nil {
			return err
		}
		if before.Version != base {
			return rugzak.Conflict()
		}
		revs, err := visibleRevisions(w, by, before, true)
		if err != nil {
			return err
		}
		if before.Revision == 0 || number < 1 || number > len(revs) {
			return rugzak.NotFound()
		}
		old := revs[number-1]
		in := s.InputOf(old.Entry)
		in.Audience, in.Mode = before.Audience, before.Mode
		if in.Application != nil && before.Application != nil { // who is told is part of the audience
			in.Application.Tell = before.Application.Tell
		}
		in.Themes, in.ThemesShown = nil, nil
		if in.NotBSN, err = block(s.screen(in.texts(), in.NotBSN)); err != nil {
			return err
		}
		e := before.Clone()
		in.fill(&e)
		if err := e.Validate(); err != nil {
			return err
		}
		if err := checkSources(w, by, onceSettled(before), onceSettled(e)); err != nil {
			return err
		}
		if err := s.mayCross(w, e); err != nil {
			return err
		}
		saved.Entry, err = s.saveRevision(w, by, before, e, rugzak.ReasonRestored)
		return err
	})
	saved.Position = pos
	return saved, err
}
