// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// HomeView is the first page.
type HomeView struct {
	Newest []Card
	Drafts []Card
	Themes []ThemeCard
	Empty  bool // nothing to read yet
}

const (
	newestOnHome = 8
	draftsOnHome = 3
	themesOnHome = 6
	pageOfMine   = 20
)

// Home returns the newest entries a person may read, their drafts and themes.
func (s *Service) Home(ctx context.Context, by rugzak.Person) (HomeView, error) {
	var v HomeView
	var newest, drafts []rawCard
	err := s.view(ctx, "home", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		newest, _, err = n.cardsIn(by, readable(r, by, ""), newestOnHome, func(e rugzak.Entry) bool {
			return e.State.Public() && e.State != rugzak.StateArchived
		})
		if err != nil {
			return err
		}
		drafts, _, err = n.cardsIn(by, r.Entries(rugzak.DraftList(by.ID), ""), draftsOnHome, nil)
		return err
	})
	if err != nil {
		return v, err
	}
	v.Newest, v.Drafts, v.Empty = s.finish(ctx, newest), s.finish(ctx, drafts), len(newest) == 0
	themes, err := s.Themes(ctx, by)
	if err != nil {
		return v, err
	}
	for _, t := range themes {
		if !t.Theme.Closed && len(v.Themes) < themesOnHome {
			v.Themes = append(v.Themes, t)
		}
	}
	return v, nil
}

// MineView is a person's own backpack.
type MineView struct {
	Drafts    []Card
	Entries   []Card
	Withdrawn []Card
	Reported  []Card          // by somebody, who may be anybody
	Purged    []rugzak.Notice // what is gone for good: when, and under which id
	Kept      []KeptCard
	Next      rugzak.Mark // more entries after this one; empty at the end
}

// KeptCard is an entry taken along, with its purpose.
type KeptCard struct {
	Card
	Keep rugzak.Keep
}

// maxDrafts bounds how many drafts and withdrawn entries one page shows.
const maxDrafts = 100

// Mine returns a person's own entries, drafts and kept lessons. Later pages
// (after a mark) hold entries only.
func (s *Service) Mine(ctx context.Context, by rugzak.Person, after rugzak.Mark) (MineView, error) {
	var v MineView
	var drafts, withdrawn, reported, own, kept []rawCard
	var keeps []rugzak.Keep
	err := s.view(ctx, "my backpack", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		hidden, err := hiddenEntries(r, by)
		if err != nil {
			return err
		}
		written := merge([]entrySeq{r.Entries(rugzak.AuthorList(by.ID), after), hidden(after)})
		own, v.Next, err = n.cardsIn(by, written, pageOfMine, func(e rugzak.Entry) bool { return e.State.Public() })
		if err != nil || after != "" {
			return err
		}
		drafts, _, err = n.cardsIn(by, r.Entries(rugzak.DraftList(by.ID), ""), maxDrafts, nil)
		if err != nil {
			return err
		}
		taken := merge([]entrySeq{r.Entries(rugzak.WithdrawnList(by.ID), ""), hidden("")})
		withdrawn, _, err = n.cardsIn(by, taken, maxDrafts, func(e rugzak.Entry) bool { return e.State == rugzak.StateWithdrawn })
		if err != nil {
			return err
		}
		told := merge([]entrySeq{r.Entries(rugzak.ReportedList(by.ID), ""), hidden("")})
		reported, _, err = n.cardsIn(by, told, maxDrafts, func(e rugzak.Entry) bool { return e.State == rugzak.StateReported })
		if err != nil {
			return err
		}
		if v.Purged, err = purgedOwn(r, by); err != nil {
			return err
		}
		all, err := r.Keeps(by.ID)
		if err != nil {
			return err
		}
		for _, k := range all {
			e, mine, err := look(r, by, k.Entry)
			if isMissing(err) {
				continue // no longer shared with this person
			}
			if err != nil {
				return err
			}
			kept, keeps = append(kept, n.card(by, e, mine)), append(keeps, k)
		}
		return nil
	})
	if err != nil {
		return MineView{}, err
	}
	v.Drafts, v.Entries, v.Withdrawn = s.finish(ctx, drafts), s.finish(ctx, own), s.finish(ctx, withdrawn)
	v.Reported = s.finish(ctx, reported)
	for i, c := range s.finish(ctx, kept) {
		v.Kept = append(v.Kept, KeptCard{Card: c, Keep: keeps[i]})
	}
	return v, nil
}

// hiddenEntries returns what a person wrote without name as a list, newest
// first. Only their own backpack shows it.
func hiddenEntries(r rugzak.Reader, by rugzak.Person) (func(after rugzak.Mark) entrySeq, error) {
	ids, err := r.HiddenEntries(by.ID)
	if err != nil {
		return nil, err
	}
	var entries []rugzak.Entry
	for _, id := range ids {
		e, err := r.Entry(id)
		if err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	sortByMark(entries)
	return func(after rugzak.Mark) entrySeq {
		return func(yield func(rugzak.Entry, error) bool) {
			for _, e := range entries {
				if e.Mark() > after && !yield(e, nil) {
					return
				}
			}
		}
	}, nil
}
