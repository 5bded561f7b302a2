// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"iter"

	"rugzak/pkg/rugzak"
)

// entrySeq yields entries of a list, newest first.
type entrySeq = iter.Seq2[rugzak.Entry, error]

// readable yields what a person may read, newest first, by merging the lists
// of their tokens: the cost does not grow with what they may not see.
func readable(r rugzak.Reader, by rugzak.Person, after rugzak.Mark) entrySeq {
	var lists []entrySeq
	for _, t := range rugzak.ReaderTokens(by) {
		lists = append(lists, r.Entries(rugzak.TokenList(t), after))
	}
	return merge(lists)
}

// merge joins lists that are each newest first, without doubles.
func merge(lists []entrySeq) entrySeq { return mergeBy(lists, rugzak.Entry.Mark) }

// mergeBy joins lists that are each in the order of these marks.
func mergeBy(lists []entrySeq, markOf func(rugzak.Entry) rugzak.Mark) entrySeq {
	return func(yield func(rugzak.Entry, error) bool) {
		type source struct {
			next func() (rugzak.Entry, error, bool)
			head rugzak.Entry
			mark rugzak.Mark
		}
		var open []*source
		advance := func(src *source) (alive bool, err error) {
			e, err, ok := src.next()
			if !ok || err != nil {
				return false, err
			}
			src.head, src.mark = e, markOf(e)
			return true, nil
		}
		for _, list := range lists {
			next, stop := iter.Pull2(list)
			defer stop()
			src := &source{next: next}
			alive, err := advance(src)
			if err != nil {
				yield(rugzak.Entry{}, err)
				return
			}
			if alive {
				open = append(open, src)
			}
		}
		for len(open) > 0 {
			first := open[0]
			for _, src := range open[1:] {
				if src.mark < first.mark {
					first = src
				}
			}
			mark := first.mark
			if !yield(first.head, nil) {
				return
			}
			kept := open[:0]
			for _, src := range open {
				if src.mark == mark {
					alive, err := advance(src)
					if err != nil {
						yield(rugzak.Entry{}, err)
						return
					}
					if !alive {
						continue
					}
				}
				kept = append(kept, src)
			}
			open = kept
		}
	}
}
