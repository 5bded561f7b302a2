// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"cmp"
	"slices"

	"rugzak/pkg/rugzak"
)

// interimsName is the file of interim results: one on each line, as they were
// frozen.
const interimsName = "interims.jsonl"

func (w *Writer) putInterims(b rugzak.Backpack) {
	if len(b.Interims) == 0 {
		return
	}
	w.put(interimsName, recordsFile(slices.SortedFunc(slices.Values(b.Interims), func(a, b rugzak.InterimResult) int {
		return cmp.Compare(a.Number, b.Number)
	})))
}

func (w *Whole) readInterims(r *folderReader) {
	r.optional(interimsName, func(data []byte, p *problems) {
		w.backpack.Interims = readRecords(data, p, rugzak.InterimResult.Validate)
	})
}
