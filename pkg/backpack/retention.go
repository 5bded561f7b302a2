// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
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

// KeepHouse does the daily work until ctx ends, and tells of new results of
// saved searches. A failure never stops the site:
// it is tried again.
func (s *Service) KeepHouse(ctx context.Context) error {
	var beside sync.WaitGroup
	beside.Go(func() { s.countGapsAlways(ctx) })
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
// colleagues of who left long ago, and cuts the audit log and
// forgets searches without result.
func (s *Service) Daily(ctx context.Context) error {
	return s.daily(ctx, dailyTask, func(ctx context.Context) error {
		done, err := s.retain(ctx)
		if done != (Retained{}) {
			s.Log.InfoContext(ctx, "retention", "announced", done.Announced, "removed", done.Removed, "review", done.Review,
				"former", done.Former, "audit", done.Audit)
		}
		return err
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

// retentionDue is what the terms ask for at this moment.
type retentionDue struct {
	announce, remove, review []rugzak.EntryID
	lines                    map[RetentionLine]int
	former                   int
	audit                    uint64 // the records up to and with this one are too old
	auditCount               int
}

// RetentionLine says what happens to what: a part of the preview.
type RetentionLine struct {
	What         string // "announce", "remove" or "review"
	Organisation rugzak.OrganisationID
	Kind         rugzak.Kind
}

func (s *Service) due(r rugzak.Reader, terms rugzak.RetentionSettings) (retentionDue, error) {
	due := retentionDue{lines: map[RetentionLine]int{}}
	for e, err := range r.Entries(rugzak.AllEntries, "") {
		if err != nil {
			return due, err
		}
		if e.Sample {
			continue // taken away in one action
		}
		what, err := s.dueEntry(r, terms, e)
		if err != nil {
			return due, err
		}
		switch what {
		case "announce":
			due.announce = append(due.announce, e.ID)
		case "remove":
			due.remove = append(due.remove, e.ID)
		case "review":
			due.review = append(due.review, e.ID)
		default:
			continue
		}
		due.lines[RetentionLine{what, e.Organisation, e.Kind}]++
	}
	for p, err := range r.People() {
		if err != nil {
			return due, err
		}
		if at, ok := p.ErasesAt(terms); ok && !s.now().Before(at) {
			due.former++
		}
	}
	var err error
	due.audit, due.auditCount, err = s.dueAudit(r, terms)
	return due, err
}

// dueEntry says what the terms ask for an entry now; empty when nothing.
func (s *Service) dueEntry(r rugzak.Reader, terms rugzak.RetentionSettings, e rugzak.Entry) (string, error) {
	now := s.now()
	if at, ok := e.ReviewsAt(terms); ok && !now.Before(at) {
		return "review", nil
	}
	if e.State != rugzak.StateDraft {
		return "", nil
	}
	told, err := r.Announced(e.ID, rugzak.NoticeDraftOld)
	if err != nil && !isMissing(err) {
		return "", err
	}
	if at, ok := e.RemovesAt(terms, told.At); ok {
		if now.Before(at) {
			return "", nil
		}
		return "remove", nil
	}
	at, ok := e.AnnouncesAt(terms)
	if !ok && terms.DraftRemove > 0 && e.State == rugzak.StateDraft { // no term of its own: told when it could go
		at, ok = e.UpdatedAt.AddDate(0, terms.DraftRemove, 0), true
	}
	if ok && !now.Before(at) {
		return "announce", nil
	}
	return "", nil
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
	return true, w.Log(rugzak.Change{At: s.now(), Actor: "system", Verb: rugzak.VerbEntryToReview, Subject: rugzak.EntrySubject(e.ID)})
}

// asNotice is a notice about an entry. Who wrote without name must not be found
// by what they were told, so that theirs does not say which entry it is about.
func asNotice(kind rugzak.NoticeKind, e rugzak.Entry) rugzak.Notice {
	if e.Mode == rugzak.Anonymous && e.State != rugzak.StateDraft {
		return rugzak.Notice{Kind: rugzak.NoticeReviewNameless}
	}
	return rugzak.Notice{Kind: kind, Entry: e.ID}
}

// authorsToTell are the authors of an entry, also those who wrote without
// name: what tells them is for them alone.
func authorsToTell(r rugzak.Reader, e rugzak.Entry) ([]rugzak.PersonID, error) {
	hidden, err := r.HiddenAuthors(e.ID)
	return slices.Concat(e.Authors, hidden), err
}

// tellOfAge gives the authors of an entry a notice, unless they have it.
func (s *Service) tellOfAge(w rugzak.Writer, kind rugzak.NoticeKind, e rugzak.Entry) error {
	if err := s.untellOfAge(w, e); err != nil {
		return err
	}
	authors, err := authorsToTell(w, e)
	if err != nil {
		return err
	}
	for _, a := range authors {
		if p, err := w.Person(a); isMissing(err) || err == nil && p.Inactive {
			continue
		} else if err != nil {
			return err
		}
		n := asNotice(kind, e)
		n.ID, n.Person, n.At = rugzak.NewID(s.now()), a, s.now()
		if err := w.SaveNotice(n); err != nil {
			return err
		}
	}
	return nil
}

// untellOfAge takes away what the authors were told about the age of an entry.
func (s *Service) untellOfAge(w rugzak.Writer, e rugzak.Entry) error {
	authors, err := authorsToTell(w, e)
	if err != nil {
		return err
	}
	for _, a := range authors {
		notices, err := w.Notices(a)
		if err != nil {
			return err
		}
		for _, n := range notices {
			told := n.Kind == rugzak.NoticeDraftOld || n.Kind == rugzak.NoticeReview
			nameless := n.Kind == rugzak.NoticeReviewNameless
			if n.Entry != asNotice(n.Kind, e).Entry || !told && !nameless {
				continue
			}
			if err := w.RemoveNotice(a, n.ID); err != nil {
				return err
			}
			if nameless {
				break // one entry, one notice; which one does not matter
			}
		}
	}
	return nil
}

// dueAudit finds where the audit log has to be cut.
func (s *Service) dueAudit(r rugzak.Reader, terms rugzak.RetentionSettings) (last uint64, count int, err error) {
	if terms.Audit <= 0 {
		return 0, 0, nil
	}
	limit := s.now().AddDate(0, -terms.Audit, 0)
	for record, err := range r.AuditChain(0) {
		if err != nil {
			return 0, 0, err
		}
		if !record.At.Before(limit) {
			break
		}
		last = record.Number
		count++
	}
	return last, count, nil
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

// RetentionPreview is what would happen at the next daily work under some
// terms: counts, never what it is.
type RetentionPreview struct {
	Lines []RetentionCount
	// Former is how many names of who left would be erased, and FormerFew that
	// it is a number below five, which is not told.
	Former    int
	FormerFew bool
	Audit     int // lines of the audit log
}

// RetentionCount is a line of the preview.
type RetentionCount struct {
	RetentionLine
	Name  string // of the organisation
	Count int
}

// Total is the number of entries for which something happens.
func (p RetentionPreview) Total(what string) (n int) {
	for _, l := range p.Lines {
		if l.What == what {
			n += l.Count
		}
	}
	return n
}

// PreviewRetention says what would go under some terms, for the administrator.
func (s *Service) PreviewRetention(ctx context.Context, by rugzak.Person, terms rugzak.RetentionSettings) (RetentionPreview, error) {
	if !rugzak.CanAdminister(by) {
		return RetentionPreview{}, rugzak.Forbidden("error.administrators_only")
	}
	var p RetentionPreview
	err := s.view(ctx, "preview of retention", func(r rugzak.Reader) error {
		due, err := s.due(r, terms)
		if err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		for line, count := range due.lines {
			p.Lines = append(p.Lines, RetentionCount{RetentionLine: line, Name: n.organisation(line.Organisation).Name, Count: count})
		}
		if p.FormerFew = due.former > 0 && due.former < fewPeople; !p.FormerFew {
			p.Former = due.former
		}
		p.Audit = due.auditCount
		return nil
	})
	slices.SortFunc(p.Lines, func(a, b RetentionCount) int {
		return cmp.Or(cmp.Compare(a.What, b.What), byName(a.Name, b.Name), cmp.Compare(a.Kind, b.Kind))
	})
	return p, err
}
