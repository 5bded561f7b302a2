// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// AccessibilityStatement is what the organisation says about how accessible the
// site is: everybody may know, also who has no account.
func (s *Service) AccessibilityStatement(ctx context.Context) (out rugzak.AccessibilitySettings, err error) {
	err = s.view(ctx, "accessibility statement", func(r rugzak.Reader) error {
		all, err := r.Settings()
		out = all.Accessibility
		return err
	})
	return out, err
}

// SaveAccessibility changes the statement. base is the version of the settings
// the form was made from.
func (s *Service) SaveAccessibility(ctx context.Context, by rugzak.Person, base int, in rugzak.AccessibilitySettings) error {
	if !rugzak.CanAdminister(by) {
		return rugzak.Forbidden("error.administrators_only")
	}
	in = in.Trim()
	err := s.refuseNumbers(
		field{"statement_organisation", in.Organisation}, field{"statement_email", in.Email}, field{"statement_phone", in.Phone},
		field{"statement_report", in.Report}, field{"statement_exceptions", in.Exceptions}, field{"statement_complaint", in.Complaint},
	)
	if err != nil {
		return err
	}
	return s.saveSettings(ctx, by, base, "accessibility", func(all *rugzak.Settings) { all.Accessibility = in })
}
