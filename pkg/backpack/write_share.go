// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

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
		if err := s.begin(w, by, &e, in); err != nil {
			return err
		}
		if err := mayAskFirst(e); err != nil {
			return err
		}
		e.State, e.HideTaking = rugzak.StateShared, false
		e.SharedAt, e.Revision = s.now(), 1
		if err := s.beginInquiry(w, by, &e); err != nil {
			return err
		}
		if err := sayInText(w, e.ID, e.Body); err != nil {
			return err
		}
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
		var attached []carried
		if e.Mode == rugzak.Anonymous {
			if attached, err = carryAttachments(w, e.ID); err != nil {
				return err
			}
			if kind, _ := e.Occasion.Occasion(); kind == rugzak.OfMeeting {
				e.Occasion = "" // who was there is known
			}
			if e, version, err = s.hideAuthor(w, by, e, version); err != nil {
				return err
			}
		}
		note := &rugzak.RevisionNote{Actor: e.Actor(by.ID), Reason: rugzak.ReasonShared}
		if err := w.SaveEntry(e, version, note); err != nil {
			return err
		}
		saved.Entry = e
		if err := putDown(w, attached, e.ID); err != nil {
			return err
		}
		if err := takeIn(w, e, in.ShowTaking); err != nil {
			return err
		}
		if err := s.askFirst(w, by, e); err != nil {
			return err
		}
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
	if err := forgetBecame(w, by.ID, e.ID); err != nil {
		return e, 0, err
	}
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
