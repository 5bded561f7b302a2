// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// Readers can be taken away from an entry that could not be shared as it is
// now: one that applies a lesson nobody knows, and one of headings only.
func TestNarrowWhateverElseIsWrong(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.starter(t)
	author := h.person(t, "deelnemer@voorbeeld.test")
	applied := file("toegepast", "Toegepast", "Werkte")
	applied.Entry.Kind, applied.Entry.Application = rugzak.KindApplication, &rugzak.ApplicationData{Lesson: "weg", Outcome: rugzak.OutcomeWorked}
	o := h.importOptions(t, author, backpack.PrivacyStrict)
	o.Audience.Level = rugzak.LevelInternal
	_, lines := h.bring(t, o, applied, file("koppen", "Koppen", "## Situatie\n\n## Les\n"))
	for place, l := range lines {
		if l.Err != nil {
			t.Fatalf("%s: %v", place, l.Err)
		}
		saved, err := h.ChangeAudience(t.Context(), author, l.ID, 1, rugzak.Audience{Level: rugzak.LevelOrganisation})
		if err != nil || saved.Entry.Audience.Level != rugzak.LevelOrganisation {
			t.Errorf("%s: %+v, %v", place, saved.Entry.Audience, err)
		}
		for name, a := range map[string]rugzak.Audience{
			"no level": {}, "draft": {Level: rugzak.LevelDraft}, "of partners": {Level: rugzak.LevelOrganisation, Also: []rugzak.OrganisationID{rugzak.WholeMunicipality}},
			"nowhere": {Level: rugzak.LevelOrganisation, Also: []rugzak.OrganisationID{"nergens"}},
		} {
			if _, err := h.ChangeAudience(t.Context(), author, l.ID, saved.Entry.Version, a); rugzak.CodeOf(err) != rugzak.CodeInvalid {
				t.Errorf("%s, %s: %v", place, name, err)
			}
		}
	}
}
