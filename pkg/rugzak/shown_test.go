// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestShownPeople(t *testing.T) {
	for _, tc := range []struct {
		parts map[string]int
		want  string
	}{
		{nil, "0"},
		{map[string]int{"a": 0}, "0"},
		{map[string]int{"a": 4}, "<5 a-"},
		{map[string]int{"a": 5}, "5 a5"},
		{map[string]int{"a": 2, "b": 2}, "<5 a- b-"},
		{map[string]int{"a": 7, "b": 2}, "9 a- b-"},
		{map[string]int{"a": 7, "b": 2, "c": 20}, "29 a- b- c-"},
		{map[string]int{"a": 3, "b": 4, "c": 20}, "27 a- b- c-"},
		{map[string]int{"a": 1, "b": 1, "c": 20, "d": 30}, "52 a- b- c- d-"},
		{map[string]int{"a": 6, "b": 7}, "13 a6 b7"},
	} {
		total, shown := ShownPeople(tc.parts)
		got := show(total)
		for _, k := range slices.Sorted(maps.Keys(shown)) {
			got += " " + k + show(shown[k])
		}
		if got != tc.want {
			t.Errorf("%v: %s, want %s", tc.parts, got, tc.want)
		}
	}
}

// What is rounded down differs by nothing or by five at least.
func TestInFives(t *testing.T) {
	for count, want := range map[int]int{-3: 0, 0: 0, 4: 0, 5: 5, 9: 5, 10: 10, 14: 10} {
		if got := InFives(count); got != want {
			t.Errorf("%d: %d, want %d", count, got, want)
		}
	}
}

// Names that are shown take nothing away: what is not named stays as uncertain
// as it would be without them.
func TestShownWithNamesTellsNoSmallNumber(t *testing.T) {
	const most = 8
	type world struct{ rest [2]int }
	worlds := map[string][]world{}
	for _, named := range [][2]int{{0, 0}, {1, 0}, {0, 2}, {1, 1}, {4, 0}, {4, 3}, {5, 1}} {
		for a := range most {
			for b := range most {
				names := map[int]int{0: named[0], 1: named[1]}
				total, shown := ShownWithNames(map[int]int{0: a + named[0], 1: b + named[1]}, names)
				key := fmt.Sprint(named, " ", show(total), " ", show(shown[0]), " ", show(shown[1]))
				worlds[key] = append(worlds[key], world{[2]int{a, b}})
			}
		}
	}
	for key, all := range worlds {
		for what, count := range map[string]func(world) int{
			"one organisation": func(w world) int { return w.rest[0] }, "the other": func(w world) int { return w.rest[1] },
			"all": func(w world) int { return w.rest[0] + w.rest[1] },
		} {
			values := map[int]bool{}
			for _, w := range all {
				values[count(w)] = true
			}
			for n := range values {
				if n > 0 && n < FewPeople && len(values) == 1 {
					t.Errorf("%q tells that %d people of %s are not named", key, n, what)
				}
			}
		}
	}
}

func show(c PeopleCount) string {
	switch {
	case c.Few:
		return "<5"
	case c.Held:
		return "-"
	}
	return fmt.Sprint(c.N)
}

// TestShownPeopleTellsNoSmallNumber tries every way of dividing small numbers
// over three organisations: what is shown fits more than one of them, for every
// number below five.
func TestShownPeopleTellsNoSmallNumber(t *testing.T) {
	const most = 12
	worlds := map[string][][3]int{}
	for a := range most {
		for b := range most {
			for c := range most {
				total, shown := ShownPeople(map[int]int{0: a, 1: b, 2: c})
				var key strings.Builder
				key.WriteString(show(total))
				for i := range 3 {
					key.WriteString(" " + show(shown[i]))
				}
				worlds[key.String()] = append(worlds[key.String()], [3]int{a, b, c})
			}
		}
	}
	for key, all := range worlds {
		for i := range 3 {
			values := map[int]bool{}
			for _, w := range all {
				values[w[i]] = true
			}
			for n := range values {
				if n > 0 && n < FewPeople && len(values) == 1 {
					t.Errorf("%q tells that organisation %d has %d", key, i, n)
				}
			}
		}
	}
}
