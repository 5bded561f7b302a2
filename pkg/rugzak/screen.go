// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// FindingClass says what sort of personal data was found.
type FindingClass string

// FindingBSN is a number that passes the eleven-test of a citizen service
// number (burgerservicenummer).
const FindingBSN FindingClass = "bsn"

// Finding is a piece of text that may be personal data.
type Finding struct {
	Start, End int // byte offsets in the text that was screened
	Class      FindingClass
	Number     string // digits only; never logged
	// Declarable is true when the writer may declare that this number is no
	// BSN; false when the text itself calls it one.
	Declarable bool
}

// Screener finds personal data in text. Implementations take time linear in
// the length of the text and are safe for concurrent use.
type Screener interface {
	Screen(text string) []Finding
}
