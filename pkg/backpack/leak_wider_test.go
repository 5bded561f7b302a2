// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"slices"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// wider: what is offered where nothing was found counts what the reader finds,
// and names only themes they may see.
func (c check) wider(t *testing.T) {
	t.Helper()
	count := func(fits func(rugzak.Entry) bool) int {
		return len(c.m.list(func(e rugzak.Entry) bool { return c.m.found(c.p, e) && fits(e) }))
	}
	every := func(rugzak.Entry) bool { return true }
	filter := rugzak.Filter{rugzak.FacetOrganisation: {"bestaat-niet"}}
	v, err := c.Wider(t.Context(), c.p, backpack.Asked{Query: common, Filter: filter}, "")
	if err != nil {
		t.Fatal(err)
	}
	if want := count(every); v.NoFilter != want {
		t.Errorf("%s is offered %d without filters, want %d", c.p.Organisation, v.NoFilter, want)
	}
	v, err = c.Wider(t.Context(), c.p, backpack.Asked{Query: `"` + common + ` bestaatniet"`}, "titel:"+common)
	if err != nil {
		t.Fatal(err)
	}
	want := count(every)
	if loose := slices.ContainsFunc(v.Fewer, func(q backpack.WiderQuery) bool { return q.Count == want }); loose != (want > 0) {
		t.Errorf("%s is offered %+v, want %d", c.p.Organisation, v.Fewer, want)
	}
	for i, theme := range c.themes {
		v, err := c.Wider(t.Context(), c.p, backpack.Asked{Query: fmt.Sprintf("synoniem%d bestaatniet", i)}, "")
		if err != nil {
			t.Fatal(err)
		}
		c.clean(t, "wider", v.Themes)
		named := slices.ContainsFunc(v.Themes, func(th backpack.WiderTheme) bool { return th.ID == theme })
		if named && !c.m.seesTheme(c.p, theme) {
			t.Errorf("%s is offered theme %s", c.p.Organisation, theme)
		}
		if !named && c.m.seesTheme(c.p, theme) {
			t.Errorf("%s is not offered theme %s", c.p.Organisation, theme)
		}
	}
}
