// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

type factorRecord struct {
	Kind    string    `json:"k"`
	Name    string    `json:"n,omitempty"`
	Data    []byte    `json:"d"`
	Step    int64     `json:"s,omitempty"`
	Created time.Time `json:"c"`
	Used    time.Time `json:"u,omitzero"`
}

type recoveryRecord struct {
	Hashes []string  `json:"h,omitempty"`
	Made   time.Time `json:"m"`
}

type challengeRecord struct {
	Hash    string    `json:"h"`
	Purpose string    `json:"u"`
	Person  string    `json:"p,omitempty"`
	Epoch   int       `json:"e,omitempty"`
	How     string    `json:"w,omitempty"`
	Data    []byte    `json:"d,omitempty"`
	Expires time.Time `json:"x"`
}

// Factors lists the factors of a person, oldest first.
func (r *reader) Factors(person rugzak.PersonID) ([]rugzak.Factor, error) {
	if person == "" {
		return nil, nil
	}
	ids, err := r.second(bucketFactors, pair(person, ""))
	if err != nil {
		return nil, err
	}
	var out []rugzak.Factor
	for _, id := range ids {
		f, err := r.factor(person, id)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

func (r *reader) factor(person rugzak.PersonID, id string) (rugzak.Factor, error) {
	var record factorRecord
	if err := r.get(bucketFactors, pair(person, id), &record); err != nil {
		return rugzak.Factor{}, err
	}
	return rugzak.Factor{
		ID: id, Person: person, Kind: rugzak.FactorKind(record.Kind), Name: record.Name, Data: record.Data, Step: record.Step,
		CreatedAt: record.Created, UsedAt: record.Used,
	}, nil
}

// SaveFactor stores a factor.
func (w *writer) SaveFactor(f rugzak.Factor) error {
	if err := errors.Join(validID(f.Person), validID(f.ID)); err != nil {
		return err
	}
	return w.put(bucketFactors, pair(f.Person, f.ID), factorRecord{
		Kind: string(f.Kind), Name: f.Name, Data: f.Data, Step: f.Step, Created: f.CreatedAt, Used: f.UsedAt,
	})
}

// RemoveFactor takes a factor away.
func (w *writer) RemoveFactor(person rugzak.PersonID, id string) error {
	if _, err := w.factor(person, id); err != nil {
		return err
	}
	return w.remove(bucketFactors, pair(person, id))
}

// Recovery returns the recovery codes of a person.
func (r *reader) Recovery(person rugzak.PersonID) (rugzak.RecoveryCodes, error) {
	var record recoveryRecord
	if err := r.get(bucketRecovery, []byte(person), &record); err != nil {
		return rugzak.RecoveryCodes{}, err
	}
	return rugzak.RecoveryCodes{Person: person, Hashes: record.Hashes, MadeAt: record.Made}, nil
}

// SaveRecovery stores the recovery codes of a person.
func (w *writer) SaveRecovery(c rugzak.RecoveryCodes) error {
	if err := validID(c.Person); err != nil {
		return err
	}
	return w.put(bucketRecovery, []byte(c.Person), recoveryRecord{Hashes: c.Hashes, Made: c.MadeAt})
}

// RemoveRecovery takes all recovery codes of a person away.
func (w *writer) RemoveRecovery(person rugzak.PersonID) error {
	return w.remove(bucketRecovery, []byte(person))
}

// Challenge returns what a browser is in the midst of.
func (r *reader) Challenge(id string) (rugzak.Challenge, error) {
	var record challengeRecord
	if err := r.get(bucketChallenges, []byte(id), &record); err != nil {
		return rugzak.Challenge{}, err
	}
	return rugzak.Challenge{
		ID: id, Hash: record.Hash, Purpose: rugzak.ChallengePurpose(record.Purpose), Person: rugzak.PersonID(record.Person),
		Epoch: record.Epoch, How: rugzak.SignInWay(record.How), Data: record.Data, Expires: record.Expires,
	}, nil
}

// SaveChallenge stores what a browser is in the midst of.
func (w *writer) SaveChallenge(c rugzak.Challenge) error {
	if err := validID(c.ID); err != nil {
		return err
	}
	return w.put(bucketChallenges, []byte(c.ID), challengeRecord{
		Hash: c.Hash, Purpose: string(c.Purpose), Person: string(c.Person), Epoch: c.Epoch, How: string(c.How),
		Data: c.Data, Expires: c.Expires,
	})
}

// RemoveChallenge uses a challenge up.
func (w *writer) RemoveChallenge(id string) error {
	if _, err := w.Challenge(id); err != nil {
		return err
	}
	return w.remove(bucketChallenges, []byte(id))
}

// ExpireChallenges takes away what ended. The ids stand in the order in which
// they were made, and all live about as long: it looks no further than the
// first few that still count.
func (w *writer) ExpireChallenges(before time.Time) error {
	var ended []string
	var failed error
	alive := 0
	each(&w.reader, bucketChallenges, func(id string, record challengeRecord, err error) bool {
		if failed = err; err != nil {
			return false
		}
		if record.Expires.Before(before) {
			ended = append(ended, id)
		} else {
			alive++
		}
		return alive < fewAlive && len(ended) < mostEnded
	})
	if failed != nil {
		return failed
	}
	for _, id := range ended {
		if err := w.remove(bucketChallenges, []byte(id)); err != nil {
			return err
		}
	}
	return nil
}

// fewAlive and mostEnded bound the work of one clearing.
const (
	fewAlive  = 20
	mostEnded = 500
)

// forgetFactors removes the factors, recovery codes and challenges of a person.
func (w *writer) forgetFactors(person rugzak.PersonID) error {
	if err := errors.Join(w.removeUnder(bucketFactors, pair(person, "")), w.RemoveRecovery(person)); err != nil {
		return err
	}
	var theirs []string
	var failed error
	each(&w.reader, bucketChallenges, func(id string, record challengeRecord, err error) bool {
		if failed = err; err == nil && record.Person == string(person) {
			theirs = append(theirs, id)
		}
		return err == nil
	})
	if failed != nil {
		return failed
	}
	for _, id := range theirs {
		if err := w.remove(bucketChallenges, []byte(id)); err != nil {
			return err
		}
	}
	return nil
}

// factors checks that factors can be read and lead to people.
func (c *checker) factors() {
	each(&c.reader, bucketFactors, func(key string, _ factorRecord, err error) bool {
		person, _, _ := strings.Cut(key, "\x00")
		if c.good("a factor", err) && !c.has(bucketPeople, person) {
			c.report("a factor of a person who is gone: " + person)
		}
		return true
	})
	each(&c.reader, bucketRecovery, func(person string, _ recoveryRecord, err error) bool {
		if c.good("recovery codes", err) && !c.has(bucketPeople, person) {
			c.report("recovery codes of a person who is gone: " + person)
		}
		return true
	})
	each(&c.reader, bucketChallenges, func(id string, _ challengeRecord, err error) bool { return c.good("challenge "+id, err) || true })
}
