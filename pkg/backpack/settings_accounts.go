// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// AccountSettings shows the rules for signing in and the version of the
// settings, for the administrator.
func (s *Service) AccountSettings(ctx context.Context, by rugzak.Person) (rugzak.AccountSettings, int, error) {
	if !rugzak.CanAdminister(by) {
		return rugzak.AccountSettings{}, 0, rugzak.Forbidden("error.administrators_only")
	}
	var settings rugzak.Settings
	err := s.view(ctx, "settings", func(r rugzak.Reader) (err error) {
		settings, err = r.Settings()
		return err
	})
	return settings.Accounts, settings.Version, err
}

// SaveAccountSettings changes the rules for signing in. Who now lacks a second
// factor can do nothing else from the next request on; nobody else notices.
func (s *Service) SaveAccountSettings(ctx context.Context, by rugzak.Person, a rugzak.AccountSettings, base int) error {
	if !rugzak.CanAdminister(by) {
		return rugzak.Forbidden("error.administrators_only")
	}
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		settings, err := w.Settings()
		if err != nil {
			return err
		}
		if settings.Version != base {
			return rugzak.Conflict()
		}
		settings.Accounts = a
		if err := settings.Validate(); err != nil {
			return err
		}
		if err := w.SaveSettings(settings, base); err != nil {
			return err
		}
		if err := s.audit(w, by, rugzak.AuditSettings, "settings", "accounts"); err != nil {
			return err
		}
		return s.holdSessions(w)
	})
	return err
}

// holdSessions brings every session in line with who must have a second factor.
func (s *Service) holdSessions(w rugzak.Writer) error {
	var people []rugzak.Person
	for p, err := range w.People() {
		if err != nil {
			return err
		}
		people = append(people, p)
	}
	for _, p := range people {
		sessions, err := w.Sessions(p.ID)
		if err != nil {
			return err
		}
		for _, session := range sessions {
			pending, err := s.lacksFactor(w, p, session.How)
			if err != nil {
				return err
			}
			if session.Pending == pending {
				continue
			}
			session.Pending = pending
			if err := w.SaveSession(session); err != nil {
				return err
			}
		}
	}
	return nil
}
