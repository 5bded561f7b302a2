// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import "rugzak/pkg/rugzak"

// readRefusals adds what curators did not put into themes to a whole export.
func readRefusals(r rugzak.Reader, b *rugzak.Backpack) error {
	for x, err := range r.AllRefusals() {
		if err != nil {
			return err
		}
		b.Refusals = append(b.Refusals, x)
	}
	return nil
}

// putRefusals stores it again, but for entries that were purged.
func putRefusals(w rugzak.Writer, b rugzak.Backpack, purged map[rugzak.EntryID]bool) error {
	for _, x := range b.Refusals {
		if purged[x.Entry] {
			continue
		}
		if err := w.SaveRefusal(x); err != nil {
			return err
		}
	}
	return nil
}
