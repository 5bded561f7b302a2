// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"

	"rugzak/pkg/rugzak"
)

// While texts are written, replaced and removed and segments are merged, each
// answer agrees with itself: the counts of a facet of which every text has one
// value add up to what is found without a choice in it, and those of the chosen
// values to what is found.
func TestCountsAgreeWhileWriting(t *testing.T) {
	x := openNew(t)
	if err := x.Apply(t.Context(), many(rand.New(rand.NewPCG(1, 1)), 0, 400)); err != nil {
		t.Fatal(err)
	}
	const least = 5 // answers while writing
	var done atomic.Bool
	var answers atomic.Int64
	var group sync.WaitGroup
	group.Go(func() {
		defer done.Store(true)
		r := rand.New(rand.NewPCG(2, 2))
		// Sixty times, and on a busy machine until there are answers.
		for i := 0; i < 60 || answers.Load() < least && !t.Failed(); i++ {
			b := many(r, r.IntN(700), 1+r.IntN(40))
			if i%3 == 0 {
				b.Remove = append(b.Remove, b.Put[0].ID)
			}
			if err := x.Apply(t.Context(), b); err != nil {
				t.Error(err)
				return
			}
			if i%20 == 19 {
				if err := x.Tidy(t.Context()); err != nil {
					t.Error(err)
				}
			}
		}
	})
	chosen := rugzak.Filter{rugzak.FacetKind: {string(rugzak.Kinds()[0]), string(rugzak.Kinds()[2])}, rugzak.FacetYear: {"2021", "2022"}}
	for _, sort := range []rugzak.Sort{rugzak.ByNewest, rugzak.ByRelevance} {
		group.Go(func() {
			for !done.Load() {
				r, err := x.Search(t.Context(), rugzak.Search{
					Query: rugzak.ParseQuery("molen"), Tokens: []string{"internal"}, Size: 20, Sort: sort, Filter: chosen,
					Facets: []rugzak.Facet{rugzak.FacetKind, rugzak.FacetYear, rugzak.FacetLang},
				})
				if err != nil {
					t.Error(err)
					return
				}
				for facet, values := range chosen {
					sum := 0
					for _, c := range r.Facets[facet] {
						for _, v := range values {
							if c.Value == v {
								sum += c.Count
							}
						}
					}
					if sum != r.Total {
						t.Errorf("the chosen values of %s add up to %d of %d", facet, sum, r.Total)
						return
					}
				}
				if n := r.Facets[rugzak.FacetLang]; len(n) != 1 || n[0].Count != r.Total {
					t.Errorf("languages %v of %d", n, r.Total)
					return
				}
				answers.Add(1)
			}
		})
	}
	group.Wait()
	if answers.Load() < least {
		t.Errorf("only %d answers while writing", answers.Load())
	}
}
