// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"time"

	"rugzak/pkg/rugzak"
)

// KeepDraft says that a draft is still wanted: its term begins anew.
func (s *Service) KeepDraft(ctx context.Context, by rugzak.Person, id rugzak.EntryID) (rugzak.Position, error) {
	return s.update(ctx, "keep draft", func(w rugzak.Writer) error {
		e, err := lookMine(w, by, id)
		if err != nil {
			return err
		}
		if e.State != rugzak.StateDraft {
			return rugzak.Conflict()
		}
		if err := s.untellOfAge(w, e); err != nil {
			return err
		}
		e.UpdatedAt = s.now()
		if err := w.SaveEntry(e, e.Version, nil); err != nil { // nothing an open form shows has changed
			return err
		}
		return w.Log(s.change(e, by, rugzak.VerbDraftSaved))
	})
}

// touched takes away what the author was told about a draft that was old until
// now: its term begins anew.
func (s *Service) touched(w rugzak.Writer, id rugzak.EntryID) error {
	if _, err := w.Announced(id, rugzak.NoticeDraftOld); isMissing(err) {
		return nil
	} else if err != nil {
		return err
	}
	e, err := w.Entry(id)
	if err != nil {
		return err
	}
	return s.untellOfAge(w, e)
}

// reviewed makes an entry that was due for review, and is brought up to date, a
// shared one again.
func (s *Service) reviewed(w rugzak.Writer, e *rugzak.Entry) error {
	if e.State != rugzak.StateToReview {
		return nil
	}
	e.State = rugzak.StateShared
	if at, ok := e.ReviewsAt(rugzak.RetentionSettings{}); ok && !s.now().Before(at) {
		e.ReviewBy = "" // that month is past
	}
	return s.untellOfAge(w, *e)
}

// Review is what an author decides about an entry that is due for review.
type Review string

// The decisions. To bring it up to date is to revise it.
const (
	ReviewKeep    Review = "keep"    // it still holds: its term begins anew
	ReviewArchive Review = "archive" // it stays readable, and is found only when asked for
)

// Review keeps an entry or moves it to the archive. An archived entry comes
// back by keeping it.
func (s *Service) Review(ctx context.Context, by rugzak.Person, id rugzak.EntryID, what Review) (Saved, error) {
	var saved Saved
	pos, err := s.update(ctx, "review", func(w rugzak.Writer) error {
		e, err := lookMine(w, by, id)
		if err != nil {
			return err
		}
		saved.Entry, err = s.review(w, by, e, what)
		return err
	})
	saved.Position = pos
	return saved, err
}

// review writes down what was decided.
func (s *Service) review(w rugzak.Writer, by rugzak.Person, e rugzak.Entry, what Review) (rugzak.Entry, error) {
	if what != ReviewKeep && what != ReviewArchive {
		return e, &rugzak.Error{Code: rugzak.CodeMalformed, Key: "error.malformed"}
	}
	if !e.State.Public() {
		return e, rugzak.Conflict()
	}
	if err := s.untellOfAge(w, e); err != nil {
		return e, err
	}
	base := e.Version
	e.State = rugzak.StateShared
	if what == ReviewArchive {
		e.State = rugzak.StateArchived
	}
	e.ReviewBy, e.UpdatedAt, e.Version = "", s.now(), base+1
	if err := w.SaveEntry(e, base, nil); err != nil {
		return e, err
	}
	return e, w.Log(s.change(e, by, rugzak.VerbEntryReviewed))
}

// removesAt is when an announced draft of the reader is removed.
func removesAt(r rugzak.Reader, e rugzak.Entry, mine bool) (at time.Time, err error) {
	if !mine || e.State != rugzak.StateDraft {
		return at, nil
	}
	told, err := r.Announced(e.ID, rugzak.NoticeDraftOld)
	if isMissing(err) {
		return at, nil
	}
	if err != nil {
		return at, err
	}
	settings, err := r.Settings()
	at, _ = e.RemovesAt(settings.Retention, told.At)
	return at, err
}
