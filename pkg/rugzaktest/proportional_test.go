// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"testing"
	"time"
)

// judged is a test that only remembers whether it failed.
type judged struct {
	testing.TB
	failed bool
}

func (*judged) Helper()                 {}
func (j *judged) Errorf(string, ...any) { j.failed = true }

// Real work: what is linear passes, what is a square does not.
func TestProportional(t *testing.T) {
	var sum uint64
	turn := func(n int) {
		for i := range n {
			sum = sum*6364136223846793005 + uint64(i)
		}
	}
	for name, c := range map[string]struct {
		n    int
		turn func(n int)
		bad  bool
	}{
		"linear":         {4_000_000, turn, false},
		"square":         {10_000, func(n int) { turn(n * n) }, true},
		"linear, little": {80, turn, false},
		"square, little": {80, func(n int) { turn(n * n) }, false}, // too little to say anything of
		"refused early":  {2_000_000, func(n int) { turn(n % 2_000_000) }, false},
	} {
		j := &judged{TB: t}
		Proportional(j, c.n, func(n int) func() { return func() { c.turn(n) } })
		if j.failed != c.bad {
			t.Errorf("%s: failed %v, want %v", name, j.failed, c.bad)
		}
	}
	t.Logf("so that it is not left out: %d", sum)
}

// With a made-up clock: where the border lies, and what pauses of the machine
// do.
func TestProportionalBorder(t *testing.T) {
	const small = 10 * time.Millisecond
	for name, c := range map[string]struct {
		first, small time.Duration   // the first time, and every other
		large        []time.Duration // one after another, the last again and again
		ok           bool
		tries        int
	}{
		"in proportion":             {small, small, []time.Duration{8 * small}, true, 1},
		"at the border":             {small, small, []time.Duration{24 * small}, true, 1},
		"over the border":           {small, small, []time.Duration{24*small + 1}, false, growthTries},
		"a square":                  {small, small, []time.Duration{64 * small}, false, growthTries},
		"a square, the first slow":  {9 * small, small, []time.Duration{64 * small}, false, growthTries},
		"one pause":                 {small, small, []time.Duration{time.Minute, 8 * small}, true, 2},
		"four pauses":               {small, small, []time.Duration{time.Minute, time.Minute, time.Minute, time.Minute, 8 * small}, true, 5},
		"nothing, and not too much": {0, 0, []time.Duration{24 * negligible}, true, 1},
		"nothing, and too much":     {0, 0, []time.Duration{24*negligible + 1}, false, growthTries},
		"less":                      {small, small, []time.Duration{0}, true, 1},
	} {
		var now time.Duration
		smalls, larges := 0, 0
		_, _, ok := proportional(func() {
			if smalls++; smalls == 1 {
				now += c.first
			} else {
				now += c.small
			}
		}, func() {
			now += c.large[min(larges, len(c.large)-1)]
			larges++
		}, func() time.Duration { return now })
		if ok != c.ok || larges != c.tries {
			t.Errorf("%s: %v after %d tries, want %v after %d", name, ok, larges, c.ok, c.tries)
		}
	}
}
