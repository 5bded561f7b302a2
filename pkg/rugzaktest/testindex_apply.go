// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"context"
	"errors"
	"testing"

	"rugzak/pkg/rugzak"
)

func testIndexEmpty(t *testing.T, x rugzak.Index) {
	if p, err := x.Position(t.Context()); err != nil || p != "" {
		t.Errorf("Position of an empty index is %q, %v", p, err)
	}
	if n, err := x.Count(); err != nil || n != 0 {
		t.Errorf("Count of an empty index is %d, %v", n, err)
	}
	r := indexSearch(t, x, rugzak.Search{Query: rugzak.ParseQuery("les"), Tokens: indexMember(), Size: 10, Facets: rugzak.Facets()})
	if r.Total != 0 || len(r.Hits) != 0 || r.Next != "" || r.Previous != "" || r.Position != "" {
		t.Errorf("an empty index gives %+v", r)
	}
	if err := x.Apply(t.Context(), rugzak.Batch{}); err != nil {
		t.Errorf("an empty batch: %v", err)
	}
	if err := x.Apply(t.Context(), rugzak.Batch{Remove: []rugzak.EntryID{"nobody"}}); err != nil {
		t.Errorf("taking out what is not in: %v", err)
	}
}

func testIndexApply(t *testing.T, x rugzak.Index) {
	indexPut(t, x, indexed("a", withText("fietsen")), indexed("b", withText("wandelen")))
	indexWant(t, "fietsen", indexFound(t, x, "fietsen"), "a")
	indexPut(t, x, indexed("a", withText("zwemmen")))
	indexWant(t, "fietsen after the change", indexFound(t, x, "fietsen"))
	indexWant(t, "zwemmen", indexFound(t, x, "zwemmen"), "a")
	if n, err := x.Count(); err != nil || n != 2 {
		t.Errorf("Count is %d, %v after replacing", n, err)
	}
	err := x.Apply(t.Context(), rugzak.Batch{
		Put:    []rugzak.Document{indexed("c", withText("roeien")), indexed("d", withText("roeien"))},
		Remove: []rugzak.EntryID{"b", "d"},
	})
	if err != nil {
		t.Fatal(err)
	}
	indexWant(t, "wandelen, taken out", indexFound(t, x, "wandelen"))
	indexWant(t, "roeien: what is put in and taken out is out", indexFound(t, x, "roeien"), "c")
	indexWant(t, "everything", indexFound(t, x, ""), "a", "c")
	if n, err := x.Size(); err != nil || n <= 0 {
		t.Errorf("Size is %d, %v", n, err)
	}
}

func testIndexPosition(t *testing.T, x rugzak.Index) {
	if err := x.Apply(t.Context(), rugzak.Batch{Put: []rugzak.Document{indexed("a")}, Position: "0001"}); err != nil {
		t.Fatal(err)
	}
	indexPut(t, x, indexed("b")) // leaves the position
	if p, err := x.Position(t.Context()); err != nil || p != "0001" {
		t.Errorf("Position is %q, %v, want 0001", p, err)
	}
	if err := x.Apply(t.Context(), rugzak.Batch{Position: "0002"}); err != nil { // a change of no entry
		t.Fatal(err)
	}
	if r := indexSearch(t, x, rugzak.Search{Tokens: indexMember(), Size: 10}); r.Position != "0002" || r.Total != 2 {
		t.Errorf("Search tells position %q and total %d, want 0002 and 2", r.Position, r.Total)
	}
	if r := indexSearch(t, x, rugzak.Search{Size: 10}); r.Position != "0002" {
		t.Errorf("without tokens the position is %q, want 0002", r.Position)
	}
}

func testIndexClosed(t *testing.T, x rugzak.Index) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := x.Search(cancelled, rugzak.Search{Tokens: indexMember()}); !errors.Is(err, context.Canceled) {
		t.Errorf("a search that was given up: %v", err)
	}
	if err := x.Apply(cancelled, rugzak.Batch{Put: []rugzak.Document{indexed("a")}}); !errors.Is(err, context.Canceled) {
		t.Errorf("a batch that was given up: %v", err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Search(t.Context(), rugzak.Search{Tokens: indexMember()}); err == nil {
		t.Error("a closed index can be searched")
	}
	if err := x.Apply(t.Context(), rugzak.Batch{Position: "1"}); err == nil {
		t.Error("a closed index takes a batch")
	}
	if _, err := x.Rebuild(t.Context()); err == nil {
		t.Error("a closed index can be rebuilt")
	}
}
