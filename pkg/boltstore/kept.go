// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"iter"
	"math"
	"strings"

	"go.etcd.io/bbolt"

	"rugzak/pkg/rugzak"
)

// bucketKeptOrder puts what a person took along in order: a page of it costs
// the same however much there is.
var bucketKeptOrder = []byte("keptorder") // person 0 time, entry -> nothing

// keptKey is the place of a keep: like that of an entry in a list, newest
// first.
func keptKey(k rugzak.Keep) []byte {
	key := binary.BigEndian.AppendUint64(pair(k.Person, ""), uint64(math.MaxInt64-k.At.UnixMilli()))
	return appendID(key, string(k.Entry))
}

// forgetOrder takes a keep out of the order; one that is not there is no error.
func (w *writer) forgetOrder(person rugzak.PersonID, entry rugzak.EntryID) error {
	old, err := w.Keep(person, entry)
	switch {
	case rugzak.CodeOf(err) == rugzak.CodeNotFound:
		return nil
	case err != nil:
		return err
	}
	return w.remove(bucketKeptOrder, keptKey(old))
}

// KeepsAfter yields what a person took along, newest first, after a mark.
func (r *reader) KeepsAfter(person rugzak.PersonID, after rugzak.Mark) iter.Seq2[rugzak.Keep, error] {
	return func(yield func(rugzak.Keep, error) bool) {
		if person == "" {
			return
		}
		prefix := pair(person, "")
		place := walk{tx: r.tx, bucket: bucketKeptOrder, last: prefix}
		if after != "" {
			var ok bool
			if place.last, ok = afterMark(prefix, after); !ok {
				yield(rugzak.Keep{}, &rugzak.Error{Code: rugzak.CodeMalformed, Key: "error.malformed"})
				return
			}
		}
		for {
			key, err := place.next()
			if err == nil && !bytes.HasPrefix(key, prefix) {
				return
			}
			var k rugzak.Keep
			if err == nil {
				k, err = r.keptAt(person, key)
			}
			if !yield(k, err) || err != nil {
				return
			}
		}
	}
}

// afterMark is the key of a mark behind a prefix.
func afterMark(prefix []byte, m rugzak.Mark) ([]byte, bool) {
	if len(m) < markTime {
		return nil, false
	}
	key := append(bytes.Clone(prefix), make([]byte, 8)...)
	if _, err := hex.Decode(key[len(prefix):], []byte(m[:markTime])); err != nil {
		return nil, false
	}
	return appendID(key, string(m[markTime:])), true
}

// keptAt reads the keep a place leads to. The keep itself says where it stands.
func (r *reader) keptAt(person rugzak.PersonID, key []byte) (rugzak.Keep, error) {
	const beside = len("\x00") // behind the person
	place := key[len(person)+beside:]
	const ordered = 8
	if len(place) <= ordered {
		return rugzak.Keep{}, r.damaged(bucketKeptOrder, key, errors.New("leads nowhere"))
	}
	k, err := r.Keep(person, entryOf(append(make([]byte, ordered), place...)))
	if rugzak.CodeOf(err) == rugzak.CodeNotFound || err == nil && !bytes.Equal(keptKey(k), key) {
		return rugzak.Keep{}, r.damaged(bucketKeptOrder, key, errors.New("leads to a keep that stands elsewhere"))
	}
	return k, err
}

// makeBucketsAndReview makes version 5: what came with the movement. Entries that
// are due for review come in the lists of those.
func makeBucketsAndReview(tx *bbolt.Tx) error {
	if err := makeBuckets(tx); err != nil {
		return err
	}
	r := reader{tx: tx}
	var lists [][]byte
	var failed error
	each(&r, bucketEntries, func(id string, record entryRecord, err error) bool {
		if failed = err; record.State == string(rugzak.StateToReview) {
			lists = append(lists, keysOf(record.entry(rugzak.EntryID(id))).lists...)
		}
		return err == nil
	})
	for _, key := range lists {
		failed = errors.Join(failed, tx.Bucket(bucketLists).Put(key, nil))
	}
	return failed
}

// makeBucketsAndOrder makes version 4: what came with the learning loop. What
// people took along is put in order, and entries come in the lists that are
// new.
func makeBucketsAndOrder(tx *bbolt.Tx) error {
	if err := makeBuckets(tx); err != nil {
		return err
	}
	r := reader{tx: tx}
	var keys, lists [][]byte
	var failed error
	each(&r, bucketKeeps, func(key string, record keepRecord, err error) bool {
		failed = err
		person, entry, _ := strings.Cut(key, "\x00")
		keys = append(keys, keptKey(rugzak.Keep{Person: rugzak.PersonID(person), Entry: rugzak.EntryID(entry), At: record.At}))
		return err == nil
	})
	if failed != nil {
		return failed
	}
	each(&r, bucketEntries, func(id string, record entryRecord, err error) bool {
		failed = err
		lists = append(lists, keysOf(record.entry(rugzak.EntryID(id))).lists...)
		return err == nil
	})
	if failed != nil {
		return failed
	}
	for _, key := range keys {
		if err := tx.Bucket(bucketKeptOrder).Put(key, nil); err != nil {
			return err
		}
	}
	for _, key := range lists {
		if err := tx.Bucket(bucketLists).Put(key, nil); err != nil {
			return err
		}
	}
	return orderAsked(tx)
}
