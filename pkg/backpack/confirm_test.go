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

// audited lists what the audit log holds of one verb, newest first.
func (h *house) audited(t testing.TB, verb rugzak.AuditVerb) []rugzak.AuditRecord {
	t.Helper()
	var out []rugzak.AuditRecord
	err := h.store.View(t.Context(), func(r rugzak.Reader) error {
		for rec, err := range r.AuditLog(0) {
			if err != nil {
				return err
			}
			if rec.Verb == verb {
				out = append(out, rec)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Each way in which partners come to read an entry wants exactly them
// confirmed, stores nothing before, and stands in the audit log after.
func TestPartnersAreConfirmed(t *testing.T) {
	w := newWorld(t, 7, 0)
	ahorn, ceder, douglas := w.orgs[0], w.orgs[2], w.orgs[3]
	inside, outside := w.people[0], w.people[len(w.people)-1]
	if inside.Organisation != ahorn.ID || outside.Kind != rugzak.Partner {
		t.Fatalf("the world is another: %+v, %+v", inside, outside)
	}
	shared := func(by rugzak.Person, also ...rugzak.OrganisationID) rugzak.Entry {
		return w.share(t, by, simple("Titel", "Tekst", rugzak.LevelOrganisation, also...))
	}
	narrow := shared(inside)
	withdrawn := shared(inside, ceder.ID)
	if _, err := w.Withdraw(t.Context(), inside, withdrawn.ID); err != nil {
		t.Fatal(err)
	}
	one := shared(inside, ceder.ID)
	both := []rugzak.OrganisationID{ceder.ID, douglas.ID}
	type confirmed = []rugzak.OrganisationID
	for _, tc := range []struct {
		name   string
		by     rugzak.Person
		needed confirmed
		try    func(confirmed) (backpack.Saved, error)
	}{
		{"share", inside, both, func(c confirmed) (backpack.Saved, error) {
			in := simple("Titel", "Tekst", rugzak.LevelOrganisation, both...)
			in.Confirmed = c
			return w.Share(t.Context(), inside, w.idFor(inside), 0, in)
		}},
		{"share without name", inside, confirmed{ceder.ID}, func(c confirmed) (backpack.Saved, error) {
			in := simple("Titel", "Tekst", rugzak.LevelOrganisation, ceder.ID)
			in.Confirmed, in.Mode = c, rugzak.Anonymous
			return w.Share(t.Context(), inside, w.idFor(inside), 0, in)
		}},
		{"share by a partner", outside, confirmed{rugzak.WholeMunicipality}, func(c confirmed) (backpack.Saved, error) {
			in := simple("Titel", "Tekst", rugzak.LevelOrganisation, rugzak.WholeMunicipality)
			in.Confirmed = c
			return w.Share(t.Context(), outside, w.idFor(outside), 0, in)
		}},
		{"revise", inside, confirmed{ceder.ID}, func(c confirmed) (backpack.Saved, error) {
			in := w.InputOf(narrow)
			in.Body, in.Audience.Also, in.Confirmed = "Anders", confirmed{ceder.ID}, c
			return w.Revise(t.Context(), inside, narrow.ID, narrow.Version, in)
		}},
		{"change audience", inside, confirmed{douglas.ID}, func(c confirmed) (backpack.Saved, error) {
			return w.ChangeAudience(t.Context(), inside, one.ID, one.Version, rugzak.Audience{Level: rugzak.LevelInternal, Also: both}, c...)
		}},
		{"put back", inside, confirmed{ceder.ID}, func(c confirmed) (backpack.Saved, error) {
			return w.PutBack(t.Context(), inside, withdrawn.ID, c...)
		}},
	} {
		before := len(w.audited(t, rugzak.AuditAudiencePartner))
		for _, said := range []confirmed{nil, {"bestaat-niet"}, append(confirmed{ahorn.ID}, tc.needed...), tc.needed[1:]} {
			_, err := tc.try(said)
			u, ok := errors.AsType[*backpack.Unconfirmed](err)
			if !ok || rugzak.CodeOf(err) != rugzak.CodeInvalid {
				t.Fatalf("%s with %v confirmed: %v", tc.name, said, err)
			}
			if !slices.Equal(slices.Sorted(slices.Values(u.IDs())), slices.Sorted(slices.Values(tc.needed))) {
				t.Errorf("%s asks for %v, want %v", tc.name, u.IDs(), tc.needed)
			}
		}
		if after := len(w.audited(t, rugzak.AuditAudiencePartner)); after != before {
			t.Errorf("%s: a refusal stands in the audit log", tc.name)
		}
		saved, err := tc.try(tc.needed)
		if err != nil {
			t.Fatalf("%s: %v", tc.name, err)
		}
		log := w.audited(t, rugzak.AuditAudiencePartner)
		if len(log) != before+1 {
			t.Fatalf("%s: %d audit records more, want 1", tc.name, len(log)-before)
		}
		if got := log[0]; got.By != saved.Entry.Actor(tc.by.ID) || got.Subject != rugzak.EntrySubject(saved.Entry.ID) || got.Detail != saved.Entry.Audience.String() {
			t.Errorf("%s: audited %+v", tc.name, got)
		}
	}
}

// What is wrong otherwise is told first: nobody confirms what is refused.
func TestConfirmationComesLast(t *testing.T) {
	w := newWorld(t, 7, 0)
	in := simple("Titel 111222333", "Tekst", rugzak.LevelOrganisation, w.orgs[2].ID)
	_, err := w.Share(t.Context(), w.people[0], w.idFor(w.people[0]), 0, in)
	if _, ask := errors.AsType[*backpack.Unconfirmed](err); ask || rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("a number that may be a BSN: %v", err)
	}
	in = simple("Titel", "", rugzak.LevelOrganisation, w.orgs[2].ID)
	_, err = w.Share(t.Context(), w.people[0], w.idFor(w.people[0]), 0, in)
	if _, ask := errors.AsType[*backpack.Unconfirmed](err); ask || rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("an empty text: %v", err)
	}
	// Taking partners away needs no word.
	e := w.share(t, w.people[0], simple("Titel", "Tekst", rugzak.LevelOrganisation, w.orgs[2].ID, w.orgs[3].ID))
	if _, err := w.ChangeAudience(t.Context(), w.people[0], e.ID, e.Version, rugzak.Audience{Level: rugzak.LevelOrganisation, Also: []rugzak.OrganisationID{w.orgs[3].ID}}); err != nil {
		t.Errorf("narrowing: %v", err)
	}
}
