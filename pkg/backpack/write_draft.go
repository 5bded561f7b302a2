// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// SaveDraft stores an unfinished entry for its author only. base is the
// version the form was made from, 0 for a new one.
func (s *Service) SaveDraft(ctx context.Context, by rugzak.Person, id rugzak.EntryID, base int, in Input) (Saved, error) {
	in, err := s.prepare(ctx, by, in)
	if err != nil {
		return Saved{}, err
	}
	var saved Saved
	saved.Position, err = s.update(ctx, "save draft", func(w rugzak.Writer) error {
		saved.Entry, err = s.putDraft(w, by, id, base, in)
		return err
	})
	return saved, err
}

// putDraft saves a draft of what was prepared.
func (s *Service) putDraft(w rugzak.Writer, by rugzak.Person, id rugzak.EntryID, base int, in Input) (rugzak.Entry, error) {
	e, version, err := s.draft(w, by, id, base)
	if err == nil {
		err = s.touched(w, id)
	}
	if err != nil {
		return e, err
	}
	before := e
	in.fill(&e)
	if err := s.begin(w, by, &e, in); err != nil {
		return e, err
	}
	kind, _ := e.Occasion.Occasion()
	e.HideTaking = kind == rugzak.OfRound && !in.ShowTaking
	if e.Audience.Level == "" {
		e.Audience.Level = e.Kind.DefaultLevel()
	}
	if err := s.checkThemes(w, by, in, before); err != nil {
		return e, err
	}
	if err := e.ValidateDraft(); err != nil {
		return e, err
	}
	if err := w.SaveEntry(e, version, nil); err != nil {
		return e, err
	}
	if err := sayInText(w, e.ID, e.Body); err != nil {
		return e, err
	}
	return e, w.Log(s.change(e, by, rugzak.VerbDraftSaved))
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

// DeleteDraft throws a draft away for good.
func (s *Service) DeleteDraft(ctx context.Context, by rugzak.Person, id rugzak.EntryID) (rugzak.Position, error) {
	defer s.purger.wake() // its attachments
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
