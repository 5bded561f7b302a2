// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

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
		if to == rugzak.StateShared {
			if err := s.putBackMerged(w, by, e); err != nil {
				return err
			}
		}
		return w.Log(s.change(e, by, verb))
	})
	saved.Position = pos
	return saved, err
}
