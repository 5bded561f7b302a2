// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"encoding/json"
	"fmt"
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
				c.pages(t)
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
	c.same(t, "newest", idsOf(home.Newest), newest[:min(len(newest), 8)])

	mine, err := c.Mine(t.Context(), c.p, "")
	if err != nil {
		t.Fatal(err)
	}
	c.clean(t, "my backpack", mine)
	own := func(state func(rugzak.State) bool) []rugzak.EntryID {
		return c.m.list(func(e rugzak.Entry) bool { return c.m.wrote(c.p, e) && state(e.State) })
	}
	c.same(t, "drafts", idsOf(mine.Drafts), own(func(s rugzak.State) bool { return s == rugzak.StateDraft }))
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
	drives, err := c.DriveCounts(t.Context(), c.p)
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

func (c check) searches(t *testing.T) {
	t.Helper()
	all := func(rugzak.Entry) bool { return true }
	named := func(id rugzak.OrganisationID) func(rugzak.Entry) bool {
		return func(e rugzak.Entry) bool { return e.Organisation == id }
	}
	bundled := func(i int) func(rugzak.Entry) bool {
		return func(e rugzak.Entry) bool {
			return slices.Contains(e.Themes, c.themes[i]) && c.m.seesTheme(c.p, c.themes[i])
		}
	}
	type ask struct {
		backpack.Asked
		fits func(rugzak.Entry) bool
	}
	asks := []ask{
		{backpack.Asked{}, all}, {backpack.Asked{Query: common}, all}, {backpack.Asked{Query: "titel:verhaal"}, all},
		{backpack.Asked{Query: "van:ceder"}, named(c.orgs[2].ID)}, {backpack.Asked{Query: "van:ahorn"}, named(c.orgs[0].ID)},
		{backpack.Asked{Query: "thema:synoniem3"}, bundled(3)}, {backpack.Asked{Query: common + " thema:bundel"}, func(e rugzak.Entry) bool {
			return slices.ContainsFunc(e.Themes, func(id rugzak.ThemeID) bool { return c.m.seesTheme(c.p, id) })
		}},
		{backpack.Asked{Filter: rugzak.Filter{rugzak.FacetTheme: {string(c.themes[0])}}}, bundled(0)},
		{backpack.Asked{Filter: rugzak.Filter{rugzak.FacetOrganisation: {string(c.orgs[3].ID)}}}, named(c.orgs[3].ID)},
	}
	for _, e := range c.m.entries {
		if c.random.IntN(4) == 0 {
			_, canary, _ := strings.Cut(e.Title, " ")
			asks = append(asks, ask{backpack.Asked{Query: canary}, func(o rugzak.Entry) bool { return o.ID == e.ID }})
		}
	}
	for _, author := range some(c.random, c.people, 3) {
		_, name, _ := strings.Cut(author.Name, " ")
		asks = append(asks, ask{backpack.Asked{Query: "van:" + name}, func(o rugzak.Entry) bool {
			return o.Mode == rugzak.ByName && slices.Contains(o.Authors, author.ID)
		}})
	}
	for _, a := range asks {
		a.Size = rugzak.MaxPage
		v, err := c.Search(t.Context(), c.p, a.Asked)
		if err != nil {
			t.Fatal(err)
		}
		var words []string // of the question itself, which comes back
		for _, word := range c.forbidden {
			if !strings.Contains(word, a.Query) && len(a.Filter) == 0 {
				words = append(words, word)
			}
		}
		check{c.world, c.m, c.p, words}.clean(t, "search "+a.Query, v)
		want := c.m.list(func(e rugzak.Entry) bool { return c.m.found(c.p, e) && a.fits(e) })
		var got []rugzak.EntryID
		for _, hit := range v.Hits {
			got = append(got, hit.ID)
		}
		slices.Sort(got)
		slices.Sort(want)
		c.same(t, "search "+a.Query+fmt.Sprint(a.Filter), append([]rugzak.EntryID{}, got...), want)
		if v.Total != len(want) {
			t.Errorf("search %q counts %d, want %d", a.Query, v.Total, len(want))
		}
		if len(a.Filter) == 0 {
			c.facets(t, v, want)
		}
	}
}

func (c check) facets(t *testing.T, v backpack.SearchView, ids []rugzak.EntryID) {
	t.Helper()
	want := map[string]int{}
	for _, id := range ids {
		e := c.m.entries[id]
		want["organisation "+string(e.Organisation)]++
		want["kind "+string(e.Kind)]++
		want["lang "+string(e.Lang)]++
		want["phase "+string(e.Phase)]++
		for _, th := range e.Themes {
			if c.m.seesTheme(c.p, th) {
				want["theme "+string(th)]++
			}
		}
	}
	got := map[string]int{}
	for _, f := range v.Facets {
		for _, value := range f.Values {
			if f.Facet != rugzak.FacetYear {
				got[string(f.Facet)+" "+value.Value] = value.Count
			}
		}
	}
	if !maps.Equal(got, want) {
		t.Errorf("facets: %v, want %v", got, want)
	}
}

// pages reads every entry with its relations and history.
func (c check) pages(t *testing.T) {
	t.Helper()
	for id, e := range c.m.entries {
		v, err := c.Read(t.Context(), c.p, id)
		h, herr := c.History(t.Context(), c.p, id)
		_, rerr := c.Revision(t.Context(), c.p, id, 1)
		if !c.m.sees(c.p, e) {
			for _, err := range []error{err, herr, rerr} {
				if got, want := fmt.Sprint(err), fmt.Sprint(c.absent(t)); got[strings.Index(got, ":"):] != want[strings.Index(want, ":"):] {
					t.Errorf("hidden entry: %v, absent: %v", got, want)
				}
			}
			continue
		}
		if err != nil || herr != nil {
			t.Fatal(err, herr)
		}
		c.clean(t, "entry", v)
		c.clean(t, "history", h)
		if asked, err := c.WideningChoices(t.Context(), c.p, id); err != nil {
			t.Error(err)
		} else {
			c.clean(t, "what may be asked", asked)
		}
		if v.Mine != c.m.wrote(c.p, e) {
			t.Errorf("mine: %v", v.Mine)
		}
		want := map[string]bool{}
		for _, rel := range e.Relations {
			if c.m.sees(c.p, c.m.entries[rel.To]) {
				want[string(rel.Type)+" to "+string(rel.To)] = true
			}
		}
		for _, other := range c.m.entries {
			for _, rel := range other.Relations {
				if rel.To == id && c.m.sees(c.p, other) {
					want[string(rel.Type)+" from "+string(other.ID)] = true
				}
			}
			if other.Application != nil && other.Application.Lesson == id && c.m.sees(c.p, other) {
				want["applies from "+string(other.ID)] = true
			}
		}
		got := map[string]bool{}
		for _, rel := range v.Related {
			got[string(rel.Type)+map[bool]string{false: " to ", true: " from "}[rel.Inverse]+string(rel.Card.ID)] = true
		}
		if v.Lesson != nil && slices.Contains(e.Relations, rugzak.Relation{Type: rugzak.Applies, To: v.Lesson.ID}) {
			got["applies to "+string(v.Lesson.ID)] = true
		}
		if !maps.Equal(got, want) {
			t.Errorf("related: %v, want %v", got, want)
		}
		if lesson := e.Application; lesson != nil && (v.Lesson != nil) != c.m.sees(c.p, c.m.entries[lesson.Lesson]) {
			t.Errorf("lesson of an application: %v", v.Lesson)
		}
		c.audienceWords(t, e, v)
		if e.Mode == rugzak.Anonymous && e.State != rugzak.StateDraft {
			c.nameless(t, e, v, h)
		}
	}
}

func (c check) absent(t *testing.T) error {
	_, err := c.Read(t.Context(), c.p, c.NewID())
	return err
}

// audienceWords: a partner learns only of itself and of departments.
func (c check) audienceWords(t *testing.T, e rugzak.Entry, v backpack.EntryView) {
	t.Helper()
	if c.p.Kind == rugzak.Department || v.Mine {
		return
	}
	for _, o := range v.Audience.Also {
		if o.ID != c.p.Organisation && (o.Kind == rugzak.Partner || e.Organisation != c.p.Organisation) {
			t.Errorf("%s learns that %s may read", c.p.Organisation, o.Name)
		}
	}
	if e.Organisation != c.p.Organisation && (v.Audience.Level != "" || v.Audience.WholeMunicipality || v.BallWith.Kind == rugzak.Partner && v.BallWith.ID != c.p.Organisation) {
		t.Errorf("%s learns of an audience: %+v, ball %s", c.p.Organisation, v.Audience, v.BallWith.ID)
	}
}

// nameless: nothing of the page of an entry without name leads to its writer.
func (c check) nameless(t *testing.T, e rugzak.Entry, v backpack.EntryView, h backpack.HistoryView) {
	t.Helper()
	v.Related, v.Lesson, v.Kept, v.Themes, v.OtherThemes = nil, nil, nil, nil, nil // of others, or the reader's own
	h.Entry = backpack.EntryView{}
	r, err := c.Revision(t.Context(), c.p, e.ID, 1)
	if err != nil {
		t.Fatal(err)
	}
	r.Entry = backpack.EntryView{}
	data, err := json.Marshal([]any{v, h, r})
	if err != nil {
		t.Fatal(err)
	}
	writer := c.m.hidden[e.ID][0]
	i := slices.IndexFunc(c.people, func(p rugzak.Person) bool { return p.ID == writer })
	if strings.Contains(string(data), string(writer)) || strings.Contains(string(data), c.people[i].Name) {
		t.Errorf("the page of an entry without name tells who wrote it: %s", data)
	}
	if !v.Mine && (v.Entry.SharedAt.Day() != 1 || v.Entry.UpdatedAt.Day() != 1 || r.Revision.At.Day() != 1) {
		t.Errorf("the page of an entry without name tells the day")
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
