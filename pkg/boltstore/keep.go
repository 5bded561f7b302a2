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

var (
	bucketKeepsDue   = []byte("keepsdue")   // moment 0 person 0 entry -> nothing: when a keeper is asked
	bucketKeepsAsked = []byte("keepsasked") // person 0 entry -> nothing: waits for an answer
)

type keepRecord struct {
	Purpose  string    `json:"p,omitempty"`
	At       time.Time `json:"a"`
	Note     string    `json:"n,omitempty"`
	Weeks    int       `json:"w,omitempty"`
	RemindAt time.Time `json:"r,omitzero"`
	AskedAt  time.Time `json:"q,omitzero"`
	Answer   string    `json:"y,omitempty"`
}

func (r keepRecord) keep(person, entry string) rugzak.Keep {
	return rugzak.Keep{
		Person: rugzak.PersonID(person), Entry: rugzak.EntryID(entry), Purpose: r.Purpose, Note: r.Note, At: r.At,
		Weeks: r.Weeks, RemindAt: r.RemindAt, AskedAt: r.AskedAt, Answer: rugzak.KeepAnswer(r.Answer),
	}
}

// dueMoment is the first part of a key by which keeps that are due are found:
// texts of moments sort as the moments do.
func dueMoment(at time.Time) string { return at.UTC().Format(time.RFC3339) }

func dueKey(k rugzak.Keep) []byte { return pair(dueMoment(k.RemindAt), pair(k.Person, k.Entry)) }

// Keep returns one keep.
func (r *reader) Keep(person rugzak.PersonID, entry rugzak.EntryID) (rugzak.Keep, error) {
	var record keepRecord
	if err := r.get(bucketKeeps, pair(person, entry), &record); err != nil {
		return rugzak.Keep{}, err
	}
	return record.keep(string(person), string(entry)), nil
}

// Keeps lists what a person took along, newest first.
func (r *reader) Keeps(person rugzak.PersonID) ([]rugzak.Keep, error) {
	return collected(r.KeepsAfter(person, ""))
}

// AllKeeps yields every keep, by person and entry.
func (r *reader) AllKeeps() iter.Seq2[rugzak.Keep, error] {
	return func(yield func(rugzak.Keep, error) bool) {
		each(r, bucketKeeps, func(key string, record keepRecord, err error) bool {
			person, entry, _ := strings.Cut(key, "\x00")
			return yield(record.keep(person, entry), err) && err == nil
		})
	}
}

// Keepers lists who took an entry along.
func (r *reader) Keepers(entry rugzak.EntryID) ([]rugzak.PersonID, error) {
	people, err := r.second(bucketKeepers, pair(entry, ""))
	return words[string, rugzak.PersonID](people), err
}

// DueKeeps lists the keeps whose keeper is to be asked by now.
func (r *reader) DueKeeps(now time.Time, limit int) ([]rugzak.Keep, error) {
	var out []rugzak.Keep
	place := walk{tx: r.tx, bucket: bucketKeepsDue}
	for len(out) < limit {
		key, err := place.next()
		if err != nil {
			return nil, err
		}
		moment, rest, _ := strings.Cut(string(key), "\x00")
		if key == nil || moment > dueMoment(now) {
			break
		}
		person, entry, _ := strings.Cut(rest, "\x00")
		k, err := r.Keep(rugzak.PersonID(person), rugzak.EntryID(entry))
		if err != nil {
			return nil, err
		}
		if !now.Before(k.RemindAt) { // the key tells no parts of a second
			out = append(out, k)
		}
	}
	return out, nil
}

// AskedKeeps lists the keeps a person was asked about and did not answer.
func (r *reader) AskedKeeps(person rugzak.PersonID) ([]rugzak.Keep, error) {
	if person == "" {
		return nil, nil
	}
	var out []rugzak.Keep
	entries, err := r.second(bucketKeepsAsked, pair(person, ""))
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		k, err := r.Keep(person, rugzak.EntryID(entry))
		if err != nil {
			return nil, err
		}
		out = append(out, k)
	}
	return out, nil
}

// SaveKeep stores what a person takes along.
func (w *writer) SaveKeep(k rugzak.Keep) error {
	if err := errors.Join(validID(k.Person), validID(k.Entry)); err != nil {
		return err
	}
	if err := errors.Join(w.forgetOrder(k.Person, k.Entry), w.store(bucketKeptOrder, keptKey(k), nil)); err != nil {
		return err
	}
	if err := w.forgetDue(k.Person, k.Entry); err != nil {
		return err
	}
	if !k.RemindAt.IsZero() {
		if err := w.store(bucketKeepsDue, dueKey(k), nil); err != nil {
			return err
		}
	}
	if k.Waiting() {
		if err := w.store(bucketKeepsAsked, pair(k.Person, k.Entry), nil); err != nil {
			return err
		}
	}
	if err := w.store(bucketKeepers, pair(k.Entry, k.Person), nil); err != nil {
		return err
	}
	return w.put(bucketKeeps, pair(k.Person, k.Entry), keepRecord{
		Purpose: k.Purpose, At: k.At, Note: k.Note, Weeks: k.Weeks, RemindAt: k.RemindAt, AskedAt: k.AskedAt, Answer: string(k.Answer),
	})
}

// forgetDue takes away the keys by which a keep as it is stored is found when
// its keeper is to be asked, or was.
func (w *writer) forgetDue(person rugzak.PersonID, entry rugzak.EntryID) error {
	old, err := w.Keep(person, entry)
	switch {
	case rugzak.CodeOf(err) == rugzak.CodeNotFound:
		return nil
	case err != nil:
		return err
	case !old.RemindAt.IsZero():
		return w.remove(bucketKeepsDue, dueKey(old))
	case old.Waiting():
		return w.remove(bucketKeepsAsked, pair(person, entry))
	}
	return nil
}

// RemoveKeep forgets that a person took an entry along.
func (w *writer) RemoveKeep(person rugzak.PersonID, entry rugzak.EntryID) error {
	if _, err := w.Keep(person, entry); err != nil {
		return err
	}
	if err := w.forgetDue(person, entry); err != nil {
		return err
	}
	return errors.Join(
		w.forgetOrder(person, entry),
		w.remove(bucketKeepers, pair(entry, person)),
		w.remove(bucketKeeps, pair(person, entry)),
	)
}

// keeps holds what people took along and the keys that lead to it together.
func (c *checker) keeps() {
	each(&c.reader, bucketKeeps, func(key string, record keepRecord, err error) bool {
		if person, entry, ok := strings.Cut(key, "\x00"); ok && c.good("a keep", err) {
			c.expect(bucketKeepers, pair(entry, person), "")
			c.expect(bucketKeptOrder, keptKey(record.keep(person, entry)), "")
			k := record.keep(person, entry)
			if !k.RemindAt.IsZero() {
				c.expect(bucketKeepsDue, dueKey(k), "")
			}
			if k.Waiting() {
				c.expect(bucketKeepsAsked, pair(person, entry), "")
			}
			if !c.has(bucketEntries, entry) {
				c.report("a keep of an entry that is gone: " + entry)
			}
		}
		return true
	})
}
