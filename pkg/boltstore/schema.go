// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"encoding/binary"
	"fmt"

	"go.etcd.io/bbolt"

	"rugzak/pkg/rugzak"
)

// The buckets. What each holds stands beside it.
var (
	bucketMeta          = []byte("meta")          // schema version; position of the newest narrowing
	bucketEntries       = []byte("entries")       // id -> entry
	bucketRevisions     = []byte("revisions")     // id 0 number -> past revision
	bucketLists         = []byte("lists")         // hash of the list, mark -> nothing
	bucketRelated       = []byte("related")       // id of what is spoken of 0 id of who speaks -> nothing
	bucketExternals     = []byte("externals")     // source 0 id -> entry id
	bucketHidden        = []byte("hidden")        // e 0 entry 0 person, p 0 person 0 entry -> nothing
	bucketOrganisations = []byte("organisations") // id -> organisation
	bucketPeople        = []byte("people")        // id -> person
	bucketEmails        = []byte("emails")        // address -> person id
	bucketThemes        = []byte("themes")        // id -> theme
	bucketMovement      = []byte("movement")      // one record
	bucketKeeps         = []byte("keeps")         // person 0 entry -> keep
	bucketKeepers       = []byte("keepers")       // entry 0 person -> nothing
	bucketSessions      = []byte("sessions")      // hash -> session
	bucketPersonSession = []byte("personsession") // person 0 hash -> nothing
	bucketCredentials   = []byte("credentials")   // person -> credential
	bucketTokens        = []byte("tokens")        // hash -> link
	bucketChanges       = []byte("changes")       // sequence -> change
)

var buckets = [][]byte{
	bucketMeta, bucketEntries, bucketRevisions, bucketLists, bucketRelated, bucketExternals, bucketHidden,
	bucketOrganisations, bucketPeople, bucketEmails, bucketThemes, bucketMovement, bucketKeeps, bucketKeepers,
	bucketSessions, bucketPersonSession, bucketCredentials, bucketTokens, bucketChanges,
}

var (
	metaSchema   = []byte("schema")
	metaNarrowed = []byte("narrowed")
)

// fillOf is how full a page is left when it splits: nearly full where keys
// mostly come in order, so that no room stays empty behind them.
func fillOf(bucket []byte) float64 {
	switch string(bucket) {
	case string(bucketEntries), string(bucketChanges):
		return 0.95
	}
	return bbolt.DefaultFillPercent
}

// schemaVersion is the version this program writes.
const schemaVersion = 1

// migrations lead from the version before to the version at their place: the
// first one to version 1.
var migrations = []func(*bbolt.Tx) error{initialise}

// initialise makes the buckets of version 1.
func initialise(tx *bbolt.Tx) error {
	for _, name := range buckets {
		if _, err := tx.CreateBucketIfNotExists(name); err != nil {
			return fmt.Errorf("make bucket %s: %w", name, err)
		}
	}
	return setSchema(tx, 1)
}

func setSchema(tx *bbolt.Tx, version uint64) error {
	return tx.Bucket(bucketMeta).Put(metaSchema, binary.BigEndian.AppendUint64(nil, version))
}

// migrate brings an older file up to date, in one transaction, and refuses a
// newer one.
func migrate(db *bbolt.DB) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = damaged(fmt.Errorf("read schema version: %v", p))
		}
	}()
	var version uint64
	err = db.View(func(tx *bbolt.Tx) error {
		if meta := tx.Bucket(bucketMeta); meta != nil {
			if v := meta.Get(metaSchema); len(v) == 8 {
				version = binary.BigEndian.Uint64(v)
			}
			return nil
		}
		return nil
	})
	switch {
	case err != nil:
		return err
	case version == schemaVersion:
		return db.View(complete)
	case version > schemaVersion:
		return &rugzak.Error{Code: rugzak.CodeUnavailable, Key: "error.store.newer", Args: []any{int(version), schemaVersion}}
	}
	return db.Update(func(tx *bbolt.Tx) error {
		for v := version; v < schemaVersion; v++ {
			if err := migrations[v](tx); err != nil {
				return fmt.Errorf("boltstore: migrate to version %d: %w", v+1, err)
			}
		}
		return setSchema(tx, schemaVersion)
	})
}

// complete reports a file that lacks a part.
func complete(tx *bbolt.Tx) error {
	for _, name := range buckets {
		if tx.Bucket(name) == nil {
			return damaged(fmt.Errorf("bucket %s is missing", name))
		}
	}
	return nil
}
