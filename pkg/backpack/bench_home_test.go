// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// crowdSizes are the backpacks in which the first page and the own backpack are
// measured: ten times as much of everything but people.
var crowdSizes = []rugzaktest.Crowd{
	{Entries: 10_000, People: 2000, Keeps: 5000, Applications: 5000},
	{Entries: 100_000, People: 2000, Keeps: 50_000, Applications: 50_000},
}

func inWords(c rugzaktest.Crowd) string { return fmt.Sprintf("%d entries", c.Entries) }

// inCrowds runs a measurement in backpacks of both sizes, as a member and as a
// partner.
func inCrowds(b *testing.B, measure func(b *testing.B, h *house, by rugzak.Person)) {
	b.Helper()
	for _, size := range crowdSizes {
		b.Run(inWords(size), func(b *testing.B) {
			h := newHouse(b)
			who, err := size.Fill(b.Context(), h.store)
			if err != nil {
				b.Fatal(err)
			}
			for name, p := range map[string]rugzak.Person{"member": who.Member, "partner": who.Partner} {
				b.Run(name, func(b *testing.B) { measure(b, h, p) })
			}
		})
	}
}

// BenchmarkHome measures the first page.
func BenchmarkHome(b *testing.B) {
	inCrowds(b, func(b *testing.B, h *house, by rugzak.Person) {
		for b.Loop() {
			if v, err := h.Home(b.Context(), by); err != nil || len(v.Newest) == 0 {
				b.Fatal(len(v.Newest), err)
			}
		}
	})
}

// BenchmarkMine measures the own backpack, and a page of what was taken along.
func BenchmarkMine(b *testing.B) {
	inCrowds(b, func(b *testing.B, h *house, by rugzak.Person) {
		b.Run("first page", func(b *testing.B) {
			for b.Loop() {
				if v, err := h.Mine(b.Context(), by, ""); err != nil || len(v.Entries) == 0 || len(v.Kept) == 0 {
					b.Fatal(len(v.Entries), len(v.Kept), err)
				}
			}
		})
		b.Run("taken along", func(b *testing.B) {
			for b.Loop() {
				if v, err := h.MinePart(b.Context(), by, backpack.MineKept, ""); err != nil || len(v.Kept) == 0 {
					b.Fatal(len(v.Kept), err)
				}
			}
		})
	})
}
