// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"fmt"
	"slices"
	"strconv"

	"rugzak/pkg/rugzak"
)

// threads sets what is quoted beside the common threads of the starter content:
// commentary is in its themes, quotes name entries by their slugs. The
// demonstration also has a letter and successes to celebrate. All of it goes
// with its theme and its entries.
func (l *starterLoader) threads(b rugzak.Backpack, demo bool) error {
	for _, quotes := range b.Threads {
		if err := l.thread(quotes); err != nil {
			return fmt.Errorf("thread %s: %w", quotes.Theme, err)
		}
	}
	if !demo {
		return nil
	}
	for _, letter := range b.ThemeLetters {
		if err := l.letter(letter); err != nil {
			return fmt.Errorf("letter about %s: %w", letter.Theme, err)
		}
	}
	for _, c := range b.Celebrations {
		if err := l.celebration(c); err != nil {
			return fmt.Errorf("celebration: %w", err)
		}
	}
	return nil
}

func (l *starterLoader) thread(quotes rugzak.Thread) error {
	t, err := l.w.Theme(quotes.Theme)
	if isMissing(err) || err == nil && (!t.Sample || t.Thread == "") {
		return nil // nothing of the starter content, or there already
	}
	if err != nil {
		return err
	}
	x := rugzak.ThreadOf(t)
	x.Number = 1
	for _, s := range quotes.Sections {
		i := slices.IndexFunc(x.Sections, func(o rugzak.ThreadSection) bool { return o.Prompt == s.Prompt })
		for _, q := range s.Quotes {
			e, err := l.w.Entry(l.ids[string(q.Entry)])
			if isMissing(err) {
				continue
			}
			if err != nil {
				return err
			}
			if i < 0 || !rugzak.Stands(q.Text, e) {
				return fmt.Errorf("%s is not quoted right", q.Entry)
			}
			q.Entry = e.ID
			x.Sections[i].Quotes = append(x.Sections[i].Quotes, q)
		}
	}
	if err := x.Validate(); err != nil {
		return err
	}
	if err := l.w.SaveThread(x); err != nil {
		return err
	}
	t.Thread = ""
	return l.w.SaveTheme(t, t.Version)
}

func (l *starterLoader) letter(letter rugzak.ThemeLetter) error {
	if _, err := l.w.Theme(letter.Theme); isMissing(err) {
		return nil
	} else if err != nil {
		return err
	}
	if all, err := l.w.ThemeLetters(letter.Theme); err != nil || len(all) > 0 {
		return err
	}
	for i, p := range letter.Picks {
		letter.Picks[i].Entry = l.ids[string(p.Entry)]
	}
	letter.Picks = slices.DeleteFunc(letter.Picks, func(p rugzak.LetterPick) bool { return p.Entry == "" })
	letter.ID, letter.Thread, letter.At, letter.SentAt = rugzak.NewID(l.now()), 1, l.now(), l.now()
	letter.Question, letter.Method = l.ids[string(letter.Question)], l.ids[string(letter.Method)]
	if err := letter.Validate(); err != nil {
		return err
	}
	return l.w.SaveThemeLetter(letter, 0)
}

// celebration is so many months ago.
func (l *starterLoader) celebration(c rugzak.Celebration) error {
	ago, err := strconv.Atoi(c.Month)
	if err != nil {
		return err
	}
	now := l.now()
	c.Month, c.At = rugzak.MonthIn(now.AddDate(0, -ago, 1-now.Day())), now
	if there, err := l.w.Celebration(c.Month); err != nil || len(there.Picks) > 0 {
		return err
	}
	for i, p := range c.Picks {
		c.Picks[i].Entry = l.ids[string(p.Entry)]
	}
	c.Picks = slices.DeleteFunc(c.Picks, func(p rugzak.DigestPick) bool { return p.Entry == "" })
	if err := c.Validate(); err != nil {
		return err
	}
	return l.w.SaveCelebration(c, 0)
}
