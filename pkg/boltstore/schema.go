// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"
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
	bucketAudit         = []byte("audit")         // number -> record of the audit log
	bucketAliases       = []byte("aliases")       // p 0 person -> alias, a 0 alias -> person: who is behind the audit log
	bucketNotices       = []byte("notices")       // person 0 id -> notice
	bucketMail          = []byte("mail")          // id -> mail that waits
	bucketSettings      = []byte("settings")      // one record
	bucketFalseAlarms   = []byte("falsealarms")   // class/language/length -> count
	bucketDone          = []byte("done")          // work -> when regular work was last done
	bucketAnnounced     = []byte("announced")     // entry 0 kind of notice -> when its authors were told
	bucketRequests      = []byte("requests")      // id -> what somebody asks about their own data
	bucketFactors       = []byte("factors")       // person 0 id -> passkey or code app
	bucketRecovery      = []byte("recovery")      // person -> hashes of recovery codes
	bucketChallenges    = []byte("challenges")    // id -> what a browser is in the midst of
	bucketIncidents     = []byte("incidents")     // id -> report that a text is about a person
	bucketTombstones    = []byte("tombstones")    // subject -> what stays of a text that was purged
	bucketPurges        = []byte("purges")        // id -> purge and how far it is

	bucketInvitations     = []byte("invitations")     // id -> invitation
	bucketInvitationLinks = []byte("invitationlinks") // hash -> id of the invitation
	bucketLeases          = []byte("leases")          // work -> who does it
)

var buckets = [][]byte{
	bucketMeta, bucketEntries, bucketRevisions, bucketLists, bucketRelated, bucketExternals, bucketHidden,
	bucketOrganisations, bucketPeople, bucketEmails, bucketThemes, bucketMovement, bucketKeeps, bucketKeepers,
	bucketSessions, bucketPersonSession, bucketCredentials, bucketTokens, bucketChanges,
	bucketAudit, bucketAliases,
	bucketNotices,
	bucketMail,
	bucketSettings,
	bucketFalseAlarms,
	bucketDone,
	bucketAnnounced,
	bucketRequests,
	bucketFactors, bucketRecovery, bucketChallenges,
	bucketIncidents, bucketTombstones, bucketPurges, bucketReportedTexts,
	bucketWidenings, bucketAsked,
	bucketChecklist,
	bucketMade,
	bucketIdentities, bucketUsed,
	bucketInvitations, bucketInvitationLinks, bucketLeases,
	bucketTerms,
	bucketSavedSearches, bucketFollowers, bucketSearchGaps,
	bucketResponses, bucketResponders, bucketWaiting, bucketSignals, bucketSignallers,
	bucketFeedTokens, bucketPersonFeeds,
	bucketKeptOrder, bucketKeepsDue, bucketKeepsAsked,
	bucketRoomNeeds, bucketRoomTeams, bucketMeetings, bucketMeetingLists,
	bucketInquiries, bucketInvolved, bucketExperiments, bucketOverlaps,
	bucketParticipations, bucketParticipants, bucketPromises,
	bucketRounds, bucketRoundDays, bucketQuestionSets,
	bucketNoticePeople, bucketNoticeSettings, bucketDigests, bucketDigested, bucketUnsubscribes,
	bucketThreads, bucketLetters, bucketThemeLetters, bucketCelebrations,
	bucketCompasses,
	bucketThemeMerges, bucketEntryMerges, bucketEntryMerged, bucketNotDoubles, bucketEnrichments, bucketTextProposals,
	bucketTallied, bucketSheets, bucketPeopleFigures, bucketInterims,
	bucketRefusals, bucketRefused,
	bucketIdeas, bucketIdeaLists, bucketSelfCheck,
	bucketAttachments, bucketAttached, bucketAttachedTexts, bucketBlobs,
}

var (
	metaSchema   = []byte("schema")
	metaNarrowed = []byte("narrowed")
	metaKey      = []byte("key")
	metaAudit    = []byte("audit")      // the end of the audit chain
	metaAuditCut = []byte("audit-from") // where retention cut it
)

// fillOf is how full a page is left when it splits: nearly full where keys
// mostly come in order, so that no room stays empty behind them.
func fillOf(bucket []byte) float64 {
	switch string(bucket) {
	case string(bucketEntries), string(bucketChanges), string(bucketAudit):
		return nearlyFull
	}
	return bbolt.DefaultFillPercent
}

const (
	nearlyFull = 0.95
	// manySaves is from how many saves in one transaction the pages of lists
	// are filled as well. New keys come at the front of a list: many at once
	// make whole pages, but one at a time would each split a full page.
	manySaves = 100
)

// migrations are the steps from an empty file to the form this program writes.
// The number of steps a file has had is its version; a step, once released, is
// never changed.
func migrations() []func(*bbolt.Tx) error {
	return []func(*bbolt.Tx) error{makeBuckets, makeBucketsAndKey, makeBuckets, makeBucketsAndOrder, makeBucketsAndReview, makeBuckets}
}

// makeBuckets makes the buckets a file does not have yet: all of them in
// version 1, what came with accounts and trust in version 2, what came with
// better searching in version 3, what came with taking along, using and passing
// on in version 4, which also puts in order what is there, what came with the
// movement in version 5, and attachments in version 6.
func makeBuckets(tx *bbolt.Tx) error {
	for _, name := range buckets {
		if _, err := tx.CreateBucketIfNotExists(name); err != nil {
			return fmt.Errorf("make bucket %s: %w", name, err)
		}
	}
	return nil
}

// makeBucketsAndKey makes version 2.
func makeBucketsAndKey(tx *bbolt.Tx) error {
	if err := makeBuckets(tx); err != nil {
		return err
	}
	return makeKey(tx)
}

// migrate takes the steps a file has not had yet, in one transaction, and
// refuses a file that had more.
func migrate(db *bbolt.DB, steps []func(*bbolt.Tx) error) error {
	return guard(func() error {
		var had int
		err := db.View(func(tx *bbolt.Tx) (err error) {
			if had, err = schemaOf(tx); err == nil && had == len(steps) {
				return complete(tx)
			}
			return err
		})
		switch {
		case err != nil || had == len(steps):
			return err
		case had > len(steps):
			return &rugzak.Error{Code: rugzak.CodeUnavailable, Key: "error.store.newer", Args: []any{had, len(steps)}}
		case db.IsReadOnly():
			return readOnly(fmt.Errorf("boltstore: the file has version %d and must be opened for writing first", had))
		}
		return db.Update(func(tx *bbolt.Tx) error {
			for n := had; n < len(steps); n++ {
				if err := steps[n](tx); err != nil {
					return fmt.Errorf("boltstore: migrate to version %d: %w", n+1, err)
				}
			}
			return putNumber(tx, metaSchema, uint64(len(steps)))
		})
	})
}

// schemaOf returns the version of a file; 0 for an empty one.
func schemaOf(tx *bbolt.Tx) (int, error) {
	if name, _ := tx.Cursor().First(); name == nil {
		return 0, nil
	}
	if tx.Bucket(bucketMeta) == nil {
		return 0, damaged(errors.New("it does not say which version it has"))
	}
	version, err := number(tx, metaSchema)
	if err == nil && version == 0 {
		err = damaged(errors.New("it does not say which version it has"))
	}
	return int(version), err
}

// number returns a number among the meta data; 0 when it was never stored.
func number(tx *bbolt.Tx, key []byte) (uint64, error) {
	value := tx.Bucket(bucketMeta).Get(key)
	if value == nil {
		return 0, nil
	}
	var record numberRecord
	if err := decode(bucketMeta, key, value, &record); err != nil {
		return 0, damaged(fmt.Errorf("boltstore: %s: %w", key, err))
	}
	return record.N, nil
}

func putNumber(tx *bbolt.Tx, key []byte, n uint64) error {
	value, err := encode(bucketMeta, key, numberRecord{N: n})
	if err != nil {
		return err
	}
	return tx.Bucket(bucketMeta).Put(key, value)
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
