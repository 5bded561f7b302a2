// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"maps"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// trail: the page of a lesson tells of exactly the applications the reader may
// read, or is told of; of the latter nothing but organisation and outcome. How
// mature it is does not depend on who looks.
func (c check) trail(t *testing.T, lesson rugzak.Entry) {
	t.Helper()
	trail, err := c.Trail(t.Context(), c.p, lesson.ID, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	kind := func(id rugzak.OrganisationID) rugzak.OrganisationKind { return c.m.orgs[id].Kind }
	stories, told := map[rugzak.EntryID]bool{}, map[string]int{}
	var confirmed []rugzak.Confirmation
	for _, e := range c.m.entries {
		a := e.Application
		if a == nil || a.Lesson != lesson.ID || !e.State.Public() {
			continue
		}
		public := e.Told(lesson.ID, rugzak.AudienceTokens(lesson), kind)
		switch {
		case c.m.sees(c.p, e):
			stories[e.ID] = true
		case public && (c.p.Kind == rugzak.Department || kind(e.Organisation) == rugzak.Department || e.Organisation == c.p.Organisation):
			told[string(e.Organisation)+" "+string(a.Outcome)]++
		case public:
			told[" "+string(a.Outcome)]++
		}
		if public && a.Helped() {
			confirmed = append(confirmed, rugzak.Confirmation{Organisation: e.Organisation, At: e.SharedAt})
		}
	}
	gotStories, gotTold := map[rugzak.EntryID]bool{}, map[string]int{}
	for _, l := range trail.Lines {
		if l.Story != nil {
			gotStories[l.Story.ID] = true
		} else {
			gotTold[string(l.Organisation.ID)+" "+string(l.Outcome)]++
		}
	}
	if !maps.Equal(gotStories, stories) || !maps.Equal(gotTold, told) {
		t.Errorf("trail: stories %v, told %v; want %v, %v", gotStories, gotTold, stories, told)
	}
	count := 0
	for _, o := range trail.Counts {
		count += o.Count
	}
	if count != len(trail.Lines) || trail.Total != count {
		t.Errorf("trail: %d lines, counted %d, total %d", len(trail.Lines), count, trail.Total)
	}
	if want := rugzak.GrowthOf(lesson, confirmed); trail.Growth != want {
		t.Errorf("maturity %+v, want %+v", trail.Growth, want)
	}
	c.clean(t, "trail", trail)
	lineage, err := c.Lineage(t.Context(), c.p, lesson.ID)
	if err != nil {
		t.Fatal(err)
	}
	c.clean(t, "lineage", lineage)
	c.reached(t, lineage.Before)
	c.reached(t, lineage.After)
}

// reached: everything in a lineage may be read.
func (c check) reached(t *testing.T, nodes []backpack.LineageNode) {
	t.Helper()
	for _, n := range nodes {
		if e, ok := c.m.entries[n.ID]; !ok || !c.m.sees(c.p, e) {
			t.Errorf("the lineage holds %s", n.ID)
		}
		c.reached(t, n.Children)
	}
}
