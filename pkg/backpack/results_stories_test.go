// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

// A story is of the period that somebody looks at, though an older one fits as
// well; only a period without one shows what was before it.
func TestStoriesAreOfThePeriod(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.starter(t)
	core, member := h.person(t, "kernteam@voorbeeld.test"), h.person(t, "deelnemer@voorbeeld.test")
	h.clock.turn(h.clock.Now().AddDate(2, 0, 0)) // the samples are long ago
	shown := func() (ids []rugzak.EntryID, old int) {
		t.Helper()
		v, err := h.Results(t.Context(), member, rugzak.SpanMonth)
		if err != nil {
			t.Fatal(err)
		}
		for _, card := range v.Stories {
			if ids = append(ids, card.ID); card.At.UTC().Format("2006-01") < v.From {
				old++
			}
		}
		return ids, old
	}
	if ids, old := shown(); len(ids) == 0 || old != len(ids) {
		t.Fatalf("without anything new: %d stories, %d of before", len(ids), old)
	}
	in := simple("Bel eerst", "Wij belden.", rugzak.LevelInternal)
	in.Lesson = "Wie belt, noemt een dag."
	e := h.share(t, member, in)
	h.clock.turn(h.clock.Now().Add(time.Minute))
	ids, old := shown()
	if old != len(ids)-1 {
		t.Errorf("of %d stories %d are of before", len(ids), old)
	}
	d, err := h.InterimDraft(t.Context(), core, rugzak.SpanMonth)
	if err != nil {
		t.Fatal(err)
	}
	if all := d.Choices[rugzak.RungTogether]; len(all) < 2 || all[0].ID != e.ID {
		t.Errorf("the choices do not begin with the one of this month: %+v", all)
	}
}
