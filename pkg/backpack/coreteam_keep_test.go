// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import "testing"

// The demonstration has ideas to answer, which go with the other examples.
func TestSampleIdeas(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	core, partner := h.person(t, "kernteam@voorbeeld.test"), h.person(t, "partner@voorbeeld.test")
	all, err := h.Ideas(t.Context(), core)
	if err != nil || len(all) != 2 || !all[0].Idea.Sample {
		t.Fatalf("%d ideas, %v", len(all), err)
	}
	mine, err := h.MyIdeas(t.Context(), partner)
	if err != nil || len(mine) != 1 || mine[0].Mine == nil {
		t.Errorf("for a partner: %+v, %v", mine, err)
	}
	for _, o := range mine[0].Organisations { // another partner is not told of
		if o.Name == "Woningcorporatie" {
			t.Error("a partner is told which other partner is invited")
		}
	}
	if _, _, err := h.RemoveSamples(t.Context(), h.person(t, "beheerder@voorbeeld.test")); err != nil {
		t.Fatal(err)
	}
	if all, err = h.Ideas(t.Context(), core); err != nil || len(all) != 0 {
		t.Errorf("after the examples went: %d ideas, %v", len(all), err)
	}
}
