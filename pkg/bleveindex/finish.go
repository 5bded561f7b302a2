// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// finishing counts by which words the last typed one may go on: in texts that
// have the other typed words too and, for when there are none, in all.
type finishing struct {
	analysers analysers
	typed     typed
	most      int // 0: nothing is counted
	// The texts of each word, over all segments.
	together, alone map[titleWord]int
}

// newFinishing counts nothing where the last word is finished, or too short.
func newFinishing(t typed, most int, a analysers) *finishing {
	if !t.open || utf8.RuneCount(t.last().folded) < leastTyped {
		most = 0
	}
	return &finishing{analysers: a, typed: t, most: most, together: map[titleWord]int{}, alone: map[titleWord]int{}}
}

// count takes note of the texts of one segment that have a word.
func (f *finishing) count(w titleWord, together, alone int) {
	if f.most == 0 {
		return
	}
	if together > 0 {
		f.together[w] += together
	}
	if alone > 0 && len(f.typed.tokens) > 1 {
		f.alone[w] += alone
	}
}

// best is the typed text with each of the words that most texts have.
func (f *finishing) best() []string {
	var out []string
	for _, sums := range []map[titleWord]int{f.together, f.alone} {
		for _, w := range f.pick(sums) {
			out = append(out, f.typed.text[:f.typed.last().start]+w.shown())
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// pick chooses the words that most texts have, one spelling of each.
func (f *finishing) pick(sums map[titleWord]int) []titleWord {
	var best []titleWord
	above := func(a, b titleWord) int { return cmp.Or(cmp.Compare(sums[b], sums[a]), cmp.Compare(a, b)) }
	for w := range sums {
		if f.most == 0 || len(best) == f.most && above(w, best[len(best)-1]) > 0 || !f.worth(w) {
			continue
		}
		if same := slices.IndexFunc(best, func(o titleWord) bool { return o.folded() == w.folded() }); same >= 0 {
			if above(w, best[same]) > 0 {
				continue
			}
			best = slices.Delete(best, same, same+1)
		}
		at, _ := slices.BinarySearchFunc(best, w, above)
		best = slices.Insert(best, at, w)
		best = best[:min(len(best), f.most)]
	}
	return best
}

// worth reports whether a word says more than what was typed: a word with
// letters that is no stop word.
func (f *finishing) worth(w titleWord) bool {
	folded := w.folded()
	return folded != string(f.typed.last().folded) && utf8.RuneCountInString(folded) >= leastWord &&
		strings.ContainsFunc(folded, unicode.IsLetter) && !f.analysers.isStop(folded)
}
