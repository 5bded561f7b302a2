// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"cmp"

	"rugzak/pkg/rugzak"
)

// reportedName is the file of shared texts that are reported.
const reportedName = "reported.jsonl"

func (w *Writer) putReportedTexts(b rugzak.Backpack) {
	putSorted(w, reportedName, b.ReportedTexts, func(a, b rugzak.ReportedText) int { return cmp.Compare(a.Text, b.Text) })
}

func (w *Whole) readReportedTexts(r *folderReader) {
	r.optional(reportedName, func(data []byte, p *problems) {
		w.backpack.ReportedTexts = readRecords(data, p, rugzak.ReportedText.Validate)
	})
}
