// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"slices"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

func TestEntriesMergeAndComeApart(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, curator := t.Context(), c.people["facilitator"]
	theme := c.newTheme(t, backpack.ThemeInput{Title: "Bellen"})
	into := c.share(t, c.people[author], simple("Eerst bellen met school", "Wij belden eerst.", rugzak.LevelInternal))
	from := c.inThemes(t, teammate, simple("Eerst bellen met de school", "Ook wij belden.", rugzak.LevelInternal), theme.ID)
	answer := simple("Wij ook", "Ook gedaan.", rugzak.LevelInternal)
	answer.Relations = []rugzak.Relation{{Type: rugzak.BuildsOn, To: from.ID}}
	built := c.share(t, c.people[elsewhere], answer)
	if err := c.Service.Keep(ctx, c.people[elsewhere], from.ID, "voor later"); err != nil {
		t.Fatal(err)
	}
	c.caughtUp(t)

	pairs, err := c.Doubles(ctx, curator)
	if err != nil || len(pairs) != 1 || !slices.Equal(pairs[0].Words, []string{"eerst", "bellen", "school"}) || !pairs[0].Month {
		t.Fatalf("proposed: %+v, %v", pairs, err)
	}
	if _, err := c.MergeEntries(ctx, curator, from.ID, into.ID); err != nil {
		t.Fatal(err)
	}
	if pairs, err := c.Doubles(ctx, curator); err != nil || len(pairs) != 0 {
		t.Errorf("still proposed: %+v, %v", pairs, err)
	}
	v, err := c.Read(ctx, c.people[elsewhere], into.ID)
	if err != nil || len(v.Merged) != 1 || v.Merged[0].Entry.Entry.Title != from.Title || v.Merged[0].CanApart || v.Kept == nil ||
		len(v.Merged[0].Entry.Authors) != 1 || !slices.ContainsFunc(v.Related, func(r backpack.RelatedEntry) bool { return r.Card.ID == built.ID }) {
		t.Errorf("a reader sees %+v, kept %v, related %v, %v", v.Merged, v.Kept, v.Related, err)
	}
	if got := c.themesOf(t, into.ID); !slices.Equal(got, []rugzak.ThemeID{theme.ID}) {
		t.Errorf("it came into %v", got)
	}
	if _, err := c.Read(ctx, c.people[elsewhere], from.ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("the other stands on its own still: %v", err)
	}
	if to, err := c.EntryMoved(ctx, c.people[elsewhere], from.ID); err != nil || to != into.ID {
		t.Errorf("its address leads to %q, %v", to, err)
	}
	if _, err := c.EntryMoved(ctx, c.people[ceder], from.ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("who could not read it is led on: %v", err)
	}
	own, err := c.Read(ctx, c.people[teammate], from.ID)
	if err != nil || own.MergedInto != into.ID || !own.Mine {
		t.Errorf("its author sees %v, %v", own.MergedInto, err)
	}
	if now, _ := c.stored(t, into.ID); !slices.Equal(now.Authors, into.Authors) || now.Version != into.Version {
		t.Error("the entry that stays has other authors, or got in the way of its author")
	}
	for _, who := range []string{author, teammate} {
		if n := c.noticed(t, who, rugzak.NoticeEntryMerged); n != 1 {
			t.Errorf("%s was told %d times", who, n)
		}
	}
	c.caughtUp(t)
	if titles, _ := c.find(t, c.people[elsewhere], "belden"); !slices.Equal(titles, []string{into.Title}) {
		t.Errorf("found %v", titles)
	}

	if _, err := c.UndoEntryMerge(ctx, c.people[author], into.ID, from.ID); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("an author undoes it as a facilitator: %v", err)
	}
	if _, err := c.UndoEntryMerge(ctx, curator, built.ID, from.ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("undoing it of another entry gave %v", err)
	}
	if _, err := c.UndoEntryMerge(ctx, curator, into.ID, from.ID); err != nil {
		t.Fatal(err)
	}
	v, err = c.Read(ctx, c.people[elsewhere], into.ID)
	if err != nil || len(v.Merged) != 0 || v.Kept != nil {
		t.Errorf("after undoing: %+v, kept %v, %v", v.Merged, v.Kept, err)
	}
	if v, err := c.Read(ctx, c.people[elsewhere], from.ID); err != nil || v.Kept == nil || len(c.themesOf(t, into.ID)) != 0 {
		t.Errorf("the other after undoing: %v, themes %v", err, c.themesOf(t, into.ID))
	}
	if acts := append(c.acts(t, rugzak.AuditMerged), c.acts(t, rugzak.AuditApart)...); len(acts) != 2 {
		t.Errorf("acts: %v", acts)
	}

	if err := c.SayNotDouble(ctx, curator, into.ID, from.ID); err != nil {
		t.Fatal(err)
	}
	if pairs, err := c.Doubles(ctx, curator); err != nil || len(pairs) != 0 {
		t.Errorf("proposed once more: %+v, %v", pairs, err)
	}
	storeIsSound(t, c.house)
}

// The author of what went puts it back, or takes the text away there; what went
// stays readable when its author is erased.
func TestAuthorsOfMergedEntriesDecide(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, curator, writer := t.Context(), c.people["facilitator"], c.people[teammate]
	into := c.share(t, c.people[author], simple("Samen bellen", "Wij belden.", rugzak.LevelInternal))
	from := c.share(t, writer, simple("Samen gebeld", "Ook wij.", rugzak.LevelInternal))
	merge := func() {
		t.Helper()
		if _, err := c.MergeEntries(ctx, curator, from.ID, into.ID); err != nil {
			t.Fatal(err)
		}
	}
	shown := func(want int) {
		t.Helper()
		if v, err := c.Read(ctx, c.people[elsewhere], into.ID); err != nil || len(v.Merged) != want {
			t.Errorf("%d texts there, want %d; %v", len(v.Merged), want, err)
		}
	}
	merge()
	shown(1)
	if _, err := c.PutBack(ctx, writer, from.ID); err != nil {
		t.Fatal(err)
	}
	shown(0)
	if n := c.noticed(t, author, rugzak.NoticeEntryApart); n != 1 {
		t.Errorf("the other author was told %d times", n)
	}
	merge()
	c.clock.turn(c.clock.Now().Add(rugzak.UndoLasts + time.Hour))
	if _, err := c.UndoEntryMerge(ctx, curator, into.ID, from.ID); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("undoing an old merge gave %v", err)
	}
	if err := c.LeaveMerge(ctx, c.people[author], from.ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("another author takes it away: %v", err)
	}
	if err := c.LeaveMerge(ctx, writer, from.ID); err != nil {
		t.Fatal(err)
	}
	shown(0)
	if v, err := c.Read(ctx, writer, from.ID); err != nil || v.Entry.State != rugzak.StateWithdrawn || v.MergedInto != "" {
		t.Errorf("the author sees %v %v, %v", v.Entry.State, v.MergedInto, err)
	}
	if _, err := c.PutBack(ctx, writer, from.ID); err != nil {
		t.Fatal(err)
	}
	merge()
	if err := c.AnonymisePerson(ctx, backpack.Operator(), writer.ID); err != nil {
		t.Fatal(err)
	}
	shown(1)
	if _, err := c.PurgeOwn(ctx, c.people[author], into.ID); err != nil {
		t.Fatal(err)
	}
	c.see(t, func(r rugzak.Reader) error {
		for m, err := range r.AllEntryMerges() {
			t.Errorf("a merge is left: %+v, %v", m, err)
		}
		return nil
	})
	storeIsSound(t, c.house)
}

func TestMergingEntriesWidensNothing(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	curator := c.people["facilitator"]
	with := func(change func(*backpack.Input)) rugzak.Entry {
		t.Helper()
		in := simple("Zelfde verhaal", "Over hetzelfde.", rugzak.LevelInternal)
		change(&in)
		return c.share(t, c.people[author], in)
	}
	plain := with(func(*backpack.Input) {})
	narrow := with(func(in *backpack.Input) { in.Audience.Level = rugzak.LevelOrganisation })
	partner := with(func(in *backpack.Input) {
		in.Audience.Also, in.Confirmed = []rugzak.OrganisationID{c.partner}, []rugzak.OrganisationID{c.partner}
	})
	nameless := with(func(in *backpack.Input) { in.Mode = rugzak.Anonymous })
	question := with(func(in *backpack.Input) { in.Kind, in.Title = rugzak.KindQuestion, "Hoe bellen we?" })
	insight := with(func(in *backpack.Input) { in.Kind = rugzak.KindInsight })
	hidden := c.share(t, c.people[elsewhere], simple("Zelfde verhaal", "Elders.", rugzak.LevelOrganisation))
	for _, x := range []struct {
		name       string
		from, into rugzak.EntryID
		want       rugzak.Code
	}{
		{"itself", plain.ID, plain.ID, rugzak.CodeForbidden},
		{"a narrower one", narrow.ID, plain.ID, rugzak.CodeForbidden},
		{"into a narrower one", plain.ID, narrow.ID, rugzak.CodeForbidden},
		{"one partners read", partner.ID, plain.ID, rugzak.CodeForbidden},
		{"into one partners read", plain.ID, partner.ID, rugzak.CodeForbidden},
		{"without name", nameless.ID, plain.ID, rugzak.CodeForbidden},
		{"into one without name", plain.ID, nameless.ID, rugzak.CodeForbidden},
		{"questions", question.ID, question.ID, rugzak.CodeForbidden},
		{"another kind", insight.ID, plain.ID, rugzak.CodeForbidden},
		{"hidden", hidden.ID, plain.ID, rugzak.CodeNotFound},
		{"into a hidden one", plain.ID, hidden.ID, rugzak.CodeNotFound},
		{"absent", c.NewID(), plain.ID, rugzak.CodeNotFound},
	} {
		if _, err := c.MergeEntries(t.Context(), curator, x.from, x.into); rugzak.CodeOf(err) != x.want {
			t.Errorf("%s gave %v, want %q", x.name, err, x.want)
		}
	}
}

// What belongs to a text that went into another tells nothing of it to who may
// read the other alone.
func TestWhatBelongsToAMergedTextTellsNothingOfIt(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, writer := t.Context(), c.people[author]
	into := c.share(t, writer, simple("Samen bellen", "Wij belden.", rugzak.LevelInternal))
	from := c.share(t, c.people[teammate], simple("Samen gebeld", "Ook wij.", rugzak.LevelInternal))
	other := simple("Wat erbij hoort", "Tekst.", rugzak.LevelInternal, c.partner)
	other.Relations = []rugzak.Relation{{Type: rugzak.SeeAlso, To: from.ID}}
	c.share(t, writer, other)
	if _, err := c.MergeEntries(ctx, c.people["facilitator"], from.ID, into.ID); err != nil {
		t.Fatal(err)
	}
	now, _ := c.stored(t, into.ID)
	if _, err := c.ChangeAudience(ctx, writer, into.ID, now.Version, rugzak.Audience{Level: rugzak.LevelInternal, Also: []rugzak.OrganisationID{c.partner}}, c.partner); err != nil {
		t.Fatal(err)
	}
	for who, want := range map[string]int{elsewhere: 1, ceder: 0} {
		v, err := c.Read(ctx, c.people[who], into.ID)
		if err != nil || len(v.Merged) != want || len(v.Related) != want {
			t.Errorf("%s reads %d merged texts and %d that belong to them, %v; want %d", who, len(v.Merged), len(v.Related), err, want)
		}
	}
}
