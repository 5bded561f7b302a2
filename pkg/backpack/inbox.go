// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"strings"

	"rugzak/pkg/rugzak"
)

// Inbox is what is in no theme yet ("Nog zonder thema").
type Inbox struct {
	Cards []InboxCard
	// Themes are the open ones, by title.
	Themes  []rugzak.Theme
	Next    rugzak.Mark
	Refused []RefusedCard
}

// InboxCard is an entry without theme. Maybe is a theme that holds entries which
// are about the same, and Like how many.
type InboxCard struct {
	Card
	Maybe rugzak.ThemeID
	Like  int
	Words []string
}

const (
	inboxPage   = 20
	inboxLooked = 2000 // entries looked at for one page, or to count
	inboxAlike  = 10   // entries that are alike, by which a theme is suggested
)

// Inbox lists the shared entries a curator may read that are in no theme, newest
// first, with a theme that may fit. What was refused or put off is left out.
func (s *Service) Inbox(ctx context.Context, by rugzak.Person, after rugzak.Mark) (Inbox, error) {
	var out Inbox
	if !rugzak.CanCurate(by) {
		return out, rugzak.Forbidden("error.curators_only")
	}
	var raw, set []rawCard
	var refused []RefusedCard
	err := s.view(ctx, "entries without theme", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		for _, t := range n.themes {
			if !t.Closed {
				out.Themes = append(out.Themes, t)
			}
		}
		sortThemes(out.Themes)
		looked := 0
		var last rugzak.Mark
		for e, err := range s.unthemed(n, by, after) {
			if err != nil {
				return err
			}
			if looked++; looked > inboxLooked || e.fits && len(raw) == inboxPage {
				out.Next = last
				break
			}
			if last = e.Mark(); e.fits {
				raw = append(raw, n.card(by, e.Entry, e.mine))
			}
		}
		if after != "" {
			return nil
		}
		all, err := r.Refusals("")
		if err != nil {
			return err
		}
		cards, until, err := s.setAside(n, by, "", all)
		for i, c := range cards {
			set, refused = append(set, c), append(refused, RefusedCard{Until: until[i]})
		}
		return err
	})
	if err != nil {
		return out, err
	}
	for i, card := range s.finish(ctx, raw) {
		c := InboxCard{Card: card}
		if err := s.suggestTheme(ctx, by, raw[i].entry, out.Themes, &c); err != nil {
			return out, err
		}
		out.Cards = append(out.Cards, c)
	}
	for i, card := range s.finish(ctx, set) {
		refused[i].Card = card
	}
	out.Refused = refused
	return out, nil
}

// unthemedEntry is a shared entry that the reader may see; fits says that it is
// in no theme and not refused.
type unthemedEntry struct {
	rugzak.Entry
	mine, fits bool
}

// unthemed yields what a reader may see, newest first, and says what is in no
// theme.
func (s *Service) unthemed(n *names, by rugzak.Person, after rugzak.Mark) func(func(unthemedEntry, error) bool) {
	return func(yield func(unthemedEntry, error) bool) {
		refused := map[rugzak.EntryID]bool{}
		all, err := n.reader.Refusals("")
		if err != nil {
			yield(unthemedEntry{}, err)
			return
		}
		for _, x := range all {
			refused[x.Entry] = x.Holds(s.now())
		}
		for e, err := range readable(n.reader, by, after) {
			u := unthemedEntry{Entry: e}
			if err == nil && (e.State == rugzak.StateShared || e.State == rugzak.StateToReview) {
				u.mine, err = isMine(n.reader, by, e)
				u.fits = len(n.themesOf(e)) == 0 && !refused[e.ID] && (u.mine || rugzak.CanRead(by, e))
			}
			if !yield(u, err) || err != nil {
				return
			}
		}
	}
}

// countUnthemed counts what waits in the inbox; more says that not all was looked
// at.
func (s *Service) countUnthemed(n *names, by rugzak.Person) (count int, more bool, err error) {
	return s.countUnthemedAmong(n, by, inboxLooked)
}

// countUnthemedAmong looks at so many entries at most.
func (s *Service) countUnthemedAmong(n *names, by rugzak.Person, most int) (count int, more bool, err error) {
	looked := 0
	for e, err := range s.unthemed(n, by, "") {
		if err != nil {
			return 0, false, err
		}
		if looked++; looked > most {
			return count, true, nil
		}
		if e.fits {
			count++
		}
	}
	return count, false, nil
}

// suggestTheme finds the theme of most of what is about the same as an entry. It
// waits for nothing: without an answer nothing is suggested.
func (s *Service) suggestTheme(ctx context.Context, by rugzak.Person, e rugzak.Entry, themes []rugzak.Theme, c *InboxCard) error {
	alike, err := s.alike(ctx, by, rugzak.Likeness{
		Title: e.Title, Lesson: e.Lesson, Text: s.plain(ctx, e), Lang: e.Lang, Except: []rugzak.EntryID{e.ID}, Most: inboxAlike,
	})
	if err != nil {
		return err
	}
	count := map[rugzak.ThemeID]int{}
	for _, other := range alike {
		for _, t := range other.Themes {
			if count[t.ID]++; !slices.ContainsFunc(themes, func(o rugzak.Theme) bool { return o.ID == t.ID }) {
				continue
			}
			if count[t.ID] > c.Like || count[t.ID] == c.Like && strings.Compare(string(t.ID), string(c.Maybe)) < 0 {
				c.Maybe, c.Like = t.ID, count[t.ID]
			}
		}
	}
	for _, other := range alike {
		if len(c.Words) == 0 && slices.ContainsFunc(other.Themes, func(t rugzak.Theme) bool { return t.ID == c.Maybe }) {
			c.Words = other.Words
		}
	}
	return nil
}
