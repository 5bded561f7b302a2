// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// What is written in a file, or said of one, finds its entry, and the hit says in
// which attachment it stands: until it is taken away.
func TestFoundInAttachment(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	writer, reader := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test")
	e := h.share(t, writer, simple("Een muur vol briefjes", "Samen plakten we wat we zagen.", rugzak.LevelInternal))
	text := h.attach(t, writer, e.ID, brought("flarpbundel.txt", []byte(strings.Repeat("Er werd veel gezegd. ", 200)+"De zwirbelkast bleef dicht."), "", rugzak.ShowsNobody))
	picture := h.attach(t, writer, e.ID, brought("muur.png", drawing(t), "Een plaat met een knaspoet erop", rugzak.ShowsNobody))
	ask := func(query string) backpack.SearchView {
		t.Helper()
		h.caughtUp(t)
		v, err := h.Search(t.Context(), reader, backpack.Asked{Query: query})
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for query, want := range map[string]rugzak.AttachmentID{"zwirbelkast": text.ID, "knaspoet": picture.ID, "flarpbundel": text.ID} {
		v := ask(query)
		if len(v.Hits) != 1 || v.Hits[0].ID != e.ID || v.Hits[0].Attached == nil || v.Hits[0].Attached.ID != want {
			t.Errorf("%s finds %+v", query, v.Hits)
			continue
		}
		if f := v.Hits[0].Attached.Fragments; len(f) == 0 || len(f[0].Marks)+len(f[len(f)-1].Marks) == 0 {
			t.Errorf("%s: nothing is marked in %+v", query, f)
		}
	}
	if v := ask("briefjes"); len(v.Hits) == 0 || v.Hits[0].ID != e.ID || v.Hits[0].Attached != nil {
		t.Errorf("a word of the title: %+v", v.Hits)
	}
	if _, err := h.DescribeAttachments(t.Context(), writer, e.ID, map[rugzak.AttachmentID]backpack.AttachmentWords{picture.ID: {Alt: "Een plaat", People: rugzak.ShowsNobody}}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.RemoveAttachment(t.Context(), writer, text.ID); err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{"zwirbelkast", "knaspoet"} {
		if v := ask(query); len(v.Hits) != 0 {
			t.Errorf("%s still finds %+v", query, v.Hits)
		}
	}
}
