// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"
	"iter"
	"slices"
	"strings"
	"time"

	"go.etcd.io/bbolt"

	"rugzak/pkg/rugzak"
)

var (
	bucketWidenings = []byte("widenings") // entry 0 id -> request to let more people read it
	bucketAsked     = []byte("asked")     // author 0 entry -> nothing: there are requests about it
)

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

// AskedAbout lists the entries of a person that there are requests about. Those
// without name are reached through the hidden link only.
func (r *reader) AskedAbout(person rugzak.PersonID) ([]rugzak.EntryID, error) {
	if person == "" {
		return nil, nil
	}
	named, err := r.second(bucketAsked, pair(person, ""))
	if err != nil {
		return nil, err
	}
	var out []rugzak.EntryID
	for _, id := range named {
		out = append(out, rugzak.EntryID(id))
	}
	nameless, err := r.HiddenEntries(person)
	if err != nil {
		return nil, err
	}
	for _, id := range nameless {
		asked, err := r.isAsked(id)
		if err != nil {
			return nil, err
		}
		if asked {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
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
	return w.saveAsk(bucketWidenings, x.Entry, x.ID, record)
}

// RemoveWidening takes a request away.
func (w *writer) RemoveWidening(entry rugzak.EntryID, id string) error {
	if _, err := w.Widening(entry, id); err != nil {
		return err
	}
	return w.removeAsk(bucketWidenings, entry, id)
}

// authors are those an entry names; none of one that is not there.
func (w *writer) authors(id rugzak.EntryID) ([]rugzak.PersonID, error) {
	e, err := w.Rights(id)
	if rugzak.CodeOf(err) == rugzak.CodeNotFound {
		return nil, nil
	}
	return e.Authors, err
}

// moveAsked brings who is asked about an entry in step with its authors.
func (w *writer) moveAsked(id rugzak.EntryID, before, now []rugzak.PersonID) error {
	asked, err := w.isAsked(id)
	if err != nil || !asked {
		return err
	}
	gone := slices.DeleteFunc(slices.Clone(before), func(p rugzak.PersonID) bool { return slices.Contains(now, p) })
	if err := w.forgetAsked(id, gone); err != nil {
		return err
	}
	for _, p := range now {
		if err := w.store(bucketAsked, pair(p, id), nil); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) forgetAsked(id rugzak.EntryID, authors []rugzak.PersonID) error {
	for _, p := range authors {
		if err := w.remove(bucketAsked, pair(p, id)); err != nil {
			return err
		}
	}
	return nil
}

// orderAsked makes the keys of who is asked for the requests a file has.
func orderAsked(tx *bbolt.Tx) error {
	w := writer{reader: reader{tx: tx}}
	about := map[rugzak.EntryID]bool{}
	for x, err := range w.AllWidenings() {
		if err != nil {
			return err
		}
		about[x.Entry] = true
	}
	for id := range about {
		authors, err := w.authors(id)
		if err != nil {
			return err
		}
		if err := w.moveAsked(id, nil, authors); err != nil {
			return err
		}
	}
	return nil
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
