// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// bucketTerms: id -> group of words that mean the same.
var bucketTerms = []byte("terms")

// metaTerms counts the changes of the groups.
var metaTerms = []byte("terms")

type termRecord struct {
	Preferred string    `json:"p"`
	Others    []string  `json:"o,omitempty"`
	Meaning   string    `json:"m,omitempty"`
	Version   int       `json:"v"`
	Updated   time.Time `json:"ua"`
}

func (r termRecord) term(id string) rugzak.Term {
	return rugzak.Term{
		ID: rugzak.TermID(id), Preferred: r.Preferred, Others: r.Others, Meaning: r.Meaning,
		Version: r.Version, UpdatedAt: r.Updated,
	}
}

// Term returns one group.
func (r *reader) Term(id rugzak.TermID) (rugzak.Term, error) {
	var record termRecord
	if err := r.get(bucketTerms, []byte(id), &record); err != nil {
		return rugzak.Term{}, err
	}
	return record.term(string(id)), nil
}

// Terms lists all groups by their preferred word.
func (r *reader) Terms() ([]rugzak.Term, error) {
	var out []rugzak.Term
	var failed error
	each(r, bucketTerms, func(id string, record termRecord, err error) bool {
		failed = err
		out = append(out, record.term(id))
		return err == nil
	})
	if failed != nil {
		return nil, failed
	}
	slices.SortStableFunc(out, func(a, b rugzak.Term) int { return byName(a.Preferred, b.Preferred) })
	return out, nil
}

// TermsVersion counts the changes of the groups.
func (r *reader) TermsVersion() (int, error) {
	return r.counted(metaTerms)
}

// SaveTerm stores a group.
func (w *writer) SaveTerm(t rugzak.Term, base int) error {
	if err := validID(t.ID); err != nil {
		return err
	}
	before, err := w.Term(t.ID)
	if err := fits(err, before.Version, base); err != nil {
		return err
	}
	return errors.Join(w.put(bucketTerms, []byte(t.ID), termRecord{
		Preferred: t.Preferred, Others: t.Others, Meaning: t.Meaning, Version: base + 1, Updated: t.UpdatedAt,
	}), w.count(metaTerms))
}

// RemoveTerm takes a group away.
func (w *writer) RemoveTerm(id rugzak.TermID) error {
	if _, err := w.Term(id); err != nil {
		return err
	}
	return errors.Join(w.remove(bucketTerms, []byte(id)), w.count(metaTerms))
}

// terms checks that the groups can be read.
func (c *checker) terms() {
	each(&c.reader, bucketTerms, func(id string, _ termRecord, err error) bool { return c.good("term "+id, err) || true })
}
