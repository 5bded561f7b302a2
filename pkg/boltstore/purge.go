// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"bytes"
	"errors"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

type tombstoneRecord struct {
	At      time.Time `json:"at"`
	Reason  string    `json:"r"`
	Version int       `json:"v,omitempty"`
}

type purgeRecord struct {
	Subject string    `json:"s"`
	Past    bool      `json:"p,omitempty"`
	Reason  string    `json:"r"`
	At      time.Time `json:"at"`
	Step    string    `json:"st"`
	Done    time.Time `json:"d,omitzero"`
}

// Tombstone returns what stays of a subject that was purged.
func (r *reader) Tombstone(subject string) (rugzak.Tombstone, error) {
	var record tombstoneRecord
	err := r.get(bucketTombstones, []byte(subject), &record)
	return record.tombstone(subject), err
}

func (r tombstoneRecord) tombstone(subject string) rugzak.Tombstone {
	return rugzak.Tombstone{Subject: subject, At: r.At, Reason: rugzak.ReportReason(r.Reason), Version: r.Version}
}

// Tombstones lists all, by subject.
func (r *reader) Tombstones() (out []rugzak.Tombstone, err error) {
	each(r, bucketTombstones, func(subject string, record tombstoneRecord, failed error) bool {
		out, err = append(out, record.tombstone(subject)), failed
		return err == nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// PurgeJobs lists the purges, newest first.
func (r *reader) PurgeJobs() (out []rugzak.PurgeJob, err error) {
	each(r, bucketPurges, func(id string, record purgeRecord, failed error) bool {
		out, err = append(out, rugzak.PurgeJob{
			ID: id, Subject: record.Subject, Past: record.Past, Reason: rugzak.ReportReason(record.Reason),
			At: record.At, Step: rugzak.PurgeStep(record.Step), Done: record.Done,
		}), failed
		return err == nil
	})
	if err != nil {
		return nil, err
	}
	slices.Reverse(out)
	return out, nil
}

// SaveTombstone stores a tombstone. One of a whole entry stays.
func (w *writer) SaveTombstone(t rugzak.Tombstone) error {
	if err := validID(t.Subject); err != nil {
		return err
	}
	if id, ok := (rugzak.Change{Subject: t.Subject}).EntryOf(); ok {
		if err := w.ForgetStories(id, t.Version, t.At); err != nil {
			return err
		}
	}
	switch before, err := w.Tombstone(t.Subject); {
	case err == nil && (before.Version == 0 && t.Version != 0 || t.Version != 0 && before.Version > t.Version):
		return nil
	case err != nil && rugzak.CodeOf(err) != rugzak.CodeNotFound:
		return err
	}
	return w.put(bucketTombstones, []byte(t.Subject), tombstoneRecord{At: t.At, Reason: string(t.Reason), Version: t.Version})
}

// SavePurgeJob stores a purge.
func (w *writer) SavePurgeJob(j rugzak.PurgeJob) error {
	if err := validID(j.ID); err != nil {
		return err
	}
	return w.put(bucketPurges, []byte(j.ID), purgeRecord{
		Subject: j.Subject, Past: j.Past, Reason: string(j.Reason), At: j.At, Step: string(j.Step), Done: j.Done,
	})
}

// PurgeEntry removes an entry and everything that speaks of it.
func (w *writer) PurgeEntry(id rugzak.EntryID) error {
	if err := w.keepReaders(id); err != nil {
		return err
	}
	now, past, err := w.said(id)
	if err != nil {
		return err
	}
	if err := w.ForgetRepeated(now, rugzak.NewGone(id, append(past, now), nil)); err != nil {
		return err
	}
	return errors.Join(w.RemoveEntry(id), w.forgetTold(id))
}

// forgetTold removes the notices and the mail about an entry.
func (w *writer) forgetTold(id rugzak.EntryID) error {
	var keys [][]byte
	var failed error
	each(&w.reader, bucketNotices, func(key string, record noticeRecord, err error) bool {
		if failed = err; record.Entry == string(id) || record.About == string(id) {
			keys = append(keys, []byte(key))
		}
		return err == nil
	})
	if failed != nil {
		return failed
	}
	for _, key := range keys {
		_, notice, _ := bytes.Cut(key, []byte{0})
		if err := w.removeNotice(key, string(notice)); err != nil {
			return err
		}
	}
	queue, err := w.MailQueue()
	if err != nil {
		return err
	}
	for _, m := range queue {
		if m.Entry == id {
			if err := w.RemoveMail(m.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// PurgePast removes the past revisions of an entry.
func (w *writer) PurgePast(id rugzak.EntryID) error {
	record, err := w.entry(id)
	if err != nil {
		return err
	}
	now, past, err := w.said(id)
	if err != nil {
		return err
	}
	if err := w.ForgetRepeated(now, rugzak.NewGone(id, past, []rugzak.Entry{now})); err != nil {
		return err
	}
	if err := w.removeUnder(bucketRevisions, pair(id, "")); err != nil {
		return err
	}
	if err := w.unquote(rugzak.Entry{ID: id}, func(q rugzak.Quote) bool { return !rugzak.Stands(q.Text, now) }); err != nil {
		return err
	}
	texts, err := w.TextProposals(id) // may hold what the past held
	if err != nil {
		return err
	}
	for _, x := range texts {
		if err := w.RemoveTextProposal(id, x.ID); err != nil {
			return err
		}
	}
	record.Revision = min(record.Revision, 1)
	record.Version++
	return w.putEntry(id, record)
}

// applyTombstone takes out of a file that comes from elsewhere what may not
// come back, and remembers why. It reports whether something was there.
func (w *writer) applyTombstone(t rugzak.Tombstone) (removed bool, err error) {
	if id, ok := (rugzak.Change{Subject: t.Subject}).EntryOf(); ok {
		e, err := w.Entry(id)
		if err == nil && t.Covers(e) {
			// What is left of the text is not in this file: all of it goes.
			removed = true
			err = errors.Join(w.PurgeEntry(id), w.unpin(id),
				w.Log(rugzak.Change{At: t.At, Actor: "system", Verb: rugzak.VerbEntryPurged, Subject: t.Subject}))
		}
		if err != nil && rugzak.CodeOf(err) != rugzak.CodeNotFound {
			return false, err
		}
	}
	if entry, id, ok := t.ResponseOf(); ok {
		x, err := w.Response(entry, id)
		if err == nil && x.Author != "" {
			removed = true
			err = w.PurgeResponse(entry, id)
		}
		if err != nil && rugzak.CodeOf(err) != rugzak.CodeNotFound {
			return false, err
		}
	}
	gathered, err := w.takeGathered(t)
	if err != nil {
		return false, err
	}
	text, err := w.takeText(t)
	if err != nil {
		return false, err
	}
	removed = removed || gathered || text
	themes, err := w.Themes()
	if err != nil {
		return false, err
	}
	for _, theme := range themes {
		if t.CoversThread(theme) {
			removed = true
			theme.Summary, theme.Thread, theme.OpenQuestions, theme.NotBSN, theme.Reported = "", "", nil, nil, false
			theme.UpdatedAt = t.At
			if err := errors.Join(w.RemoveThreads(theme.ID, false), w.removeLetters(theme.ID, true), w.SaveTheme(theme, theme.Version)); err != nil {
				return false, err
			}
		}
	}
	var failed error
	err = w.changeThemeMerges(func(m *rugzak.ThemeMerge) bool {
		covered := t.CoversThread(m.From)
		if covered {
			removed, failed = true, errors.Join(failed, w.RemoveThreads(m.From.ID, false), w.removeLetters(m.From.ID, true))
			*m = m.Forgotten()
			m.From.UpdatedAt = t.At
		}
		return covered
	})
	return removed, errors.Join(err, failed, w.SaveTombstone(t))
}

// takeGathered takes out the meeting or the need for room that a tombstone is of.
func (w *writer) takeGathered(t rugzak.Tombstone) (removed bool, err error) {
	if id, ok := t.MeetingOf(); ok {
		if err = w.RemoveMeeting(id); err == nil {
			err = w.RemoveParticipants(rugzak.Subject(t.Subject))
			removed = true
		}
	} else if id, ok := t.RoomOf(); ok {
		err = w.RemoveRoomNeed(id)
		removed = err == nil
	}
	if rugzak.CodeOf(err) == rugzak.CodeNotFound {
		return false, nil
	}
	return removed, err
}

// unpin takes a purged entry out of the pins of themes.
func (w *writer) unpin(id rugzak.EntryID) error {
	themes, err := w.Themes()
	if err != nil {
		return err
	}
	for _, t := range themes {
		if slices.Contains(t.Pins, id) {
			t.Pins = slices.DeleteFunc(t.Pins, func(pin rugzak.EntryID) bool { return pin == id })
			if err := w.SaveTheme(t, t.Version); err != nil {
				return err
			}
		}
	}
	return nil
}
