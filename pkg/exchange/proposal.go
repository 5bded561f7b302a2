// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"cmp"

	"rugzak/pkg/rugzak"
)

// refusalsName is the file of what was looked at for themes and not put in.
const refusalsName = "refusals.jsonl"

func (w *Writer) putRefusals(b rugzak.Backpack) {
	putSorted(w, refusalsName, b.Refusals, func(a, b rugzak.ThemeRefusal) int {
		return cmp.Or(cmp.Compare(a.Theme, b.Theme), cmp.Compare(a.Entry, b.Entry))
	})
}

// readRefusals reads them, of themes, entries and people that are there.
func (w *Whole) readRefusals(r *folderReader) {
	b := &w.backpack
	r.optional(refusalsName, func(data []byte, p *problems) {
		people, themes := map[rugzak.PersonID]bool{"": true}, map[rugzak.ThemeID]bool{"": true}
		for _, person := range b.People {
			people[person.ID] = true
		}
		for _, t := range b.Themes {
			themes[t.ID] = true
		}
		b.Refusals = readRecords(data, p, rugzak.ThemeRefusal.Validate)
		for _, x := range b.Refusals {
			if !people[x.By] {
				p.unknown("person", string(x.By))
			}
			if !themes[x.Theme] {
				p.unknown("theme", string(x.Theme))
			}
			w.wantEntry(string(x.Entry), p)
		}
	})
}
