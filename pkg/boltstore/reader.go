// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"slices"

	"go.etcd.io/bbolt"

	"rugzak/pkg/rugzak"
)

// reader reads one state of the store. All values are copied out of it.
type reader struct{ tx *bbolt.Tx }

// get decodes one record; a missing one gives CodeNotFound.
func (r *reader) get(bucket, key []byte, record any) error {
	if len(key) == 0 {
		return rugzak.NotFound()
	}
	value := r.tx.Bucket(bucket).Get(key)
	if value == nil {
		return rugzak.NotFound()
	}
	if err := decode(value, record); err != nil {
		return r.damaged(bucket, key, err)
	}
	return nil
}

func (r *reader) damaged(bucket, key []byte, err error) error {
	return &rugzak.Error{Code: rugzak.CodeInternal, Key: "error.store.damaged", Err: fmt.Errorf("boltstore: %s %q: %w", bucket, key, err)}
}

func (r *reader) entry(id rugzak.EntryID) (entryRecord, error) {
	var record entryRecord
	return record, r.get(bucketEntries, []byte(id), &record)
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
	id := r.tx.Bucket(bucketExternals).Get(pair(x.Source, x.ID))
	if id == nil {
		return "", rugzak.NotFound()
	}
	return rugzak.EntryID(id), nil
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
		c := r.tx.Bucket(bucketLists).Cursor()
		for key, _ := c.Seek(start); bytes.HasPrefix(key, prefix); key, _ = c.Next() {
			if bytes.Equal(key, start) {
				continue // the marked one itself
			}
			e, err := r.Entry(entryOf(key))
			if rugzak.CodeOf(err) == rugzak.CodeNotFound {
				err = r.damaged(bucketLists, key, errors.New("leads nowhere"))
			}
			if !yield(e, err) || err != nil {
				return
			}
			if r.writes() { // the caller may have changed the bucket
				c = r.tx.Bucket(bucketLists).Cursor()
				if at, _ := c.Seek(key); !bytes.Equal(at, key) {
					c.Prev()
				}
			}
		}
	}
}

// writes reports whether the transaction can change what is being walked.
func (r *reader) writes() bool { return r.tx.Writable() }

// second yields the second half of the keys that begin with a prefix. They are
// copied first, so that the caller may write meanwhile.
func (r *reader) second(bucket, prefix []byte) []string {
	var out []string
	c := r.tx.Bucket(bucket).Cursor()
	for key, _ := c.Seek(prefix); bytes.HasPrefix(key, prefix); key, _ = c.Next() {
		out = append(out, string(key[len(prefix):]))
	}
	return out
}

// RelatedTo yields the entries that speak of this one.
func (r *reader) RelatedTo(id rugzak.EntryID) iter.Seq2[rugzak.Entry, error] {
	return func(yield func(rugzak.Entry, error) bool) {
		for _, from := range r.second(bucketRelated, pair(id, "")) {
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
func (r *reader) IsHiddenAuthor(id rugzak.EntryID, person rugzak.PersonID) (bool, error) {
	if id == "" || person == "" {
		return false, nil
	}
	return r.tx.Bucket(bucketHidden).Get(pair(pair(hiddenByEntry, id), person)) != nil, nil
}

// HiddenEntries lists what a person wrote without name.
func (r *reader) HiddenEntries(person rugzak.PersonID) ([]rugzak.EntryID, error) {
	return words[string, rugzak.EntryID](r.second(bucketHidden, pair(pair(hiddenByPerson, person), ""))), nil
}

// HiddenAuthors lists who wrote an entry without name.
func (r *reader) HiddenAuthors(id rugzak.EntryID) ([]rugzak.PersonID, error) {
	return words[string, rugzak.PersonID](r.second(bucketHidden, pair(pair(hiddenByEntry, id), ""))), nil
}

// each decodes every record of a bucket, in the order of keys, until yield says
// no. What cannot be read is yielded with its error.
func each[R any](r *reader, bucket []byte, yield func(key string, record R, err error) bool) {
	var keys [][]byte
	c := r.tx.Bucket(bucket).Cursor()
	for key, _ := c.First(); key != nil; key, _ = c.Next() {
		keys = append(keys, slices.Clone(key))
	}
	for _, key := range keys {
		var record R
		err := r.get(bucket, key, &record)
		if !yield(string(key), record, err) {
			return
		}
	}
}
