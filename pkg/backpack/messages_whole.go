// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"fmt"
	"slices"

	"rugzak/pkg/rugzak"
)

// exportMessages adds to an export how its people want to be told, and what was
// chosen for the messages of the week.
func exportMessages(r rugzak.Reader, b *rugzak.Backpack) error {
	for _, p := range b.People {
		s, err := r.NoticeSettings(p.ID)
		if err != nil {
			return err
		}
		if s.Quiet || s.Digest || len(s.Choices) > 0 {
			b.NoticeSettings = append(b.NoticeSettings, s)
		}
	}
	all, err := r.Digests()
	for i := range all {
		all[i].Version = 0
	}
	slices.Reverse(all)
	b.Digests = all
	return err
}

// putMessages stores them; what was purged is chosen no more.
func putMessages(w rugzak.Writer, b rugzak.Backpack, purged map[rugzak.EntryID]bool) error {
	for _, s := range b.NoticeSettings {
		if err := w.SaveNoticeSettings(s); err != nil {
			return err
		}
	}
	for _, d := range b.Digests {
		d.Picks = slices.DeleteFunc(slices.Clone(d.Picks), func(p rugzak.DigestPick) bool { return purged[p.Entry] })
		for _, p := range d.Picks {
			if _, err := w.Rights(p.Entry); err != nil {
				return fmt.Errorf("message of week %s: %w", d.Week, err)
			}
		}
		if err := w.SaveDigest(d, 0); err != nil {
			return err
		}
	}
	return nil
}

// digestTexts are what people wrote for the messages of the week.
func digestTexts(b rugzak.Backpack) (out []field) {
	for _, d := range b.Digests {
		for _, p := range d.Picks {
			out = append(out, field{"reason", p.Reason})
		}
	}
	return out
}
