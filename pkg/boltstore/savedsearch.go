// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"
	"iter"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

var (
	bucketSavedSearches = []byte("savedsearches") // person 0 id -> saved search
	bucketFollowers     = []byte("followers")     // who follows the change log -> how far
)

type savedSearchRecord struct {
	Name     string              `json:"n"`
	Query    string              `json:"q,omitempty"`
	Filter   map[string][]string `json:"f,omitempty"`
	Newest   bool                `json:"nw,omitempty"`
	Archived bool                `json:"ar,omitempty"`
	Notify   bool                `json:"no,omitempty"`
	At       time.Time           `json:"at"`
	Since    time.Time           `json:"s,omitzero"`
	Fresh    []string            `json:"fr,omitempty"`
	Told     []string            `json:"to,omitempty"`
	ToldAt   time.Time           `json:"t,omitzero"`
}

type followerRecord struct {
	Position string `json:"p"`
}

func (r savedSearchRecord) savedSearch(person, id string) rugzak.SavedSearch {
	s := rugzak.SavedSearch{
		Person: rugzak.PersonID(person), ID: id, Name: r.Name, Query: r.Query, Newest: r.Newest, Archived: r.Archived,
		Notify: r.Notify, At: r.At, Since: r.Since, ToldAt: r.ToldAt,
	}
	for facet, values := range r.Filter {
		if s.Filter == nil {
			s.Filter = rugzak.Filter{}
		}
		s.Filter[rugzak.Facet(facet)] = values
	}
	for _, e := range r.Fresh {
		s.Fresh = append(s.Fresh, rugzak.EntryID(e))
	}
	for _, e := range r.Told {
		s.Told = append(s.Told, rugzak.EntryID(e))
	}
	return s
}

// SavedSearch returns one saved search of a person.
func (r *reader) SavedSearch(person rugzak.PersonID, id string) (rugzak.SavedSearch, error) {
	var record savedSearchRecord
	if err := r.get(bucketSavedSearches, pair(person, id), &record); err != nil {
		return rugzak.SavedSearch{}, err
	}
	return record.savedSearch(string(person), id), nil
}

// SavedSearches lists those of a person, oldest first.
func (r *reader) SavedSearches(person rugzak.PersonID) ([]rugzak.SavedSearch, error) {
	return collected(listed(r, bucketSavedSearches, string(person), func(id string) (rugzak.SavedSearch, error) { return r.SavedSearch(person, id) }))
}

// AllSavedSearches yields every saved search, by person and id.
func (r *reader) AllSavedSearches() iter.Seq2[rugzak.SavedSearch, error] {
	return func(yield func(rugzak.SavedSearch, error) bool) {
		each(r, bucketSavedSearches, func(key string, record savedSearchRecord, err error) bool {
			person, id, _ := strings.Cut(key, "\x00")
			return yield(record.savedSearch(person, id), err) && err == nil
		})
	}
}

// SaveSearch stores a saved search, new or again.
func (w *writer) SaveSearch(s rugzak.SavedSearch) error {
	if err := errors.Join(validID(s.Person), validID(s.ID)); err != nil {
		return err
	}
	record := savedSearchRecord{
		Name: s.Name, Query: s.Query, Newest: s.Newest, Archived: s.Archived, Notify: s.Notify, At: s.At, Since: s.Since,
		ToldAt: s.ToldAt,
	}
	for facet, values := range s.Filter {
		if record.Filter == nil {
			record.Filter = map[string][]string{}
		}
		record.Filter[string(facet)] = values
	}
	for _, e := range s.Fresh {
		record.Fresh = append(record.Fresh, string(e))
	}
	for _, e := range s.Told {
		record.Told = append(record.Told, string(e))
	}
	return w.put(bucketSavedSearches, pair(s.Person, s.ID), record)
}

// RemoveSavedSearch takes a saved search away.
func (w *writer) RemoveSavedSearch(person rugzak.PersonID, id string) error {
	if _, err := w.SavedSearch(person, id); err != nil {
		return err
	}
	return w.remove(bucketSavedSearches, pair(person, id))
}

// FollowedTo returns how far a follower has come.
func (r *reader) FollowedTo(follower string) (rugzak.Position, error) {
	var record followerRecord
	err := r.get(bucketFollowers, []byte(follower), &record)
	if rugzak.CodeOf(err) == rugzak.CodeNotFound {
		err = nil
	}
	return rugzak.Position(record.Position), err
}

// MarkFollowed writes down how far a follower has come.
func (w *writer) MarkFollowed(follower string, to rugzak.Position) error {
	if err := validID(follower); err != nil {
		return err
	}
	return w.put(bucketFollowers, []byte(follower), followerRecord{Position: string(to)})
}

// savedSearches checks saved searches: they can be read, and lead to people.
func (c *checker) savedSearches() {
	each(&c.reader, bucketSavedSearches, func(key string, _ savedSearchRecord, err error) bool {
		person, _, _ := strings.Cut(key, "\x00")
		if c.good("a saved search", err) && !c.has(bucketPeople, person) {
			c.report("a saved search of a person who is gone: " + person)
		}
		return true
	})
	each(&c.reader, bucketFollowers, func(name string, _ followerRecord, err error) bool {
		return c.good("follower "+name, err) || true
	})
}
