// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// AddToTheme puts an entry the curator may read into a theme.
func (s *Service) AddToTheme(ctx context.Context, by rugzak.Person, id rugzak.EntryID, theme rugzak.ThemeID) (rugzak.Position, error) {
	return s.curate(ctx, by, id, theme, intoTheme(theme))
}

// RemoveFromTheme takes an entry out of a theme; its pin goes too.
func (s *Service) RemoveFromTheme(ctx context.Context, by rugzak.Person, id rugzak.EntryID, theme rugzak.ThemeID) (rugzak.Position, error) {
	return s.curate(ctx, by, id, theme, func(e *rugzak.Entry, _ rugzak.Theme) error {
		e.Themes = slices.DeleteFunc(e.Themes, func(t rugzak.ThemeID) bool { return t == theme })
		return nil
	})
}

// curate changes the themes of an entry. It is no edit of the text: it makes
// no revision and does not get in the way of an author who is writing.
func (s *Service) curate(ctx context.Context, by rugzak.Person, id rugzak.EntryID, theme rugzak.ThemeID, change func(*rugzak.Entry, rugzak.Theme) error) (rugzak.Position, error) {
	return s.update(ctx, "curate", func(w rugzak.Writer) error { return s.curateIn(w, by, id, theme, change) })
}

// curateIn does it within a transaction.
func (s *Service) curateIn(w rugzak.Writer, by rugzak.Person, id rugzak.EntryID, theme rugzak.ThemeID, change func(*rugzak.Entry, rugzak.Theme) error) error {
	before, _, err := look(w, by, id)
	if err != nil {
		return err
	}
	if !rugzak.CanCurate(by) {
		return rugzak.Forbidden("error.curators_only")
	}
	if !before.State.Public() {
		return rugzak.Forbidden("error.keep_shared_only")
	}
	t, err := lookTheme(w, by, theme)
	if err != nil {
		return err
	}
	e := before.Clone()
	if err := change(&e, t); err != nil || slices.Equal(e.Themes, before.Themes) {
		return err
	}
	if err := w.SaveEntry(e, before.Version, nil); err != nil {
		return err
	}
	if !slices.Contains(e.Themes, theme) && slices.Contains(t.Pins, id) {
		if err := savePins(w, t, slices.DeleteFunc(slices.Clone(t.Pins), func(p rugzak.EntryID) bool { return p == id })); err != nil {
			return err
		}
	}
	return w.Log(rugzak.Change{At: s.now(), Actor: "person:" + string(by.ID), Verb: rugzak.VerbEntryCurated, Subject: rugzak.EntrySubject(id)})
}

func savePins(w rugzak.Writer, t rugzak.Theme, pins []rugzak.EntryID) error {
	t.Pins = pins
	return w.SaveTheme(t, t.Version)
}

// makeRoom drops pins the curator cannot see when there is no room left: they
// must not get in the way, nor show that they are there.
func makeRoom(r rugzak.Reader, by rugzak.Person, pins []rugzak.EntryID) []rugzak.EntryID {
	if len(pins) < rugzak.MaxPins {
		return pins
	}
	return slices.DeleteFunc(pins, func(p rugzak.EntryID) bool { _, err := sees(r, by, p); return isMissing(err) })
}

// PinInTheme puts an entry of the theme under "begin hier", or takes it off.
func (s *Service) PinInTheme(ctx context.Context, by rugzak.Person, id rugzak.EntryID, theme rugzak.ThemeID, pin bool) error {
	_, err := s.update(ctx, "pin in theme", func(w rugzak.Writer) error {
		e, _, err := look(w, by, id)
		if err != nil {
			return err
		}
		if !rugzak.CanCurate(by) {
			return rugzak.Forbidden("error.curators_only")
		}
		t, err := lookTheme(w, by, theme)
		if err != nil {
			return err
		}
		pins := slices.DeleteFunc(slices.Clone(t.Pins), func(p rugzak.EntryID) bool { return p == id })
		if pin {
			if !slices.Contains(e.Themes, theme) {
				return rugzak.NotFound()
			}
			if pins = makeRoom(w, by, pins); len(pins) >= rugzak.MaxPins {
				return rugzak.Forbidden("error.pins_full", rugzak.MaxPins)
			}
			pins = append(pins, id)
		}
		if slices.Equal(pins, t.Pins) {
			return nil
		}
		if err := savePins(w, t, pins); err != nil {
			return err
		}
		return w.Log(rugzak.Change{At: s.now(), Actor: "person:" + string(by.ID), Verb: rugzak.VerbThemeSaved, Subject: "theme:" + string(theme)})
	})
	return err
}
