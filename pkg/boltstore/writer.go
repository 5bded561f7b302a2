// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"rugzak/pkg/rugzak"
)

// writer changes the store in one transaction.
type writer struct {
	reader
	saves int // of entries, in this transaction
}

func (w *writer) put(bucket, key []byte, record any) error {
	value, err := encode(bucket, key, record)
	if err != nil {
		return err
	}
	return w.store(bucket, key, value)
}

// SaveEntry stores an entry with its keys.
func (w *writer) SaveEntry(e rugzak.Entry, base int, note *rugzak.RevisionNote) error {
	if err := validID(e.ID); err != nil {
		return err
	}
	w.saves++
	before, err := w.entry(e.ID)
	if err := fits(err, before.Version, base); err != nil {
		return err
	}
	stored := err == nil
	record := recordOf(e)
	if note == nil {
		if e.Revision != before.Revision {
			return badRevision(e)
		}
		record.NoteActor, record.NoteReason, record.NoteAt = before.NoteActor, before.NoteReason, before.NoteAt
	} else {
		record.NoteActor, record.NoteReason, record.NoteAt = note.Actor, string(note.Reason), note.At
		if note.At.IsZero() {
			record.NoteAt = e.UpdatedAt
		}
		if err := w.keepPast(e, before, stored); err != nil {
			return err
		}
	}
	if err := w.putEntry(e.ID, record); err != nil {
		return err
	}
	return w.saveKeys(before.entry(e.ID), e, stored)
}

// keepPast makes the entry as it was a past revision. A new entry may come
// with a past, but then all of it.
func (w *writer) keepPast(e rugzak.Entry, before entryRecord, stored bool) error {
	if stored {
		if e.Revision != before.Revision+1 {
			return badRevision(e)
		}
		if before.Revision == 0 {
			return nil // a draft is no revision
		}
		return w.put(bucketRevisions, numbered(e.ID, before.Revision), before)
	}
	if e.Revision < 1 {
		return badRevision(e)
	}
	if e.Revision == 1 {
		return nil
	}
	past, err := w.second(bucketRevisions, pair(e.ID, ""))
	if err == nil && len(past) != e.Revision-1 {
		return badRevision(e)
	}
	return err
}

func badRevision(e rugzak.Entry) error {
	return &rugzak.Error{Code: rugzak.CodeInvalid, Key: "error.malformed",
		Err: fmt.Errorf("boltstore: entry %s cannot have %d as its newest revision", e.ID, e.Revision)}
}

// saveKeys brings lists, relations and origin in step with the entry.
func (w *writer) saveKeys(before, e rugzak.Entry, stored bool) error {
	var drop, add keySet
	if stored {
		drop = keysOf(before)
	}
	add = keysOf(e)
	for _, key := range drop.lists {
		if !contains(add.lists, key) {
			if err := w.remove(bucketLists, key); err != nil {
				return err
			}
		}
	}
	for _, key := range drop.related {
		if !contains(add.related, key) {
			if err := w.remove(bucketRelated, key); err != nil {
				return err
			}
		}
	}
	for _, key := range add.lists {
		if !contains(drop.lists, key) {
			if err := w.store(bucketLists, key, nil); err != nil {
				return err
			}
		}
	}
	for _, key := range add.related {
		if !contains(drop.related, key) {
			if err := w.store(bucketRelated, key, nil); err != nil {
				return err
			}
		}
	}
	if !slices.Equal(before.Authors, e.Authors) {
		if err := w.moveAsked(e.ID, before.Authors, e.Authors); err != nil {
			return err
		}
	}
	if stored && before.External == e.External {
		return nil
	}
	return w.saveExternal(before, e)
}

func (w *writer) saveExternal(before, e rugzak.Entry) error {
	if !before.External.IsZero() {
		if err := w.remove(bucketExternals, pair(before.External.Source, before.External.ID)); err != nil {
			return err
		}
	}
	if e.External.IsZero() {
		return nil
	}
	if err := validID(e.External.Source, e.External.ID); err != nil {
		return err
	}
	_, err := w.EntryByExternal(e.External)
	switch {
	case err == nil:
		return &rugzak.Error{Code: rugzak.CodeConflict, Key: "error.external_taken"}
	case rugzak.CodeOf(err) != rugzak.CodeNotFound:
		return err
	}
	return w.put(bucketExternals, pair(e.External.Source, e.External.ID), pointerRecord{ID: string(e.ID)})
}

// keySet holds the keys an entry has in lists and as one that speaks of others.
type keySet struct{ lists, related [][]byte }

func keysOf(e rugzak.Entry) keySet {
	var keys keySet
	for _, l := range e.Lists() {
		if key, ok := listKey(l, e.MarkIn(l)); ok && !contains(keys.lists, key) {
			keys.lists = append(keys.lists, key)
		}
	}
	for _, to := range speaksOf(e) {
		keys.related = append(keys.related, pair(to, e.ID))
	}
	return keys
}

func contains(keys [][]byte, key []byte) bool {
	return slices.ContainsFunc(keys, func(k []byte) bool { return bytes.Equal(k, key) })
}

// speaksOf lists the entries to which a relation or application leads.
func speaksOf(e rugzak.Entry) []rugzak.EntryID {
	var out []rugzak.EntryID
	for _, rel := range e.Relations {
		out = append(out, rel.To)
	}
	if e.Application != nil && e.Application.Lesson != "" {
		out = append(out, e.Application.Lesson)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// PutRevision stores a past revision as it is.
func (w *writer) PutRevision(r rugzak.Revision) error {
	if err := validID(r.Entry.ID); err != nil {
		return err
	}
	if r.Entry.Revision < 1 {
		return badRevision(r.Entry)
	}
	record := recordOf(r.Entry)
	record.NoteActor, record.NoteReason, record.NoteAt = r.Actor, string(r.Reason), r.At
	return w.put(bucketRevisions, numbered(r.Entry.ID, r.Entry.Revision), record)
}

// RemoveEntry takes away an entry and everything that hangs on it.
func (w *writer) RemoveEntry(id rugzak.EntryID) error {
	e, err := w.Entry(id)
	if err != nil {
		return err
	}
	keys := keysOf(e)
	for _, key := range keys.lists {
		if err := w.remove(bucketLists, key); err != nil {
			return err
		}
	}
	for _, key := range keys.related {
		if err := w.remove(bucketRelated, key); err != nil {
			return err
		}
	}
	if err := w.saveExternal(e, rugzak.Entry{}); err != nil {
		return err
	}
	if err := w.removeUnder(bucketRevisions, pair(id, "")); err != nil {
		return err
	}
	if err := w.removeUnder(bucketAnnounced, pair(id, "")); err != nil {
		return err
	}
	if err := w.unpick(id); err != nil {
		return err
	}
	if err := w.forgetQuoted(e); err != nil {
		return err
	}
	if err := w.SetHiddenAuthors(id, nil); err != nil {
		return err
	}
	if err := w.forgetAsked(id, e.Authors); err != nil {
		return err
	}
	if err := errors.Join(w.removeAsks(id), w.forgetMerged(id), w.forgetRefused(id), w.removeAttachments(id)); err != nil {
		return err
	}
	if err := w.removeInquiry(id); err != nil {
		return err
	}
	if err := w.removeOverlaps(id); err != nil {
		return err
	}
	if err := w.RemoveParticipants(rugzak.Subject(rugzak.EntrySubject(id))); err != nil {
		return err
	}
	if err := w.forgetResponses(id); err != nil {
		return err
	}
	if err := w.unlinkAgenda(id); err != nil {
		return err
	}
	keepers, err := w.second(bucketKeepers, pair(id, ""))
	if err != nil {
		return err
	}
	for _, person := range keepers {
		if err := w.RemoveKeep(rugzak.PersonID(person), id); err != nil {
			return err
		}
	}
	return w.remove(bucketEntries, []byte(id))
}

// SetHiddenAuthors says who wrote an entry without name.
func (w *writer) SetHiddenAuthors(id rugzak.EntryID, people []rugzak.PersonID) error {
	if err := errors.Join(validID(id), validID(people...)); err != nil {
		return err
	}
	old, err := w.HiddenAuthors(id)
	if err != nil {
		return err
	}
	for _, p := range old {
		if err := w.removeHidden(id, p); err != nil {
			return err
		}
	}
	for _, p := range people {
		if err := w.store(bucketHidden, pair(pair(hiddenByPerson, p), id), nil); err != nil {
			return err
		}
		if err := w.store(bucketHidden, pair(pair(hiddenByEntry, id), p), nil); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) removeHidden(id rugzak.EntryID, p rugzak.PersonID) error {
	return errors.Join(
		w.remove(bucketHidden, pair(pair(hiddenByPerson, p), id)),
		w.remove(bucketHidden, pair(pair(hiddenByEntry, id), p)),
	)
}
