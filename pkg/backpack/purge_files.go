// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"rugzak/pkg/rugzak"
)

// purger takes what was purged out of the files.
type purger struct {
	mu    sync.Mutex // one pass at a time
	woken chan struct{}
	// files is held by who keeps texts in a file of their own for a while.
	files sync.RWMutex
	// copying is held by who copies files that are attached: none is collected.
	copying sync.RWMutex
	// keeping is held by who keeps a file to which an attachment is yet to refer:
	// none is collected. It is not files: an import holds that one while it waits
	// for this one.
	keeping sync.RWMutex
}

func (p *purger) init() { p.woken = make(chan struct{}, 1) }

func (p *purger) wake() {
	select {
	case p.woken <- struct{}{}:
	default:
	}
}

// HoldFile is for who keeps texts in a file beside the store, such as an import
// that is being read: a purge is not done before release.
func (s *Service) HoldFile() (release func()) {
	s.purger.files.RLock()
	return s.purger.files.RUnlock
}

// keepingFiles is for who keeps files to which attachments are yet to refer.
func (s *Service) keepingFiles() (release func()) {
	s.purger.keeping.RLock()
	return s.purger.keeping.RUnlock
}

// purgePause is after how long a purge that failed is tried again.
const purgePause = time.Minute

// collectPause is after how long files are looked through without a reason.
const collectPause = 24 * time.Hour

// purgeAlways finishes purges until ctx ends: those that a crash broke off and
// every new one. A purge that fails never stops the site.
func (s *Service) purgeAlways(ctx context.Context) {
	timer := time.NewTimer(purgePause)
	defer timer.Stop()
	var collected time.Time
	for {
		err := s.FinishPurges(ctx)
		if now := s.now(); err == nil && now.Sub(collected) >= collectPause {
			if err = s.collectFiles(ctx); err == nil {
				collected = now
			}
		}
		if err != nil && ctx.Err() == nil {
			s.Log.ErrorContext(ctx, "purge is not done and is tried again", "err", err)
		}
		timer.Reset(purgePause)
		select {
		case <-ctx.Done():
			return
		case <-s.purger.woken:
			collected = time.Time{} // something went
		case <-timer.C:
		}
	}
}

// FinishPurges takes what was purged out of every file, and returns when
// nothing is left to do. Each step is written down when it is done, so that it
// goes on where a crash broke it off.
func (s *Service) FinishPurges(ctx context.Context) error {
	s.purger.mu.Lock()
	defer s.purger.mu.Unlock()
	for {
		var jobs []rugzak.PurgeJob
		err := s.view(ctx, "purges", func(r rugzak.Reader) error {
			all, err := r.PurgeJobs()
			for _, j := range all {
				if j.Step != rugzak.PurgeDone {
					jobs = append(jobs, j)
				}
			}
			return err
		})
		if err != nil || len(jobs) == 0 {
			return err
		}
		if err := s.purgeFiles(ctx, jobs); err != nil {
			return fmt.Errorf("purge: %w", err)
		}
	}
}

// purgeFiles brings all jobs to their end; one pass over the files does for all.
func (s *Service) purgeFiles(ctx context.Context, jobs []rugzak.PurgeJob) error {
	step := func(to rugzak.PurgeStep) error {
		_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
			for i := range jobs {
				if jobs[i].Step = to; to == rugzak.PurgeDone {
					jobs[i].Done = s.now()
				}
				if err := w.SavePurgeJob(jobs[i]); err != nil {
					return err
				}
			}
			return nil
		})
		return err
	}
	fresh := false // is there one whose bytes are still in the store?
	for _, j := range jobs {
		fresh = fresh || j.Step == rugzak.PurgeDeleted
	}
	if fresh {
		if err := s.Store.Compact(ctx); err != nil {
			return err
		}
		if err := step(rugzak.PurgeStore); err != nil {
			return err
		}
	}
	if err := s.Reindex(ctx, nil); err != nil {
		return err
	}
	if err := s.purgeMeaning(ctx, jobs); err != nil {
		return err
	}
	// Whoever is still reading an import that brought the text has its file.
	s.purger.files.Lock()
	s.Renderer.Forget()
	s.purger.files.Unlock()
	if err := s.collectFiles(ctx); err != nil {
		return err
	}
	return errors.Join(ctx.Err(), step(rugzak.PurgeDone))
}

// collectFiles removes the files that no attachment refers to. Nobody is between
// keeping a file and referring to it meanwhile: see keepingFiles.
func (s *Service) collectFiles(ctx context.Context) error {
	if s.Blobs == nil {
		return nil
	}
	s.purger.copying.Lock()
	defer s.purger.copying.Unlock()
	s.purger.keeping.Lock()
	defer s.purger.keeping.Unlock()
	return s.view(ctx, "collect files", func(r rugzak.Reader) error {
		_, err := s.Blobs.Collect(ctx, 0, r.UsesBlob)
		return err
	})
}
