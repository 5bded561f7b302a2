// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"rugzak/pkg/rugzak"
)

// Check looks at the pages of the file, and when they hold together at every
// record and every key that is made from one, in both directions. It reports in
// plain English. Writers wait while it looks at the pages.
func (s *Store) Check(ctx context.Context, report func(problem string)) (err error) {
	if sound, err := s.checkPages(ctx, report); err != nil || !sound {
		return err // reading pages that do not hold together could end the program
	}
	db, release := s.hold()
	defer release()
	tx, err := begin(ctx, db, false)
	if err != nil {
		return err
	}
	c := checker{reader: reader{tx: tx}, ctx: ctx, report: report, expected: map[string]map[string]string{}}
	c.run()
	return errors.Join(tx.Rollback(), ctx.Err())
}

// checkPages looks at the pages, and lets bbolt do so as well when it can be
// trusted with them, which it can only while nobody writes.
func (s *Store) checkPages(ctx context.Context, report func(problem string)) (sound bool, err error) {
	select {
	case s.writing <- struct{}{}:
		defer func() { <-s.writing }()
	case <-ctx.Done():
		return false, ctx.Err()
	}
	db, release := s.hold()
	defer release()
	tx, err := begin(ctx, db, false)
	if err != nil {
		return false, err
	}
	defer finish(tx, &err)
	const most = 20
	n := 0
	atMost := func(problem string) {
		if n++; n <= most {
			report(problem)
		}
	}
	sound, err = soundPages(ctx, s.path, tx, atMost)
	if err != nil || !sound {
		return false, err
	}
	for problem := range tx.Check() {
		atMost("file pages: " + problem.Error())
	}
	return true, nil
}

type checker struct {
	reader
	ctx    context.Context
	report func(string)
	// expected are the derived keys per bucket and the ids they lead to, as the
	// records say they are.
	expected map[string]map[string]string
}

func (c *checker) expect(bucket, key []byte, id string) {
	keys := c.expected[string(bucket)]
	if keys == nil {
		keys = map[string]string{}
		c.expected[string(bucket)] = keys
	}
	keys[string(key)] = id
}

func (c *checker) run() {
	parts := []func(){
		c.meta, c.entries, c.people, c.others, c.revisions, c.changes, c.hidden, c.audit, c.told, c.factors, c.reported,
		c.asks, c.themeMerges, c.entryMerges, c.refusals, c.made, c.identities, c.invited, c.leased, c.checklist, c.terms, c.savedSearches, c.searchGaps,
		c.feeds,
		c.roomNeeds, c.meetings, c.rounds, func() { c.compare(bucketRoomTeams) }, func() { c.compare(bucketMeetingLists) },
		c.threads, c.letters, c.celebrations, func() { c.compare(bucketThemeLetters) },
		c.ideas, c.selfCheck, func() { c.compare(bucketIdeaLists) },
		c.inquiries, c.overlaps, c.participations,
		c.responses,
		c.tallies, c.interims,
		c.attachments,
	}
	for _, bucket := range [][]byte{
		bucketLists, bucketRelated, bucketExternals, bucketEmails, bucketKeepers, bucketPersonSession,
		bucketKeptOrder, bucketKeepsDue, bucketKeepsAsked,
		bucketPersonFeeds,
		bucketResponders, bucketWaiting, bucketSignallers,
	} {
		parts = append(parts, func() { c.compare(bucket) })
	}
	for _, part := range parts {
		if c.ctx.Err() != nil {
			return
		}
		if err := guard(func() error { part(); return nil }); err != nil {
			c.report("the file cannot be read: " + err.Error())
		}
	}
}

// good reports a record that cannot be read. The walk goes on behind it.
func (c *checker) good(what string, err error) bool {
	if err != nil {
		c.report(what + " cannot be read: " + err.Error())
	}
	return err == nil
}

func (c *checker) meta() {
	newest := c.tx.Bucket(bucketChanges).Sequence()
	narrowed, err := number(c.tx, metaNarrowed)
	if c.good("the newest narrowing", err) && narrowed > newest {
		c.report(fmt.Sprintf("change log: the newest narrowing %d is ahead of the counter %d", narrowed, newest))
	}
}

func (c *checker) has(bucket []byte, id string) bool {
	return c.tx.Bucket(bucket).Get([]byte(id)) != nil
}

func (c *checker) entries() {
	each(&c.reader, bucketEntries, func(id string, record entryRecord, err error) bool {
		if c.good("entry "+id, err) {
			c.entry(record.entry(rugzak.EntryID(id)))
		}
		return c.ctx.Err() == nil
	})
}

func (c *checker) entry(e rugzak.Entry) {
	if rights, err := c.Rights(e.ID); err != nil || !reflect.DeepEqual(rights, rightsIn(e)) {
		c.report(fmt.Sprintf("entry %s: the rights in front of it are others than its own", e.ID))
	}
	keys := keysOf(e)
	for _, key := range keys.lists {
		c.expect(bucketLists, key, "")
	}
	for _, key := range keys.related {
		c.expect(bucketRelated, key, "")
	}
	if !e.External.IsZero() {
		c.expect(bucketExternals, pair(e.External.Source, e.External.ID), string(e.ID))
	}
	for n := 1; n < e.Revision; n++ {
		if !c.has(bucketRevisions, string(numbered(e.ID, n))) {
			c.report(fmt.Sprintf("entry %s: revision %d is missing", e.ID, n))
		}
	}
	if !c.has(bucketOrganisations, string(e.Organisation)) {
		c.report(fmt.Sprintf("entry %s: its organisation %s is missing", e.ID, e.Organisation))
	}
}

func (c *checker) people() {
	each(&c.reader, bucketPeople, func(id string, record personRecord, err error) bool {
		if c.good("person "+id, err) && record.Email != "" {
			c.expect(bucketEmails, []byte(rugzak.CleanEmail(record.Email)), id)
		}
		return true
	})
	each(&c.reader, bucketSessions, func(hash string, record sessionRecord, err error) bool {
		if c.good("a session", err) {
			c.expect(bucketPersonSession, pair(record.Person, hash), "")
		}
		return true
	})
	c.keeps()
}

// others are the records nothing else is made from.
func (c *checker) others() {
	each(&c.reader, bucketOrganisations, func(id string, _ organisationRecord, err error) bool {
		return c.good("organisation "+id, err) || true
	})
	each(&c.reader, bucketThemes, func(id string, _ themeRecord, err error) bool { return c.good("theme "+id, err) || true })
	each(&c.reader, bucketMovement, func(id string, _ movementRecord, err error) bool { return c.good(id, err) || true })
	each(&c.reader, bucketCompasses, func(_ string, _ movementRecord, err error) bool {
		return c.good("what the compass was", err) || true
	})
	each(&c.reader, bucketCredentials, func(id string, _ credentialRecord, err error) bool {
		return c.good("credential of "+id, err) || true
	})
	each(&c.reader, bucketTokens, func(_ string, _ tokenRecord, err error) bool { return c.good("a link", err) || true })
}

func (c *checker) revisions() {
	each(&c.reader, bucketRevisions, func(key string, past entryRecord, err error) bool {
		id, _, _ := strings.Cut(key, "\x00")
		if !c.good("a revision of entry "+id, err) {
			return true
		}
		var newest entryRecord
		switch err := c.get(bucketEntries, []byte(id), &newest); {
		case rugzak.CodeOf(err) == rugzak.CodeNotFound:
			c.report("a revision of an entry that is gone: " + id)
		case err == nil && (past.Revision >= newest.Revision || key != string(numbered(rugzak.EntryID(id), past.Revision))):
			c.report(fmt.Sprintf("entry %s: past revision %d does not fit", id, past.Revision))
		}
		return c.ctx.Err() == nil
	})
}

func (c *checker) changes() {
	b := c.tx.Bucket(bucketChanges)
	cursor := b.Cursor()
	var last uint64
	for key, value := cursor.First(); key != nil; key, value = cursor.Next() {
		if _, err := readChange(key, value); !c.good(fmt.Sprintf("change %x", key), err) {
			continue
		}
		seq := binary.BigEndian.Uint64(key)
		if seq <= last {
			c.report(fmt.Sprintf("change log: %d comes after %d", seq, last))
		}
		last = seq
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
	for key, value := cursor.First(); key != nil; key, value = cursor.Next() {
		id, ok := expected[string(key)]
		if !ok {
			c.report(fmt.Sprintf("%s: key %x has no record", bucket, key))
			continue
		}
		found++
		if id == "" {
			continue
		}
		var record pointerRecord
		if c.good(fmt.Sprintf("%s: key %x", bucket, key), decode(bucket, key, value, &record)) && record.ID != id {
			c.report(fmt.Sprintf("%s: key %x leads to %s, not %s", bucket, key, record.ID, id))
		}
	}
	if found < len(expected) {
		c.report(fmt.Sprintf("%s: %d keys are missing", bucket, len(expected)-found))
	}
}

// hidden holds both halves of the hidden authors together. It names nobody.
func (c *checker) hidden() {
	cursor := c.tx.Bucket(bucketHidden).Cursor()
	for key, _ := cursor.First(); key != nil; key, _ = cursor.Next() {
		parts := strings.Split(string(key), "\x00")
		if len(parts) != 3 {
			c.report("hidden authors: odd key")
			continue
		}
		other, entry := hiddenByPerson, parts[1]
		if parts[0] == hiddenByPerson {
			other, entry = hiddenByEntry, parts[2]
		}
		if !c.has(bucketHidden, string(pair(pair(other, parts[2]), parts[1]))) {
			c.report("hidden authors: half of a pair is missing")
		}
		if !c.has(bucketEntries, entry) {
			c.report("hidden authors of an entry that is gone: " + entry)
		}
	}
}
