// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"math"
	"slices"
)

// MeasuredHits is how many hits of a question count: who looks further has not
// found in one try.
const MeasuredHits = 10

// Measured tells how well questions find what they should: of one question, or
// the mean over several. Each figure lies between 0 and 1.
type Measured struct {
	Queries int `json:"queries"`
	// MRR is one divided by the rank of the first right hit, 0 without one.
	MRR float64 `json:"mrr"`
	// First and Found are the shares of questions with a right hit at the top,
	// and among the hits that count.
	First float64 `json:"success_1"`
	Found float64 `json:"success_10"`
	// NDCG weighs every right hit by its rank, and is 1 when all right hits
	// stand at the top.
	NDCG float64 `json:"ndcg"`
}

// MeasureRanking measures one question: what was found, best first, against
// what is right.
func MeasureRanking(ranked, relevant []string) Measured {
	m := Measured{Queries: 1}
	right := slices.Clone(relevant)
	slices.Sort(right)
	right = slices.Compact(right)
	gained, best := 0.0, 0.0
	for i := range min(len(right), MeasuredHits) {
		best += gain(i)
	}
	for i, id := range ranked[:min(len(ranked), MeasuredHits)] {
		at, ok := slices.BinarySearch(right, id)
		if !ok {
			continue
		}
		right = slices.Delete(right, at, at+1) // counts once
		gained += gain(i)
		if m.Found == 0 {
			m.Found, m.MRR = 1, 1/float64(i+1)
		}
		if i == 0 {
			m.First = 1
		}
	}
	if best > 0 {
		m.NDCG = gained / best
	}
	return m
}

// gain is what a right hit is worth at a place, counted from 0.
func gain(place int) float64 { return 1 / math.Log2(float64(place+2)) }

// Mean is the mean of measurements, each weighed by its number of questions.
func Mean(all []Measured) Measured {
	var sum Measured
	for _, m := range all {
		n := float64(m.Queries)
		sum.Queries += m.Queries
		sum.MRR += n * m.MRR
		sum.First += n * m.First
		sum.Found += n * m.Found
		sum.NDCG += n * m.NDCG
	}
	if n := float64(sum.Queries); n > 0 {
		sum.MRR, sum.First, sum.Found, sum.NDCG = sum.MRR/n, sum.First/n, sum.Found/n, sum.NDCG/n
	}
	return sum
}
