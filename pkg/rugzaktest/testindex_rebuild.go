// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"rugzak/pkg/rugzak"
)

func testIndexRebuild(t *testing.T, x rugzak.Index) {
	if err := x.Apply(t.Context(), rugzak.Batch{Put: []rugzak.Document{indexed("old", withText("molen"))}, Position: "1"}); err != nil {
		t.Fatal(err)
	}
	r, err := x.Rebuild(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Apply(t.Context(), rugzak.Batch{Put: []rugzak.Document{indexed("new", withText("molen"))}, Position: "2"}); err != nil {
		t.Fatal(err)
	}
	indexWant(t, "before the swap", indexFound(t, x, "molen"), "old")
	indexPut(t, x, indexed("late", withText("molen")))
	indexWant(t, "written meanwhile", indexFound(t, x, "molen"), "late", "old")
	if p, err := x.Position(t.Context()); err != nil || p != "1" {
		t.Errorf("before the swap the position is %q, %v", p, err)
	}
	if err := r.Swap(t.Context()); err != nil {
		t.Fatal(err)
	}
	indexWant(t, "after the swap", indexFound(t, x, "molen"), "new")
	if p, err := x.Position(t.Context()); err != nil || p != "2" {
		t.Errorf("after the swap the position is %q, %v", p, err)
	}
	if err := r.Abort(); err != nil {
		t.Errorf("Abort after Swap: %v", err)
	}
	if err := r.Swap(t.Context()); err == nil {
		t.Error("a second Swap does not fail")
	}
	if err := r.Apply(t.Context(), rugzak.Batch{Position: "3"}); err == nil {
		t.Error("Apply after Swap does not fail")
	}
	indexPut(t, x, indexed("more", withText("molen")))
	indexWant(t, "written after the swap", indexFound(t, x, "molen"), "more", "new")
}

func testIndexAbort(t *testing.T, x rugzak.Index) {
	indexPut(t, x, indexed("old", withText("molen")))
	r, err := x.Rebuild(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Abort(); err != nil {
		t.Fatal(err)
	}
	if err := r.Abort(); err != nil {
		t.Errorf("a second Abort: %v", err)
	}
	if err := r.Swap(t.Context()); err == nil {
		t.Error("Swap after Abort does not fail")
	}
	indexWant(t, "after Abort", indexFound(t, x, "molen"), "old")
	if _, err := x.Rebuild(t.Context()); err != nil { // left open: Close takes care of it
		t.Fatal(err)
	}
}

// testIndexConcurrency searches, writes and rebuilds at the same time. Every
// search sees whole batches: as many hits as its position says.
func testIndexConcurrency(t *testing.T, x rugzak.Index) {
	const perBatch, batches = 5, 12
	batch := func(n int) rugzak.Batch {
		b := rugzak.Batch{Position: rugzak.Position(fmt.Sprintf("%04d", n))}
		for i := range perBatch {
			b.Put = append(b.Put, indexed(fmt.Sprintf("%04d-%d", n, i), withText("molen aan het water")))
		}
		return b
	}
	var stop atomic.Bool
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			for !stop.Load() {
				r, err := x.Search(t.Context(), rugzak.Search{Query: rugzak.ParseQuery("molen"), Tokens: indexMember(), Size: 20, Facets: rugzak.Facets()})
				if err != nil {
					t.Errorf("searching meanwhile: %v", err)
					return
				}
				n := 0
				if r.Position != "" {
					if _, err := fmt.Sscanf(string(r.Position), "%d", &n); err != nil {
						t.Errorf("position %q", r.Position)
						return
					}
				}
				if r.Total != n*perBatch {
					t.Errorf("at position %q there are %d hits, want %d", r.Position, r.Total, n*perBatch)
					return
				}
				x.Marker(rugzak.ParseQuery("molens")).Fragments(rugzak.Dutch, "De molen.", 1, 50)
			}
		})
	}
	for n := 1; n <= batches; n++ {
		if err := x.Apply(t.Context(), batch(n)); err != nil {
			t.Fatal(err)
		}
		if n%4 == 0 {
			r, err := x.Rebuild(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for i := 1; i <= n; i++ {
				if err := r.Apply(t.Context(), batch(i)); err != nil {
					t.Fatal(err)
				}
			}
			if err := r.Swap(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	stop.Store(true)
	readers.Wait()
	if n, err := x.Count(); err != nil || n != batches*perBatch {
		t.Errorf("Count is %d, %v, want %d", n, err, batches*perBatch)
	}
}
