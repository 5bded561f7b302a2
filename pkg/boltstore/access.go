// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime/debug"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"rugzak/pkg/rugzak"
)

// errFault is the cause of an error about pages that cannot be read at all.
var errFault = errors.New("reading fails")

// guard runs a piece of work on the mapped file. bbolt trusts its file, so
// damage shows as a panic or a memory fault; both become an error. What the
// caller of the store does is never run inside a guard: its panics are its own.
func guard(work func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = damaged(fmt.Errorf("boltstore: %w: %v", errFault, p))
		}
	}()
	return work()
}

// begin starts a transaction, unless nobody waits for it any more.
func begin(ctx context.Context, db *bbolt.DB, writable bool) (tx *bbolt.Tx, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	err = guard(func() (err error) {
		tx, err = db.Begin(writable)
		switch {
		case errors.Is(err, bolterrors.ErrDatabaseReadOnly):
			return readOnly(err)
		case err != nil:
			return fmt.Errorf("boltstore: begin: %w", err)
		}
		return nil
	})
	return tx, err
}

// look returns the value of a key, nil where there is none. It lies in the
// mapped file: decode it inside a guard, or copy it.
func (r *reader) look(bucket, key []byte, use func(value []byte) error) error {
	return guard(func() error { return use(r.tx.Bucket(bucket).Get(key)) })
}

// listed yields what a list leads to: read is given the second half of each key
// that begins with whose, in their order.
func listed[T any](r *reader, bucket []byte, whose string, read func(rest string) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		if whose == "" {
			return
		}
		rests, err := r.second(bucket, pair(whose, ""))
		if err != nil {
			var none T
			yield(none, err)
			return
		}
		for _, rest := range rests {
			v, err := read(rest)
			if !yield(v, err) || err != nil {
				return
			}
		}
	}
}

// collected lists what is yielded, up to an error.
func collected[T any](yielded iter.Seq2[T, error]) ([]T, error) {
	var out []T
	for v, err := range yielded {
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// second lists the second half of the keys that begin with a prefix. They are
// copied, so that the caller may write meanwhile.
func (r *reader) second(bucket, prefix []byte) (out []string, err error) {
	err = guard(func() error {
		c := r.tx.Bucket(bucket).Cursor()
		for key, _ := c.Seek(prefix); key != nil && bytes.HasPrefix(key, prefix); key, _ = c.Next() {
			out = append(out, string(key[len(prefix):]))
		}
		return nil
	})
	return out, err
}

// walk is a place in a bucket that stays right while the bucket changes.
type walk struct {
	tx     *bbolt.Tx
	bucket []byte
	cursor *bbolt.Cursor
	last   []byte
}

// next returns a copy of the first key after the last one, nil at the end.
func (w *walk) next() (key []byte, err error) {
	err = guard(func() error {
		var k []byte
		if w.cursor == nil || w.tx.Writable() { // what was written meanwhile leaves an old cursor behind
			w.cursor = w.tx.Bucket(w.bucket).Cursor()
			if k, _ = w.cursor.Seek(w.last); bytes.Equal(k, w.last) {
				k, _ = w.cursor.Next()
			}
		} else {
			k, _ = w.cursor.Next()
		}
		key = bytes.Clone(k)
		return nil
	})
	w.last = key
	return key, err
}

// store puts a value under a key that may come from outside.
func (w *writer) store(bucket, key, value []byte) error {
	if len(key) == 0 || len(key) > bbolt.MaxKeySize {
		return badID()
	}
	return guard(func() error {
		b := w.tx.Bucket(bucket)
		b.FillPercent = fillOf(bucket)
		return b.Put(key, value)
	})
}

func (w *writer) remove(bucket, key []byte) error {
	return guard(func() error { return w.tx.Bucket(bucket).Delete(key) })
}

// removeUnder deletes the keys that begin with a prefix.
func (w *writer) removeUnder(bucket, prefix []byte) error {
	rests, err := w.second(bucket, prefix)
	if err != nil {
		return err
	}
	for _, rest := range rests {
		if err := w.remove(bucket, append(bytes.Clone(prefix), rest...)); err != nil {
			return err
		}
	}
	return nil
}

// maxID is the longest id that is stored, in bytes; real ones are far shorter.
const maxID = 1024

// validID refuses what would make two keys look alike, or cannot be a key.
func validID[S ~string](ids ...S) error {
	for _, id := range ids {
		if id == "" || len(id) > maxID || bytes.IndexByte([]byte(id), 0) >= 0 {
			return badID()
		}
	}
	return nil
}

func badID() error { return &rugzak.Error{Code: rugzak.CodeInvalid, Key: "error.malformed"} }

// finish ends a transaction that only read.
func finish(tx *bbolt.Tx, err *error) {
	if failed := tx.Rollback(); *err == nil {
		*err = failed
	}
}
