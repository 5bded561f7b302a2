// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// many makes texts with few and many different values.
func many(r *rand.Rand, from, n int) rugzak.Batch {
	var b rugzak.Batch
	for i := range n {
		d := rugzak.Document{
			ID: rugzak.EntryID(fmt.Sprintf("e%05d", from+i)), Kind: rugzak.Kinds()[r.IntN(4)], State: rugzak.StateShared, Lang: rugzak.Dutch,
			Title: "Molen", Text: "Een molen bij de brug.", Tokens: []string{"internal"}, Useful: r.IntN(9),
			Organisation: rugzak.OrganisationID(fmt.Sprint("org", r.IntN(3000))), Year: 2020 + r.IntN(3), ListedAt: time.Unix(int64(r.IntN(1000)), 0),
		}
		for _, t := range r.Perm(12)[:r.IntN(4)] {
			d.Themes = append(d.Themes, rugzak.ThemeID(fmt.Sprint("thema", t)))
		}
		b.Put = append(b.Put, d)
	}
	return b
}

// openNew opens an empty index, until the test ends.
func openNew(t *testing.T) *Index {
	t.Helper()
	x, err := Open(t.TempDir(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	return x
}

// A search answers the same whether the columns of all, some or no segments are
// ready.
func TestColumnsChangeNoAnswer(t *testing.T) {
	x := openNew(t)
	r := rand.New(rand.NewPCG(4, 4))
	for i := range 6 {
		if err := x.Apply(t.Context(), many(r, i*250, 300)); err != nil { // some are put twice
			t.Fatal(err)
		}
	}
	g, done, err := x.use()
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	reader, err := g.inner.Reader()
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	full := filled(t, g.inner)
	wide := false
	for _, c := range full.byID {
		wide = wide || slices.ContainsFunc(c.facets, func(c column) bool { return c.wide != nil })
	}
	for round := range 60 {
		s := rugzak.Search{Tokens: []string{"internal"}, Size: 40, Facets: rugzak.AllFacets()[:r.IntN(8)], Filter: rugzak.Filter{}, Now: time.Unix(5e8, 0)}
		if r.IntN(2) == 0 {
			s.Query = rugzak.ParseQuery("molen")
		}
		if r.IntN(2) == 0 {
			s.Filter[rugzak.FacetTheme] = []string{"thema1", "thema2"}
		}
		if r.IntN(2) == 0 {
			for i := range 500 {
				s.Filter[rugzak.FacetOrganisation] = append(s.Filter[rugzak.FacetOrganisation], fmt.Sprint("org", i*5))
			}
		}
		if r.IntN(2) == 0 {
			s.Filter[rugzak.FacetYear] = []string{"2021"}
		}
		var answers []rugzak.Results
		for _, keep := range []float64{1, 0.5, 0} {
			part := &columnStore{byID: map[uint64]*columns{}}
			for id, c := range full.byID {
				if r.Float64() < keep {
					part.byID[id] = c
				}
			}
			answer, err := x.run(t.Context(), reader.(*scorch.IndexSnapshot), &generation{columns: part}, s, newPlan(s.Query, x.analysers))
			if err != nil {
				t.Fatal(err)
			}
			answers = append(answers, answer)
		}
		if !reflect.DeepEqual(answers[0], answers[1]) || !reflect.DeepEqual(answers[0], answers[2]) {
			t.Fatalf("round %d, %+v:\n%+v\n%+v\n%+v", round, s, answers[0], answers[1], answers[2])
		}
	}
	if !wide {
		t.Error("no column was wide")
	}
}

// filled makes the columns of all segments of an index.
func filled(t *testing.T, inner index.Index) *columnStore {
	t.Helper()
	c := &columnStore{byID: map[uint64]*columns{}}
	if err := c.fill(inner); err != nil {
		t.Fatal(err)
	}
	return c
}

// Columns are made without anybody searching, and let go with their segments.
func TestColumnsAreMadeInTheBackground(t *testing.T) {
	x := openNew(t)
	r := rand.New(rand.NewPCG(5, 5))
	for i := range 40 {
		if err := x.Apply(t.Context(), many(r, i*10, 10)); err != nil {
			t.Fatal(err)
		}
	}
	g, done, err := x.use()
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	for range 6000 {
		if ready, kept := readiness(t, g); ready && kept {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("the columns of the segments are not those that are kept")
}

// readiness reports whether all segments have columns, and whether no others
// are kept.
func readiness(t *testing.T, g *generation) (ready, kept bool) {
	t.Helper()
	reader, err := g.inner.Reader()
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	all, _ := g.columns.of(reader.(*scorch.IndexSnapshot))
	g.columns.mu.Lock()
	defer g.columns.mu.Unlock()
	return !slices.Contains(all, nil), len(g.columns.byID) == len(all)
}

// A search ends with its context, also one that lets many texts pass by without
// a hit.
func TestSearchEndsWithItsContext(t *testing.T) {
	for _, state := range []rugzak.State{rugzak.StateShared, rugzak.StateArchived} {
		x := openNew(t)
		b := many(rand.New(rand.NewPCG(6, 6)), 0, 2500)
		for i := range b.Put {
			b.Put[i].State = state
		}
		if err := x.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		for _, query := range []string{"", "molen"} {
			s := rugzak.Search{Tokens: []string{"internal"}, Size: 10, Facets: rugzak.AllFacets(), Query: rugzak.ParseQuery(query)}
			for after := range 3 {
				ctx := &rugzaktest.EndsLater{Context: t.Context(), Left: after}
				if _, err := x.Search(ctx, s); !errors.Is(err, context.Canceled) {
					t.Errorf("%s, %q: a search goes on after its context ended at question %d: %v", state, query, after, err)
				}
			}
		}
	}
}
