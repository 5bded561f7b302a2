// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// RisingTheme is what several organisations began to write about, and no theme is
// of yet.
type RisingTheme struct {
	Words         []string // the one that rose most first
	Cards         []Card
	Organisations []rugzak.Organisation // of the cards, by name
	// Refused says that a curator looked at most of these entries together and
	// made no theme of them. Until is when they are proposed again; never, without,
	// unless others join them.
	Refused bool
	Until   time.Time
}

const (
	risingSince = 8 * 7 * 24 * time.Hour
	risingTexts = 500 // of late, that are looked at
	risingWords = 60
	risingShown = 6
	risingNamed = 4 // words of one proposal
	togetherAt  = 0.5
)

// RisingThemes proposes new themes: words that stand in clearly more of the
// entries of the last eight weeks than before, in four entries of two
// organisations at least, taken together where they stand in the same ones. What
// is mostly in one theme already is left out. behind says that the index cannot
// tell for now. Nothing of it depends on entries this curator may not read.
func (s *Service) RisingThemes(ctx context.Context, by rugzak.Person) (out []RisingTheme, behind bool, err error) {
	if !rugzak.CanCurate(by) {
		return nil, false, rugzak.Forbidden("error.curators_only")
	}
	var fresh []rugzak.Entry
	err = s.view(ctx, "entries of late", func(r rugzak.Reader) error {
		for e, err := range readable(r, by, "") {
			if err != nil {
				return err
			}
			if s.now().Sub(e.ListedAt()) > risingSince || len(fresh) == risingTexts {
				return nil
			}
			if (e.State == rugzak.StateShared || e.State == rugzak.StateToReview) && rugzak.CanRead(by, e) {
				fresh = append(fresh, e)
			}
		}
		return nil
	})
	if err != nil {
		return nil, false, err
	}
	words, behind, err := s.risen(ctx, by, fresh)
	if err != nil || behind {
		return nil, behind, err
	}
	var refused []rugzak.ThemeRefusal
	err = s.view(ctx, "rising themes that were refused", func(r rugzak.Reader) (err error) {
		refused, err = r.Refusals(rugzak.ThemeToCome)
		return err
	})
	if err != nil {
		return nil, false, err
	}
	entries := map[rugzak.EntryID]rugzak.Entry{}
	for _, e := range fresh {
		entries[e.ID] = e
	}
	shown := map[bool]int{}
	for _, group := range grouped(words) {
		var in []rugzak.Entry
		for _, id := range group.In[:min(len(group.In), MaxDecisions)] {
			in = append(in, entries[id])
		}
		no, until := s.setAsideTogether(in, refused)
		if mostlyInOne(in) || shown[no] == risingShown {
			continue
		}
		t, err := s.risingTheme(ctx, by, group.words, in)
		if err != nil {
			return nil, false, err
		}
		if len(t.Cards) >= rugzak.RisingEntries {
			t.Refused, t.Until = no, until
			out, shown[no] = append(out, t), shown[no]+1
		}
	}
	return out, false, nil
}

// setAsideTogether reports whether more than half of some entries were looked at as
// a theme to come and put off, and until when; a date that is zero is never.
func (s *Service) setAsideTogether(in []rugzak.Entry, refused []rugzak.ThemeRefusal) (no bool, until time.Time) {
	count := 0
	for _, e := range in {
		i := slices.IndexFunc(refused, func(x rugzak.ThemeRefusal) bool { return x.Entry == e.ID && x.Holds(s.now()) })
		if i < 0 {
			continue
		}
		if x := refused[i]; count == 0 || !until.IsZero() && (x.Until.IsZero() || x.Until.After(until)) {
			until = x.Until
		}
		count++
	}
	return 2*count > len(in), until
}

// risen asks the index which words rose.
func (s *Service) risen(ctx context.Context, by rugzak.Person, fresh []rugzak.Entry) (words []rugzak.RisingWord, behind bool, err error) {
	head, narrowed, err := s.Store.Head(ctx)
	if err != nil || s.follower.isRebuilding() {
		return nil, true, err
	}
	ask := rugzak.NewTexts{Tokens: rugzak.ReaderTokens(by), Most: risingWords}
	for _, e := range fresh {
		ask.Texts = append(ask.Texts, rugzak.NewText{
			ID: e.ID, Organisation: e.Organisation, Title: e.Title, Lesson: e.Lesson, Text: s.plain(ctx, e), Lang: e.Lang.Or(rugzak.Dutch),
		})
	}
	risen, err := s.Index.Rising(ctx, ask)
	if err != nil || !answers(risen.Position, head, narrowed) {
		return nil, true, err
	}
	return risen.Words, false, nil
}

// wordGroup are words that stand in the same texts.
type wordGroup struct {
	rugzak.RisingWord
	words []string
}

// grouped takes words together that stand in about the same texts.
func grouped(words []rugzak.RisingWord) []wordGroup {
	var out []wordGroup
	for _, w := range words {
		at := slices.IndexFunc(out, func(g wordGroup) bool { return overlapOf(g.In, w.In) >= togetherAt })
		if at < 0 {
			out = append(out, wordGroup{w, []string{w.Word}})
		} else if g := &out[at]; len(g.words) < risingNamed {
			g.words = append(g.words, w.Word)
		}
	}
	return out
}

// overlapOf is what two sets share, of all that is in them.
func overlapOf(a, b []rugzak.EntryID) float64 {
	shared := 0
	for _, id := range a {
		if slices.Contains(b, id) {
			shared++
		}
	}
	return float64(shared) / float64(len(a)+len(b)-shared)
}

// mostlyInOne reports whether more than half of some entries are in one theme.
func mostlyInOne(in []rugzak.Entry) bool {
	count := map[rugzak.ThemeID]int{}
	for _, e := range in {
		for _, t := range e.Themes {
			if count[t]++; 2*count[t] > len(in) {
				return true
			}
		}
	}
	return false
}

// risingTheme reads the entries again, as they are now.
func (s *Service) risingTheme(ctx context.Context, by rugzak.Person, words []string, in []rugzak.Entry) (RisingTheme, error) {
	t := RisingTheme{Words: words}
	var raw []rawCard
	err := s.view(ctx, "a rising theme", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		for _, e := range in {
			now, mine, err := look(r, by, e.ID)
			if isMissing(err) {
				continue
			}
			if err != nil {
				return err
			}
			raw = append(raw, n.card(by, now, mine))
			if o := n.organisation(now.Organisation); !slices.ContainsFunc(t.Organisations, func(p rugzak.Organisation) bool { return p.ID == o.ID }) {
				t.Organisations = append(t.Organisations, o)
			}
		}
		slices.SortFunc(t.Organisations, func(a, b rugzak.Organisation) int { return byName(a.Name, b.Name) })
		return nil
	})
	t.Cards = s.finish(ctx, raw)
	return t, err
}
