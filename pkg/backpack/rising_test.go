// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

func TestRisingThemes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.starter(t)
	author, curator := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test")
	if author.Organisation == curator.Organisation {
		t.Fatal("both are of one organisation")
	}
	for i := range 40 {
		h.share(t, author, simple(fmt.Sprintf("Toen %d", i), fmt.Sprintf("Wij spraken toen over onderwerp%d.", i), rugzak.LevelInternal))
	}
	h.clock.turn(h.clock.Now().Add(100 * 24 * time.Hour))
	rising := func() []backpack.RisingTheme {
		t.Helper()
		h.caughtUp(t)
		got, behind, err := h.RisingThemes(t.Context(), curator)
		if err != nil || behind {
			t.Fatalf("behind %v, %v", behind, err)
		}
		return got
	}
	if got := rising(); len(got) != 0 {
		t.Fatalf("before anything rose: %+v", got)
	}
	var in []rugzak.Entry
	for i := range 5 {
		by := []rugzak.Person{author, curator}[i%2]
		in = append(in, h.share(t, by, simple(fmt.Sprintf("Nu %d", i), fmt.Sprintf("De overbruggingszorg vanuit het zorgloket in wijk%d.", i), rugzak.LevelInternal)))
	}
	h.share(t, author, simple("Geheim", "De overbruggingszorg vanuit het zorgloket.", rugzak.LevelTeam))
	got := rising()
	if len(got) != 1 || len(got[0].Cards) != 5 || len(got[0].Organisations) != 2 {
		t.Fatalf("rising: %+v", got)
	}
	if w := got[0].Words; !slices.Contains(w, "overbruggingszorg") || !slices.Contains(w, "zorgloket") {
		t.Errorf("words: %q", w)
	}
	var ids []rugzak.EntryID
	for _, e := range in {
		ids = append(ids, e.ID)
	}
	choose := func(c backpack.Choice, in ...rugzak.EntryID) {
		t.Helper()
		var all []backpack.Decision
		for _, id := range in {
			all = append(all, backpack.Decision{Entry: id, Theme: rugzak.ThemeToCome, Choice: c})
		}
		if done, err := h.Triage(t.Context(), curator, all); err != nil || done.Left != 0 {
			t.Fatalf("%s: %+v, %v", c, done, err)
		}
	}
	choose(backpack.ChooseLater, ids...)
	if got := rising(); len(got) != 1 || !got[0].Refused || !got[0].Until.Equal(h.clock.Now().Add(rugzak.LaterAfter)) {
		t.Errorf("put off: %+v", got)
	}
	h.clock.turn(h.clock.Now().Add(rugzak.LaterAfter))
	if got := rising(); len(got) != 1 || got[0].Refused {
		t.Errorf("two weeks later: %+v", got)
	}
	choose(backpack.ChooseNot, ids...)
	h.clock.turn(h.clock.Now().Add(rugzak.LaterAfter))
	if got := rising(); len(got) != 1 || !got[0].Refused || !got[0].Until.IsZero() {
		t.Errorf("what does not fit: %+v", got)
	}
	choose(backpack.ChooseAgain, ids[:3]...) // what is left is less than half
	if got := rising(); len(got) != 1 || got[0].Refused {
		t.Errorf("when most of it may be proposed again: %+v", got)
	}
	storeIsSound(t, h)
	if _, err := h.Triage(t.Context(), curator, []backpack.Decision{{Entry: ids[0], Theme: rugzak.ThemeToCome, Choice: backpack.ChooseAdd}}); rugzak.CodeOf(err) != rugzak.CodeMalformed {
		t.Errorf("putting an entry into a theme that is not there gave %v", err)
	}
	theme, done, err := h.BeginTheme(t.Context(), curator, backpack.ThemeInput{Title: "Overbruggingszorg", Synonyms: got[0].Words, Key: string(h.NewID())}, ids)
	if err != nil || done.Added != 5 || theme.Title != "Overbruggingszorg" {
		t.Fatalf("%+v, %+v, %v", theme, done, err)
	}
	if got := rising(); len(got) != 0 {
		t.Errorf("what has a theme still rises: %+v", got)
	}
}

func TestTwinThemes(t *testing.T) {
	t.Parallel()
	b := newBundle(t)
	twins := func() []backpack.ThemeTwins {
		t.Helper()
		got, err := b.TwinThemes(t.Context(), b.curator)
		if err != nil {
			t.Fatal(err)
		}
		return slices.DeleteFunc(got, func(w backpack.ThemeTwins) bool { return w.A.ID != b.theme.ID && w.B.ID != b.theme.ID })
	}
	if got := twins(); len(got) != 0 {
		t.Fatalf("before there was another: %+v", got)
	}
	named, err := b.SaveTheme(t.Context(), b.curator, "", 0, backpack.ThemeInput{Title: "Samen kanaries tellen"})
	if err != nil {
		t.Fatal(err)
	}
	if got := twins(); len(got) != 1 || len(got[0].Words) != 2 || got[0].Shared != 0 {
		t.Fatalf("by name: %+v", got)
	}
	other, err := b.SaveTheme(t.Context(), b.curator, "", 0, backpack.ThemeInput{Title: "Volières"})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range b.in {
		b.decide(t, backpack.Decision{Entry: e.ID, Theme: other.ID, Choice: backpack.ChooseAdd})
	}
	got := twins()
	if len(got) != 2 || got[0].Shared != 3 {
		t.Fatalf("by what is in them: %+v", got)
	}
	if _, err := b.SaveTheme(t.Context(), b.curator, named.ID, named.Version, backpack.ThemeInput{Title: named.Title, Closed: true}); err != nil {
		t.Fatal(err)
	}
	if got := twins(); len(got) != 1 {
		t.Errorf("with a closed one: %+v", got)
	}
}
