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
	bucketEntryMerges = []byte("entrymerges") // entry that went -> into which
	bucketEntryMerged = []byte("entrymerged") // entry 0 entry that went into it -> nothing
	bucketNotDoubles  = []byte("notdoubles")  // entry 0 other entry -> not the same, both ways round
)

type entryMergeRecord struct {
	Into   string    `json:"i"`
	By     string    `json:"p,omitempty"`
	At     time.Time `json:"at"`
	Themes []string  `json:"t,omitempty"`
}

type notDoubleRecord struct {
	By string    `json:"p,omitempty"`
	At time.Time `json:"at"`
}

func (r entryMergeRecord) merge(from string) rugzak.EntryMerge {
	return rugzak.EntryMerge{
		From: rugzak.EntryID(from), Into: rugzak.EntryID(r.Into), By: rugzak.PersonID(r.By), At: r.At,
		Themes: words[string, rugzak.ThemeID](r.Themes),
	}
}

// EntryMerge returns into which entry another went.
func (r *reader) EntryMerge(from rugzak.EntryID) (rugzak.EntryMerge, error) {
	var record entryMergeRecord
	if err := r.get(bucketEntryMerges, []byte(from), &record); err != nil {
		return rugzak.EntryMerge{}, err
	}
	return record.merge(string(from)), nil
}

// EntriesMerged lists what went into an entry.
func (r *reader) EntriesMerged(into rugzak.EntryID) ([]rugzak.EntryMerge, error) {
	return collected(listed(r, bucketEntryMerged, string(into), func(from string) (rugzak.EntryMerge, error) {
		return r.EntryMerge(rugzak.EntryID(from))
	}))
}

// AllEntryMerges yields every one, by the entry that went.
func (r *reader) AllEntryMerges() iter.Seq2[rugzak.EntryMerge, error] {
	return func(yield func(rugzak.EntryMerge, error) bool) {
		each(r, bucketEntryMerges, func(from string, record entryMergeRecord, err error) bool {
			return yield(record.merge(from), err) && err == nil
		})
	}
}

// SaveEntryMerge stores one.
func (w *writer) SaveEntryMerge(m rugzak.EntryMerge) error {
	if err := validID(m.From, m.Into); err != nil {
		return err
	}
	if before, err := w.EntryMerge(m.From); err == nil {
		if err := w.remove(bucketEntryMerged, pair(before.Into, m.From)); err != nil {
			return err
		}
	}
	record := entryMergeRecord{Into: string(m.Into), By: string(m.By), At: m.At, Themes: words[rugzak.ThemeID, string](m.Themes)}
	return errors.Join(w.put(bucketEntryMerges, []byte(m.From), record), w.store(bucketEntryMerged, pair(m.Into, m.From), nil))
}

// RemoveEntryMerge takes one away.
func (w *writer) RemoveEntryMerge(from rugzak.EntryID) error {
	m, err := w.EntryMerge(from)
	if err != nil {
		return err
	}
	return errors.Join(w.remove(bucketEntryMerges, []byte(from)), w.remove(bucketEntryMerged, pair(m.Into, from)))
}

// NotDouble returns that two entries are not the same.
func (r *reader) NotDouble(one, other rugzak.EntryID) (rugzak.NotDouble, error) {
	var record notDoubleRecord
	if err := r.get(bucketNotDoubles, pair(one, other), &record); err != nil {
		return rugzak.NotDouble{}, err
	}
	return record.notDouble(string(one), string(other)), nil
}

func (r notDoubleRecord) notDouble(one, other string) rugzak.NotDouble {
	d := rugzak.NewNotDouble(rugzak.EntryID(one), rugzak.EntryID(other))
	d.By, d.At = rugzak.PersonID(r.By), r.At
	return d
}

// AllNotDoubles yields each once.
func (r *reader) AllNotDoubles() iter.Seq2[rugzak.NotDouble, error] {
	return func(yield func(rugzak.NotDouble, error) bool) {
		each(r, bucketNotDoubles, func(key string, record notDoubleRecord, err error) bool {
			one, other, _ := strings.Cut(key, "\x00")
			if err == nil && other < one {
				return true // the same, the other way round
			}
			return yield(record.notDouble(one, other), err) && err == nil
		})
	}
}

// SaveNotDouble stores one.
func (w *writer) SaveNotDouble(d rugzak.NotDouble) error {
	if err := validID(d.A, d.B); err != nil {
		return err
	}
	if d.A >= d.B {
		return badID()
	}
	record := notDoubleRecord{By: string(d.By), At: d.At}
	return errors.Join(w.put(bucketNotDoubles, pair(d.A, d.B), record), w.put(bucketNotDoubles, pair(d.B, d.A), record))
}

// forgetMerged takes away what is known of an entry that goes being the same as
// another, or not.
func (w *writer) forgetMerged(id rugzak.EntryID) error {
	into, err := w.EntriesMerged(id)
	if err != nil {
		return err
	}
	if own, err := w.EntryMerge(id); err == nil {
		into = append(into, own)
	}
	for _, m := range into {
		if err := w.RemoveEntryMerge(m.From); err != nil {
			return err
		}
	}
	others, err := w.second(bucketNotDoubles, pair(id, ""))
	for _, other := range others {
		err = errors.Join(err, w.remove(bucketNotDoubles, pair(id, other)), w.remove(bucketNotDoubles, pair(other, id)))
	}
	return errors.Join(err, w.forgetInThemes(id))
}

// leaveMerges takes somebody who goes out of what they merged.
func (w *writer) leaveMerges(id rugzak.PersonID) error {
	var merges []rugzak.EntryMerge
	for m, err := range w.AllEntryMerges() {
		if err != nil {
			return err
		}
		if m.By == id {
			merges = append(merges, m)
		}
	}
	for _, m := range merges {
		m.By = ""
		if err := w.SaveEntryMerge(m); err != nil {
			return err
		}
	}
	var apart []rugzak.NotDouble
	for d, err := range w.AllNotDoubles() {
		if err != nil {
			return err
		}
		if d.By == id {
			apart = append(apart, d)
		}
	}
	for _, d := range apart {
		d.By = ""
		if err := w.SaveNotDouble(d); err != nil {
			return err
		}
	}
	return w.leaveThemeMerges(id)
}

// entryMerges checks that they can be read and lead to entries.
func (c *checker) entryMerges() {
	each(&c.reader, bucketEntryMerges, func(from string, record entryMergeRecord, err error) bool {
		if !c.good("the merge of "+from, err) {
			return true
		}
		for _, id := range []string{from, record.Into} {
			if !c.has(bucketEntries, id) {
				c.report("a merge with an entry that is gone: " + id)
			}
		}
		c.expect(bucketEntryMerged, pair(record.Into, from), "")
		return true
	})
	each(&c.reader, bucketNotDoubles, func(key string, _ notDoubleRecord, err error) bool {
		one, other, _ := strings.Cut(key, "\x00")
		if c.good("what is known of "+one, err) && (!c.has(bucketEntries, one) || !c.has(bucketNotDoubles, string(pair(other, one)))) {
			c.report("that two entries are not the same has one half: " + one)
		}
		return true
	})
	c.compare(bucketEntryMerged)
}
