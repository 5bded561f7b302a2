// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import "rugzak/pkg/rugzak"

// The limits. The longest real texts seen use less than a tenth of each.
const (
	maxSource      = rugzak.MaxBody // bytes
	maxOpenBlocks  = 64             // quotes and lists inside each other; a list level takes two
	maxNodeDepth   = 200            // nodes inside each other, marks in running text included
	maxLineMarkers = 40             // quote and list marks at the start of one line
	maxHeadings    = 2_000          // each gets an address and a line in the table of contents
	maxFootnotes   = 4_000          // footnote marks and footnotes together
	maxDefinitions = 2_000          // link definitions ("[label]: address")
	maxCells       = 50_000         // table cells, filled in ones included
	maxPipes       = 2_000          // escaped pipes, each of which is looked up in each such cell
	maxLineDepth   = 500_000        // lines times the blocks open on them
	maxWork        = 30_000_000     // steps of searching within paragraphs

	maxOutput   = 5_000_000 // bytes
	outputRatio = 20        // bytes of output per byte of source
	outputFloor = 64 << 10  // bytes any text may give
)

// outputLimit is the number of bytes a source of n bytes may become.
func outputLimit(n int) int {
	return min(max(n*outputRatio, outputFloor), maxOutput)
}

// The keys of the sentences that say what to change.
const (
	keyTooLarge    = "error.markdown.too_large"
	keyTooDeep     = "error.markdown.too_deep"
	keyHeadings    = "error.markdown.too_many_headings"
	keyFootnotes   = "error.markdown.too_many_footnotes"
	keyDefinitions = "error.markdown.too_many_definitions"
	keyTable       = "error.markdown.table_too_large"
	keyTooCostly   = "error.markdown.too_costly"
	keyOutput      = "error.markdown.output_too_large"
	keyFailed      = "error.markdown.failed"
)

// refusal stops a parse or a rendering from inside; stopping catches it.
type refusal struct{ err error }

func refuse(key string, args ...any) error {
	return &rugzak.Error{Code: rugzak.CodeInvalid, Key: key, Args: args}
}

// abort leaves the library from inside one of its callbacks, which have no
// error to return.
func abort(err error) { panic(refusal{err}) }
