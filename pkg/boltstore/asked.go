// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"
	"iter"
	"strings"

	"rugzak/pkg/rugzak"
)

// askBuckets hold what is asked of the authors of entries, under entry 0 id.
var askBuckets = [][]byte{bucketWidenings, bucketEnrichments, bucketTextProposals}

// askOf returns one request.
func askOf[R, T any](r *reader, bucket []byte, entry rugzak.EntryID, id string, read func(R, string) T) (T, error) {
	var record R
	key := pair(entry, id)
	if err := r.get(bucket, key, &record); err != nil {
		var none T
		return none, err
	}
	return read(record, string(key)), nil
}

// asksOf lists those about an entry, oldest first.
func asksOf[R, T any](r *reader, bucket []byte, entry rugzak.EntryID, read func(R, string) T) ([]T, error) {
	return collected(listed(r, bucket, string(entry), func(id string) (T, error) { return askOf(r, bucket, entry, id, read) }))
}

// allAsks yields every one, by entry.
func allAsks[R, T any](r *reader, bucket []byte, read func(R, string) T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		each(r, bucket, func(key string, record R, err error) bool {
			return yield(read(record, key), err) && err == nil
		})
	}
}

// saveAsk stores a request, and that its authors are asked.
func (w *writer) saveAsk(bucket []byte, entry rugzak.EntryID, id string, record any) error {
	if err := errors.Join(validID(entry), validID(id)); err != nil {
		return err
	}
	if err := w.put(bucket, pair(entry, id), record); err != nil {
		return err
	}
	authors, err := w.authors(entry)
	if err != nil {
		return err
	}
	return w.moveAsked(entry, nil, authors)
}

// removeAsk takes a request away, and with the last one that its authors are
// asked.
func (w *writer) removeAsk(bucket []byte, entry rugzak.EntryID, id string) error {
	authors, err := w.authors(entry)
	if err != nil {
		return err
	}
	if err := w.remove(bucket, pair(entry, id)); err != nil {
		return err
	}
	asked, err := w.isAsked(entry)
	if err != nil || asked {
		return err
	}
	return w.forgetAsked(entry, authors)
}

// isAsked reports whether there is a request about an entry.
func (r *reader) isAsked(entry rugzak.EntryID) (bool, error) {
	for _, bucket := range askBuckets {
		if ids, err := r.second(bucket, pair(entry, "")); err != nil || len(ids) > 0 {
			return true, err
		}
	}
	return false, nil
}

// removeAsks takes away all that is asked about an entry that goes.
func (w *writer) removeAsks(entry rugzak.EntryID) error {
	for _, bucket := range askBuckets {
		if err := w.removeUnder(bucket, pair(entry, "")); err != nil {
			return err
		}
	}
	return nil
}

// forgetAsks takes away what a person asked.
func (w *writer) forgetAsks(person rugzak.PersonID) error {
	var enrich []rugzak.Enrichment
	for x, err := range w.AllEnrichments() {
		if err != nil {
			return err
		}
		if x.Asker == person {
			enrich = append(enrich, x)
		}
	}
	for _, x := range enrich {
		if err := w.RemoveEnrichment(x.Entry, x.ID); err != nil {
			return err
		}
	}
	var texts []rugzak.TextProposal
	for x, err := range w.AllTextProposals() {
		if err != nil {
			return err
		}
		if x.Asker == person {
			texts = append(texts, x)
		}
	}
	for _, x := range texts {
		if err := w.RemoveTextProposal(x.Entry, x.ID); err != nil {
			return err
		}
	}
	return w.forgetWidenings(person)
}

// asks checks what is asked about entries: it can be read, and leads to entries
// and people.
func (c *checker) asks() {
	for _, bucket := range askBuckets {
		each(&c.reader, bucket, func(key string, record struct {
			Asker string `json:"p"`
		}, err error) bool {
			entry, _, _ := strings.Cut(key, "\x00")
			if !c.good("a request about "+entry, err) {
				return true
			}
			e, err := c.Entry(rugzak.EntryID(entry))
			if rugzak.CodeOf(err) == rugzak.CodeNotFound {
				c.report("a request about an entry that is gone: " + entry)
			}
			for _, p := range e.Authors {
				c.expect(bucketAsked, pair(p, entry), "")
			}
			if !c.has(bucketPeople, record.Asker) {
				c.report("a request of a person who is gone: " + record.Asker)
			}
			return true
		})
	}
	c.compare(bucketAsked)
}
