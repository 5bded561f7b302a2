// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "context"

// Rising finds what is written about more than before.
type Rising interface {
	// Rising finds the words that stand in clearly more of some new texts than
	// in what else the reader may find, those that rose most first. Entries the
	// reader may not find change nothing of it.
	Rising(ctx context.Context, ask NewTexts) (Risen, error)
}

// NewTexts are what was shared of late, of what one reader may find.
type NewTexts struct {
	Texts  []NewText
	Tokens []string // ReaderTokens
	Most   int
}

// NewText is one of them, as plain text.
type NewText struct {
	ID                  EntryID
	Organisation        OrganisationID
	Title, Lesson, Text string
	Lang                Lang
}

// Risen are words that rose.
type Risen struct {
	Words    []RisingWord
	Position Position // up to which the index had followed the log
}

// RisingWord is a word that rose, as it stands in a text, and the new texts it
// stands in.
type RisingWord struct {
	Word string
	In   []EntryID
}

// What makes a word rise: so many entries, of so many organisations.
const (
	RisingEntries       = 4
	RisingOrganisations = 2
)
