// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"testing"
	"time"
)

const (
	// mostGrowth is how many times more eight times the size may cost: in
	// proportion it is 8, with a square 64.
	mostGrowth = 24
	// negligible is so little that how it grows says nothing.
	negligible = time.Millisecond
	// growthTries is how often work is measured before it is called too much: a
	// pause of the machine spoils one try, a square spoils all of them.
	growthTries = 5
)

// Proportional fails the test when work costs more than in proportion to its
// size: at n more than 24 times what it costs at an eighth of n. It takes the
// place of a bound in seconds, which says as much about the machine as about
// the work. Work that is refused early, so that more of it costs less, is fine.
//
// prepare makes the work of a size, and is not measured itself. The work is done
// several times, that of n last. What counts is the time that the processors
// spend on this process, where that is known, so what else runs on the machine
// hardly matters. What else runs in the process does: not for a test that is
// parallel with others.
func Proportional(tb testing.TB, n int, prepare func(n int) func()) {
	tb.Helper()
	small, large, ok := proportional(prepare(n/8), prepare(n), spent)
	tb.Logf("size %d costs %v, size %d costs %v: %.1f times as much", n/8, small, n, large, float64(large)/float64(max(small, 1)))
	if !ok {
		tb.Errorf("eight times the size may cost %d times as much", mostGrowth)
	}
}

// Spent is how long the processors have worked for this process, where that is
// known: what else runs on the machine hardly matters, as it does for a clock.
func Spent() time.Duration { return spent() }

// proportional measures until eight times the size costs little enough, and
// says what was measured last. spent is a clock.
func proportional(eighth, whole func(), spent func() time.Duration) (small, large time.Duration, ok bool) {
	cost := func(work func()) time.Duration {
		start := spent()
		work()
		return spent() - start
	}
	for range growthTries {
		// The least of two: what costs too much for another reason, as the first
		// time does, would hide a square.
		small = min(cost(eighth), cost(eighth))
		if large = cost(whole); large <= mostGrowth*max(small, negligible) {
			return small, large, true
		}
	}
	return small, large, false
}
