// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"math"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// The first page and the own backpack cost the same however many entries, keeps
// and applications of others there are. The work is counted in allocations,
// which a busy machine does not change; the benchmarks measure the time, of a
// partner too, whose lists are only full in a larger one.
func TestPagesCostTheSameInALargerBackpack(t *testing.T) {
	pages := map[string]func(*house, rugzak.Person) error{
		"home": func(h *house, p rugzak.Person) error { _, err := h.Home(t.Context(), p); return err },
		"mine": func(h *house, p rugzak.Person) error { _, err := h.Mine(t.Context(), p, ""); return err },
		"taken along": func(h *house, p rugzak.Person) error {
			_, err := h.MinePart(t.Context(), p, backpack.MineKept, "")
			return err
		},
	}
	work := func(size rugzaktest.Crowd) map[string]float64 {
		h := newHouse(t)
		who, err := size.Fill(t.Context(), h.store)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]float64{}
		for name, page := range pages {
			least := math.Inf(1) // what goes on beside it only adds
			for range 3 {
				least = min(least, testing.AllocsPerRun(3, func() {
					if err := page(h, who.Member); err != nil {
						t.Errorf("%s: %v", name, err)
					}
				}))
			}
			out[name] = least
		}
		return out
	}
	small := work(rugzaktest.Crowd{Entries: 1000, People: 100, Keeps: 500, Applications: 500})
	large := work(rugzaktest.Crowd{Entries: 5000, People: 100, Keeps: 2500, Applications: 2500})
	for name, n := range small {
		t.Logf("%s: %.0f allocations, %.0f in five times as much", name, n, large[name])
		if n < 100 || large[name] > 1.3*n {
			t.Errorf("%s takes %.0f allocations, and %.0f in a backpack five times as large", name, n, large[name])
		}
	}
}
