// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"time"

	"rugzak/pkg/rugzak"
)

// ReviewFirst is how long an entry that is due for review is its author's alone
// to decide on, before facilitators see it.
const ReviewFirst = 14 * 24 * time.Hour

// maxReview is how many of them are shown.
const maxReview = 50

// ReviewLine is an entry that is due for review, whose author was told a while
// ago.
type ReviewLine struct {
	Card
	ToldAt time.Time
	// Asked: its author was asked whether it may go to the archive.
	Asked bool
	// Left: nobody who wrote it by name is here any more, so that a facilitator
	// decides.
	Left bool
}

// ReviewQueue is what waits.
type ReviewQueue struct {
	Lines []ReviewLine
	More  bool
}

// ReviewQueue lists what a facilitator may read that is past its date, once its
// author had the time to look first.
func (s *Service) ReviewQueue(ctx context.Context, by rugzak.Person) (ReviewQueue, error) {
	var q ReviewQueue
	if !rugzak.CanCurate(by) {
		return q, rugzak.Forbidden("error.curators_only")
	}
	var raw []rawCard
	err := s.view(ctx, "review queue", func(r rugzak.Reader) error {
		q, raw = ReviewQueue{}, nil
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		var lists []entrySeq
		for _, t := range rugzak.ReaderTokens(by) {
			lists = append(lists, r.Entries(rugzak.ReviewList(t), ""))
		}
		for e, err := range merge(lists) {
			if err != nil {
				return err
			}
			if !rugzak.CanRead(by, e) {
				continue
			}
			line, waits, err := s.reviewLine(r, e)
			if err != nil {
				return err
			}
			if !waits {
				continue
			}
			if q.More = len(raw) == maxReview; q.More {
				return nil
			}
			mine, err := isMine(r, by, e)
			if err != nil {
				return err
			}
			q.Lines, raw = append(q.Lines, line), append(raw, n.card(by, e, mine))
		}
		return nil
	})
	for i, card := range s.finish(ctx, raw) {
		q.Lines[i].Card = card
	}
	return q, err
}

// reviewLine tells what is known of an entry in the queue; waits is false for
// one that is its author's alone for now.
func (s *Service) reviewLine(r rugzak.Reader, e rugzak.Entry) (line ReviewLine, waits bool, err error) {
	if e.State != rugzak.StateToReview {
		return line, false, nil
	}
	told, err := r.Announced(e.ID, rugzak.NoticeReview)
	if isMissing(err) || err == nil && s.now().Before(told.At.Add(ReviewFirst)) {
		return line, false, nil
	}
	if err != nil {
		return line, false, err
	}
	line.ToldAt = told.At
	if line.Asked, err = archiveAsked(r, e); err != nil {
		return line, false, err
	}
	line.Left, err = authorsLeft(r, e)
	return line, true, err
}

// archiveAsked reports whether the authors of an entry were asked, since it is
// due, whether it may go to the archive.
func archiveAsked(r rugzak.Reader, e rugzak.Entry) (bool, error) {
	if e.State != rugzak.StateToReview {
		return false, nil
	}
	told, err := r.Announced(e.ID, rugzak.NoticeReview)
	if err != nil && !isMissing(err) {
		return false, err
	}
	asked, err := r.Announced(e.ID, rugzak.NoticeArchiveAsked)
	if isMissing(err) {
		return false, nil
	}
	return err == nil && !asked.At.Before(told.At), err
}

// authorsLeft reports whether nobody who wrote an entry is here any more. Of who
// wrote without name that is not told.
func authorsLeft(r rugzak.Reader, e rugzak.Entry) (bool, error) {
	if e.Mode == rugzak.Anonymous {
		return false, nil
	}
	for _, a := range e.Authors {
		p, err := r.Person(a)
		if isMissing(err) {
			continue
		}
		if err != nil || !p.Inactive {
			return false, err
		}
	}
	return true, nil
}

// lookQueue fetches an entry of the queue for a facilitator.
func (s *Service) lookQueue(r rugzak.Reader, by rugzak.Person, id rugzak.EntryID) (rugzak.Entry, ReviewLine, error) {
	e, _, err := lookCare(r, by, id)
	if err != nil {
		return e, ReviewLine{}, err
	}
	line, waits, err := s.reviewLine(r, e)
	if err == nil && !waits {
		err = rugzak.Forbidden("error.review.author_first")
	}
	return e, line, err
}

// AskArchive asks the author of an entry whether it may go to the archive. The
// author decides.
func (s *Service) AskArchive(ctx context.Context, by rugzak.Person, id rugzak.EntryID) error {
	_, err := s.update(ctx, "ask archive", func(w rugzak.Writer) error {
		e, line, err := s.lookQueue(w, by, id)
		if err != nil || line.Asked {
			return err
		}
		if line.Left {
			return rugzak.Forbidden("error.review.left")
		}
		if err := s.tellOfAge(w, rugzak.NoticeArchiveAsked, e); err != nil {
			return err
		}
		return w.Announce(rugzak.Announcement{Entry: id, Kind: rugzak.NoticeArchiveAsked, At: s.now()})
	})
	return err
}

// ReviewFor decides about an entry of which nobody who wrote it is here any more.
func (s *Service) ReviewFor(ctx context.Context, by rugzak.Person, id rugzak.EntryID, what Review) (Saved, error) {
	var saved Saved
	pos, err := s.update(ctx, "review for an author", func(w rugzak.Writer) error {
		e, line, err := s.lookQueue(w, by, id)
		if err != nil {
			return err
		}
		if !line.Left {
			return rugzak.Forbidden("error.author_only")
		}
		if saved.Entry, err = s.review(w, by, e, what); err != nil {
			return err
		}
		return s.audit(w, by, rugzak.AuditReviewed, rugzak.EntrySubject(id), string(what))
	})
	saved.Position = pos
	return saved, err
}
