// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"runtime/debug"

	"go.etcd.io/bbolt"

	"rugzak/pkg/rugzak"
)

// Check reads everything: the pages of the file, every record, and every key
// that is made from one, in both directions. It reports in plain English.
func (s *Store) Check(ctx context.Context, report func(problem string)) (err error) {
	defer func() { // a damaged file can make the library panic
		if p := recover(); p != nil {
			err = damaged(fmt.Errorf("check: %v", p))
		}
	}()
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	return s.db.View(func(tx *bbolt.Tx) error {
		pages := 0
		for err := range tx.Check() {
			if pages++; pages <= 20 {
				report("file pages: " + err.Error())
			}
		}
		if pages > 0 {
			return nil // the records cannot be trusted, and walking them may not end
		}
		c := checker{reader: reader{tx: tx}, ctx: ctx, report: report, expected: map[string]map[string]bool{}}
		return c.run()
	})
}

type checker struct {
	reader
	ctx    context.Context
	report func(string)
	// expected are the derived keys per bucket, as the records say they are.
	expected map[string]map[string]bool
}

func (c *checker) expect(bucket, key []byte) {
	keys := c.expected[string(bucket)]
	if keys == nil {
		keys = map[string]bool{}
		c.expected[string(bucket)] = keys
	}
	keys[string(key)] = true
}

func (c *checker) run() error {
	each(&c.reader, bucketEntries, func(id string, record entryRecord, err error) bool {
		if !c.good("entry "+id, err) {
			return true
		}
		c.entry(record.entry(rugzak.EntryID(id)), record)
		return true
	})
	if err := c.ctx.Err(); err != nil {
		return err
	}
	c.people()
	c.revisions()
	c.changes()
	for _, bucket := range [][]byte{bucketLists, bucketRelated, bucketExternals, bucketEmails, bucketKeepers, bucketPersonSession} {
		c.compare(bucket)
	}
	c.hidden()
	return c.ctx.Err()
}

// good reports a record that cannot be read. The walk goes on behind it.
func (c *checker) good(what string, err error) bool {
	if err != nil {
		c.report(what + " cannot be read: " + err.Error())
	}
	return err == nil
}

func (c *checker) entry(e rugzak.Entry, record entryRecord) {
	for _, l := range e.Lists() {
		key, _ := listKey(l, e.Mark())
		c.expect(bucketLists, key)
	}
	for _, to := range speaksOf(e) {
		c.expect(bucketRelated, pair(to, e.ID))
	}
	if !e.External.IsZero() {
		c.expect(bucketExternals, pair(e.External.Source, e.External.ID))
	}
	for n := 1; n < record.Revision; n++ {
		if c.tx.Bucket(bucketRevisions).Get(numbered(e.ID, n)) == nil {
			c.report(fmt.Sprintf("entry %s: revision %d is missing", e.ID, n))
		}
	}
	if _, err := c.Organisation(e.Organisation); err != nil {
		c.report(fmt.Sprintf("entry %s: its organisation %s is missing", e.ID, e.Organisation))
	}
}

func (c *checker) people() {
	each(&c.reader, bucketOrganisations, func(id string, _ organisationRecord, err error) bool {
		return c.good("organisation "+id, err) || true
	})
	each(&c.reader, bucketPeople, func(id string, record personRecord, err error) bool {
		if c.good("person "+id, err) {
			c.expect(bucketEmails, []byte(record.Email))
		}
		return true
	})
	each(&c.reader, bucketThemes, func(id string, _ themeRecord, err error) bool { return c.good("theme "+id, err) || true })
	each(&c.reader, bucketMovement, func(id string, _ movementRecord, err error) bool { return c.good(id, err) || true })
	each(&c.reader, bucketCredentials, func(id string, _ credentialRecord, err error) bool {
		return c.good("credential of "+id, err) || true
	})
	each(&c.reader, bucketTokens, func(_ string, _ tokenRecord, err error) bool { return c.good("a link", err) || true })
	each(&c.reader, bucketSessions, func(hash string, record sessionRecord, err error) bool {
		if c.good("a session", err) {
			c.expect(bucketPersonSession, pair(record.Person, hash))
		}
		return true
	})
	each(&c.reader, bucketKeeps, func(key string, _ keepRecord, err error) bool {
		if person, entry, ok := bytes.Cut([]byte(key), []byte{0}); ok && c.good("a keep", err) {
			c.expect(bucketKeepers, pair(entry, person))
		}
		return true
	})
}

func (c *checker) revisions() {
	each(&c.reader, bucketRevisions, func(key string, _ entryRecord, err error) bool {
		id, _, _ := bytes.Cut([]byte(key), []byte{0})
		c.good("a revision of entry "+string(id), err)
		if c.tx.Bucket(bucketEntries).Get(id) == nil {
			c.report("a revision of an entry that is gone: " + string(id))
		}
		return true
	})
}

func (c *checker) changes() {
	b := c.tx.Bucket(bucketChanges)
	cursor := b.Cursor()
	var last uint64
	for key, value := cursor.First(); key != nil; key, value = cursor.Next() {
		var record changeRecord
		c.good(fmt.Sprintf("change %x", key), decode(bucketChanges, key, value, &record))
		if len(key) != 8 {
			c.report(fmt.Sprintf("change log: odd key %x", key))
			continue
		}
		last = binary.BigEndian.Uint64(key)
	}
	if last > b.Sequence() {
		c.report(fmt.Sprintf("change log: newest change %d is ahead of the counter %d", last, b.Sequence()))
	}
}

// compare holds the derived keys that are there to those that should be.
func (c *checker) compare(bucket []byte) {
	expected := c.expected[string(bucket)]
	cursor := c.tx.Bucket(bucket).Cursor()
	found := 0
	for key, _ := cursor.First(); key != nil; key, _ = cursor.Next() {
		if expected[string(key)] {
			found++
		} else {
			c.report(fmt.Sprintf("%s: key %q has no record", bucket, key))
		}
	}
	if found < len(expected) {
		c.report(fmt.Sprintf("%s: %d keys are missing", bucket, len(expected)-found))
	}
}

// hidden holds both halves of the hidden authors together.
func (c *checker) hidden() {
	b := c.tx.Bucket(bucketHidden)
	cursor := b.Cursor()
	for key, _ := cursor.First(); key != nil; key, _ = cursor.Next() {
		parts := bytes.Split(key, []byte{0})
		if len(parts) != 3 {
			c.report("hidden authors: odd key")
			continue
		}
		other := hiddenByPerson
		if string(parts[0]) == hiddenByPerson {
			other = hiddenByEntry
		}
		if b.Get(pair(pair(other, parts[2]), parts[1])) == nil {
			c.report("hidden authors: half of a pair is missing")
		}
	}
}
