// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// Every surface of the package answers every reader exactly what the rule
// allows, in worlds made at random.
func TestNobodyLearnsOfHiddenEntries(t *testing.T) {
	t.Parallel()
	for seed := range uint64(2) {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			w := newWorld(t, seed, 40)
			w.caughtUp(t)
			m := w.model(t)
			for _, p := range w.people {
				c := check{w, m, p, m.forbidden(p)}
				c.lists(t)
				c.themePages(t)
				c.searches(t)
				c.suggestions(t)
				c.wider(t)
				c.savedSearches(t)
				c.similar(t)
				c.draws(t)
				c.pages(t)
				c.attachments(t)
				c.forms(t)
			}
		})
	}
}

// check compares the answers to one reader with the model.
type check struct {
	*world
	m         model
	p         rugzak.Person
	forbidden []string
}

// clean looks for forbidden words in an answer.
func (c check) clean(t *testing.T, surface string, answer any) {
	t.Helper()
	data, err := json.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range c.forbidden {
		if strings.Contains(string(data), word) {
			t.Errorf("%s tells %s (%s) of %q", surface, c.p.Organisation, c.p.Team, word)
		}
	}
}

func idsOf(cards []backpack.Card) []rugzak.EntryID {
	ids := []rugzak.EntryID{}
	for _, c := range cards {
		ids = append(ids, c.ID)
	}
	return ids
}

func (c check) same(t *testing.T, surface string, got, want []rugzak.EntryID) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s of %s (%s): %v, want %v", surface, c.p.Organisation, c.p.Team, got, want)
	}
}

func (c check) lists(t *testing.T) {
	t.Helper()
	home, err := c.Home(t.Context(), c.p)
	if err != nil {
		t.Fatal(err)
	}
	c.clean(t, "home", home)
	newest := c.m.list(func(e rugzak.Entry) bool {
		return (c.m.meant(c.p, e) || e.IsAuthor(c.p.ID)) && e.State.Public() && e.State != rugzak.StateArchived
	})
	c.same(t, "newest", idsOf(home.Newest), newest[:min(len(newest), 6)])
	c.partnerHome(t, home)

	mine, err := c.Mine(t.Context(), c.p, "")
	if err != nil {
		t.Fatal(err)
	}
	c.clean(t, "my backpack", mine)
	own := func(state func(rugzak.State) bool) []rugzak.EntryID {
		return c.m.list(func(e rugzak.Entry) bool { return c.m.wrote(c.p, e) && state(e.State) })
	}
	drafts := own(func(s rugzak.State) bool { return s == rugzak.StateDraft })
	c.same(t, "drafts", idsOf(mine.Drafts), drafts[:min(len(drafts), 6)])
	c.ownParts(t, drafts)
	c.same(t, "withdrawn", idsOf(mine.Withdrawn), own(func(s rugzak.State) bool { return s == rugzak.StateWithdrawn }))
	c.same(t, "reported", idsOf(mine.Reported), own(func(s rugzak.State) bool { return s == rugzak.StateReported }))
	entries := idsOf(mine.Entries)
	for mine.Next != "" {
		if mine, err = c.Mine(t.Context(), c.p, mine.Next); err != nil {
			t.Fatal(err)
		}
		entries = append(entries, idsOf(mine.Entries)...)
	}
	c.same(t, "own entries", entries, own(rugzak.State.Public))
}

func (c check) themePages(t *testing.T) {
	t.Helper()
	cards, err := c.Themes(t.Context(), c.p)
	if err != nil {
		t.Fatal(err)
	}
	c.clean(t, "themes", cards)
	drives, _, err := c.DriveCounts(t.Context(), c.p)
	if err != nil {
		t.Fatal(err)
	}
	want := map[rugzak.DriveID]int{}
	for _, e := range c.m.entries {
		if c.m.found(c.p, e) {
			want[e.Drives[0]]++
		}
	}
	if !maps.Equal(drives, want) {
		t.Errorf("drives: %v, want %v", drives, want)
	}
	for id := range c.m.themes {
		in := func(e rugzak.Entry) bool { return slices.Contains(e.Themes, id) }
		counted := len(c.m.list(func(e rugzak.Entry) bool { return in(e) && c.m.found(c.p, e) }))
		i := slices.IndexFunc(cards, func(card backpack.ThemeCard) bool { return card.Theme.ID == id })
		if (i >= 0) != c.m.seesTheme(c.p, id) {
			t.Errorf("theme %s listed: %v", id, i >= 0)
		}
		v, err := c.Theme(t.Context(), c.p, id, "")
		if !c.m.seesTheme(c.p, id) {
			if rugzak.CodeOf(err) != rugzak.CodeNotFound {
				t.Errorf("hidden theme: %v", err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		c.clean(t, "theme", v)
		if cards[i].Count != counted || v.Count != counted {
			t.Errorf("theme %s counts %d and %d, want %d", id, cards[i].Count, v.Count, counted)
		}
		got := append(idsOf(v.Pins), idsOf(v.Entries)...)
		for v.Next != "" {
			if v, err = c.Theme(t.Context(), c.p, id, v.Next); err != nil {
				t.Fatal(err)
			}
			got = append(got, idsOf(v.Entries)...)
		}
		slices.Sort(got)
		listed := c.m.list(func(e rugzak.Entry) bool {
			return in(e) && e.State.Public() && (c.m.meant(c.p, e) || c.m.wrote(c.p, e))
		})
		slices.Sort(listed)
		c.same(t, "theme page", slices.Compact(got), listed)
	}
}

// forms: what a writer may choose from holds nothing hidden.
func (c check) forms(t *testing.T) {
	t.Helper()
	choices, err := c.FormChoices(t.Context(), c.p)
	if err != nil {
		t.Fatal(err)
	}
	audience, err := c.AudienceChoices(t.Context(), c.p)
	if err != nil {
		t.Fatal(err)
	}
	names, err := c.OrganisationNames(t.Context(), c.p)
	if err != nil {
		t.Fatal(err)
	}
	agenda, err := c.Agenda(t.Context(), c.p)
	if err != nil {
		t.Fatal(err)
	}
	movement, err := c.Movement(t.Context(), c.p)
	if err != nil {
		t.Fatal(err)
	}
	requests, err := c.WideningsForMe(t.Context(), c.p)
	if err != nil {
		t.Fatal(err)
	}
	c.clean(t, "forms", []any{choices, audience, names})
	c.clean(t, "agenda", []any{agenda, movement})
	c.clean(t, "requests", requests)
	for i, line := range agenda {
		var partners int
		for _, o := range line.Organisations {
			if o.Kind == rugzak.Partner {
				partners++
			}
		}
		if line.Joint != (partners > 0) || line.NotJoint && c.p.Kind == rugzak.Partner || len(line.Item.Organisations) != len(line.Organisations) {
			t.Errorf("item %d of the agenda tells %s of more than it names", i, c.p.Organisation)
		}
	}
	for _, o := range audience.Partners {
		if c.p.Kind == rugzak.Department {
			continue
		}
		together := slices.ContainsFunc(slices.Collect(maps.Values(c.m.themes)), func(th rugzak.Theme) bool {
			return slices.Contains(th.Audience.Also, o.ID) && slices.Contains(th.Audience.Also, c.p.Organisation)
		})
		if !together {
			t.Errorf("%s may choose %s", c.p.Organisation, o.ID)
		}
	}
	for id := range names {
		if c.p.Kind == rugzak.Partner && c.m.orgs[id].Kind == rugzak.Partner && id != c.p.Organisation {
			t.Errorf("%s learns the name of %s", c.p.Organisation, id)
		}
	}
}
