// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"fmt"
	"slices"

	"rugzak/pkg/rugzak"
)

// exportThreads adds common threads, theme letters and what is celebrated to a
// whole export. Letters and months begin their counting of changes anew.
func exportThreads(r rugzak.Reader, b *rugzak.Backpack) error {
	for t, err := range r.AllThreads() {
		if err != nil {
			return err
		}
		b.Threads = append(b.Threads, t)
	}
	letters, err := r.AllThemeLetters()
	if err != nil {
		return err
	}
	months, err := r.Celebrations()
	for i := range letters {
		letters[i].Version = 0
	}
	for i := range months {
		months[i].Version = 0
	}
	b.ThemeLetters, b.Celebrations = letters, months
	return err
}

// putThreads stores them again, without what belongs to entries that were
// purged: a thread that quoted one waits for its curators.
func putThreads(w rugzak.Writer, b rugzak.Backpack, purged map[rugzak.EntryID]bool) error {
	for _, t := range slices.SortedFunc(slices.Values(b.Threads), func(a, b rugzak.Thread) int { return a.Number - b.Number }) {
		t, some := t.Without(func(q rugzak.Quote) bool { return purged[q.Entry] })
		t.Held = t.Held || some
		if err := w.SaveThread(t); err != nil {
			return fmt.Errorf("thread %s, version %d: %w", t.Theme, t.Number, err)
		}
	}
	for _, l := range b.ThemeLetters {
		for id := range purged {
			l, _ = l.Without(id)
		}
		if err := w.SaveThemeLetter(l, 0); err != nil {
			return err
		}
	}
	for _, c := range b.Celebrations {
		c.Picks = slices.DeleteFunc(slices.Clone(c.Picks), func(p rugzak.DigestPick) bool { return purged[p.Entry] })
		if err := w.SaveCelebration(c, 0); err != nil {
			return err
		}
	}
	return nil
}

// letterTexts are what people wrote in letters and about what is celebrated.
func letterTexts(b rugzak.Backpack) (out []field) {
	for _, l := range b.ThemeLetters {
		out = append(out, textsOfLetter(l)...)
	}
	for _, c := range b.Celebrations {
		for _, p := range c.Picks {
			out = append(out, field{"reason", p.Reason})
		}
	}
	return out
}

// textsOfLetter are the texts of a letter, named as in its form.
func textsOfLetter(l rugzak.ThemeLetter) []field {
	out := []field{{"lead", l.Lead}, {"day", l.Day}, {"what", l.What}}
	for i, p := range l.Picks {
		out = append(out, field{fmt.Sprintf("why_%d", i+1), p.Why})
	}
	return out
}
