// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// SimilarCard is an entry that is about the same, and why.
type SimilarCard struct {
	Card
	// Words are what both speak of, as they stand in the text that was compared.
	Words []string
	// Shared are the themes both are in, of those the reader may see.
	Shared []rugzak.Theme
}

// How many are shown beside an entry, and to who is writing.
const (
	similarEntries = 5
	similarWriting = 3
)

// Similar finds what is about the same as an entry, for who reads it. What the
// entry leads to, or leads to it, is shown beside it already and left out.
func (s *Service) Similar(ctx context.Context, by rugzak.Person, id rugzak.EntryID) ([]SimilarCard, error) {
	var e rugzak.Entry
	var themes []rugzak.ThemeID
	except := []rugzak.EntryID{id}
	err := s.view(ctx, "entry to compare", func(r rugzak.Reader) (err error) {
		if e, _, err = look(r, by, id); err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		for _, t := range n.themesOf(e) {
			themes = append(themes, t.ID)
		}
		related, err := n.related(by, e)
		for _, other := range related {
			except = append(except, other.card.ID)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.alike(ctx, by, rugzak.Likeness{
		Title: e.Title, Lesson: e.Lesson, Text: s.plain(ctx, e), Lang: e.Lang, Except: except, Most: similarEntries,
		Themes: themes,
	})
}

// SimilarToDraft finds what colleagues wrote about the same, for somebody who
// is writing. The text is not kept and not logged; one that holds a number that
// may be a citizen service number is not looked up.
func (s *Service) SimilarToDraft(ctx context.Context, by rugzak.Person, id rugzak.EntryID, in Input) ([]SimilarCard, error) {
	if !rugzak.CanPost(by) {
		return nil, rugzak.Forbidden("error.may_not_post")
	}
	in = in.clean()
	if slices.ContainsFunc([]string{in.Title, in.Lesson, in.Body}, s.HoldsNumber) {
		return nil, nil
	}
	l := rugzak.Likeness{Title: in.Title, Lesson: in.Lesson, Lang: in.Lang.Or(rugzak.Dutch), Most: similarWriting}
	if rugzak.ValidID(string(id)) {
		l.Except = []rugzak.EntryID{id}
	}
	if len(in.Body) <= rugzak.MaxBody {
		l.Text = s.plain(ctx, rugzak.Entry{ID: id, Body: in.Body})
	}
	err := s.view(ctx, "themes to compare", func(r rugzak.Reader) error {
		for _, id := range in.Themes {
			if _, err := lookTheme(r, by, id); err == nil {
				l.Themes = append(l.Themes, id)
			} else if !isMissing(err) {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return s.alike(ctx, by, l)
}

// alike asks the index. It waits for nothing: while the index has not followed
// an entry out of some reader's sight, nothing is alike.
func (s *Service) alike(ctx context.Context, by rugzak.Person, l rugzak.Likeness) ([]SimilarCard, error) {
	head, narrowed, err := s.Store.Head(ctx)
	if err != nil || s.follower.isRebuilding() {
		return nil, err
	}
	l.Tokens = rugzak.ReaderTokens(by)
	found, err := s.Index.Similar(ctx, l)
	if err != nil || !answers(found.Position, head, narrowed) {
		return nil, err
	}
	var raw []rawCard
	var words [][]string
	err = s.view(ctx, "read what is alike", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		for _, like := range found.Entries {
			e, mine, err := look(r, by, like.ID)
			if isMissing(err) {
				continue // gone since the index was asked
			}
			if err != nil {
				return err
			}
			raw, words = append(raw, n.card(by, e, mine)), append(words, like.Words)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var out []SimilarCard
	for i, card := range s.finish(ctx, raw) {
		c := SimilarCard{Card: card, Words: words[i]}
		for _, t := range card.Themes {
			if slices.Contains(l.Themes, t.ID) {
				c.Shared = append(c.Shared, t)
			}
		}
		out = append(out, c)
	}
	return out, nil
}
