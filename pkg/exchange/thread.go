// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"cmp"
	"slices"

	"rugzak/pkg/rugzak"
)

// The files of common threads with their versions, of theme letters and of what
// is celebrated: one record of the product on each line.
const (
	threadsName      = "threads.jsonl"
	lettersName      = "letters.jsonl"
	celebrationsName = "celebrations.jsonl"
)

func (w *Writer) putThreads(b rugzak.Backpack) {
	threads := slices.SortedFunc(slices.Values(b.Threads), func(a, b rugzak.Thread) int {
		return cmp.Or(cmp.Compare(a.Theme, b.Theme), cmp.Compare(a.Number, b.Number))
	})
	letters := slices.SortedFunc(slices.Values(b.ThemeLetters), func(a, b rugzak.ThemeLetter) int { return cmp.Compare(a.ID, b.ID) })
	months := slices.SortedFunc(slices.Values(b.Celebrations), func(a, b rugzak.Celebration) int { return cmp.Compare(a.Month, b.Month) })
	if len(threads) > 0 {
		w.put(threadsName, recordsFile(threads))
	}
	if len(letters) > 0 {
		w.put(lettersName, recordsFile(letters))
	}
	if len(months) > 0 {
		w.put(celebrationsName, recordsFile(months))
	}
}

// readThreads reads these files, of themes and entries that are there.
func (w *Whole) readThreads(r *folderReader) {
	b := &w.backpack
	wantTheme := func(id rugzak.ThemeID, p *problems) {
		if !slices.ContainsFunc(b.Themes, func(t rugzak.Theme) bool { return t.ID == id }) {
			p.unknown("theme", string(id))
		}
	}
	r.optional(threadsName, func(data []byte, p *problems) {
		b.Threads = readRecords(data, p, rugzak.Thread.Validate)
		for _, t := range b.Threads {
			wantTheme(t.Theme, p)
			for _, s := range t.Sections {
				for _, q := range s.Quotes {
					if !q.Gone {
						w.wantEntry(string(q.Entry), p)
					}
				}
			}
		}
	})
	r.optional(lettersName, func(data []byte, p *problems) {
		b.ThemeLetters = readRecords(data, p, rugzak.ThemeLetter.Validate)
		for _, l := range b.ThemeLetters {
			wantTheme(l.Theme, p)
			for _, id := range l.Entries() {
				w.wantEntry(string(id), p)
			}
		}
	})
	r.optional(celebrationsName, func(data []byte, p *problems) {
		b.Celebrations = readRecords(data, p, rugzak.Celebration.Validate)
		for _, c := range b.Celebrations {
			for _, pick := range c.Picks {
				w.wantEntry(string(pick.Entry), p)
			}
		}
	})
}
