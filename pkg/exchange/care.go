// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"cmp"
	"slices"

	"rugzak/pkg/rugzak"
)

// The files of theme care: what went into something else, and what is asked of
// authors besides who may read.
const (
	themeMergesName   = "theme_merges.jsonl"
	entryMergesName   = "entry_merges.jsonl"
	notDoublesName    = "not_doubles.jsonl"
	enrichmentsName   = "enrichments.jsonl"
	textProposalsName = "text_proposals.jsonl"
)

// putSorted writes a file of records, none when there are none.
func putSorted[T any](w *Writer, name string, all []T, order func(a, b T) int) {
	if len(all) > 0 {
		w.put(name, recordsFile(slices.SortedStableFunc(slices.Values(all), order)))
	}
}

func (w *Writer) putCare(b rugzak.Backpack) {
	putSorted(w, themeMergesName, b.ThemeMerges, func(a, b rugzak.ThemeMerge) int { return cmp.Compare(a.From.ID, b.From.ID) })
	putSorted(w, entryMergesName, b.EntryMerges, func(a, b rugzak.EntryMerge) int { return cmp.Compare(a.From, b.From) })
	putSorted(w, notDoublesName, b.NotDoubles, func(a, b rugzak.NotDouble) int {
		return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	putSorted(w, enrichmentsName, b.Enrichments, func(a, b rugzak.Enrichment) int {
		return cmp.Or(cmp.Compare(a.Entry, b.Entry), cmp.Compare(a.ID, b.ID))
	})
	putSorted(w, textProposalsName, b.TextProposals, func(a, b rugzak.TextProposal) int {
		return cmp.Or(cmp.Compare(a.Entry, b.Entry), cmp.Compare(a.ID, b.ID))
	})
}

// readCare reads these files, of entries and people that are there.
func (w *Whole) readCare(r *folderReader) {
	b := &w.backpack
	people := map[rugzak.PersonID]bool{}
	for _, person := range b.People {
		people[person.ID] = true
	}
	want := func(p *problems, asker rugzak.PersonID, entries ...rugzak.EntryID) {
		if asker != "" && !people[asker] {
			p.unknown("person", string(asker))
		}
		for _, id := range entries {
			w.wantEntry(string(id), p)
		}
	}
	r.optional(themeMergesName, func(data []byte, p *problems) {
		b.ThemeMerges = readRecords(data, p, func(m rugzak.ThemeMerge) error { return m.From.Validate() })
		for _, m := range b.ThemeMerges {
			want(p, m.By)
		}
	})
	r.optional(entryMergesName, func(data []byte, p *problems) {
		b.EntryMerges = readRecords(data, p, func(rugzak.EntryMerge) error { return nil })
		for _, m := range b.EntryMerges {
			want(p, m.By, m.From, m.Into)
		}
	})
	r.optional(notDoublesName, func(data []byte, p *problems) {
		b.NotDoubles = readRecords(data, p, func(rugzak.NotDouble) error { return nil })
		for _, d := range b.NotDoubles {
			want(p, d.By, d.A, d.B)
		}
	})
	r.optional(enrichmentsName, func(data []byte, p *problems) {
		b.Enrichments = readRecords(data, p, rugzak.Enrichment.Validate)
		for _, x := range b.Enrichments {
			want(p, x.Asker, x.Entry)
		}
	})
	r.optional(textProposalsName, func(data []byte, p *problems) {
		b.TextProposals = readRecords(data, p, rugzak.TextProposal.Validate)
		for _, x := range b.TextProposals {
			want(p, x.Asker, x.Entry)
		}
	})
}
