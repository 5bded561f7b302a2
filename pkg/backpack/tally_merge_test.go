// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// Duplicates that were merged count once: the one that went counts no more, nor
// what was said about it or applied of it. When the two come apart everything
// counts as it did before.
func TestMergedDuplicatesCountOnce(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	curator := c.people["facilitator"]
	into := c.share(t, c.people[author], simple("Eerst bellen met school", "Wij belden eerst.", rugzak.LevelInternal))
	from := c.share(t, c.people[teammate], simple("Eerst bellen met de school", "Ook wij belden.", rugzak.LevelInternal))
	for _, e := range []rugzak.Entry{into, from} {
		c.said(t, c.people[elsewhere], e.ID, backpack.ResponseInput{Body: "Wij ook."})
		c.apply(t, c.people[elsewhere], e.ID, rugzak.OutcomeWorked, rugzak.Audience{Level: rugzak.LevelInternal})
	}
	counted := func() rugzak.ResultFigures {
		t.Helper()
		c.follows(t)
		v, err := c.Results(t.Context(), c.people[elsewhere], rugzak.SpanAll)
		if err != nil {
			t.Fatal(err)
		}
		return v.Now
	}
	before := counted()
	sheets := c.sheets(t)
	if _, err := c.MergeEntries(t.Context(), curator, from.ID, into.ID); err != nil {
		t.Fatal(err)
	}
	merged := counted()
	for what, n := range map[string][2]int{
		"entries": {before.Entries, merged.Entries}, "responses": {before.Replies, merged.Replies}, "applications": {before.Uses, merged.Uses},
	} {
		// The applications themselves are entries, and stay.
		if n[0]-n[1] != 1 {
			t.Errorf("%d %s before, %d after the merge", n[0], what, n[1])
		}
	}
	if _, err := c.UndoEntryMerge(t.Context(), curator, into.ID, from.ID); err != nil {
		t.Fatal(err)
	}
	counted()
	if again := c.sheets(t); !again.Equal(sheets) {
		t.Errorf("after they came apart %v is counted, want %v", again, sheets)
	}
}
