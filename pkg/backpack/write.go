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
	in = in.clean()
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

// SaveDraft stores an unfinished entry for its author only. base is the
// version the form was made from, 0 for a new one.
func (s *Service) SaveDraft(ctx context.Context, by rugzak.Person, id rugzak.EntryID, base int, in Input) (Saved, error) {
	in, err := s.prepare(ctx, by, in)
	if err != nil {
		return Saved{}, err
	}
	var saved Saved
	saved.Position, err = s.update(ctx, "save draft", func(w rugzak.Writer) error {
		e, version, err := s.draft(w, by, id, base)
		if err == nil {
			err = s.touched(w, id)
		}
		if err != nil {
			return err
		}
		in.fill(&e)
		if e.Audience.Level == "" {
			e.Audience.Level = e.Kind.DefaultLevel()
		}
		if err := s.checkThemes(w, by, in); err != nil {
			return err
		}
		if err := e.ValidateDraft(); err != nil {
			return err
		}
		if err := w.SaveEntry(e, version, nil); err != nil {
			return err
		}
		saved.Entry = e
		return w.Log(s.change(e, by, rugzak.VerbDraftSaved))
	})
	return saved, err
}

// draft returns the draft a form is about, with its new version, and the
// version that is stored now; a new draft where there is none.
func (s *Service) draft(r rugzak.Reader, by rugzak.Person, id rugzak.EntryID, base int) (rugzak.Entry, int, error) {
	if !rugzak.ValidID(string(id)) {
		return rugzak.Entry{}, 0, &rugzak.Error{Code: rugzak.CodeMalformed, Key: "error.malformed"}
	}
	e, mine, err := look(r, by, id)
	switch {
	case isMissing(err) && base == 0:
		// An id that was not made for this person makes nothing, whether there is
		// an entry of that id or not.
		key, err := r.Key()
		if err != nil {
			return rugzak.Entry{}, 0, err
		}
		if _, err := r.Rights(id); err == nil || !rugzak.Minted(key, by.ID, id) {
			return rugzak.Entry{}, 0, rugzak.NotFound()
		}
		if _, shared, err := sharedWithoutName(r, by, id); err != nil {
			return rugzak.Entry{}, 0, err
		} else if shared { // a save that comes late
			return rugzak.Entry{}, 0, rugzak.Conflict()
		}
		if gone, err := isPurged(r, id); err != nil {
			return rugzak.Entry{}, 0, err
		} else if gone { // a save that comes even later
			return rugzak.Entry{}, 0, rugzak.NotFound()
		}
		return rugzak.Entry{
			ID: id, State: rugzak.StateDraft, Authors: []rugzak.PersonID{by.ID},
			Organisation: by.Organisation, OrganisationKind: by.Kind, Team: by.Team,
			Version: 1, CreatedAt: s.now(), UpdatedAt: s.now(),
		}, 0, nil
	case err != nil:
		return rugzak.Entry{}, 0, err
	case !mine:
		return rugzak.Entry{}, 0, rugzak.Forbidden("error.author_only")
	case e.State != rugzak.StateDraft, base != 0 && base != e.Version:
		return rugzak.Entry{}, 0, rugzak.Conflict()
	}
	// base 0 with a stored draft: the answer to the first save got lost, and
	// the same form saves again.
	version := e.Version
	e.Version++
	e.UpdatedAt = s.now()
	return e, version, nil
}

// Share makes a new entry or a draft readable for its audience.
func (s *Service) Share(ctx context.Context, by rugzak.Person, id rugzak.EntryID, base int, in Input) (Saved, error) {
	in, err := s.prepare(ctx, by, in)
	if err != nil {
		return Saved{}, err
	}
	found, err := s.inspect(ctx, in.texts(), in.NotBSN)
	if err != nil {
		return Saved{}, err
	}
	var saved Saved
	saved.Position, err = s.update(ctx, "share entry", func(w rugzak.Writer) error {
		if done, err := s.alreadyShared(w, by, id); err != nil || done.ID != "" {
			saved.Entry = done
			return err
		}
		e, version, err := s.draft(w, by, id, base)
		if err == nil {
			err = s.touched(w, id)
		}
		if err != nil {
			return err
		}
		in.fill(&e)
		e.State = rugzak.StateShared
		e.SharedAt, e.Revision = s.now(), 1
		if err := s.checkShared(w, by, e, in, nil); err != nil {
			return err
		}
		if err := letOut(w, e, found, in.Reviewed, false); err != nil {
			return err
		}
		gained, err := confirmed(w, rugzak.Entry{}, e, in.Confirmed)
		if err != nil {
			return err
		}
		if e.Mode == rugzak.Anonymous {
			if e, version, err = s.hideAuthor(w, by, e, version); err != nil {
				return err
			}
		}
		note := &rugzak.RevisionNote{Actor: e.Actor(by.ID), Reason: rugzak.ReasonShared}
		if err := w.SaveEntry(e, version, note); err != nil {
			return err
		}
		saved.Entry = e
		if err := s.auditCrossing(w, by, e, gained); err != nil {
			return err
		}
		return w.Log(s.change(e, by, rugzak.VerbEntryShared))
	})
	return saved, err
}

// alreadyShared finds the entry when this very form was sent before and its
// answer got lost.
func (s *Service) alreadyShared(r rugzak.Reader, by rugzak.Person, id rugzak.EntryID) (rugzak.Entry, error) {
	if !rugzak.ValidID(string(id)) {
		return rugzak.Entry{}, nil
	}
	e, mine, err := look(r, by, id)
	if isMissing(err) {
		e, mine, err = sharedWithoutName(r, by, id)
	}
	if err != nil || !mine || e.State != rugzak.StateShared || e.Revision != 1 {
		return rugzak.Entry{}, err
	}
	return e, nil
}

// sharedWithoutName finds what became of a draft that its writer shared
// without name, however long ago; mine is false when there is none.
func sharedWithoutName(r rugzak.Reader, by rugzak.Person, draft rugzak.EntryID) (e rugzak.Entry, mine bool, err error) {
	ids, err := r.HiddenEntries(by.ID)
	if err != nil {
		return rugzak.Entry{}, false, err
	}
	for _, id := range ids {
		e, err := r.Entry(id)
		if err != nil {
			return rugzak.Entry{}, false, err
		}
		if rugzak.AnonymousID(draft, e.SharedAt) == id {
			return e, true, nil
		}
	}
	return rugzak.Entry{}, false, nil
}

// hideAuthor moves a draft to an id that tells no more than the month, and its
// author to where only the decision on editing looks.
func (s *Service) hideAuthor(w rugzak.Writer, by rugzak.Person, e rugzak.Entry, version int) (rugzak.Entry, int, error) {
	if version > 0 {
		if err := w.RemoveEntry(e.ID); err != nil {
			return e, 0, err
		}
		if err := w.Log(s.change(e, by, rugzak.VerbDraftDeleted)); err != nil {
			return e, 0, err
		}
	}
	e.ID = rugzak.AnonymousID(e.ID, e.SharedAt)
	e.Authors = nil
	e.Version = 1
	e.CreatedAt = e.SharedAt
	return e, 0, w.SetHiddenAuthors(e.ID, []rugzak.PersonID{by.ID})
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

// Withdraw hides an entry from everybody but its authors, at once.
func (s *Service) Withdraw(ctx context.Context, by rugzak.Person, id rugzak.EntryID) (Saved, error) {
	return s.setState(ctx, by, id, rugzak.StateShared, rugzak.StateWithdrawn, rugzak.VerbEntryWithdrawn, nil)
}

// PutBack shows a withdrawn entry to its audience again. Partners among it must
// be confirmed, as when it was shared.
func (s *Service) PutBack(ctx context.Context, by rugzak.Person, id rugzak.EntryID, confirmed ...rugzak.OrganisationID) (Saved, error) {
	return s.setState(ctx, by, id, rugzak.StateWithdrawn, rugzak.StateShared, rugzak.VerbEntryPutBack, confirmed)
}

func (s *Service) setState(ctx context.Context, by rugzak.Person, id rugzak.EntryID, from, to rugzak.State, verb rugzak.Verb, said []rugzak.OrganisationID) (Saved, error) {
	var saved Saved
	pos, err := s.update(ctx, string(verb), func(w rugzak.Writer) error {
		e, err := lookMine(w, by, id)
		if err != nil {
			return err
		}
		saved.Entry = e
		if e.State == to {
			return nil // pressed twice
		}
		if e.State != from && !(from == rugzak.StateShared && e.State.Public()) {
			return rugzak.Conflict()
		}
		before := e
		e.State, e.UpdatedAt = to, s.now()
		if err := checkSources(w, by, before, e); err != nil {
			return err
		}
		if to == rugzak.StateShared {
			if err := s.mayCross(w, e); err != nil {
				return err
			}
		}
		gained, err := confirmed(w, before, e, said)
		if err != nil {
			return err
		}
		e.Version++
		if err := w.SaveEntry(e, e.Version-1, nil); err != nil {
			return err
		}
		saved.Entry = e
		if err := s.auditCrossing(w, by, e, gained); err != nil {
			return err
		}
		if err := s.settleWidenings(w, e); err != nil {
			return err
		}
		return w.Log(s.change(e, by, verb))
	})
	saved.Position = pos
	return saved, err
}

// DeleteDraft throws a draft away for good.
func (s *Service) DeleteDraft(ctx context.Context, by rugzak.Person, id rugzak.EntryID) (rugzak.Position, error) {
	return s.update(ctx, "delete draft", func(w rugzak.Writer) error {
		e, err := lookMine(w, by, id)
		if err != nil {
			return err
		}
		if e.State != rugzak.StateDraft {
			return rugzak.Forbidden("error.drafts_only")
		}
		if err := s.untellOfAge(w, e); err != nil {
			return err
		}
		if err := w.RemoveEntry(id); err != nil {
			return err
		}
		return w.Log(s.change(e, by, rugzak.VerbDraftDeleted))
	})
}
