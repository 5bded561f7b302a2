// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// Settings returns what the administrator set.
func (s *Service) Settings(ctx context.Context, by rugzak.Person) (rugzak.Settings, error) {
	if !rugzak.CanAdminister(by) {
		return rugzak.Settings{}, rugzak.Forbidden("error.administrators_only")
	}
	var out rugzak.Settings
	err := s.view(ctx, "settings", func(r rugzak.Reader) (err error) {
		out, err = r.Settings()
		return err
	})
	return out, err
}

// SaveRetention changes how long things are kept. base is the version of the
// settings the form was made from.
func (s *Service) SaveRetention(ctx context.Context, by rugzak.Person, base int, terms rugzak.RetentionSettings) error {
	return s.saveSettings(ctx, by, base, "retention", func(all *rugzak.Settings) { all.Retention = terms })
}

// saveSettings changes a part of the settings, and writes that down.
func (s *Service) saveSettings(ctx context.Context, by rugzak.Person, base int, part string, change func(*rugzak.Settings)) error {
	if !rugzak.CanAdminister(by) {
		return rugzak.Forbidden("error.administrators_only")
	}
	_, err := s.update(ctx, "save settings", func(w rugzak.Writer) error {
		all, err := w.Settings()
		if err != nil {
			return err
		}
		if all.Version != base {
			return rugzak.Conflict()
		}
		change(&all)
		if err := all.Validate(); err != nil {
			return err
		}
		if err := w.SaveSettings(all, base); err != nil {
			return err
		}
		return s.audit(w, by, rugzak.AuditSettings, "settings", part)
	})
	return err
}
