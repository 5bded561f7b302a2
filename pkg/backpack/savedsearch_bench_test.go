// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// BenchmarkTellSavedSearches lets 200 saved searches look among 100 entries
// that came in one go, and leave their notices.
func BenchmarkTellSavedSearches(b *testing.B) {
	h := newHouse(b)
	o, err := h.SaveOrganisation(b.Context(), backpack.Operator(), "", 0, backpack.OrganisationInput{Name: "Wmo", Kind: rugzak.Department})
	if err != nil {
		b.Fatal(err)
	}
	writer := h.join(b, o.ID, "", rugzak.RoleParticipant)
	for range 4 {
		owner := h.join(b, o.ID, "", rugzak.RoleParticipant)
		for i := range 50 {
			in := backpack.SavedSearchInput{Name: "Zoekvraag", Query: fmt.Sprintf("wachttijd woord%d", i), Notify: true}
			if _, err := h.SaveSearch(b.Context(), owner, in); err != nil {
				b.Fatal(err)
			}
		}
	}
	for b.Loop() {
		b.StopTimer()
		h.clock.turn(h.clock.Now().Add(24 * time.Hour))
		for i := range 100 {
			h.share(b, writer, simple("Verhaal", fmt.Sprintf("De wachttijd was lang, zei woord%d.", i), rugzak.LevelInternal))
		}
		h.caughtUp(b)
		b.StartTimer()
		if err := h.TellSavedSearches(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
