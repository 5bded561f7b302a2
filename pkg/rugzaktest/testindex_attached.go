// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"testing"

	"rugzak/pkg/rugzak"
)

// What is attached to an entry finds it, for its readers only.
func testIndexAttached(t *testing.T, x rugzak.Index) {
	with := func(text string) func(*rugzak.Document) { return func(d *rugzak.Document) { d.Attached = text } }
	indexPut(t, x, indexed("open", withText("Een molen."), with("Verslag van de wieken en de stenen")),
		indexed("shut", withText("Een molen."), with("Verslag van de wieken"), withTokens("org:elders")))
	ask := func(query string, tokens []string) []rugzak.EntryID {
		t.Helper()
		var ids []rugzak.EntryID
		for _, h := range indexSearch(t, x, rugzak.Search{Query: rugzak.ParseQuery(query), Tokens: tokens, Size: 10}).Hits {
			ids = append(ids, h.ID)
		}
		return ids
	}
	for query, want := range map[string]int{"wieken": 1, "wiek": 1, "molen stenen": 1, `"wieken en de stenen"`: 1, "titel:wieken": 0} {
		if got := ask(query, indexMember()); len(got) != want || want == 1 && got[0] != "open" {
			t.Errorf("%s finds %v, want %d", query, got, want)
		}
	}
	if got := ask("wieken", []string{"org:elders"}); len(got) != 1 || got[0] != "shut" {
		t.Errorf("elsewhere it finds %v", got)
	}
	indexPut(t, x, indexed("open", withText("Een molen.")))
	if got := ask("stenen", indexMember()); len(got) != 0 {
		t.Errorf("what is attached no more finds %v", got)
	}
}
