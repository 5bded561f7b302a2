// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package auth

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

// still is a clock that a test moves.
type still struct {
	mu  sync.Mutex
	now time.Time
}

func (s *still) Now() time.Time { s.mu.Lock(); defer s.mu.Unlock(); return s.now }
func (s *still) pass(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(d)
}

func newTestLimiter(r Rates) (*Limiter, *still) {
	clock := &still{now: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)}
	return NewLimiter(clock, r), clock
}

func TestLimiterPerPerson(t *testing.T) {
	l, clock := newTestLimiter(Rates{Search: 10, Write: 20})
	for i := range 10 {
		if wait := l.Take(rugzak.EffortSearch, "p", "192.0.2.1"); wait != 0 {
			t.Fatalf("search %d must wait %v", i+1, wait)
		}
	}
	if wait := l.Take(rugzak.EffortSearch, "p", "192.0.2.1"); wait != 6*time.Second {
		t.Errorf("the search over the limit waits %v, want 6s", wait)
	}
	if l.Take(rugzak.EffortSearch, "q", "192.0.2.1") != 0 || l.Take(rugzak.EffortWrite, "p", "192.0.2.1") != 0 {
		t.Error("somebody else, or other work, waits too")
	}
	clock.pass(5 * time.Second)
	if wait := l.Take(rugzak.EffortSearch, "p", "198.51.100.1"); wait != time.Second {
		t.Errorf("after five seconds and from elsewhere: %v, want 1s", wait)
	}
	clock.pass(time.Second)
	if l.Take(rugzak.EffortSearch, "p", "192.0.2.1") != 0 || l.Take(rugzak.EffortSearch, "p", "192.0.2.1") == 0 {
		t.Error("one token came back in six seconds: not none, and not two")
	}
	clock.pass(time.Hour)
	for i := range 10 { // and never more than a full bucket
		if l.Take(rugzak.EffortSearch, "p", "192.0.2.1") != 0 {
			t.Fatalf("search %d after an hour waits", i+1)
		}
	}
	if l.Take(rugzak.EffortSearch, "p", "192.0.2.1") == 0 {
		t.Error("an hour bought more than a full bucket")
	}
}

// One address holds a building, but not any number of made-up visitors; the
// whole network of an IPv6 address counts as one.
func TestLimiterPerAddress(t *testing.T) {
	for _, address := range []func(i int) string{
		func(int) string { return "192.0.2.1" },
		func(i int) string { return fmt.Sprintf("2001:db8::%x", i+1) },
	} {
		l, _ := newTestLimiter(Rates{Search: 10})
		passed := 0
		for i := range 1000 {
			if l.Take(rugzak.EffortSearch, rugzak.PersonID(fmt.Sprint("p", i)), address(i)) == 0 {
				passed++
			}
		}
		if passed != 10*sharing {
			t.Errorf("%d passed, want %d", passed, 10*sharing)
		}
	}
}

// What is refused for one reason does not use up the other.
func TestLimiterCountsNothingWhenRefused(t *testing.T) {
	l, _ := newTestLimiter(Rates{Search: 10})
	for range 10 * sharing * 2 {
		l.Take(rugzak.EffortSearch, "p", "192.0.2.1")
	}
	if l.Take(rugzak.EffortSearch, "q", "192.0.2.1") != 0 {
		t.Error("one person used up what the address may do")
	}
}

func TestLimiterMemoryIsBounded(t *testing.T) {
	l, _ := newTestLimiter(Rates{})
	for i := range maxRecords + 500 {
		l.Take(rugzak.EffortWrite, rugzak.PersonID(fmt.Sprint(i)), "")
	}
	if len(l.buckets) != maxRecords || l.order.Len() != maxRecords {
		t.Errorf("%d buckets, %d in order", len(l.buckets), l.order.Len())
	}
}

func TestLimiterAtOnce(t *testing.T) {
	l, _ := newTestLimiter(Rates{})
	var mu sync.Mutex
	var group sync.WaitGroup
	var leaves []func()
	for range 50 {
		group.Go(func() {
			if leave, ok := l.Enter(rugzak.EffortPreview, "p"); ok {
				mu.Lock()
				defer mu.Unlock()
				leaves = append(leaves, leave)
			}
		})
	}
	group.Wait()
	if len(leaves) != together[rugzak.EffortPreview] {
		t.Fatalf("%d at once, want %d", len(leaves), together[rugzak.EffortPreview])
	}
	if _, ok := l.Enter(rugzak.EffortPreview, "q"); !ok {
		t.Error("somebody else waits too")
	}
	leaves[0]()
	leaves[0]() // leaving twice gives no second place
	if _, ok := l.Enter(rugzak.EffortPreview, "p"); !ok {
		t.Error("a place that came free is not given")
	}
	if _, ok := l.Enter(rugzak.EffortPreview, "p"); ok {
		t.Error("a place was given twice")
	}
	for range 100 {
		if _, ok := l.Enter(rugzak.EffortWrite, "p"); !ok {
			t.Fatal("work without a bound is refused")
		}
	}
}
