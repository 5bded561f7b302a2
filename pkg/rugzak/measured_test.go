// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"math"
	"strings"
	"testing"
)

// The figures are computed by hand: a hit at rank 1, 2, 3 and 4 gains 1,
// 0.630930, 0.5 and 0.430677.
func TestMeasureRanking(t *testing.T) {
	for _, test := range []struct {
		what             string
		ranked, relevant string
		want             Measured
	}{
		{"at the top", "a b c", "a", Measured{1, 1, 1, 1, 1}},
		{"second", "b a c", "a", Measured{1, 0.5, 0, 1, 0.630930}},
		{"third", "b c a", "a", Measured{1, 1.0 / 3, 0, 1, 0.5}},
		{"tenth", "b c d e f g h i j a", "a", Measured{1, 0.1, 0, 1, 0.289065}},
		{"eleventh does not count", "b c d e f g h i j k a", "a", Measured{Queries: 1}},
		{"nowhere", "b c", "a", Measured{Queries: 1}},
		{"nothing found", "", "a", Measured{Queries: 1}},
		{"two right, both at the top", "b a c", "a b", Measured{1, 1, 1, 1, 1}},
		// (1 + 0.5) / (1 + 0.630930)
		{"two right, at 1 and 3", "a c b", "a b", Measured{1, 1, 1, 1, 0.919721}},
		// (0.630930 + 0.430677) / (1 + 0.630930 + 0.5)
		{"two of three, at 2 and 4", "x a y b", "a b c", Measured{1, 0.5, 0, 1, 0.498190}},
		{"named twice counts once", "a b", "a a", Measured{1, 1, 1, 1, 1}},
		{"found twice counts once", "a a", "a b", Measured{1, 1, 1, 1, 0.613147}},
		{"more right than places", "a b c d e f g h i j", "a b c d e f g h i j k l", Measured{1, 1, 1, 1, 1}},
		{"nothing is right", "a", "", Measured{Queries: 1}},
	} {
		if got := MeasureRanking(strings.Fields(test.ranked), strings.Fields(test.relevant)); !near(got, test.want) {
			t.Errorf("%s: %+v, want %+v", test.what, got, test.want)
		}
	}
}

func TestMean(t *testing.T) {
	first, second, none := Measured{1, 1, 1, 1, 1}, Measured{1, 0.5, 0, 1, 0.6}, Measured{Queries: 1}
	for _, test := range []struct {
		what string
		of   []Measured
		want Measured
	}{
		{"of nothing", nil, Measured{}},
		{"of one", []Measured{second}, second},
		{"of four", []Measured{first, second, none, first}, Measured{4, 0.625, 0.5, 0.75, 0.65}},
		{"of means", []Measured{{3, 0.9, 0.6, 0.9, 0.9}, {1, 0.1, 0, 0.5, 0.1}}, Measured{4, 0.7, 0.45, 0.8, 0.7}},
	} {
		if got := Mean(test.of); !near(got, test.want) {
			t.Errorf("%s: %+v, want %+v", test.what, got, test.want)
		}
	}
}

func near(a, b Measured) bool {
	const slack = 1e-5
	return a.Queries == b.Queries && math.Abs(a.MRR-b.MRR) < slack && math.Abs(a.First-b.First) < slack &&
		math.Abs(a.Found-b.Found) < slack && math.Abs(a.NDCG-b.NDCG) < slack
}
