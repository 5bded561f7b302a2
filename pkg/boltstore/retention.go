// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

type doneRecord struct {
	At time.Time `json:"at"`
}

type announcedRecord struct {
	At time.Time `json:"at"`
}

// DoneAt returns when regular work was last done.
func (r *reader) DoneAt(work string) (time.Time, error) {
	var record doneRecord
	err := r.get(bucketDone, []byte(work), &record)
	if rugzak.CodeOf(err) == rugzak.CodeNotFound {
		err = nil
	}
	return record.At, err
}

// MarkDone writes down that regular work is done.
func (w *writer) MarkDone(work string, at time.Time) error {
	if err := validID(work); err != nil {
		return err
	}
	return w.put(bucketDone, []byte(work), doneRecord{At: at})
}

// Announced returns when the authors of an entry were told.
func (r *reader) Announced(id rugzak.EntryID, kind rugzak.NoticeKind) (rugzak.Announcement, error) {
	var record announcedRecord
	err := r.get(bucketAnnounced, pair(id, kind), &record)
	return rugzak.Announcement{Entry: id, Kind: kind, At: record.At}, err
}

// Announce writes down that the authors of an entry were told.
func (w *writer) Announce(a rugzak.Announcement) error {
	if err := errors.Join(validID(a.Entry), validID(a.Kind)); err != nil {
		return err
	}
	return w.put(bucketAnnounced, pair(a.Entry, a.Kind), announcedRecord{At: a.At})
}

// announcements checks that what was announced is about entries that are there.
func (c *checker) announcements() {
	each(&c.reader, bucketAnnounced, func(key string, _ announcedRecord, err error) bool {
		entry, _, _ := strings.Cut(key, "\x00")
		if c.good("an announcement", err) && !c.has(bucketEntries, entry) {
			c.report("an announcement about an entry that is gone: " + entry)
		}
		return true
	})
	each(&c.reader, bucketDone, func(work string, _ doneRecord, err error) bool { return c.good("when "+work+" was done", err) || true })
}
