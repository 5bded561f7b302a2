// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

// testIndexBoosts: usefulness and newness decide between near equals, and
// nothing else.
func testIndexBoosts(t *testing.T, x rugzak.Index) {
	year := 365 * 24 * time.Hour
	made := func(useful int, age time.Duration) func(*rugzak.Document) {
		return func(d *rugzak.Document) { d.Useful, d.ListedAt = useful, indexEpoch.Add(-age) }
	}
	indexPut(t, x,
		indexed("z-plain", withText("de sluis"), made(0, 9*year)), indexed("y-once", withText("de sluis"), made(1, 9*year)),
		indexed("x-thrice", withText("de sluis"), made(3, 9*year)), indexed("w-seven", withText("de sluis"), made(7, 9*year)),
		indexed("v-hundred", withText("de sluis"), made(100, 9*year)), indexed("b-new", withText("de sluis"), made(0, 0)),
		indexed("a-twice", withText("de sluis en de sluis en de sluis"), made(0, 9*year)),
		indexed("u-other", withText("de vaart"), made(100, 0)), indexed("c-both", withText("de sluis en een heel stuk verder, na een lange wandeling, ook de vaart"), made(0, 9*year)))
	search := func(query string, s rugzak.Sort, now time.Time) []rugzak.EntryID {
		t.Helper()
		return indexRanked(indexSearch(t, x, rugzak.Search{Query: rugzak.ParseQuery(query), Tokens: indexMember(), Sort: s, Size: 20, Now: now}))
	}
	indexWant(t, "in the order of use", search("sluis -vaart", rugzak.ByRelevance, time.Time{}),
		"a-twice", "w-seven", "v-hundred", "x-thrice", "y-once", "z-plain", "b-new")
	indexWant(t, "and of age", search("sluis -vaart", rugzak.ByRelevance, indexEpoch.Add(time.Hour)),
		"a-twice", "w-seven", "v-hundred", "x-thrice", "y-once", "b-new", "z-plain")
	if got := search("sluis vaart", rugzak.ByRelevance, indexEpoch.Add(time.Hour)); got[0] != "c-both" {
		t.Errorf("above the text with all words stands %s", got[0])
	}
	indexWant(t, "newest first", search("sluis -vaart", rugzak.ByNewest, indexEpoch)[:1], "b-new")
	// A document that is put again has its new use.
	indexPut(t, x, indexed("z-plain", withText("de sluis"), made(5, 9*year)), indexed("w-seven", withText("de sluis"), made(0, 9*year)), indexed("v-hundred", withText("de sluis"), made(2, 9*year)))
	indexWant(t, "after a change", search("sluis -vaart", rugzak.ByRelevance, time.Time{}),
		"a-twice", "z-plain", "x-thrice", "v-hundred", "y-once", "w-seven", "b-new")
}
