// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak_test

import (
	"fmt"
	"testing"

	"rugzak/pkg/rugzak"
)

func TestMethodChoices(t *testing.T) {
	for name, c := range map[string]struct {
		method *rugzak.MethodData
		want   string
	}{
		"no method":    {nil, "map[]"},
		"nothing said": {&rugzak.MethodData{}, "map[]"},
		"its shortest time must fit": {
			&rugzak.MethodData{Goal: "choose", MinutesMin: 60, MinutesMax: 240}, "map[goal:[choose] time:[60 90 120 180 240]]",
		},
		"else the steps count": {
			&rugzak.MethodData{MinutesMax: 240, Steps: []rugzak.Step{{Minutes: 100}, {Minutes: 21}}}, "map[time:[180 240]]",
		},
		"else its longest time":   {&rugzak.MethodData{MinutesMax: 240}, "map[time:[240]]"},
		"longer than anybody has": {&rugzak.MethodData{MinutesMin: 241}, "map[]"},
		"a group that overlaps": {
			&rugzak.MethodData{GroupMin: 4, GroupMax: 9, Trust: "high", Guidance: "none"},
			"map[group:[2-4 5-8 9-15] guidance:[none] trust:[high]]",
		},
		"from so many on": {&rugzak.MethodData{GroupMin: 30}, "map[group:[16-30 31]]"},
		"up to so many":   {&rugzak.MethodData{GroupMax: 5}, "map[group:[2-4 5-8]]"},
		"for one alone":   {&rugzak.MethodData{GroupMin: 1, GroupMax: 1}, "map[]"},
		"for very many":   {&rugzak.MethodData{GroupMin: 200, GroupMax: 10000}, "map[group:[31]]"},
	} {
		if got := fmt.Sprint(c.method.Choices()); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	for _, f := range rugzak.MethodFacets() {
		if !f.Valid() || len(rugzak.FacetOrder(f)) == 0 {
			t.Errorf("facet %s is not one to choose by", f)
		}
	}
}
