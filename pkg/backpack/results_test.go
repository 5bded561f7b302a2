// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// crowdDays is over how many days a crowd shared its entries, the same at each
// size: how many months and weeks there are must not differ with it.
const crowdDays = 10

// fillResults fills a house with a crowd and counts it.
func fillResults(t testing.TB, entries int) (*house, rugzak.Person) {
	t.Helper()
	h := newHouse(t)
	who, err := rugzaktest.Crowd{Entries: entries, People: 100, Keeps: 10, Applications: entries / 2, Days: crowdDays}.Fill(t.Context(), h.store)
	if err != nil {
		t.Fatal(err)
	}
	var ids []rugzak.EntryID
	h.seeEntries(t, func(e rugzak.Entry) { ids = append(ids, e.ID) })
	for some := range slices.Chunk(ids, 500) {
		_, err := h.store.Update(t.Context(), func(w rugzak.Writer) error {
			for _, id := range some {
				c := rugzak.Change{At: h.clock.Now(), Actor: "system", Verb: rugzak.VerbEntryImported, Subject: rugzak.EntrySubject(id)}
				if err := w.Log(c); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	h.clock.turn(rugzaktest.Noon.Add(crowdDays * 24 * time.Hour))
	h.stop() // the index is not what is measured
	h.follows(t)
	if err := h.FollowPeople(t.Context()); err != nil {
		t.Fatal(err)
	}
	return h, who.Member
}

func (h *house) seeEntries(t testing.TB, each func(rugzak.Entry)) {
	t.Helper()
	h.see(t, func(r rugzak.Reader) error {
		for e, err := range r.Entries(rugzak.AllEntries, "") {
			if err != nil {
				return err
			}
			each(e)
		}
		return nil
	})
}

// Opening results takes the same work however many entries there are, counted in
// what is allocated.
func TestResultsCostTheSame(t *testing.T) {
	work := map[int]float64{}
	for _, entries := range []int{1000, 5000, 20_000} {
		h, by := fillResults(t, entries)
		work[entries] = testing.AllocsPerRun(3, func() {
			v, err := h.Results(context.Background(), by, rugzak.SpanAll)
			if err != nil || v.Now.Entries < entries*9/10 {
				t.Errorf("%d entries counted of %d, %v", v.Now.Entries, entries, err)
			}
		})
	}
	t.Logf("allocations: %v", work)
	if work[5000] > 1.3*work[1000] || work[20_000] > 1.3*work[5000] {
		t.Errorf("allocations grow with the entries: %v", work)
	}
}

// BenchmarkResults measures opening results.
func BenchmarkResults(b *testing.B) {
	for _, entries := range []int{1000, 10_000, 100_000} {
		b.Run(fmt.Sprintf("%d entries", entries), func(b *testing.B) {
			h, by := fillResults(b, entries)
			for b.Loop() {
				if v, err := h.Results(b.Context(), by, rugzak.SpanAll); err != nil || v.Now.Entries == 0 {
					b.Fatal(v.Now.Entries, err)
				}
			}
			cells := 0
			for _, sheet := range h.sheets(b) {
				cells += len(sheet)
			}
			b.ReportMetric(float64(cells), "cells") // organisations and months bound them, not entries
		})
	}
}
