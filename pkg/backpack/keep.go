// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// KeepInput is what somebody says about what they take along; nil leaves what
// was said before.
type KeepInput struct {
	Purpose, Note *string
	// Weeks is after how long to ask whether it was used; 0 asks never.
	Weeks *int
}

// Keep takes an entry along in a person's own backpack, with an optional
// purpose. Keeping again changes the purpose.
func (s *Service) Keep(ctx context.Context, by rugzak.Person, id rugzak.EntryID, purpose string) error {
	return s.TakeAlong(ctx, by, id, KeepInput{Purpose: &purpose})
}

// TakeAlong takes an entry along in a person's own backpack, or changes what
// they said about it. Unless they choose otherwise they are asked after the
// usual time whether they used it.
func (s *Service) TakeAlong(ctx context.Context, by rugzak.Person, id rugzak.EntryID, in KeepInput) error {
	if in.Purpose != nil {
		line := rugzak.Line(*in.Purpose)
		in.Purpose = &line
	}
	if in.Note != nil {
		text := rugzak.Newlines(*in.Note)
		in.Note = &text
	}
	if err := in.of(rugzak.Keep{}).Validate(); err != nil {
		return err
	}
	if err := s.refuseNumbers(in.texts()...); err != nil {
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
		k, err := w.Keep(by.ID, id)
		if isMissing(err) {
			k, err = s.freshKeep(w, by, id)
		}
		if err != nil {
			return err
		}
		k = in.of(k)
		if in.Weeks != nil {
			k.Remind(*in.Weeks, s.now())
		}
		return w.SaveKeep(k)
	})
	return err
}

// freshKeep is something taken along now.
func (s *Service) freshKeep(r rugzak.Reader, by rugzak.Person, id rugzak.EntryID) (rugzak.Keep, error) {
	settings, err := r.Settings()
	k := rugzak.Keep{Person: by.ID, Entry: id, At: s.now()}
	k.Remind(settings.Loop.KeepWeeks, k.At)
	return k, err
}

// of is a keep with what was said about it.
func (in KeepInput) of(k rugzak.Keep) rugzak.Keep {
	if in.Purpose != nil {
		k.Purpose = *in.Purpose
	}
	if in.Note != nil {
		k.Note = *in.Note
	}
	if in.Weeks != nil {
		k.Weeks = *in.Weeks
	}
	return k
}

func (in KeepInput) texts() []field {
	k := in.of(rugzak.Keep{})
	return keepTexts(k)
}

// keepTexts lists what somebody wrote about what they took along.
func keepTexts(k rugzak.Keep) []field {
	return []field{{"purpose", k.Purpose}, {"note", k.Note}}
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
		if err := untellKeep(w, by.ID, id); err != nil {
			return err
		}
		return w.RemoveKeep(by.ID, id)
	})
	return err
}

// SaveLoopSettings changes the rules for the learning loop. Who was told when
// they will be asked is asked then.
func (s *Service) SaveLoopSettings(ctx context.Context, by rugzak.Person, base int, rules rugzak.LoopSettings) error {
	return s.saveSettings(ctx, by, base, "loop", func(all *rugzak.Settings) { all.Loop = rules })
}
