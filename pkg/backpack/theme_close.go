// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// CloseTheme closes a theme, or opens it again. A closed theme stays readable;
// nothing comes into it. Who follows it is told.
func (s *Service) CloseTheme(ctx context.Context, by rugzak.Person, id rugzak.ThemeID, closed bool) error {
	_, err := s.update(ctx, "close theme", func(w rugzak.Writer) error {
		if !rugzak.CanCurate(by) {
			return rugzak.Forbidden("error.curators_only")
		}
		t, err := lookTheme(w, by, id)
		if err != nil || t.Closed == closed {
			return err
		}
		t.Closed = closed
		if err := w.SaveTheme(t, t.Version); err != nil {
			return err
		}
		if closed {
			if err := s.tellClosed(w, by, t); err != nil {
				return err
			}
		}
		return w.Log(rugzak.Change{At: s.now(), Actor: actorOf(by), Verb: rugzak.VerbThemeSaved, Subject: rugzak.ThemeSubject(id)})
	})
	return err
}

// tellClosed tells who follows a theme that it was closed.
func (s *Service) tellClosed(w rugzak.Writer, by rugzak.Person, t rugzak.Theme) error {
	followers, err := themeFollowers(w, t.ID)
	if err != nil {
		return err
	}
	for _, p := range followers {
		who, err := w.Person(p.Person)
		if isMissing(err) || err == nil && (who.Inactive || !rugzak.CanReadTheme(who, t)) {
			continue
		}
		if err != nil {
			return err
		}
		if err := s.tellFollower(w, by, who.ID, rugzak.NoticeThemeClosed, t.ID); err != nil {
			return err
		}
	}
	return nil
}
