// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// Check finds every way in which keys and records can disagree.
func TestCheckFinds(t *testing.T) {
	entry, full, person := rugzaktest.Entry(3), rugzaktest.Full(500), rugzaktest.People()[0]
	other := rugzaktest.Entry(4)
	take := func(bucket, key []byte) func(*bbolt.Tx) error {
		return func(tx *bbolt.Tx) error {
			if tx.Bucket(bucket).Get(key) == nil {
				t.Errorf("%s has no key %q to take away", bucket, key)
			}
			return tx.Bucket(bucket).Delete(key)
		}
	}
	put := func(bucket, key, value []byte) func(*bbolt.Tx) error {
		return func(tx *bbolt.Tx) error { return tx.Bucket(bucket).Put(key, value) }
	}
	pointTo := func(bucket, key []byte, id string) func(*bbolt.Tx) error {
		value, err := encode(bucket, key, pointerRecord{ID: id})
		if err != nil {
			t.Fatal(err)
		}
		return put(bucket, key, value)
	}
	listKey, _ := listKey(rugzak.AllEntries, entry.Mark())
	strange := bytes.Repeat([]byte{7}, 42)
	external := pair(full.External.Source, full.External.ID)
	for name, c := range map[string]struct {
		damage func(*bbolt.Tx) error
		says   string
	}{
		"list key missing":         {take(bucketLists, listKey), "keys are missing"},
		"list key too many":        {put(bucketLists, strange, nil), "has no record"},
		"relation missing":         {take(bucketRelated, pair(full.Relations[0].To, full.ID)), "keys are missing"},
		"relation too many":        {put(bucketRelated, pair("a", "b"), nil), "has no record"},
		"origin missing":           {take(bucketExternals, external), "keys are missing"},
		"origin to another":        {pointTo(bucketExternals, external, "x"), "leads to x"},
		"address missing":          {take(bucketEmails, []byte(person.Email)), "keys are missing"},
		"address to another":       {pointTo(bucketEmails, []byte(person.Email), "x"), "leads to x"},
		"entry missing":            {take(bucketEntries, []byte(entry.ID)), "has no record"},
		"revision missing":         {take(bucketRevisions, numbered(rugzaktest.Entry(1).ID, 1)), "revision 1 is missing"},
		"keeper missing":           {take(bucketKeepers, pair(rugzaktest.Entry(2).ID, person.ID)), "keys are missing"},
		"kept entry missing":       {take(bucketEntries, []byte(rugzaktest.Entry(2).ID)), "keep of an entry that is gone"},
		"asked of nobody":          {put(bucketAsked, pair(person.ID, entry.ID), nil), "has no record"},
		"session of nobody":        {put(bucketPersonSession, pair(person.ID, "x"), nil), "has no record"},
		"hidden half":              {put(bucketHidden, pair(pair(hiddenByEntry, entry.ID), "x"), nil), "half of a pair"},
		"organisation missing":     {take(bucketOrganisations, []byte(entry.Organisation)), "organisation"},
		"record cut short":         {put(bucketEntries, []byte(entry.ID), []byte{1, 0}), "cannot be read"},
		"others' rights":           {func(tx *bbolt.Tx) error { return otherRights(tx, entry) }, "rights in front"},
		"record of another":        {func(tx *bbolt.Tx) error { return swap(tx, entry.ID, other.ID) }, "checksum"},
		"change log ahead":         {func(tx *bbolt.Tx) error { return tx.Bucket(bucketChanges).SetSequence(1) }, "ahead of the counter"},
		"change log cannot read":   {put(bucketChanges, changeKey(1), []byte("x")), "change"},
		"narrowing cannot be read": {put(bucketMeta, metaNarrowed, []byte("x")), "narrowing"},
	} {
		t.Run(name, func(t *testing.T) {
			s := filled(t, testPath(t))
			sound(t, s)
			tamper(t, s, c.damage)
			found := problems(t, s)
			if !strings.Contains(strings.Join(found, "\n"), c.says) {
				t.Errorf("Check said %q, want something with %q", found, c.says)
			}
		})
	}
}

// swap exchanges the records of two entries.
func swap(tx *bbolt.Tx, a, b rugzak.EntryID) error {
	entries := tx.Bucket(bucketEntries)
	first, second := bytes.Clone(entries.Get([]byte(a))), bytes.Clone(entries.Get([]byte(b)))
	if err := entries.Put([]byte(a), second); err != nil {
		return err
	}
	return entries.Put([]byte(b), first)
}

// otherRights puts the rights of everybody in front of an entry.
func otherRights(tx *bbolt.Tx, e rugzak.Entry) error {
	own, err := encode(bucketEntries, []byte(e.ID), recordOf(e))
	if err != nil {
		return err
	}
	wide := e.Clone()
	wide.Audience.Level = rugzak.LevelInternal
	value, err := encodeEntry([]byte(e.ID), recordOf(wide))
	if err != nil {
		return err
	}
	rights, _, err := rightsOf(value)
	if err != nil {
		return err
	}
	value = append(value[:len(value):len(value)][:headLength], binary.AppendUvarint(nil, uint64(len(rights)))...)
	value = append(append(value, rights...), own[headLength:]...)
	value[1] = own[1] | withRights
	putChecksum(bucketEntries, []byte(e.ID), value)
	return tx.Bucket(bucketEntries).Put([]byte(e.ID), value)
}

// A list decides who sees what: a key that brings in an entry from elsewhere
// shows nothing.
func TestListShowsOnlyItsOwn(t *testing.T) {
	s := filled(t, testPath(t))
	secret := rugzaktest.Draft(600)
	list := rugzak.TokenList(rugzak.InternalToken)
	key, _ := listKey(list, secret.Mark())
	tamper(t, s, func(tx *bbolt.Tx) error { return tx.Bucket(bucketLists).Put(key, nil) })
	err := s.View(t.Context(), func(r rugzak.Reader) error {
		for e, err := range r.Entries(list, "") {
			if err == nil && e.ID == secret.ID {
				t.Error("the draft stands in the list of the whole municipality")
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
