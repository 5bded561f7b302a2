// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "time"

// Tombstone is what stays of a text that was purged: that it was there, when it
// went and a code that says why. Restoring an older backup applies it.
type Tombstone struct {
	// Subject is "entry:ID", "theme:ID", "response:ENTRY/ID", "meeting:ID",
	// "room:ID" or a shared text: see Subject.Text.
	Subject string
	At      time.Time
	Reason  ReportReason
	// Version is 0 when all of an entry is gone. Otherwise its past is: what is
	// found with a lower version, in a backup, is from before that. A need is
	// told by the version of its organisation; the thread of a theme and other
	// shared texts by the time of their last change.
	Version int
}

// Covers reports whether the entry, as found somewhere, may not come back.
func (t Tombstone) Covers(e Entry) bool {
	return t.Subject == EntrySubject(e.ID) && (t.Version == 0 || e.Version < t.Version)
}

// CoversThread reports whether the texts of a theme, as found somewhere, may
// not come back.
func (t Tombstone) CoversThread(th Theme) bool {
	return t.Subject == ThemeSubject(th.ID) && th.UpdatedAt.Before(t.At)
}

// ThemeSubject is the subject of changes of a theme.
func ThemeSubject(id ThemeID) string { return "theme:" + string(id) }

// PurgeStep is how far a purge is: each step is finished before it is stored.
type PurgeStep string

// The steps, in order.
const (
	PurgeDeleted PurgeStep = "deleted" // out of the records: nobody sees it any more
	PurgeStore   PurgeStep = "store"   // out of the file of the store and its copies
	PurgeDone    PurgeStep = "done"    // out of the files of the index and the caches too
)

// PurgeJob is a purge that reaches every file, step by step. A crash in between
// loses nothing: the next start goes on with the step that comes.
type PurgeJob struct {
	ID      string // as made by NewID
	Subject string
	// Past says that only what the text was before is purged.
	Past   bool
	Reason ReportReason
	At     time.Time
	Step   PurgeStep
	Done   time.Time
}

// PurgeReader reads what was purged.
type PurgeReader interface {
	// Tombstone returns the tombstone of a subject.
	Tombstone(subject string) (Tombstone, error)
	// Tombstones lists all, by subject.
	Tombstones() ([]Tombstone, error)
	// PurgeJobs lists the purges, newest first.
	PurgeJobs() ([]PurgeJob, error)
}

// PurgeWriter purges records. The bytes go with Store.Compact.
type PurgeWriter interface {
	// PurgeEntry removes an entry as RemoveEntry does, and every notice and
	// every mail about it.
	PurgeEntry(id EntryID) error
	// PurgePast removes the past revisions of an entry. Its newest revision,
	// which is its text, becomes the first.
	PurgePast(id EntryID) error
	// ForgetRepeated takes what others wrote of an entry that is gone out of what
	// is not an entry: rounds, threads, letters, the compass, the agenda, ideas,
	// meetings and interim results. PurgeEntry and PurgePast do it themselves.
	ForgetRepeated(e Entry, g Gone) error
	SaveTombstone(t Tombstone) error
	SavePurgeJob(j PurgeJob) error
}
