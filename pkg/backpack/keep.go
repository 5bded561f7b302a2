// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// Keep takes an entry along in a person's own backpack, with an optional
// purpose. Keeping again changes the purpose.
func (s *Service) Keep(ctx context.Context, by rugzak.Person, id rugzak.EntryID, purpose string) error {
	purpose = rugzak.Line(purpose)
	if utf8.RuneCountInString(purpose) > rugzak.MaxPurpose {
		var p rugzak.Problems
		p.Add("purpose", "error.too_long", rugzak.MaxPurpose)
		return p.Err()
	}
	if err := s.refuseNumbers(field{"purpose", purpose}); err != nil {
		return err
	}
	_, err := s.update(ctx, "keep entry", func(w rugzak.Writer) error {
		e, _, err := look(w, by, id)
		if err != nil {
			return err
		}
		if !e.State.Public() {
			return rugzak.Forbidden("error.keep_shared_only")
		}
		k := rugzak.Keep{Person: by.ID, Entry: id, Purpose: purpose, At: s.now()}
		if old, err := w.Keep(by.ID, id); err == nil {
			k.At = old.At
		} else if !isMissing(err) {
			return err
		}
		return w.SaveKeep(k)
	})
	return err
}

// Unkeep takes an entry out of a person's own backpack. It may be hidden or
// gone by now, which the answer does not tell.
func (s *Service) Unkeep(ctx context.Context, by rugzak.Person, id rugzak.EntryID) error {
	_, err := s.update(ctx, "unkeep entry", func(w rugzak.Writer) error {
		if _, err := w.Keep(by.ID, id); isMissing(err) {
			return nil
		} else if err != nil {
			return err
		}
		return w.RemoveKeep(by.ID, id)
	})
	return err
}
