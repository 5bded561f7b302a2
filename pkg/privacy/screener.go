// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Package privacy finds personal data in a text. Screen finds what is never
// stored: citizen service numbers (burgerservicenummers, BSN). An Inspector finds
// that and everything else a writer should look at: account and telephone
// numbers, addresses, dates of birth, names, sensitive details near one person,
// and details that together make somebody recognisable.
//
// A BSN counts when it has nine digits that pass the eleven-test, alone or
// with dots, spaces and hyphens between them, and does not belong to a longer
// number. Eight digits count only near a word such as "BSN". Every text is read
// twice: as its bytes stand, and as a reader of the page sees it, without the
// marks, escapes and tags of Markdown; what either reading shows counts.
//
// Left out are only forms that mean something else: dates, the tail of an
// international telephone number, decimal fractions, amounts with thousands in
// dots and cents behind a comma, ranges of such amounts, and two groups with one
// dot or hyphen between them, as in a reference number. A word such as "BSN"
// nearby takes that away, except for dates and telephone numbers, and then
// nobody can declare the number to be something else.
//
// Near such a word a third reading takes more characters for separators, as in
// 123/456/782 or in a number that goes on on the next line; it wants all nine
// digits.
//
// The rest is read once, as a reader of the page sees it (view.go), word by
// word with the words of lexicon.go. How often it is right is measured on the
// sentences in testdata.
package privacy

import (
	"cmp"
	"slices"
	"strings"

	"rugzak/pkg/rugzak"
)

// Screener finds personal data. The zero value is ready for use; it
// has no state and is safe for concurrent use.
type Screener struct{}

var _ rugzak.Screener = Screener{}

// Screen returns what it finds in text, in order and without overlap. It takes
// time linear in the length of the text.
func (Screener) Screen(text string) []rugzak.Finding {
	if !enoughDigits(text) {
		return nil
	}
	words := &wordIndex{text: text}
	found := findings(text, reading{}, words)
	if strings.ContainsAny(text, renderedMarks) {
		found = append(found, findings(text, reading{rendered: true}, words)...)
	}
	if words.any() && strings.ContainsAny(text, looseMarks) {
		for _, f := range findings(text, reading{rendered: true, loose: true}, words) {
			if !f.Declarable && len(f.Number) == fullLength {
				found = append(found, f)
			}
		}
	}
	return withoutOverlap(found)
}

// enoughDigits spares most texts the closer look.
func enoughDigits(text string) bool {
	count := 0
	for _, r := range text {
		if _, ok := digitValue(r); ok {
			if count++; count >= shortLength {
				return true
			}
		}
	}
	return false
}

// withoutOverlap sorts findings and drops those found twice. Where different
// numbers overlap, declaring the one could hide the other, so they become one
// finding that cannot be declared.
func withoutOverlap(found []rugzak.Finding) []rugzak.Finding {
	slices.SortStableFunc(found, func(a, b rugzak.Finding) int { return cmp.Compare(a.Start, b.Start) })
	var kept []rugzak.Finding
	for _, f := range found {
		if len(kept) == 0 || kept[len(kept)-1].End <= f.Start {
			kept = append(kept, f)
			continue
		}
		last := &kept[len(kept)-1]
		last.End = max(last.End, f.End)
		last.Declarable = last.Declarable && f.Declarable && last.Number == f.Number
	}
	return kept
}

// The lengths of the numbers looked for.
const (
	fullLength  = 9
	shortLength = 8 // written without the zero in front
)

// passesEleven does the eleven-test: weights 9 to 2 and then -1, the sum a
// multiple of eleven, and not all zeros.
func passesEleven(digits []digit) bool {
	sum, any := 0, false
	for i, d := range digits {
		weight := len(digits) - i
		if weight == 1 {
			weight = -1
		}
		sum += weight * int(d.value)
		any = any || d.value != 0
	}
	return any && sum%11 == 0
}
