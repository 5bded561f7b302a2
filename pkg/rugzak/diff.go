// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// DiffOp says what became of a piece of text.
type DiffOp string

// The operations.
const (
	DiffSame  DiffOp = "same"
	DiffAdded DiffOp = "added"
	DiffTaken DiffOp = "taken"
)

// DiffPiece is a stretch of words that stayed, came or went.
type DiffPiece struct {
	Op   DiffOp
	Text string
}

// Differ compares two texts word by word. The pieces that stayed or came make
// the new text, those that stayed or went the old one, byte for byte.
type Differ interface {
	Diff(before, after string) []DiffPiece
}
