// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestToldByName(t *testing.T) {
	t.Parallel()
	kind := func(o OrganisationID) OrganisationKind {
		if o[0] == 'd' {
			return Department
		}
		return Partner
	}
	for name, c := range map[string]struct {
		accounts map[OrganisationID]int
		own      OrganisationID
		want     []OrganisationID
	}{
		"large":                 {map[OrganisationID]int{"d1": 12, "d2": 5, "p1": 6}, "", []OrganisationID{"d1", "d2", "p1"}},
		"several small":         {map[OrganisationID]int{"d1": 12, "p1": 6, "p2": 4, "p3": 1}, "", []OrganisationID{"d1", "p1"}},
		"one small":             {map[OrganisationID]int{"d1": 12, "d2": 8, "d3": 4, "p1": 6}, "", []OrganisationID{"d1", "p1"}},
		"small and few":         {map[OrganisationID]int{"d1": 12, "d2": 8, "d3": 2, "d4": 2}, "", []OrganisationID{"d1"}},
		"one of each":           {map[OrganisationID]int{"d1": 12, "p1": 3}, "", []OrganisationID{"d1"}},
		"nobody there":          {map[OrganisationID]int{"d1": 12, "d2": 0}, "", []OrganisationID{"d1"}},
		"its own stands beside": {map[OrganisationID]int{"d1": 12, "p1": 3, "p2": 2, "p3": 6, "p4": 7}, "p1", []OrganisationID{"d1", "p4"}},
	} {
		if got := ToldByName(c.accounts, kind, c.own); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		accounts := map[OrganisationID]int{}
		for _, o := range []OrganisationID{"d1", "d2", "d3", "d4", "p1", "p2", "p3", "p4"} {
			accounts[o] = random.IntN(9)
		}
		named := ToldByName(accounts, kind, "p4")
		for _, k := range []OrganisationKind{Department, Partner} {
			together, people, left := 0, 0, 0
			for o, n := range accounts {
				switch {
				case kind(o) != k || o == "p4":
				case slices.Contains(named, o):
					if left++; n < 5 {
						t.Fatalf("%v: %s is named", accounts, o)
					}
				case n > 0:
					together, people = together+1, people+n
				}
			}
			if left > 0 && together > 0 && (together < 2 || people < 5) {
				t.Fatalf("%v, %s: %d organisations of %d people stand together beside %q", accounts, k, together, people, named)
			}
		}
	}
}

func TestHoursHeld(t *testing.T) {
	t.Parallel()
	h := ResultHours{Of: 7, Median: 3, P75: 9}
	if got := h.Held(4); got != (ResultHours{Few: true}) {
		t.Errorf("of four people: %+v", got)
	}
	if got := h.Held(5); got != h {
		t.Errorf("of five people: %+v", got)
	}
	if got := (ResultHours{}).Held(0); got != (ResultHours{}) {
		t.Errorf("of nothing: %+v", got)
	}
}
