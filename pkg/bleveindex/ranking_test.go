// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex_test

import (
	"reflect"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

// A first page leaves out of the reckoning what cannot come on it. It must be the
// same as when somebody comes back to it, where everything is reckoned with.
func TestFirstPageLeavesNothingOut(t *testing.T) {
	g := newGenerator(7)
	docs := g.texts(1500)
	for i := range docs {
		docs[i].Useful = i % 9
		docs[i].ListedAt = time.Date(2020, time.January, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, (i*37)%2400)
	}
	x := open(t, t.TempDir())
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := x.Apply(t.Context(), rugzak.Batch{Put: docs}); err != nil {
		t.Fatal(err)
	}
	const size = rugzak.MaxPage // no fewer than are looked at for words near each other
	several := 0
	for _, q := range g.queries(docs, 60) {
		s := rugzak.Search{
			Query: rugzak.ParseQuery(q), Tokens: []string{rugzak.InternalToken, "org:3"}, Size: size,
			Facets: rugzak.Facets(), Now: time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC),
		}
		search := func(s rugzak.Search) rugzak.Results {
			t.Helper()
			r, err := x.Search(t.Context(), s)
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		first := search(s)
		if first.Total > 100 {
			several++
		}
		if first.Next == "" {
			continue
		}
		next, back := s, s
		next.After = first.Next
		back.Before = search(next).Previous
		if again := search(back); !reflect.DeepEqual(again.Hits, first.Hits) || again.Total != first.Total || !reflect.DeepEqual(again.Facets, first.Facets) {
			t.Errorf("%q: %d texts, first %v, and back again %d texts, %v", q, first.Total, first.Hits, again.Total, again.Hits)
		}
	}
	if several < 20 {
		t.Errorf("only %d queries find more than a hundred texts", several)
	}
}
