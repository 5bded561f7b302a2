// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

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
