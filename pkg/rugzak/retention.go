// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "time"

// The notices of things that get old.
const (
	// NoticeDraftOld tells the author that an untouched draft will be removed.
	NoticeDraftOld NoticeKind = "draft_old"
	// NoticeReview asks the authors to look at an entry again.
	NoticeReview NoticeKind = "review"
	// NoticeReviewNameless asks the same of who wrote without name; it does not
	// say which entry.
	NoticeReviewNameless NoticeKind = "review_nameless"
)

// RemovalGrace is how long after the announcement a draft is removed at the
// earliest, also when it was untouched for years before anybody looked.
const RemovalGrace = 30 * 24 * time.Hour

// Announcement says that the authors of an entry were told what will become of
// it, so that they are told once and nothing goes without.
type Announcement struct {
	Entry EntryID
	Kind  NoticeKind
	At    time.Time
}

// RetentionReader reads what was announced.
type RetentionReader interface {
	Announced(id EntryID, kind NoticeKind) (Announcement, error)
	// DoneAt is when regular work was last done; zero when it never was.
	DoneAt(work string) (time.Time, error)
}

// RetentionWriter writes down what was announced. It goes with the entry.
type RetentionWriter interface {
	Announce(a Announcement) error
	// MarkDone writes down that regular work is done.
	MarkDone(work string, at time.Time) error
}

// AnnouncesAt is when the author of a draft is told that it is old.
func (e Entry) AnnouncesAt(r RetentionSettings) (at time.Time, ok bool) {
	if e.State != StateDraft || r.DraftRemove <= 0 || r.DraftAnnounce <= 0 {
		return time.Time{}, false
	}
	return e.UpdatedAt.AddDate(0, r.DraftAnnounce, 0), true
}

// RemovesAt is when a draft is removed, given when it was announced.
func (e Entry) RemovesAt(r RetentionSettings, announced time.Time) (at time.Time, ok bool) {
	if e.State != StateDraft || r.DraftRemove <= 0 || !announced.After(e.UpdatedAt) {
		return time.Time{}, false
	}
	at = e.UpdatedAt.AddDate(0, r.DraftRemove, 0)
	if earliest := announced.Add(RemovalGrace); at.Before(earliest) {
		at = earliest
	}
	return at, true
}

// ReviewsAt is when a shared entry is due for review: after the month its
// authors chose, else after the term since its last change.
func (e Entry) ReviewsAt(r RetentionSettings) (at time.Time, ok bool) {
	if e.State != StateShared {
		return time.Time{}, false
	}
	if month, err := time.Parse("2006-01", e.ReviewBy); err == nil {
		return month.AddDate(0, 1, 0), true
	}
	if r.Review <= 0 {
		return time.Time{}, false
	}
	return e.UpdatedAt.AddDate(0, r.Review, 0), true
}
