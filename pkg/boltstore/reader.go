// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"

	"go.etcd.io/bbolt"

	"rugzak/pkg/rugzak"
)

// reader reads one state of the store. All values are copied out of it.
type reader struct {
	tx      *bbolt.Tx
	file    int     // which of the files that were opened; of a View
	pending pending // of a writer
	// seen keeps the entries a reader met last in lists: whoever merges several
	// lists meets most entries more than once.
	seen map[rugzak.EntryID]rugzak.Entry
}

// mostSeen bounds what a reader keeps of lists.
const mostSeen = 64

// State is the number of the last transaction, and that of the file: one that
// was made anew counts its transactions from the beginning.
func (r *reader) State() string {
	return strconv.Itoa(r.file) + "." + strconv.Itoa(r.tx.ID())
}

// get decodes one record; a missing one gives CodeNotFound.
func (r *reader) get(bucket, key []byte, record any) error {
	if len(key) == 0 {
		return rugzak.NotFound()
	}
	return r.look(bucket, key, func(value []byte) error {
		if value == nil {
			return rugzak.NotFound()
		}
		if err := decode(bucket, key, value, record); err != nil {
			return r.damaged(bucket, key, err)
		}
		return nil
	})
}

// pointer returns the id that a key leads to; a missing one gives CodeNotFound.
func (r *reader) pointer(bucket, key []byte) (id string, err error) {
	if len(key) == 0 {
		return "", rugzak.NotFound()
	}
	var record pointerRecord
	err = r.get(bucket, key, &record)
	return record.ID, err
}

func (r *reader) damaged(bucket, key []byte, err error) error {
	return &rugzak.Error{Code: rugzak.CodeInternal, Key: "error.store.damaged", Err: fmt.Errorf("boltstore: %s %q: %w", bucket, key, err)}
}

func (r *reader) entry(id rugzak.EntryID) (entryRecord, error) {
	var record entryRecord
	if err := r.settle(id); err != nil {
		return record, err
	}
	err := r.get(bucketEntries, []byte(id), &record)
	return record, err
}

// Entry returns one entry.
func (r *reader) Entry(id rugzak.EntryID) (rugzak.Entry, error) {
	record, err := r.entry(id)
	if err != nil {
		return rugzak.Entry{}, err
	}
	return record.entry(id), nil
}

// EntryByExternal finds an imported entry.
func (r *reader) EntryByExternal(x rugzak.External) (rugzak.EntryID, error) {
	id, err := r.pointer(bucketExternals, pair(x.Source, x.ID))
	return rugzak.EntryID(id), err
}

// Entries yields a list, newest first.
func (r *reader) Entries(list rugzak.List, after rugzak.Mark) iter.Seq2[rugzak.Entry, error] {
	return func(yield func(rugzak.Entry, error) bool) {
		start, ok := listKey(list, after)
		if !ok {
			yield(rugzak.Entry{}, &rugzak.Error{Code: rugzak.CodeMalformed, Key: "error.malformed"})
			return
		}
		prefix := listPrefix(list)
		place := walk{tx: r.tx, bucket: bucketLists, last: start}
		for {
			key, err := place.next()
			if err == nil && !bytes.HasPrefix(key, prefix) {
				return
			}
			var e rugzak.Entry
			if err == nil {
				e, err = r.listed(list, key)
			}
			if err == nil && !slices.Contains(e.Lists(), list) {
				continue // of another list with the same prefix
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// listed returns the entry a key of a list leads to. The entry itself says
// where it belongs: a list decides who sees what, so that no damaged key may
// bring an entry into one.
func (r *reader) listed(list rugzak.List, key []byte) (rugzak.Entry, error) {
	id := entryOf(key)
	e, met := r.seen[id]
	if met {
		e = e.Clone() // it is the caller's to change
	} else {
		var err error
		e, err = r.Entry(id)
		if rugzak.CodeOf(err) == rugzak.CodeNotFound {
			return e, r.damaged(bucketLists, key, errors.New("leads nowhere"))
		}
		if err != nil {
			return rugzak.Entry{}, err
		}
		r.see(e)
	}
	if want, _ := listKey(list, e.MarkIn(list)); !bytes.Equal(key, want) {
		return rugzak.Entry{}, r.damaged(bucketLists, key, errors.New("leads to an entry that belongs elsewhere"))
	}
	return e, nil
}

// see remembers an entry of a list, unless the transaction may change it.
func (r *reader) see(e rugzak.Entry) {
	if r.tx.Writable() {
		return
	}
	if r.seen == nil || len(r.seen) >= mostSeen {
		r.seen = make(map[rugzak.EntryID]rugzak.Entry, mostSeen)
	}
	r.seen[e.ID] = e.Clone()
}

// RelatedTo yields the entries that speak of this one.
func (r *reader) RelatedTo(id rugzak.EntryID) iter.Seq2[rugzak.Entry, error] {
	return r.related(id, func([]string) {})
}

// NewestRelatedTo yields them with the highest id, which is the newest, first.
func (r *reader) NewestRelatedTo(id rugzak.EntryID) iter.Seq2[rugzak.Entry, error] {
	return r.related(id, slices.Reverse)
}

func (r *reader) related(id rugzak.EntryID, order func([]string)) iter.Seq2[rugzak.Entry, error] {
	return func(yield func(rugzak.Entry, error) bool) {
		leading, err := r.second(bucketRelated, pair(id, ""))
		if err != nil {
			yield(rugzak.Entry{}, err)
			return
		}
		order(leading)
		for _, from := range leading {
			e, err := r.Entry(rugzak.EntryID(from))
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// Revision returns one revision; the newest is the entry itself.
func (r *reader) Revision(id rugzak.EntryID, number int) (rugzak.Revision, error) {
	record, err := r.entry(id)
	if err != nil {
		return rugzak.Revision{}, err
	}
	if number < 1 || number > record.Revision {
		return rugzak.Revision{}, rugzak.NotFound()
	}
	if number < record.Revision {
		record = entryRecord{}
		if err := r.get(bucketRevisions, numbered(id, number), &record); err != nil {
			return rugzak.Revision{}, err
		}
	}
	return record.revision(id), nil
}

// Revisions yields an entry's revisions, newest first.
func (r *reader) Revisions(id rugzak.EntryID) iter.Seq2[rugzak.Revision, error] {
	return func(yield func(rugzak.Revision, error) bool) {
		newest, err := r.entry(id)
		if err != nil {
			yield(rugzak.Revision{}, err)
			return
		}
		for n := newest.Revision; n >= 1; n-- {
			rev, err := r.Revision(id, n)
			if !yield(rev, err) || err != nil {
				return
			}
		}
	}
}

// The hidden authors have two kinds of keys in their bucket.
const (
	hiddenByEntry  = "e"
	hiddenByPerson = "p"
)

// IsHiddenAuthor reports whether the person wrote the entry without name.
func (r *reader) IsHiddenAuthor(id rugzak.EntryID, person rugzak.PersonID) (is bool, err error) {
	if id == "" || person == "" {
		return false, nil
	}
	err = r.look(bucketHidden, pair(pair(hiddenByEntry, id), person), func(value []byte) error {
		is = value != nil
		return nil
	})
	return is, err
}

// HiddenEntries lists what a person wrote without name.
func (r *reader) HiddenEntries(person rugzak.PersonID) ([]rugzak.EntryID, error) {
	ids, err := r.second(bucketHidden, pair(pair(hiddenByPerson, person), ""))
	return words[string, rugzak.EntryID](ids), err
}

// HiddenAuthors lists who wrote an entry without name.
func (r *reader) HiddenAuthors(id rugzak.EntryID) ([]rugzak.PersonID, error) {
	ids, err := r.second(bucketHidden, pair(pair(hiddenByEntry, id), ""))
	return words[string, rugzak.PersonID](ids), err
}

// each decodes every record of a bucket, in the order of keys.
func each[R any](r *reader, bucket []byte, yield func(key string, record R, err error) bool) {
	place := walk{tx: r.tx, bucket: bucket}
	for {
		key, err := place.next()
		if err == nil && key == nil {
			return
		}
		var record R
		if err == nil {
			err = r.get(bucket, key, &record)
		}
		if !yield(string(key), record, err) || key == nil {
			return
		}
	}
}
