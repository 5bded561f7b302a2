// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// ThemeSplitView is a theme with the entries of it that a curator may read, to
// choose what a new theme begins with.
type ThemeSplitView struct {
	Theme rugzak.Theme
	Cards []Card
	More  bool // there are more than are shown
}

// ThemeSplitInput is what the form of a split holds.
type ThemeSplitInput struct {
	Title, Summary string
	Entries        []rugzak.EntryID
	// Stay: the entries stay in the theme as well.
	Stay     bool
	Reviewed bool
	// Key stands in the form, so that sending it twice makes one theme.
	Key string
}

// maxSplit is how many entries are offered, and moved, at once.
const maxSplit = 200

// ThemeToSplit shows what can be moved into a new theme.
func (s *Service) ThemeToSplit(ctx context.Context, by rugzak.Person, id rugzak.ThemeID) (ThemeSplitView, error) {
	var v ThemeSplitView
	if !rugzak.CanCurate(by) {
		return v, rugzak.Forbidden("error.curators_only")
	}
	var raw []rawCard
	err := s.view(ctx, "split of a theme", func(r rugzak.Reader) error {
		t, err := lookTheme(r, by, id)
		if err != nil {
			return err
		}
		v.Theme = shownTheme(by, t)
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		var next rugzak.Mark
		raw, next, err = n.cardsIn(by, r.Entries(rugzak.ThemeList(id), ""), maxSplit, func(e rugzak.Entry) bool { return e.State.Public() })
		v.More = next != ""
		return err
	})
	v.Cards = s.finish(ctx, raw)
	return v, err
}

// SplitTheme makes a theme of some entries of another: those the curator chose,
// who may read them. Partners do not see the new theme before somebody shows it
// to them.
func (s *Service) SplitTheme(ctx context.Context, by rugzak.Person, id rugzak.ThemeID, in ThemeSplitInput) (rugzak.Theme, rugzak.Position, error) {
	if !rugzak.CanCurate(by) {
		return rugzak.Theme{}, "", rugzak.Forbidden("error.curators_only")
	}
	made := ThemeInput{Title: in.Title, Summary: in.Summary, Key: in.Key}.clean()
	if _, err := block(s.screen(made.texts(), nil)); err != nil {
		return rugzak.Theme{}, "", err
	}
	found, err := s.inspect(ctx, made.texts(), nil)
	if err != nil {
		return rugzak.Theme{}, "", err
	}
	var t rugzak.Theme
	pos, err := s.update(ctx, "split theme", func(w rugzak.Writer) error {
		from, err := lookTheme(w, by, id)
		if err != nil {
			return err
		}
		if before, err := madeBy(w, by, in.Key); err != nil || before != "" {
			t.ID = rugzak.ThemeID(before)
			return err
		}
		var p rugzak.Problems
		if len(in.Entries) == 0 || len(in.Entries) > maxSplit {
			p.Add("entries", "error.theme.split_none")
		}
		if made.Title == "" {
			p.Add("title", "error.theme_title_required")
		}
		if err := p.Err(); err != nil {
			return err
		}
		t = rugzak.Theme{
			Title: made.Title, Summary: made.Summary, Curators: []rugzak.PersonID{by.ID},
			Audience: rugzak.Audience{Level: rugzak.LevelInternal}, UpdatedAt: s.now(),
		}
		if t.ID, err = freeThemeID(w, made.Title); err != nil {
			return err
		}
		if err := t.Validate(); err != nil {
			return err
		}
		if !in.Reviewed {
			if err := wantReview(found); err != nil {
				return err
			}
		}
		if err := w.SaveTheme(t, 0); err != nil {
			return err
		}
		if err := s.splitOff(w, by, from, t.ID, in); err != nil {
			return err
		}
		if err := s.saveMade(w, by, in.Key, string(t.ID)); err != nil {
			return err
		}
		return s.logThemes(w, by, rugzak.VerbThemeSaved, from.ID, rugzak.VerbThemeSaved, t.ID)
	})
	return t, pos, err
}

// splitOff moves the chosen entries.
func (s *Service) splitOff(w rugzak.Writer, by rugzak.Person, from rugzak.Theme, to rugzak.ThemeID, in ThemeSplitInput) error {
	pins := slices.Clone(from.Pins)
	for _, id := range unique(in.Entries) {
		e, _, err := look(w, by, id)
		if isMissing(err) || err == nil && (!e.State.Public() || !slices.Contains(e.Themes, from.ID)) {
			var p rugzak.Problems
			p.Add("entries", "error.choose")
			return p.Err()
		}
		if err != nil {
			return err
		}
		switch {
		case !in.Stay:
			e.Themes = replaced(e.Themes, from.ID, to)
			pins = without(pins, []rugzak.EntryID{id})
		case len(e.Themes) >= rugzak.MaxThemes:
			var p rugzak.Problems
			p.Add("entries", "error.theme.split_full", e.Title, rugzak.MaxThemes)
			return p.Err()
		default:
			e.Themes = append(slices.Clone(e.Themes), to)
		}
		if err := w.SaveEntry(e, e.Version, nil); err != nil {
			return err
		}
		err = w.Log(rugzak.Change{At: s.now(), Actor: actorOf(by), Verb: rugzak.VerbEntryCurated, Subject: rugzak.EntrySubject(id)})
		if err != nil {
			return err
		}
	}
	if slices.Equal(pins, from.Pins) {
		return nil
	}
	return savePins(w, from, pins)
}
