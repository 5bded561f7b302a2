// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"math"
	"time"

	"rugzak/pkg/rugzak"
)

// What beside the words decides the order by relevance. Both are factors so
// small that they decide between near equals only: a text that is found by its
// words a fifth better stays above one that is of use and new.
const (
	usefulStep  = 0.05 // for the first application that helped, and for each doubling
	maxUseful   = 7    // beyond this number it makes no difference
	newStep     = 0.05 // for a text of today
	newHalfLife = 24   // months in which newness halves
	newMonths   = 20 * 12
)

// boosts holds the factors, worked out once.
var boosts = func() (b struct {
	useful [maxUseful + 1]float64
	newer  [newMonths]float64
}) {
	for n := range b.useful {
		b.useful[n] = 1 + usefulStep*math.Log2(float64(n+1))
	}
	for months := range b.newer {
		b.newer[months] = 1 + newStep*math.Exp2(-float64(months)/newHalfLife)
	}
	return b
}()

// mostBoost is the highest factor there is.
var mostBoost = boosts.useful[maxUseful] * boosts.newer[0]

const microsecondsPerMonth = uint64(30 * 24 * time.Hour / time.Microsecond)

// booster gives the factors at one moment. It counts in whole months of 30 days
// from the beginning of a day, so that the order stays the same while somebody
// goes from page to page.
type booster struct{ today uint64 }

// newBooster begins at the day of a search; without one nothing is new.
func newBooster(s rugzak.Search) booster {
	if s.Now.IsZero() {
		return booster{}
	}
	return booster{today: sortableNumber(s.Now.UTC().Truncate(24 * time.Hour))}
}

// of is the factor of a text.
func (b booster) of(useful uint8, listed uint64) float64 {
	factor := boosts.useful[min(useful, maxUseful)]
	if b.today == 0 {
		return factor
	}
	months := uint64(0)
	if listed < b.today {
		months = (b.today - listed) / microsecondsPerMonth
	}
	if months < newMonths {
		factor *= boosts.newer[months]
	}
	return factor
}
