// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"cmp"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
)

// permutations is how often the signs are thrown anew.
const permutations = 100_000

// signFlip is the two-sided paired randomisation test: how often would a mean
// difference as large as this one arise if for each query chance alone decided
// which engine got which result.
func signFlip(differences []float64) float64 {
	var moved []float64
	sum := 0.0
	for _, d := range differences {
		if d != 0 {
			moved = append(moved, d)
			sum += d
		}
	}
	if len(moved) == 0 {
		return 1
	}
	r := rand.New(rand.NewPCG(seed, uint64(len(differences))))
	reached := math.Abs(sum) - 1e-9
	extreme := 0
	for range permutations {
		thrown := 0.0
		for part := range slices.Chunk(moved, 64) {
			coins := r.Uint64()
			for _, d := range part {
				thrown += d * float64(int(coins&1)*2-1)
				coins = bits.RotateLeft64(coins, -1)
			}
		}
		if math.Abs(thrown) >= reached {
			extreme++
		}
	}
	return float64(extreme+1) / float64(permutations+1)
}

// wilcoxon is the two-sided signed-rank test, by the normal approximation with
// correction for ties and for continuity; queries without difference count for
// nothing.
func wilcoxon(differences []float64) float64 {
	var moved []float64
	for _, d := range differences {
		if d != 0 {
			moved = append(moved, d)
		}
	}
	n := float64(len(moved))
	if n < 6 { // the approximation says nothing
		return 1
	}
	slices.SortFunc(moved, func(a, b float64) int { return cmp.Compare(math.Abs(a), math.Abs(b)) })
	positive, ties := 0.0, 0.0
	for i := 0; i < len(moved); {
		j := i
		for j < len(moved) && math.Abs(moved[j]) == math.Abs(moved[i]) {
			j++
		}
		rank, t := float64(i+j+1)/2, float64(j-i)
		for ; i < j; i++ {
			if moved[i] > 0 {
				positive += rank
			}
		}
		ties += t*t*t - t
	}
	spread := math.Sqrt(n*(n+1)*(2*n+1)/24 - ties/48)
	if spread == 0 {
		return 1
	}
	z := max(0, math.Abs(positive-n*(n+1)/4)-0.5) / spread
	return math.Erfc(z / math.Sqrt2)
}

// percentile is the value below which a share of what was measured lies.
func percentile(values []float64, share float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	values = slices.Sorted(slices.Values(values))
	return values[min(len(values)-1, int(share*float64(len(values))))]
}

// median is the middle value; of an even number the mean of the middle two.
func median(values []float64) float64 {
	values = slices.Sorted(slices.Values(values))
	n := len(values)
	switch {
	case n == 0:
		return math.NaN()
	case n%2 == 1:
		return values[n/2]
	}
	return (values[n/2-1] + values[n/2]) / 2
}
