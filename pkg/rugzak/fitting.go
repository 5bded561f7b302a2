// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "context"

// Fitting finds entries that belong with a number of texts.
type Fitting interface {
	// Fitting finds the entries that are about what some texts have in common,
	// those that fit best first. What is telling is counted over what the reader
	// may find, and so is how well something fits: entries the reader may not
	// find change nothing of the answer. Entries in the archive and drafts are
	// left out, and so are those that share too little.
	Fitting(ctx context.Context, b Bundle) (Fits, error)
}

// Bundle asks what belongs with some texts, for one reader.
type Bundle struct {
	Examples []Example
	Tokens   []string // ReaderTokens: without any, nothing is found
	Except   []EntryID
	Most     int
}

// Example is a text of a bundle. One that weighs twice says twice as much about
// what belongs with it.
type Example struct {
	Title, Lesson, Text string // plain text
	Lang                Lang
	Weight              float64
}

// Fits are the entries that belong with a bundle.
type Fits struct {
	Entries  []Fit
	Position Position // up to which the index had followed the log
}

// Fit is an entry that belongs with a bundle. Worth is how well it fits beside
// the one that fits best, above 0 and at most 1; Words are the most telling
// words it shares, as they stand in the examples.
type Fit struct {
	ID    EntryID
	Worth float64
	Words []string
}

// MaxExamples is how many texts of a bundle are compared: the first.
const MaxExamples = 25
