// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"
	"slices"

	"rugzak/pkg/rugzak"
)

var (
	bucketDigests  = []byte("digests")  // week -> what was chosen for its message
	bucketDigested = []byte("digested") // person -> the week whose message was last queued
)

type digestRecord struct {
	Picks   []pickRecord `json:"p,omitempty"`
	Version int          `json:"v"`
}

type pickRecord struct {
	Entry  string `json:"e"`
	Reason string `json:"r"`
}

type digestedRecord struct {
	Week string `json:"w"`
}

func (r digestRecord) digest(week string) rugzak.Digest {
	d := rugzak.Digest{Week: rugzak.Week(week), Version: r.Version}
	for _, p := range r.Picks {
		d.Picks = append(d.Picks, rugzak.DigestPick{Entry: rugzak.EntryID(p.Entry), Reason: p.Reason})
	}
	return d
}

// Digest returns what was chosen for a week.
func (r *reader) Digest(week rugzak.Week) (rugzak.Digest, error) {
	var record digestRecord
	err := r.get(bucketDigests, []byte(week), &record)
	if rugzak.CodeOf(err) == rugzak.CodeNotFound {
		err = nil
	}
	return record.digest(string(week)), err
}

// Digests lists what was chosen, newest week first.
func (r *reader) Digests() ([]rugzak.Digest, error) {
	var out []rugzak.Digest
	var failed error
	each(r, bucketDigests, func(week string, record digestRecord, err error) bool {
		failed = err
		out = append(out, record.digest(week))
		return err == nil
	})
	if failed != nil {
		return nil, failed
	}
	slices.Reverse(out)
	return out, nil
}

// SaveDigest stores what was chosen for a week, or takes it away.
func (w *writer) SaveDigest(d rugzak.Digest, base int) error {
	if err := validID(d.Week); err != nil {
		return err
	}
	before, err := w.Digest(d.Week)
	if err != nil {
		return err
	}
	if before.Version != base {
		return rugzak.Conflict()
	}
	return w.putDigest(d, base+1)
}

func (w *writer) putDigest(d rugzak.Digest, version int) error {
	if len(d.Picks) == 0 {
		return w.remove(bucketDigests, []byte(d.Week))
	}
	record := digestRecord{Version: version}
	for _, p := range d.Picks {
		record.Picks = append(record.Picks, pickRecord{Entry: string(p.Entry), Reason: p.Reason})
	}
	return w.put(bucketDigests, []byte(d.Week), record)
}

// unpick takes an entry that goes out of every message, with why it was chosen.
func (w *writer) unpick(id rugzak.EntryID) error {
	all, err := w.Digests()
	if err != nil {
		return err
	}
	chosen := func(p rugzak.DigestPick) bool { return p.Entry == id }
	for _, d := range all {
		if !slices.ContainsFunc(d.Picks, chosen) {
			continue
		}
		d.Picks = slices.DeleteFunc(d.Picks, chosen)
		if err := w.putDigest(d, d.Version+1); err != nil {
			return err
		}
	}
	return nil
}

// Digested is the week whose message was last queued for a person.
func (r *reader) Digested(person rugzak.PersonID) (rugzak.Week, error) {
	var record digestedRecord
	err := r.get(bucketDigested, []byte(person), &record)
	if rugzak.CodeOf(err) == rugzak.CodeNotFound {
		err = nil
	}
	return rugzak.Week(record.Week), err
}

// MarkDigested writes down for which week a message is queued.
func (w *writer) MarkDigested(person rugzak.PersonID, week rugzak.Week) error {
	if err := errors.Join(validID(person), validID(week)); err != nil {
		return err
	}
	return w.put(bucketDigested, []byte(person), digestedRecord{Week: string(week)})
}
