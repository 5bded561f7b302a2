// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

// bucketMade: person 0 key of a form -> what it made.
var bucketMade = []byte("made")

type madeRecord struct {
	ID string    `json:"i"`
	At time.Time `json:"at"`
}

// Made returns what a form made.
func (r *reader) Made(person rugzak.PersonID, key string) (rugzak.Made, error) {
	var record madeRecord
	err := r.get(bucketMade, pair(person, key), &record)
	if err != nil {
		return rugzak.Made{}, err
	}
	return rugzak.Made{Person: person, Key: key, ID: record.ID, At: record.At}, nil
}

// SaveMade remembers what a form made.
func (w *writer) SaveMade(m rugzak.Made) error {
	if err := errors.Join(validID(m.Person), validID(m.Key)); err != nil {
		return err
	}
	keys, err := w.second(bucketMade, pair(m.Person, ""))
	if err != nil {
		return err
	}
	for _, key := range keys {
		old, err := w.Made(m.Person, key)
		if err != nil {
			return err
		}
		if m.At.Sub(old.At) >= rugzak.MadeLasts {
			if err := w.remove(bucketMade, pair(m.Person, key)); err != nil {
				return err
			}
		}
	}
	return w.put(bucketMade, pair(m.Person, m.Key), madeRecord{ID: m.ID, At: m.At})
}

// made checks what forms made: it can be read, and by people who are there.
func (c *checker) made() {
	each(&c.reader, bucketMade, func(key string, _ madeRecord, err error) bool {
		person, _, _ := strings.Cut(key, "\x00")
		if c.good("what a form made", err) && !c.has(bucketPeople, person) {
			c.report("a form of a person who is gone: " + person)
		}
		return true
	})
}
