// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// What went into something else, and what is asked of authors, come through a
// whole export with the same bytes the second time, and still lead on and stand.
func TestCareExported(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.starter(t)
	ctx := t.Context()
	writer, facilitator := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test")
	old, into := h.curate(t, facilitator, backpack.ThemeInput{Title: "Wachten"}), h.curate(t, facilitator, backpack.ThemeInput{Title: "Geduld"})
	e := h.share(t, writer, simple("Wie belt", "Wij belden samen.", rugzak.LevelInternal))
	twin := h.share(t, writer, simple("Wie er belt", "Wij belden samen op.", rugzak.LevelInternal))
	if _, err := h.AddToTheme(ctx, facilitator, e.ID, old.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := h.MergeThemes(ctx, facilitator, old.ID, into.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := h.MergeEntries(ctx, facilitator, twin.ID, e.ID); err != nil {
		t.Fatal(err)
	}
	now, _ := h.stored(t, e.ID)
	if err := h.AskEnrichment(ctx, facilitator, e.ID, nil, "Hoe liep het af?"); err != nil {
		t.Fatal(err)
	}
	if err := h.ProposeText(ctx, facilitator, e.ID, now.Version, backpack.ProposalInput{Title: "Wie belt er?", Body: "Wij belden."}); err != nil {
		t.Fatal(err)
	}
	first := h.export(t, true)
	if b := first.Everything; len(b.ThemeMerges) != 1 || len(b.EntryMerges) != 1 || len(b.Enrichments) != 1 || len(b.TextProposals) != 1 {
		t.Fatalf("exported %+v, %+v, %+v, %+v", b.ThemeMerges, b.EntryMerges, b.Enrichments, b.TextProposals)
	}
	again := newHouse(t)
	if _, err := again.ImportWhole(ctx, backpack.Operator(), first.Everything, first.whole, nil); err != nil {
		t.Fatal(err)
	}
	if a, b := first.comparable(t), again.export(t, true).comparable(t); a != b {
		t.Errorf("exported again:\n%s", firstDifference(a, b))
	}
	if to, err := again.ThemeMoved(ctx, writer, old.ID); err != nil || to != into.ID {
		t.Errorf("the theme leads to %v, %v", to, err)
	}
	if to, err := again.EntryMoved(ctx, facilitator, twin.ID); err != nil || to != e.ID {
		t.Errorf("the entry leads to %v, %v", to, err)
	}
	if asks, err := again.CareForMe(ctx, writer); err != nil || len(asks) != 2 {
		t.Errorf("the author is asked %+v, %v", asks, err)
	}
	if _, err := again.UndoThemeMerge(ctx, facilitator, old.ID); err != nil {
		t.Errorf("apart again: %v", err)
	}
}

// Own data holds what somebody asked of writers, and of what they can no longer
// read only that they asked.
func TestOwnDataHoldsWhatWasAsked(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, curator, writer := t.Context(), c.people["facilitator"], c.people[elsewhere]
	e := c.share(t, writer, simple("Bellen", "Wij heeft eerst gebeld.", rugzak.LevelInternal))
	if err := c.AskEnrichment(ctx, curator, e.ID, []rugzak.EnrichPoint{rugzak.EnrichResult}, "Hoe liep het af?"); err != nil {
		t.Fatal(err)
	}
	if err := c.ProposeText(ctx, curator, e.ID, e.Version, backpack.ProposalInput{Title: "Eerst bellen", Body: "Wij hebben eerst gebeld.", Why: "Leest beter"}); err != nil {
		t.Fatal(err)
	}
	_, err := c.store.Update(ctx, func(w rugzak.Writer) error {
		return w.SaveWidening(rugzak.Widening{ID: rugzak.NewID(c.clock.Now()), Entry: e.ID, Asker: curator.ID, Audience: rugzak.Audience{Level: rugzak.LevelInternal}, State: rugzak.WideningNo, At: c.clock.Now()})
	})
	if err != nil {
		t.Fatal(err)
	}
	d, err := c.OwnData(ctx, curator)
	if err != nil || len(d.Asks) != 3 {
		t.Fatalf("%+v, %v", d.Asks, err)
	}
	wider, more, text := d.Asks[0], d.Asks[1], d.Asks[2]
	if wider.Kind != rugzak.OwnAskWider || wider.Level != rugzak.LevelInternal || wider.State != rugzak.WideningNo || wider.Title != "Bellen" ||
		more.Kind != rugzak.OwnAskMore || more.Text != "Hoe liep het af?" || len(more.Points) != 1 || more.Entry != e.ID ||
		text.Kind != rugzak.OwnAskText || text.Text != "Leest beter" || text.NewTitle != "Eerst bellen" || text.NewBody != "Wij hebben eerst gebeld." {
		t.Errorf("asked: %+v", d.Asks)
	}
	for _, who := range []rugzak.Person{writer, c.people["coreteam"]} {
		if d, err := c.OwnData(ctx, who); err != nil || len(d.Asks) != 0 {
			t.Errorf("%s asked %+v, %v", who.Name, d.Asks, err)
		}
	}
	if _, err := c.ChangeAudience(ctx, writer, e.ID, e.Version, rugzak.Audience{Level: rugzak.LevelOrganisation}); err != nil {
		t.Fatal(err)
	}
	d, err = c.OwnData(ctx, curator)
	if err != nil || len(d.Asks) != 3 {
		t.Fatalf("%+v, %v", d.Asks, err)
	}
	for _, x := range d.Asks {
		if x.Title != "" || x.NewTitle != "" || x.NewBody != "" {
			t.Errorf("of what is hidden: %+v", x)
		}
	}
}
