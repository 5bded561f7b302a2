// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"context"
	"time"
)

// Index finds entries. It is disposable: everything in it can be made again
// from the store. It is safe for concurrent use.
type Index interface {
	// Position is how far the index has followed the change log; empty for a
	// new index.
	Position(ctx context.Context) (Position, error)
	// Apply puts documents in, takes entries out and moves the position, in one
	// step that no crash can split.
	Apply(ctx context.Context, b Batch) error
	// Search answers for one reader.
	Search(ctx context.Context, s Search) (Results, error)
	// Marker says what a query is about in texts.
	Marker(q Query) Marker
	// Suggester says what somebody may be looking for while they type.
	Suggester
	// TermKeys says in which form words are compared.
	TermKeys
	// Similarity says what is about the same as a text.
	Similarity
	// Fitting says what belongs with some texts.
	Fitting
	// Rising says what is written about more than before.
	Rising
	// Rebuild starts a new, empty index beside this one. Searches go on in the
	// old one until Swap.
	Rebuild(ctx context.Context) (Rebuilding, error)
	// Count is the number of documents; Size the room they take in bytes.
	Count() (int, error)
	Size() (int64, error)
	Close() error
}

// Marker shows what a query is about in the texts that it finds. What it learns
// of the words of one text makes the next go faster. It is for one caller at a
// time.
type Marker interface {
	// Fragments cuts the pieces of a text that the query is about, at most so
	// many and each of at most length bytes, and says what to mark in them. A
	// text without a match gives its beginning, unmarked.
	Fragments(lang Lang, text string, most, length int) []Fragment
}

// Rebuilding is a new index being filled.
type Rebuilding interface {
	Apply(ctx context.Context, b Batch) error
	// Swap makes this the index and removes the old one.
	Swap(ctx context.Context) error
	// Abort throws the new index away. It does nothing after Swap.
	Abort() error
}

// Batch is what one step of following the change log brings.
type Batch struct {
	Put      []Document
	Remove   []EntryID
	Position Position // unchanged when empty
}

// Document is what the index knows of an entry.
type Document struct {
	ID           EntryID
	Kind         Kind
	State        State
	Lang         Lang
	Title        string
	Lesson       string
	Text         string // plain text of the body
	Attached     string // what is called, said and written in its attachments
	Tags         []string
	Tokens       []string // EntryTokens: who may find it
	Organisation OrganisationID
	Authors      []PersonID // shown by name only
	Themes       []ThemeID
	Drives       []DriveID
	Phase        PhaseID
	Year         int
	ListedAt     time.Time
	// Choices are the values of the facets that only some entries have; see
	// Entry.Choices.
	Choices map[Facet][]string
	// Useful is how many applications of this lesson helped: of those that
	// everybody who may find the lesson may know of.
	Useful int
}
