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

// testThrottle has a clock that the test turns.
func testThrottle() (throttle *Throttle, turn func(time.Duration)) {
	now := time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)
	return NewThrottle(rugzak.ClockFunc(func() time.Time { return now })), func(d time.Duration) { now = now.Add(d) }
}

const (
	here      = "192.0.2.1"
	elsewhere = "198.51.100.7"
)

// The sixth attempt waits a second, and each further one twice as long, up to
// a minute.
func TestWaitDoubles(t *testing.T) {
	throttle, turn := testThrottle()
	for i := range perAccount.free {
		if wait := throttle.Begin(here, "a@example.nl"); wait != 0 {
			t.Fatalf("attempt %d waits %s", i+1, wait)
		}
	}
	for _, want := range []time.Duration{1, 2, 4, 8, 16, 32, 60, 60} {
		want *= time.Second
		if wait := throttle.Begin(here, "a@example.nl"); wait != want {
			t.Fatalf("waits %s, want %s", wait, want)
		}
		turn(want - time.Millisecond)
		if wait := throttle.Begin(here, "a@example.nl"); wait != time.Millisecond {
			t.Fatalf("just before the end waits %s", wait)
		}
		turn(time.Millisecond)
		if wait := throttle.Begin(here, "a@example.nl"); wait != 0 {
			t.Fatalf("after the wait waits %s", wait)
		}
	}
}

// Whoever guesses at a colleague's account does not lock out the colleague,
// nor others at the own address until the address itself has gone far.
func TestColleaguesAreNotLockedOut(t *testing.T) {
	throttle, _ := testThrottle()
	for throttle.Begin(here, "victim@example.nl") == 0 {
	}
	if wait := throttle.Begin(elsewhere, "victim@example.nl"); wait != 0 {
		t.Errorf("the victim waits %s", wait)
	}
	if wait := throttle.Begin(here, "other@example.nl"); wait != 0 {
		t.Errorf("a neighbour waits %s", wait)
	}
}

// One address cannot try a password on everybody.
func TestAddressIsSlowedDown(t *testing.T) {
	throttle, turn := testThrottle()
	tries := 0
	for throttle.Begin(here, fmt.Sprintf("p%d@example.nl", tries)) == 0 {
		tries++
	}
	if tries != perAddress.free {
		t.Errorf("%d accounts could be tried, want %d", tries, perAddress.free)
	}
	if wait := throttle.Begin(elsewhere, "p99@example.nl"); wait != 0 {
		t.Errorf("another address waits %s", wait)
	}
	for range 20 {
		turn(throttle.Begin(here, "x@example.nl"))
		throttle.Begin(here, fmt.Sprintf("y%d@example.nl", tries))
		tries++
	}
	if wait := throttle.Begin(here, "z@example.nl"); wait != perAddress.most {
		t.Errorf("the longest wait is %s, want %s", wait, perAddress.most)
	}
}

// A busy morning behind one address: successes cost nothing.
func TestSuccessesDoNotCount(t *testing.T) {
	throttle, _ := testThrottle()
	for i := range 10 * perAddress.free {
		account := fmt.Sprintf("p%d@example.nl", i)
		if wait := throttle.Begin(here, account); wait != 0 {
			t.Fatalf("person %d waits %s", i, wait)
		}
		throttle.Succeeded(here, account)
	}
	if n := len(throttle.records); n > 1 {
		t.Errorf("%d records are kept of people who did nothing wrong", n)
	}
}

// Signing in forgets one's own mistakes, but buys no guesses at others.
func TestSuccessForgetsOwnMistakesOnly(t *testing.T) {
	throttle, _ := testThrottle()
	for range perAccount.free - 1 {
		throttle.Begin(here, "me@example.nl")
	}
	throttle.Begin(here, "me@example.nl")
	throttle.Succeeded(here, "me@example.nl")
	for i := range perAccount.free {
		if wait := throttle.Begin(here, "me@example.nl"); wait != 0 {
			t.Errorf("attempt %d after signing in waits %s", i+1, wait)
		}
	}
	guesses := 0
	for guesses < 100 && throttle.Begin(here, fmt.Sprintf("p%d@example.nl", guesses)) == 0 {
		guesses++
		if throttle.Begin(here, "attacker@example.nl") == 0 {
			throttle.Succeeded(here, "attacker@example.nl")
		}
	}
	if guesses > perAddress.free {
		t.Errorf("%d guesses between own sign-ins, want at most %d", guesses, perAddress.free)
	}
}

func TestForgets(t *testing.T) {
	throttle, turn := testThrottle()
	for throttle.Begin(here, "a@example.nl") == 0 {
	}
	turn(forgetAfter + time.Second)
	for i := range perAccount.free {
		if wait := throttle.Begin(here, "a@example.nl"); wait != 0 {
			t.Fatalf("attempt %d waits %s", i+1, wait)
		}
	}
}

// Other ways to write an account or an address do not start a new count.
func TestSameKeys(t *testing.T) {
	same := [][2][2]string{
		{{here, "A@Example.nl "}, {here, "a@example.nl"}},
		{{"::ffff:192.0.2.1", "a"}, {here, "a"}},
		{{"2001:db8:1:2:3::4", "a"}, {"2001:db8:1:2::1", "a"}},
		{{"fe80::1%eth0", "a"}, {"fe80::2", "a"}},
	}
	for _, pair := range same {
		p1, w1 := keys(pair[0][0], pair[0][1])
		p2, w2 := keys(pair[1][0], pair[1][1])
		if p1 != p2 || w1 != w2 {
			t.Errorf("%q count apart", pair)
		}
	}
	_, w1 := keys("2001:db8:1:2::1", "")
	_, w2 := keys("2001:db8:1:3::1", "")
	p1, w3 := keys(here, "a")
	p2, w4 := keys("192.0.2.2", "a")
	p3, _ := keys(here, "b")
	if w1 == w2 || w3 == w4 || p1 == p2 || p1 == p3 {
		t.Error("different keys count together")
	}
}

// Memory stays bounded, and what was tried last is what is remembered.
func TestBoundedMemory(t *testing.T) {
	throttle, _ := testThrottle()
	for i := range maxRecords {
		throttle.Begin(fmt.Sprintf("10.%d.%d.%d", i>>16, i>>8&255, i&255), "a@example.nl")
	}
	if len(throttle.records) != maxRecords || throttle.order.Len() != maxRecords {
		t.Errorf("%d records, %d in order, want %d", len(throttle.records), throttle.order.Len(), maxRecords)
	}
	last := maxRecords - 1
	_, whole := keys(fmt.Sprintf("10.%d.%d.%d", last>>16, last>>8&255, last&255), "")
	if throttle.records[whole] == nil {
		t.Error("the newest address was dropped")
	}
	if _, whole := keys("10.0.0.0", ""); throttle.records[whole] != nil {
		t.Error("the oldest address was kept")
	}
}

// Attempts at the same moment do not slip through together.
func TestConcurrentAttempts(t *testing.T) {
	throttle, _ := testThrottle()
	var wg sync.WaitGroup
	var mu sync.Mutex
	allowed := 0
	for range 100 {
		wg.Go(func() {
			if throttle.Begin(here, "a@example.nl") == 0 {
				mu.Lock()
				defer mu.Unlock()
				allowed++
			}
		})
	}
	wg.Wait()
	if allowed != perAccount.free {
		t.Errorf("%d attempts went through, want %d", allowed, perAccount.free)
	}
}
