// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"slices"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// A selection holds what is shown of what was said about its entries, with the
// places to look at, and nothing that was withdrawn or reported.
func TestWooSelectionHoldsResponses(t *testing.T) {
	v := newVillage(t)
	anna, bas := v.people["anna"], v.people["bas"]
	e := v.share(t, anna, simple("Verhaal", "Tekst.", rugzak.LevelInternal))
	first := v.said(t, bas, e.ID, backpack.ResponseInput{Body: "Bel 0612345678."})
	gone := v.said(t, bas, e.ID, backpack.ResponseInput{Body: "Ingetrokken."})
	reported := v.said(t, bas, e.ID, backpack.ResponseInput{Body: "Gemeld."})
	v.said(t, anna, e.ID, backpack.ResponseInput{Body: "Dank " + rugzak.Mention(bas.ID), To: first.ID, Kind: rugzak.ResponseAnswer})
	if _, err := v.WithdrawResponse(t.Context(), bas, e.ID, gone.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := v.ReportResponse(t.Context(), anna, e.ID, reported.ID, rugzak.ReasonElse); err != nil {
		t.Fatal(err)
	}
	month := v.clock.Now().Format("2006-01")
	for who, by := range map[string]rugzak.Person{"the privacy officer": v.people["officer"], "whoever holds the data": backpack.Operator()} {
		var out []rugzak.WooEntry
		err := v.WooExport(t.Context(), by, rugzak.WooSelection{From: month, To: month}, func(e rugzak.WooEntry) error { out = append(out, e); return nil })
		if err != nil || len(out) != 1 || len(out[0].Responses) != 2 {
			t.Fatalf("%s gets %+v, %v", who, out, err)
		}
		said := out[0].Responses
		if said[0].Author != bas.Name || said[0].Body != "Bel 0612345678." || said[1].Body != "Dank "+bas.Name || said[1].Response.To != said[0].Response.ID {
			t.Errorf("%s reads %+v", who, said)
		}
		for _, want := range []rugzak.WooMark{
			{Class: rugzak.WooAuthor, Field: "response_author", Response: 1}, {Class: "phone", Field: "response", Response: 1, Line: 1, At: 4},
			{Class: rugzak.WooAuthor, Field: "response_author", Response: 2}, {Class: rugzak.WooAuthor, Field: "response", Response: 2},
		} {
			if !slices.Contains(out[0].Marks, want) {
				t.Errorf("%s is not pointed at %+v in %+v", who, want, out[0].Marks)
			}
		}
	}
}
