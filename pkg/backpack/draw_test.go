// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// drawn lists the cards of the first turns of a day.
func drawn(t testing.TB, s interface {
	DrawOne(ctx context.Context, by rugzak.Person, a backpack.DrawAsked) (backpack.DrawView, error)
}, by rugzak.Person, a backpack.DrawAsked, turns int) (out []rugzak.EntryID) {
	t.Helper()
	for turn := range turns {
		a.Draw = rugzak.Draw{Day: "20261126", Turn: turn}
		v, err := s.DrawOne(t.Context(), by, a)
		if err != nil {
			t.Fatal(err)
		}
		if v.Card != nil {
			out = append(out, v.Card.ID)
		}
	}
	return out
}

func TestDrawOne(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	writer, reader := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "partner@voorbeeld.test")
	lesson := func(title string, level rugzak.Level) rugzak.Entry {
		in := simple(title, "Zo ging het.", level)
		in.Lesson = "Bel eerst"
		return h.share(t, writer, in)
	}
	in := simple("Gedeeld met de partner", "Zo ging het.", rugzak.LevelInternal)
	in.Lesson, in.Audience.Also, in.Confirmed = "Bel eerst", []rugzak.OrganisationID{reader.Organisation}, []rugzak.OrganisationID{reader.Organisation}
	shared := h.share(t, writer, in)
	h.caughtUp(t)
	before := drawn(t, h, reader, backpack.DrawAsked{}, 30)
	if len(before) != 30 {
		t.Fatalf("%d cards in 30 turns", len(before))
	}
	hidden := map[rugzak.EntryID]bool{}
	for i := range 40 {
		hidden[lesson(fmt.Sprint("Voor de gemeente ", i), rugzak.LevelInternal).ID] = true
	}
	h.caughtUp(t)
	if after := drawn(t, h, reader, backpack.DrawAsked{}, 30); !slices.Equal(before, after) {
		t.Errorf("what a reader may not see changes what they draw:\n%v\n%v", before, after)
	}
	mine := drawn(t, h, writer, backpack.DrawAsked{}, 60)
	if !slices.ContainsFunc(mine, func(id rugzak.EntryID) bool { return hidden[id] }) {
		t.Error("who may see them never draws them")
	}
	for _, id := range mine {
		if e, _ := h.stored(t, id); e.Lesson == "" || !e.State.Public() {
			t.Errorf("a card without a lesson: %+v", e)
		}
	}

	if got := drawn(t, h, reader, backpack.DrawAsked{Kept: true}, 3); len(got) != 0 {
		t.Errorf("drawn from an empty backpack: %v", got)
	}
	if err := h.Keep(t.Context(), reader, shared.ID, ""); err != nil {
		t.Fatal(err)
	}
	if got := drawn(t, h, reader, backpack.DrawAsked{Kept: true}, 3); !slices.Equal(got, []rugzak.EntryID{shared.ID, shared.ID, shared.ID}) {
		t.Errorf("drawn from what was taken along: %v", got)
	}
	for _, id := range drawn(t, h, writer, backpack.DrawAsked{Organisation: writer.Organisation}, 20) {
		if e, _ := h.stored(t, id); e.Organisation != writer.Organisation {
			t.Errorf("a card of %s", e.Organisation)
		}
	}
	if got := drawn(t, h, writer, backpack.DrawAsked{Theme: "bestaat-niet"}, 2); len(got) != 0 {
		t.Errorf("drawn from a theme that is not there: %v", got)
	}
	// What is taken back is drawn no more; until the index knows, nothing may be
	// drawn at all.
	if _, err := h.Withdraw(t.Context(), writer, shared.ID); err != nil {
		t.Fatal(err)
	}
	kept := backpack.DrawAsked{Kept: true, Draw: rugzak.Draw{Day: "20261126"}}
	if v, err := h.DrawOne(t.Context(), reader, kept); v.Card != nil || err != nil && rugzak.CodeOf(err) != rugzak.CodeUnavailable {
		t.Errorf("drawn at once after it was withdrawn: %+v, %v", v.Card, err)
	}
	h.caughtUp(t)
	if got := drawn(t, h, reader, backpack.DrawAsked{Kept: true}, 3); len(got) != 0 {
		t.Errorf("drawn after it was withdrawn: %v", got)
	}
}

// Where nothing has a lesson, anything that can be read is a card; where there
// is more than a page, each turn takes from a heap.
func TestDrawOneFromNothingAndFromMany(t *testing.T) {
	h := newWorld(t, 1, 0)
	writer := h.people[1]
	if got := drawn(t, h, writer, backpack.DrawAsked{}, 2); len(got) != 0 {
		t.Errorf("drawn from nothing: %v", got)
	}
	plain := h.share(t, writer, simple("Zonder les", "Tekst", rugzak.LevelInternal))
	h.caughtUp(t)
	if got := drawn(t, h, writer, backpack.DrawAsked{}, 1); !slices.Equal(got, []rugzak.EntryID{plain.ID}) {
		t.Errorf("drawn %v", got)
	}
	in := simple("Met les", "Tekst", rugzak.LevelInternal)
	in.Lesson = "Bel eerst"
	for range 150 {
		h.share(t, writer, in)
	}
	h.caughtUp(t)
	got := drawn(t, h, writer, backpack.DrawAsked{}, 64)
	slices.Sort(got)
	if different := len(slices.Compact(slices.Clone(got))); len(got) != 64 || different < 45 || slices.Contains(got, plain.ID) {
		t.Errorf("%d cards of which %d different", len(got), different)
	}
}

// draws holds every card that is drawn to the rule.
func (c check) draws(t *testing.T) {
	t.Helper()
	for turn := range 8 {
		for _, a := range []backpack.DrawAsked{{}, {Kept: true}, {Theme: c.themes[turn%len(c.themes)]}, {Organisation: c.orgs[turn%len(c.orgs)].ID}} {
			a.Draw = rugzak.Draw{Day: "20261126", Turn: turn}
			v, err := c.DrawOne(t.Context(), c.p, a)
			if err != nil {
				t.Fatal(err)
			}
			c.clean(t, "a card", v)
			if v.Card == nil {
				continue
			}
			if e := c.m.entries[v.Card.ID]; !c.m.found(c.p, e) || a.Organisation != "" && e.Organisation != a.Organisation {
				t.Errorf("%s (%s) draws %s for %+v", c.p.Organisation, c.p.Team, v.Card.ID, a)
			}
		}
	}
}
