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

// Texts with what identifies a person, one for each class of that weight.
var identifying = map[rugzak.FindingClass]string{
	rugzak.FindingIBAN: "Rekening NL91 ABNA 0417 1643 00.", rugzak.FindingPhone: "Bel 06-12345678.", rugzak.FindingEmail: "Mail jan@mail.example.",
	rugzak.FindingAddress: "Op 1234 AB 12.", rugzak.FindingBirthDate: "Geboren op 3-4-1980.", rugzak.FindingPlate: "Auto 12-BD-GH.",
	rugzak.FindingCase: "Zie zaak 2026-0413.",
}

// toLookAt are texts the writer only has to look at.
var toLookAt = map[rugzak.FindingClass]string{
	rugzak.FindingName: "Dit ging over mevrouw Jansen.", rugzak.FindingSpecial: "De cliënt is zwanger.",
	rugzak.FindingCombination: "Een Syrische weduwe van 70 jaar.",
}

// problems are the keys of field errors, by field.
func problems(err error) map[string]string {
	out := map[string]string{}
	if e, ok := errors.AsType[*rugzak.Error](err); ok {
		for _, f := range e.Fields {
			out[f.Field] = f.Key
		}
	}
	return out
}

// Every class is covered by one of the tables, and by the number.
func TestEveryClassIsTried(t *testing.T) {
	for _, class := range rugzak.FindingClasses() {
		_, out := identifying[class]
		_, warned := toLookAt[class]
		if out != (class.Weight() == rugzak.WeightPartners) || warned != (class.Weight() == rugzak.WeightWarning) {
			t.Errorf("%s is not in its table", class)
		}
	}
}

// Inside the own organisation the writer says once to have looked, and a draft
// is never stopped. What identifies a person crosses no border at all.
func TestFindingsWhenSharing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3, 0)
	ceder := w.orgs[2]
	inside, outside := w.people[0], w.people[len(w.people)-1]
	try := func(by rugzak.Person, body string, reviewed bool, also ...rugzak.OrganisationID) error {
		in := simple("Titel", body, rugzak.LevelOrganisation, also...)
		in.Reviewed, in.Confirmed = reviewed, also
		return second(w.Share(t.Context(), by, w.idFor(by), 0, in))
	}
	for class, body := range identifying {
		if err := second(w.SaveDraft(t.Context(), inside, w.idFor(inside), 0, simple("Titel", body, rugzak.LevelOrganisation))); err != nil {
			t.Errorf("%s in a draft: %v", class, err)
		}
		if got := problems(try(inside, body, false)); got["reviewed"] != "privacy.review" || len(got) != 1 {
			t.Errorf("%s inside: %v", class, got)
		}
		if err := try(inside, body, true); err != nil {
			t.Errorf("%s inside, looked at: %v", class, err)
		}
		if got := problems(try(inside, body, true, ceder.ID)); got["body"] != "privacy.partners."+string(class) {
			t.Errorf("%s for a partner: %v", class, got)
		}
		if err := try(outside, body, true); err != nil {
			t.Errorf("%s inside a partner: %v", class, err)
		}
		if got := problems(try(outside, body, true, rugzak.WholeMunicipality)); got["body"] != "privacy.partners."+string(class) {
			t.Errorf("%s by a partner for the municipality: %v", class, got)
		}
	}
	for class, body := range toLookAt {
		if got := problems(try(inside, body, false, ceder.ID)); got["reviewed"] != "privacy.review" {
			t.Errorf("%s: %v", class, got)
		}
		if err := try(inside, body, true, ceder.ID); err != nil {
			t.Errorf("%s, looked at: %v", class, err)
		}
	}
	if err := try(inside, "We belden elkaar elke week.", false, ceder.ID); err != nil {
		t.Errorf("a text without findings: %v", err)
	}
}

// The other ways to a wider audience look at the text that is stored.
func TestFindingsWhenWidening(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3, 0)
	ctx, by, ceder := t.Context(), w.people[0], w.orgs[2].ID
	wide := rugzak.Audience{Level: rugzak.LevelOrganisation, Also: []rugzak.OrganisationID{ceder}}
	in := simple("Titel", identifying[rugzak.FindingPhone], rugzak.LevelOrganisation)
	in.Reviewed = true
	e := w.share(t, by, in)
	if got := problems(second(w.ChangeAudience(ctx, by, e.ID, e.Version, wide, ceder))); got["audience"] != "privacy.partners_text" {
		t.Errorf("change of audience: %v", got)
	}
	if err := second(w.ChangeAudience(ctx, by, e.ID, e.Version, rugzak.Audience{Level: rugzak.LevelInternal})); err != nil {
		t.Errorf("wider inside: %v", err)
	}
	clean := w.InputOf(e)
	clean.Body, clean.Audience, clean.Confirmed = "Zonder nummer.", wide, wide.Also
	saved, err := w.Revise(ctx, by, e.ID, e.Version+1, clean)
	if err != nil {
		t.Fatalf("without the number: %v", err)
	}
	if err := second(w.Restore(ctx, by, e.ID, 1, saved.Entry.Version)); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("the old text again, now that a partner reads: %v", err)
	}
	// An edit that leaves the text alone does not ask to look again.
	in = simple("Titel", toLookAt[rugzak.FindingName], rugzak.LevelOrganisation)
	in.Reviewed = true
	e = w.share(t, by, in)
	again := w.InputOf(e)
	again.Month = "2026-03"
	if err := second(w.Revise(ctx, by, e.ID, e.Version, again)); err != nil {
		t.Errorf("another month: %v", err)
	}
	again.Body += " En meneer De Vries."
	if got := problems(second(w.Revise(ctx, by, e.ID, e.Version+1, again))); got["reviewed"] == "" {
		t.Errorf("another text: %v", got)
	}
	// Put back from before the number was known to be one.
	pattern := simple("Titel", "Dossier QQ-77.", rugzak.LevelOrganisation, ceder)
	pattern.Confirmed = wide.Also
	e = w.share(t, by, pattern)
	if err := second(w.Withdraw(ctx, by, e.ID)); err != nil {
		t.Fatal(err)
	}
	if err := w.savePrivacy(t, "gemeente.test", `QQ-\d+`); err != nil {
		t.Fatal(err)
	}
	if err := second(w.PutBack(ctx, by, e.ID, ceder)); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("put back: %v", err)
	}
}

// Domains that are ours give no finding; themes follow the same rules.
func TestFindingsInThemesAndSettings(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.starter(t)
	ctx, facilitator := t.Context(), h.person(t, "facilitator@voorbeeld.test")
	partners, err := h.ThemePartners(ctx, facilitator)
	if err != nil || len(partners) == 0 {
		t.Fatal(partners, err)
	}
	in := backpack.ThemeInput{Title: "Samen", Summary: "Mail planning@gemeente.test.", Reviewed: true, Also: []rugzak.OrganisationID{partners[0].ID}}
	if got := problems(second(h.SaveTheme(ctx, facilitator, "", 0, in))); got["summary"] != "privacy.partners.email" {
		t.Errorf("for partners: %v", got)
	}
	in.Also, in.Reviewed = nil, false
	if got := problems(second(h.SaveTheme(ctx, facilitator, "", 0, in))); got["reviewed"] == "" {
		t.Errorf("inside: %v", got)
	}
	if err := h.savePrivacy(t, " Iemand@Gemeente.test ", `Q-\d+`); err != nil {
		t.Fatal(err)
	}
	in.Also = []rugzak.OrganisationID{partners[0].ID}
	if err := second(h.SaveTheme(ctx, facilitator, "", 0, in)); err != nil {
		t.Errorf("a known domain: %v", err)
	}
	if d, _ := h.PrivacyDesk(ctx, backpack.Operator()); !slices.Contains(d.Settings.KnownDomains, "gemeente.test") {
		t.Errorf("kept %v", d.Settings.KnownDomains)
	}
	for domain, pattern := range map[string]string{"geen domein": "Q", "a.nl": "(", "b.nl": "x*", "c.nl": `(\d{1,99}[a-z]{1,99}){1,9}`} {
		if err := h.savePrivacy(t, domain, pattern); rugzak.CodeOf(err) != rugzak.CodeInvalid {
			t.Errorf("%q and %q: %v", domain, pattern, err)
		}
	}
}

// Of one form a sort of false alarm counts once; nothing else is kept.
func TestFalseAlarms(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	by := h.person(t, "deelnemer@voorbeeld.test")
	alarm := rugzak.FalseAlarm{Class: rugzak.FindingPlate, Lang: rugzak.Dutch, Length: rugzak.TextShort}
	for _, form := range []string{"een", "een", "twee"} {
		if err := h.ReportFalseAlarm(t.Context(), by, form, alarm); err != nil {
			t.Fatal(err)
		}
	}
	alarm.Class = "iets anders"
	if err := h.ReportFalseAlarm(t.Context(), by, "drie", alarm); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("a class that is none: %v", err)
	}
	d, err := h.PrivacyDesk(t.Context(), backpack.Operator())
	if err != nil || len(d.FalseAlarms) != 1 || d.FalseAlarms[0].Count != 2 {
		t.Errorf("got %+v, %v", d.FalseAlarms, err)
	}
}

// The starter content gives no finding that would stop anybody.
func TestStarterHoldsNoPersonalData(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	r := h.export(t, false)
	for _, e := range r.Entries {
		found, err := h.Check(t.Context(), backpack.Operator(), h.InputOf(e.Entry))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			t.Errorf("%s, %s: %s %q", e.Entry.Title, f.Field, f.Class, f.Match)
		}
	}
	if len(r.Entries) == 0 {
		t.Error("no entries")
	}
}
