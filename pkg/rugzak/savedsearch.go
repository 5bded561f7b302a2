// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"iter"
	"maps"
	"slices"
	"time"
	"unicode/utf8"
)

// The bounds of saved searches.
const (
	MaxSavedSearches   = 50  // of one person
	MaxSavedSearchName = 100 // characters
	// MaxSavedFilter is how many values may be chosen, MaxSavedValue how long
	// one is, in bytes.
	MaxSavedFilter = 60
	MaxSavedValue  = 100
	// MaxSavedFresh is how many new entries are remembered for one search.
	MaxSavedFresh = 100
)

// SavedSearch (bewaarde zoekvraag) is a question somebody wants to ask again,
// or wants to hear of when there is something new. Nobody but that person sees
// it.
type SavedSearch struct {
	Person   PersonID
	ID       string // as made by NewID
	Name     string
	Query    string
	Filter   Filter
	Newest   bool // the newest first
	Archived bool
	Notify   bool // tell of new results
	At       time.Time
	// Since is from when on something is new: when it was saved, or when notices
	// were last switched on.
	Since time.Time
	// Fresh are new entries the person was not told of yet, Told those of the
	// notice that was left last. What of it they may read is looked up again
	// whenever it is shown.
	Fresh, Told []EntryID
	ToldAt      time.Time
}

// NoticeSavedSearch tells that a saved search finds something new. About is the
// id of the search.
const NoticeSavedSearch NoticeKind = "saved_search"

// Validate checks the bounds.
func (s SavedSearch) Validate() error {
	var p Problems
	checkLine(&p, "name", s.Name, MaxSavedSearchName)
	if s.Name == "" {
		p.Add("name", "error.required")
	}
	if len(s.Query) > MaxQuery {
		p.Add("query", "error.too_long", MaxQuery)
	}
	count := 0
	for facet, values := range s.Filter {
		count += len(values)
		if !facet.Valid() || slices.ContainsFunc(values, func(v string) bool { return v == "" || len(v) > MaxSavedValue || !utf8.ValidString(v) }) {
			p.Add("query", "error.choose")
			break
		}
	}
	if count > MaxSavedFilter {
		p.Add("query", "error.too_many", MaxSavedFilter)
	}
	if s.Query == "" && count == 0 {
		p.Add("query", "error.required")
	}
	return p.Err()
}

// SameQuestion reports whether two saved searches ask the same, whatever they
// are called.
func (s SavedSearch) SameQuestion(o SavedSearch) bool {
	return s.Query == o.Query && s.Archived == o.Archived && maps.EqualFunc(s.Filter, o.Filter, slices.Equal[[]string])
}

// SavedSearchReader reads saved searches.
type SavedSearchReader interface {
	SavedSearch(person PersonID, id string) (SavedSearch, error)
	// SavedSearches lists those of a person, oldest first.
	SavedSearches(person PersonID) ([]SavedSearch, error)
	// AllSavedSearches yields every saved search, by person and id.
	AllSavedSearches() iter.Seq2[SavedSearch, error]
	// FollowedTo is how far somebody who follows the change log has come; empty
	// when never.
	FollowedTo(follower string) (Position, error)
}

// SavedSearchWriter writes saved searches. They go with their person.
type SavedSearchWriter interface {
	SaveSearch(s SavedSearch) error
	RemoveSavedSearch(person PersonID, id string) error
	// MarkFollowed writes down how far a follower has come.
	MarkFollowed(follower string, to Position) error
}
