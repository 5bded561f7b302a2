// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

const (
	// meaningBatch is how many changes, or entries, one step takes: a purge waits
	// for a step.
	meaningBatch = 32
	// meaningRetry is the longest time between two tries of an endpoint that
	// fails.
	meaningRetry = 5 * time.Minute
)

// followMeaning keeps the vectors in step until ctx ends. An endpoint that fails
// is asked again, ever less often.
func (s *Service) followMeaning(ctx context.Context) {
	pause := followPause
	timer := time.NewTimer(pause)
	defer timer.Stop()
	for {
		woken := s.meanings.woken
		if err := s.CatchUpMeaning(ctx, nil); err == nil {
			pause = followPause
		} else if ctx.Err() == nil {
			pause, woken = min(2*pause, meaningRetry), nil
			s.Log.WarnContext(ctx, "meanings cannot follow and are tried again", "err", err, "in", pause)
		}
		timer.Reset(pause)
		select {
		case <-ctx.Done():
			return
		case <-woken:
		case <-timer.C:
		}
	}
}

// CatchUpMeaning brings the vectors up to the newest change. It does nothing
// where searching by meaning is off.
func (s *Service) CatchUpMeaning(ctx context.Context, progress Progress) error {
	if s.Meaning == nil {
		return nil
	}
	if s.Meaning.Vectors.Position() == "" {
		if err := s.fillMeaning(ctx, progress); err != nil {
			return err
		}
	}
	for {
		if more, err := s.stepMeaning(ctx); err != nil || !more {
			return err
		}
	}
}

// RemakeMeaning throws the vectors away and makes all of them anew; meanwhile
// searches go by words only.
func (s *Service) RemakeMeaning(ctx context.Context, progress Progress) error {
	if s.Meaning == nil {
		return nil
	}
	s.meanings.mu.Lock()
	err := s.throwMeaning()
	s.meanings.mu.Unlock()
	if err != nil {
		return err
	}
	return s.CatchUpMeaning(ctx, progress)
}

// stepMeaning follows some changes.
func (s *Service) stepMeaning(ctx context.Context) (more bool, err error) {
	s.meanings.mu.Lock()
	defer s.meanings.mu.Unlock()
	pos := s.Meaning.Vectors.Position()
	if pos == "" {
		return false, nil // thrown away meanwhile
	}
	changes, err := s.Store.Changes(ctx, pos, meaningBatch)
	if err != nil || len(changes) == 0 {
		return false, err
	}
	b := rugzak.VectorBatch{Position: changes[len(changes)-1].Position}
	var entries []rugzak.Entry
	err = s.view(ctx, "read changed entries", func(r rugzak.Reader) (err error) {
		entries, b.Remove, err = changedEntries(r, changes)
		return err
	})
	if err != nil {
		return false, err
	}
	return true, s.applyMeaning(ctx, b, entries)
}

// fillMeaning goes through all entries, and once more when the vectors are thrown
// away meanwhile: those of what it had passed are gone then. One that is broken
// off goes on quickly: what has its vectors is not sent again.
func (s *Service) fillMeaning(ctx context.Context, progress Progress) error {
	for {
		again, err := s.passMeaning(ctx, progress)
		if err != nil || !again {
			return err
		}
	}
}

// passMeaning goes through all entries once; again says that it was for nothing.
func (s *Service) passMeaning(ctx context.Context, progress Progress) (again bool, err error) {
	s.meanings.mu.Lock()
	thrown := s.meanings.thrown
	s.meanings.mu.Unlock()
	head, _, err := s.Store.Head(ctx)
	if err != nil {
		return false, err
	}
	total, err := s.Index.Count()
	if err != nil {
		return false, err
	}
	seen := map[rugzak.EntryID]bool{}
	var after rugzak.Mark
	fill := func() (more bool, err error) {
		s.meanings.mu.Lock()
		defer s.meanings.mu.Unlock()
		if s.Meaning.Vectors.Position() != "" {
			return false, nil // somebody else has gone through all
		}
		if again = s.meanings.thrown != thrown; again {
			return false, nil
		}
		page, err := s.entriesAfter(ctx, after, meaningBatch)
		if err != nil {
			return false, err
		}
		if len(page) == 0 { // what was left by a run that was broken off, and went since
			left := slices.DeleteFunc(s.Meaning.Vectors.IDs(), func(id rugzak.EntryID) bool { return seen[id] })
			return false, s.Meaning.Vectors.Apply(rugzak.VectorBatch{Remove: left, Position: head})
		}
		entries := make([]rugzak.Entry, len(page))
		for i, f := range page {
			entries[i], seen[f.ID] = f.Entry, true
		}
		after = page[len(page)-1].Mark()
		return true, s.applyMeaning(ctx, rugzak.VectorBatch{}, entries)
	}
	for {
		more, err := fill()
		if err != nil || !more {
			return again, err
		}
		if progress != nil {
			progress(len(seen), max(total, len(seen)))
		}
	}
}
