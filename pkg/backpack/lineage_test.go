// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"reflect"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// child shares an entry that builds on another.
func (c *cast) child(t *testing.T, who string, of rugzak.EntryID, level rugzak.Level) rugzak.Entry {
	t.Helper()
	in := simple("Hierop verder", "Tekst.", level)
	in.Relations = []rugzak.Relation{{Type: rugzak.BuildsOn, To: of}}
	return c.share(t, c.people[who], in)
}

func (c *cast) lineage(t *testing.T, who string, id rugzak.EntryID) backpack.Lineage {
	t.Helper()
	l, err := c.Lineage(t.Context(), c.people[who], id)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// size counts the entries of one side of a lineage, and how deep it goes.
func size(nodes []backpack.LineageNode) (count, depth int) {
	for _, n := range nodes {
		below, down := size(n.Children)
		count += 1 + below
		depth = max(depth, 1+down)
	}
	return count, depth
}

// A lineage is the same with and without entries its reader may not see, at
// its bounds too: what is hidden takes no place, is no way to what is behind
// it, and is not "more".
func TestLineageWithAndWithoutHidden(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	reader := elsewhere
	first := c.share(t, c.people[author], simple("De eerste", "Tekst.", rugzak.LevelInternal))
	chain := []rugzak.Entry{first}
	for range 3 {
		chain = append(chain, c.child(t, author, chain[len(chain)-1].ID, rugzak.LevelInternal))
	}
	for range 26 { // with the three of the chain one short of what fits
		c.child(t, author, first.ID, rugzak.LevelInternal)
	}
	of := func() (all []backpack.Lineage) {
		for _, e := range chain {
			all = append(all, c.lineage(t, reader, e.ID))
		}
		return all
	}
	before := of()
	if count, depth := size(before[0].After); count != 29 || depth != 3 || before[0].More {
		t.Fatalf("control: %d entries, %d deep, more: %v", count, depth, before[0].More)
	}

	last := chain[len(chain)-1]
	secret := c.child(t, author, first.ID, rugzak.LevelTeam) // fits, for who may see it
	c.child(t, author, first.ID, rugzak.LevelTeam)           // does not
	c.child(t, author, last.ID, rugzak.LevelTeam)            // too deep
	c.usedBy(t, author, first.ID, rugzak.OutcomeWorked, rugzak.LevelTeam, true)
	behind := c.child(t, author, secret.ID, rugzak.LevelInternal)
	if after := of(); !reflect.DeepEqual(after, before) {
		t.Errorf("the lineage became %+v, was %+v", after, before)
	}
	if got := c.lineage(t, reader, behind.ID); len(got.Before) > 0 || got.More {
		t.Errorf("through what is hidden one comes to %+v", got)
	}
	if _, err := c.Lineage(t.Context(), c.people[reader], secret.ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("the lineage of what is hidden: %v", err)
	}

	// The author's own is full.
	full := c.lineage(t, author, first.ID)
	if count, depth := size(full.After); count != 30 || depth > 3 || !full.More {
		t.Errorf("%d entries, %d deep, more: %v", count, depth, full.More)
	}
	if got := c.lineage(t, author, behind.ID); len(got.Before) != 1 || len(got.Before[0].Children) != 1 {
		t.Errorf("what it came from: %+v", got.Before)
	}
}

// A lineage goes three steps each way and says when there is more; entries that
// lead round to each other stand in it once.
func TestBoundsOfLineage(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	e := c.share(t, c.people[author], simple("De eerste", "Tekst.", rugzak.LevelInternal))
	first, chain := e, []rugzak.Entry{e}
	for range 4 {
		e = c.child(t, author, e.ID, rugzak.LevelInternal)
		chain = append(chain, e)
	}
	for i, want := range []struct {
		before, after int
		more          bool
	}{{0, 3, true}, {1, 3, false}, {2, 2, false}, {3, 1, false}, {3, 0, true}} {
		l := c.lineage(t, author, chain[i].ID)
		before, up := size(l.Before)
		after, down := size(l.After)
		if before != want.before || up != before || after != want.after || down != after || l.More != want.more {
			t.Errorf("from the %dth: %d before, %d after, more: %v; want %+v", i+1, before, after, l.More, want)
		}
	}

	// Round: the first now builds on its own grandchild, and sees itself nowhere.
	in := c.InputOf(first)
	in.Relations = []rugzak.Relation{{Type: rugzak.BuildsOn, To: chain[2].ID}}
	if _, err := c.Revise(t.Context(), c.people[author], first.ID, first.Version, in); err != nil {
		t.Fatal(err)
	}
	l := c.lineage(t, author, first.ID)
	if before, _ := size(l.Before); before != 2 || l.Before[0].ID != chain[2].ID || l.Before[0].Children[0].ID != chain[1].ID {
		t.Errorf("round: it came from %+v", l.Before)
	}

	// Many: what is farthest away is left out first.
	for range 31 {
		c.child(t, author, chain[4].ID, rugzak.LevelInternal)
	}
	l = c.lineage(t, author, chain[4].ID)
	if count, depth := size(l.After); count != 30 || depth != 1 || !l.More {
		t.Errorf("many: %d entries, %d deep, more: %v", count, depth, l.More)
	}
}
