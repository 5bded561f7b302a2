// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"
	"sync"

	"rugzak/pkg/rugzak"
)

// Progress tells how far a long task is. total may be an estimate, or 0.
type Progress func(done, total int)

// Reindex makes the index anew beside the old one, which goes on answering
// until the new one takes its place.
func (s *Service) Reindex(ctx context.Context, progress Progress) error {
	s.follower.one.Lock()
	defer s.follower.one.Unlock()
	at, err := s.Index.Position(ctx)
	if err != nil {
		return err
	}
	if at == "" {
		s.follower.mu.Lock()
		err = s.rebuildEmpty(ctx, progress)
		s.follower.mu.Unlock()
	} else {
		err = s.rebuild(ctx, progress, &s.follower.mu)
	}
	if err != nil {
		return err
	}
	return s.CatchUp(ctx)
}

// rebuildEmpty fills an index that holds nothing to answer with. The caller
// holds both locks of the follower.
func (s *Service) rebuildEmpty(ctx context.Context, progress Progress) error {
	s.follower.setRebuilding(true)
	defer s.follower.setRebuilding(false)
	return s.rebuild(ctx, progress, &sync.Mutex{})
}

// rebuild fills a new index from the store. The old one goes on following
// meanwhile: only for the last steps, to catch up and to swap, it is locked.
func (s *Service) rebuild(ctx context.Context, progress Progress, last sync.Locker) error {
	head, _, err := s.Store.Head(ctx)
	if err != nil {
		return err
	}
	fresh, err := s.Index.Rebuild(ctx)
	if err != nil {
		return err
	}
	if err := s.refill(ctx, fresh, progress); err != nil {
		return errors.Join(err, fresh.Abort())
	}
	if err := fresh.Apply(ctx, rugzak.Batch{Position: head}); err != nil {
		return errors.Join(err, fresh.Abort())
	}
	last.Lock()
	defer last.Unlock()
	// Only up to what is there now: while people write on and on the end is never
	// reached, and who holds the lock keeps the old one from following.
	now, _, err := s.Store.Head(ctx)
	if err == nil {
		err = s.follow(ctx, head, now, fresh.Apply)
	}
	if err != nil {
		return errors.Join(err, fresh.Abort())
	}
	if err := fresh.Swap(ctx); err != nil {
		return errors.Join(err, fresh.Abort())
	}
	s.follower.advanced()
	return nil
}

// follow brings an index from one position up to another.
func (s *Service) follow(ctx context.Context, from, to rugzak.Position, apply func(context.Context, rugzak.Batch) error) error {
	for from < to {
		changes, err := s.Store.Changes(ctx, from, followBatch)
		if err != nil || len(changes) == 0 {
			return err
		}
		batch, err := s.batch(ctx, changes)
		if err != nil {
			return err
		}
		if err := apply(ctx, batch); err != nil {
			return err
		}
		from = batch.Position
	}
	return nil
}

func (s *Service) refill(ctx context.Context, fresh rugzak.Rebuilding, progress Progress) error {
	var after rugzak.Mark
	total, err := s.Index.Count()
	if err != nil {
		return err
	}
	for done := 0; ; {
		entries, err := s.entriesAfter(ctx, after, followBatch)
		if err != nil || len(entries) == 0 {
			return err
		}
		var b rugzak.Batch
		for _, e := range entries {
			if d := s.document(ctx, e); len(d.Tokens) > 0 {
				b.Put = append(b.Put, d)
			}
		}
		if err := fresh.Apply(ctx, b); err != nil {
			return err
		}
		after = entries[len(entries)-1].Mark()
		done += len(entries)
		if progress != nil {
			progress(done, max(total, done))
		}
	}
}

// entriesAfter reads one page of all entries.
func (s *Service) entriesAfter(ctx context.Context, after rugzak.Mark, most int) ([]followed, error) {
	var out []followed
	err := s.view(ctx, "read entries", func(r rugzak.Reader) error {
		use := usefulness{reader: r}
		for e, err := range r.Entries(rugzak.AllEntries, after) {
			if err != nil {
				return err
			}
			useful, err := use.of(e)
			if err != nil {
				return err
			}
			attached, err := attachedText(r, e.ID)
			if err != nil {
				return err
			}
			if out = append(out, followed{e, useful, attached}); len(out) == most {
				break
			}
		}
		return nil
	})
	return out, err
}
