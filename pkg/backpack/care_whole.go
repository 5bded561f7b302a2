// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// readCare adds theme care to a whole export.
func readCare(r rugzak.Reader, b *rugzak.Backpack) error {
	merges, err := r.ThemeMerges()
	if err != nil {
		return err
	}
	for _, m := range merges {
		m.From.Version = 0 // it begins anew where it is read back
		b.ThemeMerges = append(b.ThemeMerges, m)
	}
	for m, err := range r.AllEntryMerges() {
		if err != nil {
			return err
		}
		b.EntryMerges = append(b.EntryMerges, m)
	}
	for d, err := range r.AllNotDoubles() {
		if err != nil {
			return err
		}
		b.NotDoubles = append(b.NotDoubles, d)
	}
	for x, err := range r.AllEnrichments() {
		if err != nil {
			return err
		}
		b.Enrichments = append(b.Enrichments, x)
	}
	for x, err := range r.AllTextProposals() {
		if err != nil {
			return err
		}
		b.TextProposals = append(b.TextProposals, x)
	}
	return nil
}

// putCare stores it again, without what belongs to entries that were purged.
func putCare(w rugzak.Writer, b rugzak.Backpack, purged map[rugzak.EntryID]bool) error {
	gone := func(id rugzak.EntryID) bool { return purged[id] }
	for _, m := range b.ThemeMerges {
		for _, stone := range b.Tombstones {
			if stone.CoversThread(m.From) {
				m = m.Forgotten()
			}
		}
		for _, list := range []*[]rugzak.EntryID{&m.Moved, &m.Both, &m.From.Pins, &m.Gained.Pins, &m.Gained.Refused} {
			*list = slices.DeleteFunc(slices.Clone(*list), gone)
		}
		if err := w.SaveThemeMerge(m); err != nil {
			return err
		}
	}
	for _, m := range b.EntryMerges {
		if gone(m.From) || gone(m.Into) {
			continue
		}
		if err := w.SaveEntryMerge(m); err != nil {
			return err
		}
	}
	for _, d := range b.NotDoubles {
		if gone(d.A) || gone(d.B) {
			continue
		}
		if err := w.SaveNotDouble(d); err != nil {
			return err
		}
	}
	for _, x := range b.Enrichments {
		if gone(x.Entry) {
			continue
		}
		if x.Text != "" && purgedPast(b, x.Entry, x.At) {
			x.Text = rugzak.LeftOut
		}
		if err := w.SaveEnrichment(x); err != nil {
			return err
		}
	}
	for _, x := range b.TextProposals {
		if gone(x.Entry) || purgedPast(b, x.Entry, x.At) {
			continue
		}
		if err := w.SaveTextProposal(x); err != nil {
			return err
		}
	}
	return nil
}

// purgedPast reports whether a tombstone is of what an entry was before: what was
// asked of it by then may hold that.
func purgedPast(b rugzak.Backpack, id rugzak.EntryID, asked time.Time) bool {
	return slices.ContainsFunc(b.Tombstones, func(t rugzak.Tombstone) bool {
		return t.Subject == rugzak.EntrySubject(id) && t.Version > 0 && asked.Before(t.At)
	})
}

// screenCare refuses citizen service numbers in the texts of theme care.
func (s *Service) screenCare(b rugzak.Backpack) error {
	for _, m := range b.ThemeMerges {
		if _, err := block(s.screen(append(themeTexts(m.From), field{"id", string(m.From.ID)}), m.From.NotBSN)); err != nil {
			return err
		}
	}
	for _, x := range b.TextProposals {
		if _, err := block(s.screen(proposalTexts(x), x.NotBSN)); err != nil {
			return err
		}
	}
	var texts []field
	for _, x := range b.Enrichments {
		texts = append(texts, field{"text", x.Text})
	}
	return s.refuseNumbers(texts...)
}

func proposalTexts(x rugzak.TextProposal) []field {
	return []field{{"title", x.Title}, {"lesson", x.Lesson}, {"body", x.Body}, {"why", x.Why}}
}
