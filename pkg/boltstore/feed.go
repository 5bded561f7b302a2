// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"
	"slices"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

var (
	bucketFeedTokens  = []byte("feedtokens")  // hash -> private address of a feed
	bucketPersonFeeds = []byte("personfeeds") // person 0 hash -> nothing
)

type feedTokenRecord struct {
	ID      string    `json:"i"`
	Person  string    `json:"p"`
	Name    string    `json:"n"`
	Kind    string    `json:"k"`
	About   string    `json:"a,omitempty"`
	Epoch   int       `json:"e,omitempty"`
	Created time.Time `json:"c"`
	Used    time.Time `json:"u,omitzero"`
}

// FeedToken returns the address with this hash.
func (r *reader) FeedToken(hash string) (rugzak.FeedToken, error) {
	var record feedTokenRecord
	if err := r.get(bucketFeedTokens, []byte(hash), &record); err != nil {
		return rugzak.FeedToken{}, err
	}
	return rugzak.FeedToken{
		Person: rugzak.PersonID(record.Person), ID: record.ID, Hash: hash, Name: record.Name,
		Feed:  rugzak.Feed{Kind: rugzak.FeedKind(record.Kind), About: record.About},
		Epoch: record.Epoch, At: record.Created, UsedAt: record.Used,
	}, nil
}

// FeedTokens lists the addresses of a person, oldest first.
func (r *reader) FeedTokens(person rugzak.PersonID) ([]rugzak.FeedToken, error) {
	if person == "" {
		return nil, nil
	}
	hashes, err := r.second(bucketPersonFeeds, pair(person, ""))
	if err != nil {
		return nil, err
	}
	var out []rugzak.FeedToken
	for _, hash := range hashes {
		f, err := r.FeedToken(hash)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b rugzak.FeedToken) int { return strings.Compare(a.ID, b.ID) })
	return out, nil
}

// SaveFeedToken stores an address, new or again.
func (w *writer) SaveFeedToken(f rugzak.FeedToken) error {
	if err := errors.Join(validID(f.Person), validID(f.Hash), validID(f.ID)); err != nil {
		return err
	}
	if err := w.store(bucketPersonFeeds, pair(f.Person, f.Hash), nil); err != nil {
		return err
	}
	return w.put(bucketFeedTokens, []byte(f.Hash), feedTokenRecord{
		ID: f.ID, Person: string(f.Person), Name: f.Name, Kind: string(f.Feed.Kind), About: f.Feed.About, Epoch: f.Epoch,
		Created: f.At, Used: f.UsedAt,
	})
}

// RemoveFeedToken takes an address away: from then on it opens nothing.
func (w *writer) RemoveFeedToken(hash string) error {
	f, err := w.FeedToken(hash)
	if err != nil {
		return err
	}
	return errors.Join(w.remove(bucketPersonFeeds, pair(f.Person, hash)), w.remove(bucketFeedTokens, []byte(hash)))
}

// forgetFeeds takes away all addresses of a person.
func (w *writer) forgetFeeds(person rugzak.PersonID) error {
	all, err := w.FeedTokens(person)
	if err != nil {
		return err
	}
	for _, f := range all {
		if err := w.RemoveFeedToken(f.Hash); err != nil {
			return err
		}
	}
	return nil
}

// feeds checks the private addresses of feeds.
func (c *checker) feeds() {
	each(&c.reader, bucketFeedTokens, func(hash string, record feedTokenRecord, err error) bool {
		if c.good("a private address of a feed", err) {
			c.expect(bucketPersonFeeds, pair(record.Person, hash), "")
			if !c.has(bucketPeople, record.Person) {
				c.report("a private address of a feed of a person who is gone: " + record.Person)
			}
		}
		return true
	})
}
