// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"errors"
	"slices"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// A theme goes to partners only when its curator confirmed exactly those who
// newly see it, and the audit log says so.
func TestPartnersOfAThemeAreConfirmed(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	curator, ceder, douglas := c.people["facilitator"], c.partner, c.people[douglas].Organisation
	in := backpack.ThemeInput{Title: "Samen op pad", Also: []rugzak.OrganisationID{ceder}}
	asked := func(id rugzak.ThemeID, base int, in backpack.ThemeInput, want ...rugzak.OrganisationID) {
		t.Helper()
		_, err := c.Service.SaveTheme(t.Context(), curator, id, base, in)
		u, ask := errors.AsType[*backpack.Unconfirmed](err)
		if !ask || !slices.Equal(u.IDs(), want) {
			t.Errorf("saving gave %v, want to be asked about %v", err, want)
		}
	}
	asked("", 0, in, ceder)
	in.Confirmed = []rugzak.OrganisationID{douglas}
	asked("", 0, in, ceder)
	in.Confirmed = []rugzak.OrganisationID{ceder}
	th, err := c.Service.SaveTheme(t.Context(), curator, "", 0, in)
	if err != nil {
		t.Fatal(err)
	}
	in.Summary, in.Confirmed = "Nog eens", nil // who sees it already is not asked about again
	if th, err = c.Service.SaveTheme(t.Context(), curator, th.ID, th.Version, in); err != nil {
		t.Fatal(err)
	}
	in.Also = append(in.Also, douglas)
	asked(th.ID, th.Version, in, douglas)
	acts := 0
	c.see(t, func(r rugzak.Reader) error {
		for record, err := range r.AuditLog(0) {
			if err != nil {
				return err
			}
			if record.Verb == rugzak.AuditAudiencePartner && record.Subject == rugzak.ThemeSubject(th.ID) {
				acts++
			}
		}
		return nil
	})
	if acts != 1 {
		t.Errorf("%d acts in the audit log, want 1", acts)
	}
}
