// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"crypto/sha256"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

var (
	bucketIdentities = []byte("identities") // hash of issuer and subject -> identity
	bucketUsed       = []byte("used")       // hash -> until when it is remembered
)

type identityRecord struct {
	Issuer  string    `json:"i"`
	Subject string    `json:"s"`
	Person  string    `json:"p"`
	At      time.Time `json:"a"`
}

func (r identityRecord) identity() rugzak.Identity {
	return rugzak.Identity{Issuer: r.Issuer, Subject: r.Subject, Person: rugzak.PersonID(r.Person), At: r.At}
}

type usedRecord struct {
	Until time.Time `json:"u"`
}

// identityKey stands for what a provider calls somebody, which may be long and
// hold any characters.
func identityKey(issuer, subject string) []byte {
	first := sha256.Sum256([]byte(issuer))
	sum := sha256.Sum256(append(first[:], subject...))
	return sum[:]
}

// Identity returns whom a provider means.
func (r *reader) Identity(issuer, subject string) (rugzak.Identity, error) {
	var record identityRecord
	if err := r.get(bucketIdentities, identityKey(issuer, subject), &record); err != nil {
		return rugzak.Identity{}, err
	}
	return record.identity(), nil
}

// Identities lists by what providers know a person.
func (r *reader) Identities(person rugzak.PersonID) ([]rugzak.Identity, error) {
	var out []rugzak.Identity
	var failed error
	each(r, bucketIdentities, func(_ string, record identityRecord, err error) bool {
		if failed = err; err == nil && record.Person == string(person) {
			out = append(out, record.identity())
		}
		return err == nil
	})
	slices.SortStableFunc(out, func(a, b rugzak.Identity) int { return a.At.Compare(b.At) })
	return out, failed
}

// SaveIdentity joins what a provider calls somebody to a person.
func (w *writer) SaveIdentity(i rugzak.Identity) error {
	if _, err := w.Person(i.Person); err != nil {
		return err
	}
	return w.put(bucketIdentities, identityKey(i.Issuer, i.Subject), identityRecord{
		Issuer: i.Issuer, Subject: i.Subject, Person: string(i.Person), At: i.At,
	})
}

// RemoveIdentity lets a provider's subject be nobody again.
func (w *writer) RemoveIdentity(issuer, subject string) error {
	if _, err := w.Identity(issuer, subject); err != nil {
		return err
	}
	return w.remove(bucketIdentities, identityKey(issuer, subject))
}

// removeIdentities takes away all that belong to a person.
func (w *writer) removeIdentities(person rugzak.PersonID) error {
	all, err := w.Identities(person)
	if err != nil {
		return err
	}
	for _, i := range all {
		if err := w.RemoveIdentity(i.Issuer, i.Subject); err != nil {
			return err
		}
	}
	return nil
}

// UseOnce notes that something was used, and forgets what is over.
func (w *writer) UseOnce(hash string, now, until time.Time) error {
	if err := validID(hash); err != nil {
		return err
	}
	var before usedRecord
	switch err := w.get(bucketUsed, []byte(hash), &before); {
	case err == nil && !before.Until.Before(now):
		return rugzak.Conflict()
	case err != nil && rugzak.CodeOf(err) != rugzak.CodeNotFound:
		return err
	}
	var over []string
	var failed error
	each(&w.reader, bucketUsed, func(hash string, record usedRecord, err error) bool {
		if failed = err; err == nil && record.Until.Before(now) {
			over = append(over, hash)
		}
		return err == nil
	})
	if failed != nil {
		return failed
	}
	for _, hash := range over {
		if err := w.remove(bucketUsed, []byte(hash)); err != nil {
			return err
		}
	}
	return w.put(bucketUsed, []byte(hash), usedRecord{Until: until})
}

// identities looks through what providers know, and what was used.
func (c *checker) identities() {
	each(&c.reader, bucketIdentities, func(_ string, record identityRecord, err error) bool {
		if c.good("an identity", err) && !c.has(bucketPeople, record.Person) {
			c.report("an identity of a person who is gone: " + record.Person)
		}
		return true
	})
	each(&c.reader, bucketUsed, func(_ string, _ usedRecord, err error) bool { return c.good("what was used", err) || true })
}
