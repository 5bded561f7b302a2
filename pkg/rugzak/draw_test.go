// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak_test

import (
	"slices"
	"strconv"
	"testing"

	"rugzak/pkg/rugzak"
)

func TestDrawIsTheSameForAllWhoSeeTheCard(t *testing.T) {
	var all []string
	for i := range 60 {
		all = append(all, "entry"+strconv.Itoa(i))
	}
	same, drawn := 0, map[string]int{}
	var lately []string
	for turn := range 300 {
		d := rugzak.Draw{Day: "20261126", Turn: turn}
		first := d.Order(all)
		if again := d.Order(all); !slices.Equal(first, again) {
			t.Fatalf("turn %d has two orders", turn)
		}
		if turn%24 == 0 {
			lately = nil
		}
		if slices.Contains(lately[max(0, len(lately)-12):], first[0]) {
			t.Errorf("turn %d takes a card of a turn shortly before", turn)
		}
		lately = append(lately, first[0])
		drawn[first[0]]++
		if fewer := d.Order(all[:54]); fewer[0] == first[0] {
			same++
		}
	}
	if len(drawn) < 55 {
		t.Errorf("only %d of 60 cards are drawn in 300 turns", len(drawn))
	}
	if same < 210 { // 9 in 10 are seen by both
		t.Errorf("two people who see nearly the same come upon the same card %d of 300 times", same)
	}
	if got := (rugzak.Draw{Day: "1", Turn: 5}).Order(nil); len(got) != 0 {
		t.Errorf("nothing to draw from gives %v", got)
	}
	if got := (rugzak.Draw{Day: "1", Turn: 5}).Order([]string{"een"}); !slices.Equal(got, []string{"een"}) {
		t.Errorf("one card gives %v", got)
	}
}

func TestCardHeap(t *testing.T) {
	heaps := map[string]int{}
	for i := range 6400 {
		e := rugzak.Entry{ID: rugzak.EntryID(strconv.Itoa(i)), Kind: rugzak.KindInsight, Lesson: "Bel eerst"}
		heap := rugzak.CardHeap(e)
		if !slices.Contains(rugzak.CardHeapNames(), heap) {
			t.Fatalf("heap %q", heap)
		}
		heaps[heap]++
	}
	for heap, n := range heaps {
		if len(heaps) != rugzak.CardHeaps || n < 50 || n > 170 {
			t.Errorf("heap %s has %d of 6400, of %d heaps", heap, n, len(heaps))
		}
	}
	for name, e := range map[string]rugzak.Entry{
		"no lesson":  {ID: "a", Kind: rugzak.KindInsight},
		"a question": {ID: "a", Kind: rugzak.KindQuestion, Lesson: "x"},
		"a method":   {ID: "a", Kind: rugzak.KindMethod, Lesson: "x"},
	} {
		if got := rugzak.CardHeap(e); got != "" {
			t.Errorf("%s is in heap %q", name, got)
		}
	}
}
