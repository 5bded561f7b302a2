// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"
	"iter"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

// bucketWidenings: entry 0 id -> request to let more people read it.
var bucketWidenings = []byte("widenings")

type wideningRecord struct {
	Asker string    `json:"p"`
	Level string    `json:"l,omitempty"`
	Also  []string  `json:"o,omitempty"`
	State string    `json:"s"`
	At    time.Time `json:"at"`
}

func (record wideningRecord) widening(entry rugzak.EntryID, id string) rugzak.Widening {
	w := rugzak.Widening{
		ID: id, Entry: entry, Asker: rugzak.PersonID(record.Asker), Audience: rugzak.Audience{Level: rugzak.Level(record.Level)},
		State: rugzak.WideningState(record.State), At: record.At,
	}
	for _, o := range record.Also {
		w.Audience.Also = append(w.Audience.Also, rugzak.OrganisationID(o))
	}
	return w
}

// Widening returns one request.
func (r *reader) Widening(entry rugzak.EntryID, id string) (rugzak.Widening, error) {
	var record wideningRecord
	if err := r.get(bucketWidenings, pair(entry, id), &record); err != nil {
		return rugzak.Widening{}, err
	}
	return record.widening(entry, id), nil
}

// Widenings lists the requests about an entry, oldest first.
func (r *reader) Widenings(entry rugzak.EntryID) ([]rugzak.Widening, error) {
	if entry == "" {
		return nil, nil
	}
	ids, err := r.second(bucketWidenings, pair(entry, ""))
	if err != nil {
		return nil, err
	}
	var out []rugzak.Widening
	for _, id := range ids {
		w, err := r.Widening(entry, id)
		if err != nil {
			return nil, err
		}
		out = append(out, w)
	}
	return out, nil
}

// AllWidenings yields every request, by entry.
func (r *reader) AllWidenings() iter.Seq2[rugzak.Widening, error] {
	return func(yield func(rugzak.Widening, error) bool) {
		each(r, bucketWidenings, func(key string, record wideningRecord, err error) bool {
			entry, id, _ := strings.Cut(key, "\x00")
			return yield(record.widening(rugzak.EntryID(entry), id), err)
		})
	}
}

// SaveWidening stores a request.
func (w *writer) SaveWidening(x rugzak.Widening) error {
	if err := errors.Join(validID(x.Entry), validID(x.ID), validID(x.Asker)); err != nil {
		return err
	}
	record := wideningRecord{Asker: string(x.Asker), Level: string(x.Audience.Level), State: string(x.State), At: x.At}
	for _, o := range x.Audience.Also {
		record.Also = append(record.Also, string(o))
	}
	return w.put(bucketWidenings, pair(x.Entry, x.ID), record)
}

// RemoveWidening takes a request away.
func (w *writer) RemoveWidening(entry rugzak.EntryID, id string) error {
	if _, err := w.Widening(entry, id); err != nil {
		return err
	}
	return w.remove(bucketWidenings, pair(entry, id))
}

// forgetWidenings removes what a person asked.
func (w *writer) forgetWidenings(person rugzak.PersonID) error {
	var theirs []rugzak.Widening
	for x, err := range w.AllWidenings() {
		if err != nil {
			return err
		}
		if x.Asker == person {
			theirs = append(theirs, x)
		}
	}
	for _, x := range theirs {
		if err := w.RemoveWidening(x.Entry, x.ID); err != nil {
			return err
		}
	}
	return nil
}

// widenings checks requests: they can be read, and lead to entries and people.
func (c *checker) widenings() {
	each(&c.reader, bucketWidenings, func(key string, record wideningRecord, err error) bool {
		entry, _, _ := strings.Cut(key, "\x00")
		if !c.good("a request about "+entry, err) {
			return true
		}
		if !c.has(bucketEntries, entry) {
			c.report("a request about an entry that is gone: " + entry)
		}
		if !c.has(bucketPeople, record.Asker) {
			c.report("a request of a person who is gone: " + record.Asker)
		}
		return true
	})
}
