// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "context"

// Similarity finds entries that are about the same as a text.
type Similarity interface {
	// Similar finds the entries that share the most telling words with a text,
	// the likest first. Which words are telling is counted over what the reader
	// may find, and so are the likenesses: entries the reader may not find
	// change nothing of the answer. Entries in the archive and drafts are left
	// out, and so are those in another language and those that share too little.
	Similar(ctx context.Context, t Likeness) (Alike, error)
}

// Likeness is a text of which the like is wanted, for one reader.
type Likeness struct {
	Title, Lesson, Text string // plain text
	Lang                Lang
	Themes              []ThemeID // those the reader may see
	Tokens              []string  // ReaderTokens: without any, nothing is found
	Except              []EntryID
	Most                int
}

// Alike is what is about the same as a text.
type Alike struct {
	Entries  []Like
	Position Position // up to which the index had followed the log
}

// Like is an entry that is about the same, and why: the most telling words they
// share, as they stand in the text that was given.
type Like struct {
	ID    EntryID
	Words []string
}

// MaxLikeness is how much of a text is compared, in bytes: what comes behind
// says little more about its subject.
const MaxLikeness = 16 << 10
