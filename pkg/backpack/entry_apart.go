// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// UndoEntryMerge takes two entries apart again: the one that went is shared as
// it was.
func (s *Service) UndoEntryMerge(ctx context.Context, by rugzak.Person, into, from rugzak.EntryID) (rugzak.Position, error) {
	return s.update(ctx, "undo merge of entries", func(w rugzak.Writer) error {
		if _, _, err := lookCare(w, by, into); err != nil {
			return err
		}
		m, err := w.EntryMerge(from)
		if err != nil {
			return err
		}
		e, err := w.Entry(from)
		if err != nil {
			return err
		}
		if m.Into != into || !readsMerged(by, e) {
			return rugzak.NotFound()
		}
		if !m.Undoable(s.now()) {
			return rugzak.Forbidden("error.merge.old")
		}
		base := e.Version
		e.State, e.UpdatedAt, e.Version = rugzak.StateShared, s.now(), base+1
		if err := s.mayCross(w, e); err != nil {
			return err
		}
		if err := w.SaveEntry(e, base, nil); err != nil {
			return err
		}
		if err := w.Log(s.change(e, by, rugzak.VerbEntryPutBack)); err != nil {
			return err
		}
		return s.apart(w, by, m, e)
	})
}

// apart ends a merge of an entry that is shared again.
func (s *Service) apart(w rugzak.Writer, by rugzak.Person, m rugzak.EntryMerge, from rugzak.Entry) error {
	into, err := w.Entry(m.Into)
	if err != nil {
		return err
	}
	if left := without(into.Themes, m.Themes); len(left) < len(into.Themes) {
		into.Themes = left
		if err := s.saveThemes(w, into); err != nil {
			return err
		}
	}
	if err := keepsBack(w, m.From, m.Into); err != nil {
		return err
	}
	if err := w.RemoveEntryMerge(m.From); err != nil {
		return err
	}
	if err := s.tellMerged(w, by, rugzak.NoticeEntryApart, from, into); err != nil {
		return err
	}
	return s.audit(w, by, rugzak.AuditApart, rugzak.EntrySubject(m.From), rugzak.EntrySubject(m.Into))
}

// putBackMerged ends the merge of an entry that its author shares again.
func (s *Service) putBackMerged(w rugzak.Writer, by rugzak.Person, e rugzak.Entry) error {
	m, err := w.EntryMerge(e.ID)
	if isMissing(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.apart(w, by, m, e)
}

// LeaveMerge takes the text of an author from the page of the entry it went
// into: then it is withdrawn, and nothing else.
func (s *Service) LeaveMerge(ctx context.Context, by rugzak.Person, id rugzak.EntryID) error {
	_, err := s.update(ctx, "leave merge", func(w rugzak.Writer) error {
		if _, err := lookMine(w, by, id); err != nil {
			return err
		}
		m, err := w.EntryMerge(id)
		if isMissing(err) {
			return nil // pressed twice
		}
		if err != nil {
			return err
		}
		if err := w.RemoveEntryMerge(id); err != nil {
			return err
		}
		return s.audit(w, by, rugzak.AuditApart, rugzak.EntrySubject(id), rugzak.EntrySubject(m.Into))
	})
	return err
}

// keepsBack takes what came along into a backpack out of it, unless its keeper
// changed it since.
func keepsBack(w rugzak.Writer, from, into rugzak.EntryID) error {
	keepers, err := w.Keepers(from)
	if err != nil {
		return err
	}
	for _, p := range keepers {
		old, err := w.Keep(p, from)
		if err != nil {
			return err
		}
		now, err := w.Keep(p, into)
		if isMissing(err) {
			continue
		}
		if err != nil {
			return err
		}
		if old.Entry = into; now == old {
			if err := w.RemoveKeep(p, into); err != nil {
				return err
			}
		}
	}
	return nil
}
