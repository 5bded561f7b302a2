// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"bytes"
	"slices"

	"rugzak/pkg/rugzak"
)

// fullPages is how full new pages are made in buckets whose keys mostly come
// in order.
const fullPages = 0.9

// writer changes the store in one transaction.
type writer struct{ reader }

func (w *writer) put(bucket, key []byte, record any) error {
	value, err := encode(record)
	if err != nil {
		return err
	}
	return w.tx.Bucket(bucket).Put(key, value)
}

// SaveEntry stores an entry with its keys.
func (w *writer) SaveEntry(e rugzak.Entry, base int, note *rugzak.RevisionNote) error {
	before, err := w.entry(e.ID)
	stored := err == nil
	switch {
	case err != nil && rugzak.CodeOf(err) != rugzak.CodeNotFound:
		return err
	case stored != (base > 0), before.Version != base:
		return rugzak.Conflict()
	}
	record := recordOf(e)
	if note == nil {
		record.NoteActor, record.NoteReason, record.NoteAt = before.NoteActor, before.NoteReason, before.NoteAt
		record.Revision = before.Revision
		if !stored {
			record.Revision = e.Revision
		}
	} else {
		record.NoteActor, record.NoteReason, record.NoteAt = note.Actor, string(note.Reason), note.At
		if note.At.IsZero() {
			record.NoteAt = e.UpdatedAt
		}
		if stored && before.Revision > 0 {
			if err := w.put(bucketRevisions, numbered(e.ID, before.Revision), before); err != nil {
				return err
			}
		}
	}
	if stored {
		if err := w.dropKeys(before.entry(e.ID), e); err != nil {
			return err
		}
	}
	entries := w.tx.Bucket(bucketEntries)
	entries.FillPercent = fullPages
	if err := w.put(bucketEntries, []byte(e.ID), record); err != nil {
		return err
	}
	return w.addKeys(e)
}

// addKeys puts an entry in its lists and under its other keys.
func (w *writer) addKeys(e rugzak.Entry) error {
	lists := w.tx.Bucket(bucketLists)
	for _, l := range e.Lists() {
		key, _ := listKey(l, e.Mark())
		if err := lists.Put(key, nil); err != nil {
			return err
		}
	}
	for _, to := range speaksOf(e) {
		if err := w.tx.Bucket(bucketRelated).Put(pair(to, e.ID), nil); err != nil {
			return err
		}
	}
	if e.External.IsZero() {
		return nil
	}
	externals, key := w.tx.Bucket(bucketExternals), pair(e.External.Source, e.External.ID)
	if other := externals.Get(key); other != nil && string(other) != string(e.ID) {
		return &rugzak.Error{Code: rugzak.CodeConflict, Key: "error.external_taken"}
	}
	return externals.Put(key, []byte(e.ID))
}

// dropKeys takes away the keys of an entry that it will not have any more.
func (w *writer) dropKeys(before, after rugzak.Entry) error {
	lists, stay := w.tx.Bucket(bucketLists), after.Lists()
	for _, l := range before.Lists() {
		if before.Mark() == after.Mark() && slices.Contains(stay, l) {
			continue
		}
		key, _ := listKey(l, before.Mark())
		if err := lists.Delete(key); err != nil {
			return err
		}
	}
	speaks := speaksOf(after)
	for _, to := range speaksOf(before) {
		if !slices.Contains(speaks, to) {
			if err := w.tx.Bucket(bucketRelated).Delete(pair(to, before.ID)); err != nil {
				return err
			}
		}
	}
	if !before.External.IsZero() && before.External != after.External {
		return w.tx.Bucket(bucketExternals).Delete(pair(before.External.Source, before.External.ID))
	}
	return nil
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
	if err := w.dropKeys(e, rugzak.Entry{}); err != nil {
		return err
	}
	if err := w.removeAll(bucketRevisions, pair(id, "")); err != nil {
		return err
	}
	if err := w.SetHiddenAuthors(id, nil); err != nil {
		return err
	}
	for _, person := range w.second(bucketKeepers, pair(id, "")) {
		if err := w.RemoveKeep(rugzak.PersonID(person), id); err != nil {
			return err
		}
	}
	return w.tx.Bucket(bucketEntries).Delete([]byte(id))
}

// removeAll deletes the keys that begin with a prefix.
func (w *writer) removeAll(bucket, prefix []byte) error {
	b := w.tx.Bucket(bucket)
	for _, rest := range w.second(bucket, prefix) {
		if err := b.Delete(append(bytes.Clone(prefix), rest...)); err != nil {
			return err
		}
	}
	return nil
}

// SetHiddenAuthors says who wrote an entry without name.
func (w *writer) SetHiddenAuthors(id rugzak.EntryID, people []rugzak.PersonID) error {
	b := w.tx.Bucket(bucketHidden)
	old, err := w.HiddenAuthors(id)
	if err != nil {
		return err
	}
	for _, p := range old {
		if err := b.Delete(pair(pair(hiddenByPerson, p), id)); err != nil {
			return err
		}
		if err := b.Delete(pair(pair(hiddenByEntry, id), p)); err != nil {
			return err
		}
	}
	for _, p := range people {
		if err := b.Put(pair(pair(hiddenByPerson, p), id), nil); err != nil {
			return err
		}
		if err := b.Put(pair(pair(hiddenByEntry, id), p), nil); err != nil {
			return err
		}
	}
	return nil
}

// SaveMovement stores what gives direction.
func (w *writer) SaveMovement(m rugzak.Movement) error {
	return w.put(bucketMovement, movementKey, recordOfMovement(m))
}

// SaveKeep stores what a person takes along.
func (w *writer) SaveKeep(k rugzak.Keep) error {
	if err := w.tx.Bucket(bucketKeepers).Put(pair(k.Entry, k.Person), nil); err != nil {
		return err
	}
	return w.put(bucketKeeps, pair(k.Person, k.Entry), keepRecord{Purpose: k.Purpose, At: k.At})
}

// RemoveKeep forgets that a person took an entry along.
func (w *writer) RemoveKeep(person rugzak.PersonID, entry rugzak.EntryID) error {
	if err := w.tx.Bucket(bucketKeepers).Delete(pair(entry, person)); err != nil {
		return err
	}
	return w.tx.Bucket(bucketKeeps).Delete(pair(person, entry))
}
