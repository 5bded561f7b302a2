// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// HomeView is the first page. What it costs does not depend on how much there
// is in the backpack.
type HomeView struct {
	Newest []Card
	Drafts []Card
	Asks   []Ask // what asks something of the reader; the rest stands in their backpack
	Maybe  *MaybeCard
	Themes []rugzak.Theme // those that the newest entries are in come first
	Empty  bool           // nothing to read yet
	// Celebrated are the successes of this month, or of the last.
	Celebrated []Celebrated
	// Round is the reflection round people answer now; nil when none is open.
	Round *RoundLine
	// Story is a lesson to read today, and Question one to answer; nil without one.
	Story    *HomeStory
	Question *Card
	// News are the first notices the reader did not see yet.
	News []NoticeLine
	// Beginner: the reader wrote nothing and took nothing along yet.
	Beginner bool
	// Unthemed counts shared entries in no theme, for a curator.
	Unthemed     int
	MoreUnthemed bool
	// Partner is what a partner comes for; nil for members.
	Partner *PartnerHome
}

const (
	newestOnHome = 6
	draftsOnHome = 3
	asksOnHome   = 3
	themesOnHome = 6
	// lookedOnHome is how many of the newest entries the reader may see the
	// first page looks at, for what it tells beside them.
	lookedOnHome = 60
)

// Home returns the newest entries a person may read, what asks something of
// them, their drafts and themes.
func (s *Service) Home(ctx context.Context, by rugzak.Person) (HomeView, error) {
	var v HomeView
	var newest, drafts []rawCard
	var maybe *rawMaybe
	var partner rawPartnerHome
	var celebrated []rawCelebrated
	var today rawToday
	err := s.view(ctx, "home", func(r rugzak.Reader) error {
		v = HomeView{}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		looked, err := n.newest(by)
		if err != nil {
			return err
		}
		newest = looked[:min(len(looked), newestOnHome)]
		v.Themes = n.livingThemes(looked)
		if maybe, err = n.maybe(by, looked[len(newest):]); err != nil {
			return err
		}
		if today, err = s.today(n, by, looked, len(newest), maybe); err != nil {
			return err
		}
		if drafts, _, err = n.cardsIn(by, r.Entries(rugzak.DraftList(by.ID), ""), draftsOnHome, nil); err != nil {
			return err
		}
		if v.Round, err = openRound(r, by, s.now()); err != nil {
			return err
		}
		if celebrated, err = s.celebratedNow(n, by); err != nil {
			return err
		}
		if v.Asks, err = s.asks(n, by, asksOnHome); err != nil || by.IsMember() {
			return err
		}
		partner, err = s.partnerHome(n, by)
		return err
	})
	if err != nil {
		return HomeView{}, err
	}
	s.finishToday(ctx, today, &v)
	v.Celebrated = s.finishCelebrated(ctx, celebrated)
	v.Newest, v.Drafts, v.Empty = s.finish(ctx, newest), s.finish(ctx, drafts), len(newest) == 0
	if maybe != nil {
		v.Maybe = &MaybeCard{Card: s.finish(ctx, []rawCard{maybe.card})[0], Theme: maybe.theme, Why: maybe.why}
	}
	if !by.IsMember() {
		v.Partner, err = s.finishPartnerHome(ctx, partner)
	}
	return v, err
}

// newest are the newest entries a person may read, outside the archive.
func (n *names) newest(by rugzak.Person) ([]rawCard, error) {
	cards, _, err := n.cardsIn(by, atMost(readable(n.reader, by, ""), 2*lookedOnHome), lookedOnHome, func(e rugzak.Entry) bool {
		return e.State.Public() && e.State != rugzak.StateArchived
	})
	return cards, err
}

// livingThemes are the open themes of a few: first those the newest entries are
// in, then the others by title.
func (n *names) livingThemes(newest []rawCard) []rugzak.Theme {
	var out, rest []rugzak.Theme
	have := map[rugzak.ThemeID]bool{}
	add := func(t rugzak.Theme) {
		if !t.Closed && !have[t.ID] && len(out) < themesOnHome {
			t.Thread, have[t.ID] = "", true
			out = append(out, t)
		}
	}
	for _, c := range newest {
		for _, t := range c.Themes {
			add(t)
		}
	}
	for _, t := range n.themes {
		rest = append(rest, t)
	}
	sortThemes(rest)
	for _, t := range rest {
		add(t)
	}
	return out
}

// atMost ends a list after a number of entries: what a page looks at stays
// bounded, however seldom what it looks for is.
func atMost(list entrySeq, most int) entrySeq {
	return func(yield func(rugzak.Entry, error) bool) {
		left := most
		for e, err := range list {
			if left--; left < 0 || !yield(e, err) {
				return
			}
		}
	}
}
