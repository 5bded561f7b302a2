// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// ThemeCard is a theme in a list. Count is the number of its entries the
// reader may see, -1 while the index cannot tell.
type ThemeCard struct {
	Theme rugzak.Theme
	Count int
}

// Themes lists the themes a reader may see, open ones first, by title.
func (s *Service) Themes(ctx context.Context, by rugzak.Person) ([]ThemeCard, error) {
	var themes []rugzak.Theme
	err := s.view(ctx, "themes", func(r rugzak.Reader) error {
		all, err := r.Themes()
		for _, t := range all {
			if rugzak.CanReadTheme(by, t) {
				themes = append(themes, shownTheme(by, t))
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	sortThemes(themes)
	slices.SortStableFunc(themes, func(a, b rugzak.Theme) int {
		switch {
		case a.Closed == b.Closed:
			return 0
		case b.Closed:
			return -1
		}
		return 1
	})
	counts, known, err := s.counts(ctx, by, rugzak.FacetTheme)
	if err != nil {
		return nil, err
	}
	cards := make([]ThemeCard, len(themes))
	for i, t := range themes {
		cards[i] = ThemeCard{Theme: t, Count: -1}
		if known {
			cards[i].Count = counts[string(t.ID)]
		}
	}
	return cards, nil
}

// ThemeView is the page of a theme.
type ThemeView struct {
	Theme     rugzak.Theme
	Thread    ThreadView // empty when there is none for the reader
	Pins      []Card
	Entries   []Card
	Next      rugzak.Mark
	Count     int // entries the reader may see, -1 while the index cannot tell
	Curators  []string
	Also      []rugzak.Organisation // partners who see the theme
	CanCurate bool
	// ThreadHidden: a curator does not see the thread, for not all it quotes is
	// for them. Narrow are the sources fewer may read than the theme; curators
	// are told.
	ThreadHidden bool
	Join         Joining
	Questions    []Card        // open ones, with who has the ball
	Merged       []MergedTheme // what went into it and can be put back, for curators
	Narrow       []NarrowSource
}

const pageOfTheme = 20

// Theme returns the page of a theme with the entries the reader may see.
func (s *Service) Theme(ctx context.Context, by rugzak.Person, id rugzak.ThemeID, after rugzak.Mark) (ThemeView, error) {
	var v ThemeView
	var pins, entries, questions []rawCard
	err := s.view(ctx, "theme", func(r rugzak.Reader) error {
		t, err := lookTheme(r, by, id)
		if err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		v.Theme, v.CanCurate = shownTheme(by, t), rugzak.CanCurate(by)
		if err := s.threadFor(n, by, t, &v); err != nil {
			return err
		}
		if v.Join, err = n.joining(by, subjectOfTheme(t)); err != nil {
			return err
		}
		if questions, err = n.themeQuestions(by, id); err != nil {
			return err
		}
		if v.Merged, err = s.mergedInto(r, by, t); err != nil {
			return err
		}
		for _, c := range t.Curators {
			if name := n.person(c); name != "" && rugzak.CanKnowPerson(by, c, false) {
				v.Curators = append(v.Curators, name)
			}
		}
		for _, o := range t.Audience.Also {
			if by.IsMember() || o == by.Organisation {
				v.Also = append(v.Also, n.organisation(o))
			}
		}
		for _, pin := range t.Pins {
			e, mine, err := look(r, by, pin)
			if isMissing(err) {
				continue
			}
			if err != nil {
				return err
			}
			pins = append(pins, n.card(by, e, mine))
		}
		list := r.Entries(rugzak.ThemeList(id), after)
		if !by.IsMember() { // what is hidden from a partner must not cost time
			list = readable(r, by, after)
		}
		entries, v.Next, err = n.cardsIn(by, list, pageOfTheme, func(e rugzak.Entry) bool {
			return e.State.Public() && slices.Contains(e.Themes, id) && (after != "" || !slices.Contains(t.Pins, e.ID))
		})
		return err
	})
	if err != nil {
		return v, err
	}
	v.Pins, v.Entries, v.Questions = s.finish(ctx, pins), s.finish(ctx, entries), s.finish(ctx, questions)
	v.Count = -1
	counts, known, err := s.counts(ctx, by, rugzak.FacetTheme)
	if err != nil {
		return v, err
	}
	if known {
		v.Count = counts[string(id)]
	}
	return v, s.renderThread(ctx, &v.Thread)
}

// shownTheme leaves out of a theme what this reader may not know: its thread,
// which depends on what it quotes, its pins, which are shown as cards, what was
// reported, and for a partner the curators and other partners.
func shownTheme(by rugzak.Person, t rugzak.Theme) rugzak.Theme {
	t.Thread, t.Pins = "", nil
	if !rugzak.CanReadThread(by, t) { // nor that it was reported
		t.Summary, t.OpenQuestions, t.NotBSN, t.Reported = "", nil, nil, false
	}
	if !by.IsMember() {
		t.Curators, t.NotBSN = nil, nil
		t.Audience.Also = []rugzak.OrganisationID{by.Organisation}
	}
	return t
}

// lookTheme fetches a theme for a reader; absent and hidden are alike.
func lookTheme(r rugzak.Reader, by rugzak.Person, id rugzak.ThemeID) (rugzak.Theme, error) {
	t, err := r.Theme(id)
	if err != nil {
		return t, err
	}
	if !rugzak.CanReadTheme(by, t) {
		return rugzak.Theme{}, rugzak.NotFound()
	}
	return t, nil
}
