// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"testing"
	"time"
)

func TestTick(t *testing.T) {
	first := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	later := first.Add(24 * time.Hour)
	old := Checklist{Marks: []CheckMark{{CheckDPIA, "jan", first}, {CheckWoo, "jan", first}}, Version: 3}
	for _, c := range []struct {
		name   string
		points []CheckPoint
		want   []CheckMark
		code   Code
	}{
		{"one more, in order of the points", []CheckPoint{CheckWoo, CheckOfficer, CheckDPIA}, []CheckMark{{CheckOfficer, "piet", later}, {CheckDPIA, "jan", first}, {CheckWoo, "jan", first}}, ""},
		{"one less", []CheckPoint{CheckWoo}, []CheckMark{{CheckWoo, "jan", first}}, ""},
		{"twice the same", []CheckPoint{CheckWoo, CheckWoo}, []CheckMark{{CheckWoo, "jan", first}}, ""},
		{"none", nil, nil, ""},
		{"no point", []CheckPoint{CheckWoo, "soep"}, old.Marks, CodeInvalid},
	} {
		got, err := old.Tick(c.points, "piet", later)
		if CodeOf(err) != c.code || !slices.Equal(got.Marks, c.want) || got.Version != 3 {
			t.Errorf("%s: %+v, %v", c.name, got, err)
		}
	}
	if !slices.Equal(old.Marks, []CheckMark{{CheckDPIA, "jan", first}, {CheckWoo, "jan", first}}) {
		t.Error("ticking changed the old list")
	}
}
