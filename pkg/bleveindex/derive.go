// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"slices"
	"strings"

	"rugzak/pkg/dutch"
)

// derivations are the endings with which Dutch makes a word of another that is
// about the same: toegankelijkheid, onderzoeker, vergelijkbaar. Others mostly
// make something else of it, or nothing at all: politiek, directie, motief.
var derivations = []string{
	"heid", "ing", "er", "der", "aar", "ster", "sel", "st", "te", "ij", "erij", "nis", "schap", "dom", "atie", "ering", "eren", "eer",
	"baar", "lijk", "elijk", "ig", "erig", "isch", "loos", "eloos", "achtig", "zaam", "matig", "smatig", "vol", "waardig", "end", "s", "se", "ist",
}

// isDerived reports whether a word that begins with the stem of another is made
// of that: by one of the derivations, or as a compound. Of what is not in the
// list of words nothing more is known than how it begins. A code or a number is
// made of no other (1G1 and 1G1P).
func (a analysers) isDerived(word, stem, longer string) bool {
	if hasDigit(word) || hasDigit(longer) {
		return false
	}
	if !dutch.Known(word) || !dutch.Known(longer) {
		return true
	}
	base, other := a.baseOf(word), a.baseOf(longer)
	if base == other {
		return true
	}
	for _, end := range derivations {
		root, ok := strings.CutSuffix(other, end)
		if ok && (root == base || root+"en" == base || root == stem && !dutch.Known(root)) {
			return true
		}
	}
	return slices.Contains(a.partsOf(longer), base)
}
