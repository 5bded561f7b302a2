// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// NarrowSources lists which sources the form of a thread has that fewer may read
// than see the theme, and whether their authors can be asked.
func (s *Service) NarrowSources(ctx context.Context, by rugzak.Person, id rugzak.ThemeID, in ThreadInput) ([]NarrowSource, error) {
	if !rugzak.CanCurate(by) {
		return nil, rugzak.Forbidden("error.curators_only")
	}
	var out []NarrowSource
	err := s.view(ctx, "narrow sources", func(r rugzak.Reader) error {
		t, err := lookTheme(r, by, id)
		if err != nil {
			return err
		}
		sources := slices.DeleteFunc(in.clean().thread(id).Sources(), func(e rugzak.EntryID) bool { return !rugzak.ValidID(string(e)) })
		out, err = s.narrowIn(r, by, sources, t)
		return err
	})
	return out, err
}

// AskConsent asks the author of a source whether everybody who sees the theme
// may read it: the question "Mag dit breder?", for just those.
func (s *Service) AskConsent(ctx context.Context, by rugzak.Person, id rugzak.ThemeID, source rugzak.EntryID) error {
	if !rugzak.CanCurate(by) {
		return rugzak.Forbidden("error.curators_only")
	}
	var more rugzak.Audience
	err := s.view(ctx, "consent", func(r rugzak.Reader) error {
		t, err := lookTheme(r, by, id)
		if err != nil {
			return err
		}
		e, mine, err := look(r, by, source)
		if err != nil {
			return err
		}
		more, err = consentFor(r, by, e, mine, t)
		return err
	})
	if err != nil {
		return err
	}
	return s.AskWidening(ctx, by, source, more)
}

// consentFor is what an author would have to let in on top, so that everybody
// who sees the theme may read their entry, as far as it can be asked for.
func consentFor(r rugzak.Reader, by rugzak.Person, e rugzak.Entry, mine bool, t rugzak.Theme) (rugzak.Audience, error) {
	choices, err := wideningChoices(r, by, e, mine)
	if err != nil {
		return rugzak.Audience{}, err
	}
	var more rugzak.Audience
	if slices.Contains(choices.Levels, rugzak.LevelInternal) {
		more.Level = rugzak.LevelInternal
	}
	if choices.WholeMunicipality {
		more.Also = append(more.Also, rugzak.WholeMunicipality)
	}
	for _, o := range t.Audience.Also {
		if choices.offers(o) && o != e.Organisation {
			more.Also = append(more.Also, o)
		}
	}
	return more.Clean(""), nil
}

// consent tells what became of the question this person asked about a source,
// and whether they may ask it now.
func (s *Service) consent(r rugzak.Reader, by rugzak.Person, id rugzak.EntryID, t rugzak.Theme) (asking rugzak.WideningState, can bool, err error) {
	e, mine, err := look(r, by, id)
	if err != nil || mine || !e.State.Public() || !rugzak.CanPost(by) {
		return "", false, err
	}
	all, err := r.Widenings(id)
	if err != nil {
		return "", false, err
	}
	for _, ask := range all {
		if ask.Asker == by.ID && !ask.Expired(s.now()) {
			return ask.State, false, nil
		}
	}
	more, err := consentFor(r, by, e, mine, t)
	return "", more.Level != "" || len(more.Also) > 0, err
}
