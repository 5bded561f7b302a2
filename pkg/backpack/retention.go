// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"rugzak/pkg/rugzak"
)

// dailyTask is the lease of the work that is done once a day.
const dailyTask = "daily"

// housekeepingPause is how often the service looks whether a new day began.
const housekeepingPause = 15 * time.Minute

// KeepHouse does the daily work until ctx ends, counts searches without result
// and what results show, and tells of new results of saved searches. A failure
// never stops the site: it is tried again.
func (s *Service) KeepHouse(ctx context.Context) error {
	var beside sync.WaitGroup
	beside.Go(func() { s.countGapsAlways(ctx) })
	beside.Go(func() { s.followResultsAlways(ctx) })
	defer beside.Wait()
	timer := time.NewTimer(time.Minute) // not while the site starts
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
		}
		if err := s.Daily(ctx); err != nil && ctx.Err() == nil {
			s.Log.ErrorContext(ctx, "the daily work failed and is tried again", "err", err)
		}
		if err := s.TellSavedSearches(ctx); err != nil && ctx.Err() == nil {
			s.Log.ErrorContext(ctx, "saved searches cannot follow and are tried again", "err", err)
		}
		timer.Reset(housekeepingPause)
	}
}

// Daily does what the terms ask for, at most once a day: it announces and
// removes old drafts, asks to look at old entries again, makes former
// colleagues of who left long ago, cuts the audit log, forgets searches without
// result that nobody asked again, asks who took something along whether they used
// it, invites to reflection rounds that opened and plans the next one.
func (s *Service) Daily(ctx context.Context) error {
	return s.daily(ctx, dailyTask, func(ctx context.Context) error {
		done, err := s.retain(ctx)
		asked, failed := s.askKeeps(ctx)
		invited, planned, notTurned := s.turnRounds(ctx)
		if invited+planned > 0 {
			s.Log.InfoContext(ctx, "reflection rounds", "invited", invited, "planned", planned)
		}
		if asked > 0 {
			s.Log.InfoContext(ctx, "asked whether what was taken along was used", "keeps", asked)
		}
		if done != (Retained{}) {
			s.Log.InfoContext(ctx, "retention", "announced", done.Announced, "removed", done.Removed, "review", done.Review,
				"former", done.Former, "audit", done.Audit)
		}
		return errors.Join(err, failed, notTurned, s.forgetMerges(ctx))
	})
}

// Retained counts what the terms did.
type Retained struct{ Announced, Removed, Review, Former, Audit int }

// retentionStep is how many entries one transaction takes.
const retentionStep = 100

func (s *Service) retain(ctx context.Context) (done Retained, err error) {
	var due retentionDue
	err = s.view(ctx, "retention", func(r rugzak.Reader) error {
		settings, err := r.Settings()
		if err == nil {
			due, err = s.due(r, settings.Retention)
		}
		return err
	})
	if err != nil {
		return done, err
	}
	for _, part := range []struct {
		ids   []rugzak.EntryID
		count *int
		do    func(rugzak.Writer, rugzak.RetentionSettings, rugzak.Entry) (bool, error)
	}{
		{due.announce, &done.Announced, s.announceDraft},
		{due.remove, &done.Removed, s.removeDraft},
		{due.review, &done.Review, s.askReview},
	} {
		for ids := range slices.Chunk(part.ids, retentionStep) {
			var count int
			_, err := s.update(ctx, "retention", func(w rugzak.Writer) (err error) {
				count, err = s.retainEntries(w, ids, part.do)
				return err
			})
			if err != nil {
				return done, err
			}
			*part.count += count
		}
	}
	if done.Removed > 0 {
		s.purger.wake()
	}
	if done.Former, err = s.EraseFormer(ctx); err != nil {
		return done, err
	}
	if done.Audit, err = s.cutAudit(ctx); err != nil {
		return done, err
	}
	return done, s.cleanGaps(ctx)
}

// retainEntries looks at each entry anew: somebody may have touched it since.
func (s *Service) retainEntries(w rugzak.Writer, ids []rugzak.EntryID, do func(rugzak.Writer, rugzak.RetentionSettings, rugzak.Entry) (bool, error)) (int, error) {
	settings, err := w.Settings()
	if err != nil {
		return 0, err
	}
	count := 0
	for _, id := range ids {
		e, err := w.Entry(id)
		if isMissing(err) {
			continue
		}
		if err != nil {
			return 0, err
		}
		did, err := do(w, settings.Retention, e)
		if err != nil {
			return 0, err
		}
		if did {
			count++
		}
	}
	return count, nil
}

// announceDraft tells the author once.
func (s *Service) announceDraft(w rugzak.Writer, terms rugzak.RetentionSettings, e rugzak.Entry) (bool, error) {
	if what, err := s.dueEntry(w, terms, e); err != nil || what != "announce" {
		return false, err
	}
	if err := s.tellOfAge(w, rugzak.NoticeDraftOld, e); err != nil {
		return false, err
	}
	return true, w.Announce(rugzak.Announcement{Entry: e.ID, Kind: rugzak.NoticeDraftOld, At: s.now()})
}

// removeDraft removes a draft for good.
func (s *Service) removeDraft(w rugzak.Writer, terms rugzak.RetentionSettings, e rugzak.Entry) (bool, error) {
	if what, err := s.dueEntry(w, terms, e); err != nil || what != "remove" {
		return false, err
	}
	if err := s.untellOfAge(w, e); err != nil {
		return false, err
	}
	act := rugzak.AuditAct{At: s.now(), Verb: rugzak.AuditRetention, By: "system", Subject: rugzak.EntrySubject(e.ID), Detail: "draft"}
	if err := w.Audit(act); err != nil {
		return false, err
	}
	return true, s.purgeEntry(w, "system", e, rugzak.ReasonRetention)
}

// askReview makes an entry one to review. Who wrote it decides what becomes of
// it; until then everybody reads it as before.
func (s *Service) askReview(w rugzak.Writer, terms rugzak.RetentionSettings, e rugzak.Entry) (bool, error) {
	if what, err := s.dueEntry(w, terms, e); err != nil || what != "review" {
		return false, err
	}
	e.State = rugzak.StateToReview
	if err := w.SaveEntry(e, e.Version, nil); err != nil { // no author saved: the version stays
		return false, err
	}
	if err := s.tellOfAge(w, rugzak.NoticeReview, e); err != nil {
		return false, err
	}
	if err := w.Announce(rugzak.Announcement{Entry: e.ID, Kind: rugzak.NoticeReview, At: s.now()}); err != nil {
		return false, err
	}
	return true, w.Log(rugzak.Change{At: s.now(), Actor: "system", Verb: rugzak.VerbEntryToReview, Subject: rugzak.EntrySubject(e.ID)})
}

// cutAudit cuts the audit log where its term ends, and writes that down.
func (s *Service) cutAudit(ctx context.Context) (count int, err error) {
	_, err = s.update(ctx, "cut the audit log", func(w rugzak.Writer) error {
		count = 0
		settings, err := w.Settings()
		if err != nil {
			return err
		}
		var last uint64
		if last, count, err = s.dueAudit(w, settings.Retention); err != nil || count == 0 {
			return err
		}
		if err := w.CutAudit(last); err != nil {
			return err
		}
		return w.Audit(rugzak.AuditAct{At: s.now(), Verb: rugzak.AuditRetention, By: "system", Detail: fmt.Sprintf("audit %d", last)})
	})
	return count, err
}
