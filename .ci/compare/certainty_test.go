// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"math"
	"testing"
)

func repeat(v float64, n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = v
	}
	return out
}

func TestSignFlip(t *testing.T) {
	tests := []struct {
		name        string
		differences []float64
		want, off   float64
	}{
		{"nothing differs", repeat(0, 20), 1, 0},
		{"one differs: any sign is as far", []float64{0, 0, .5}, 1, 1e-9},
		{"five the same way: 2 of 32", repeat(.5, 5), 2.0 / 32, .005},
		{"ten the same way and zeros: 2 of 1024", append(repeat(.25, 10), repeat(0, 90)...), 2.0 / 1024, .0005},
		// |sum| reaches 2 when at least 3 of 4 signs agree: 10 of 16.
		{"three against one", []float64{1, 1, 1, -1}, 10.0 / 16, .01},
		{"more than 64 the same way", repeat(1, 100), 1.0 / (permutations + 1), 1e-12},
	}
	for _, tt := range tests {
		if got := signFlip(tt.differences); math.Abs(got-tt.want) > tt.off {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestWilcoxon(t *testing.T) {
	tests := []struct {
		name        string
		differences []float64
		want, off   float64
	}{
		{"too few to say", repeat(1, 5), 1, 0},
		{"balanced", []float64{1, -1, 2, -2, 3, -3}, 1, 1e-9},
		// By hand: n 10, all positive, W 55, mean 27.5, spread sqrt(96.25), z 2.752.
		{"all one way", []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, .00592, .0001},
	}
	for _, tt := range tests {
		if got := wilcoxon(tt.differences); math.Abs(got-tt.want) > tt.off {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestMiddles(t *testing.T) {
	values := []float64{9, 1, 5, 3, 7}
	if got := median(values); got != 5 {
		t.Errorf("median %v", got)
	}
	if got := median([]float64{4, 1, 2, 3}); got != 2.5 {
		t.Errorf("median of an even number %v", got)
	}
	if got := percentile(values, .95); got != 9 {
		t.Errorf("p95 %v", got)
	}
	if got := percentile(values, .5); got != 5 {
		t.Errorf("p50 %v", got)
	}
	if values[0] != 9 {
		t.Error("what was measured is no longer in the order of measuring")
	}
	if !math.IsNaN(percentile(nil, .5)) || !math.IsNaN(median(nil)) {
		t.Error("nothing measured gives a number")
	}
}
