// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package auth

import (
	"fmt"
	"slices"
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

var (
	ownPassword     = throttleRules[rugzak.GuessPassword].own
	addressPassword = throttleRules[rugzak.GuessPassword].address
	accountPassword = throttleRules[rugzak.GuessPassword].account
)

// guessAt is an attempt at a password.
func guessAt(address, account string) rugzak.Attempt {
	return rugzak.Attempt{Of: rugzak.GuessPassword, Address: address, Account: account}
}

// wrong tries and fails; it returns the wait when there was one.
func (t *Throttle) wrong(a rugzak.Attempt) time.Duration {
	wait := t.Begin(a)
	if wait == 0 {
		t.End(a, false)
	}
	return wait
}

// The sixth attempt waits a second, and each further one twice as long, up to
// a minute.
func TestWaitDoubles(t *testing.T) {
	throttle, turn := testThrottle()
	me := guessAt(here, "a@example.nl")
	for i := range ownPassword.free {
		if wait := throttle.wrong(me); wait != 0 {
			t.Fatalf("attempt %d waits %s", i+1, wait)
		}
	}
	for _, want := range []time.Duration{1, 2, 4, 8, 16, 32, 60, 60} {
		want *= time.Second
		if wait := throttle.wrong(me); wait != want {
			t.Fatalf("waits %s, want %s", wait, want)
		}
		turn(want - time.Millisecond)
		if wait := throttle.wrong(me); wait != time.Millisecond {
			t.Fatalf("just before the end waits %s", wait)
		}
		turn(time.Millisecond)
		if wait := throttle.wrong(me); wait != 0 {
			t.Fatalf("after the wait waits %s", wait)
		}
	}
}

// Whoever guesses at a colleague's account does not lock out the colleague,
// nor others at the own address until the address itself has gone far.
func TestColleaguesAreNotLockedOut(t *testing.T) {
	throttle, _ := testThrottle()
	for throttle.wrong(guessAt(here, "victim@example.nl")) == 0 {
	}
	if wait := throttle.Begin(guessAt(elsewhere, "victim@example.nl")); wait != 0 {
		t.Errorf("the victim waits %s", wait)
	}
	if wait := throttle.Begin(guessAt(here, "other@example.nl")); wait != 0 {
		t.Errorf("a neighbour waits %s", wait)
	}
}

// Guessing at one account from a thousand addresses is slowed down as well; a
// device on which the person signed in before does not notice, not even at the
// address of somebody who guesses.
func TestGuessingFromEverywhere(t *testing.T) {
	throttle, turn := testThrottle()
	went := 0
	for i := range 1000 {
		if throttle.wrong(guessAt(fmt.Sprintf("10.0.%d.%d", i>>8, i&255), "victim@example.nl")) == 0 {
			went++
		}
	}
	if went != accountPassword.free {
		t.Errorf("%d guesses went through at once, want %d", went, accountPassword.free)
	}
	went = 0
	for i := range 24 * 60 { // a day, from a new address each minute
		turn(time.Minute)
		if throttle.wrong(guessAt(fmt.Sprintf("10.1.%d.%d", i>>8, i&255), "victim@example.nl")) == 0 {
			went++
		}
	}
	if most := 24*60/5 + 12; went > most {
		t.Errorf("%d guesses went through in a day, want at most %d", went, most)
	}
	for range 3 * addressPassword.free {
		throttle.wrong(guessAt(here, "someone@example.nl"))
		throttle.wrong(guessAt(here, "victim@example.nl"))
	}
	known := guessAt(here, "victim@example.nl")
	known.Device = "phone"
	for i := range ownPassword.free {
		if wait := throttle.wrong(known); wait != 0 {
			t.Errorf("attempt %d of a known device waits %s", i+1, wait)
		}
	}
	if wait := throttle.Begin(known); wait != time.Second {
		t.Errorf("a known device can guess on: it waits %s", wait)
	}
}

// One address cannot try a password on everybody.
func TestAddressIsSlowedDown(t *testing.T) {
	throttle, turn := testThrottle()
	tries := 0
	for throttle.wrong(guessAt(here, fmt.Sprintf("p%d@example.nl", tries))) == 0 {
		tries++
	}
	if tries != addressPassword.free {
		t.Errorf("%d accounts could be tried, want %d", tries, addressPassword.free)
	}
	if wait := throttle.Begin(guessAt(elsewhere, "p99@example.nl")); wait != 0 {
		t.Errorf("another address waits %s", wait)
	}
	for range 20 {
		turn(throttle.wrong(guessAt(here, "x@example.nl")))
		throttle.wrong(guessAt(here, fmt.Sprintf("y%d@example.nl", tries)))
		tries++
	}
	if wait := throttle.Begin(guessAt(here, "z@example.nl")); wait != addressPassword.most {
		t.Errorf("the longest wait is %s, want %s", wait, addressPassword.most)
	}
}

// A busy morning behind one address: successes cost nothing, one after the
// other or all at the same moment.
func TestSuccessesDoNotCount(t *testing.T) {
	throttle, _ := testThrottle()
	for i := range 10 * addressPassword.free {
		a := guessAt(here, fmt.Sprintf("p%d@example.nl", i))
		if wait := throttle.Begin(a); wait != 0 {
			t.Fatalf("person %d waits %s", i, wait)
		}
		throttle.End(a, true)
	}
	var under []rugzak.Attempt
	for i := range 3 * addressPassword.free {
		a := guessAt(here, fmt.Sprintf("q%d@example.nl", i))
		if wait := throttle.Begin(a); wait != 0 {
			t.Fatalf("person %d at the same moment waits %s", i, wait)
		}
		under = append(under, a)
	}
	for _, a := range under {
		throttle.End(a, true)
	}
	if n := len(throttle.records); n > 0 {
		t.Errorf("%d records are kept of people who did nothing wrong", n)
	}
}

// Signing in forgets one's own mistakes, but buys no guesses at others.
func TestSuccessForgetsOwnMistakesOnly(t *testing.T) {
	throttle, _ := testThrottle()
	me := guessAt(here, "me@example.nl")
	for range ownPassword.free - 1 {
		throttle.wrong(me)
	}
	throttle.Begin(me)
	throttle.End(me, true)
	for i := range ownPassword.free {
		if wait := throttle.wrong(me); wait != 0 {
			t.Errorf("attempt %d after signing in waits %s", i+1, wait)
		}
	}
	guesses := 0
	attacker := guessAt(here, "attacker@example.nl")
	for guesses < 100 && throttle.wrong(guessAt(here, fmt.Sprintf("p%d@example.nl", guesses))) == 0 {
		guesses++
		if throttle.Begin(attacker) == 0 {
			throttle.End(attacker, true)
		}
	}
	if guesses > addressPassword.free {
		t.Errorf("%d guesses between own sign-ins, want at most %d", guesses, addressPassword.free)
	}
}

// A code is guessed at five times, wherever from, before half a minute passes.
func TestCodesAndResets(t *testing.T) {
	throttle, _ := testThrottle()
	for of, want := range map[rugzak.Guess]time.Duration{rugzak.GuessCode: 30 * time.Second, rugzak.GuessReset: 10 * time.Minute} {
		went := 0
		var wait time.Duration
		for i := range 100 {
			wait = throttle.wrong(rugzak.Attempt{Of: of, Address: fmt.Sprintf("10.0.0.%d", i), Account: "person"})
			if wait == 0 {
				went++
			}
		}
		if went != throttleRules[of].own.free || wait != want {
			t.Errorf("%s: %d went through, then %s", of, went, wait)
		}
		if wait := throttle.Begin(rugzak.Attempt{Of: of, Address: here, Account: "another"}); wait != 0 {
			t.Errorf("%s: another person waits %s", of, wait)
		}
	}
}

func TestForgets(t *testing.T) {
	throttle, turn := testThrottle()
	me := guessAt(here, "a@example.nl")
	for throttle.wrong(me) == 0 {
	}
	turn(forgetAfter + time.Second)
	for i := range ownPassword.free {
		if wait := throttle.wrong(me); wait != 0 {
			t.Fatalf("attempt %d waits %s", i+1, wait)
		}
	}
}

// Other ways to write an account or an address do not start a new count.
func TestSameKeys(t *testing.T) {
	same := [][2]rugzak.Attempt{
		{guessAt(here, "A@Example.nl "), guessAt(here, "a@example.nl")},
		{guessAt("::ffff:192.0.2.1", "a"), guessAt(here, "a")},
		{guessAt("2001:db8:1:2:3::4", "a"), guessAt("2001:db8:1:2::1", "a")},
		{guessAt("fe80::1%eth0", "a"), guessAt("fe80::2", "a")},
	}
	for _, pair := range same {
		if !slices.Equal(counts(pair[0]), counts(pair[1])) {
			t.Errorf("%+v count apart", pair)
		}
	}
	other := guessAt(here, "a")
	other.Device = "b"
	for _, a := range []rugzak.Attempt{guessAt("192.0.2.2", "a"), guessAt(here, "b"), other, {Of: rugzak.GuessReset, Address: here, Account: "a"}} {
		if counts(a)[0].key == counts(guessAt(here, "a"))[0].key {
			t.Errorf("%+v counts for another", a)
		}
	}
}

// Memory stays bounded, and what was tried last is what is remembered.
func TestBoundedMemory(t *testing.T) {
	throttle, _ := testThrottle()
	at := func(i int) string { return fmt.Sprintf("10.%d.%d.%d", i>>16, i>>8&255, i&255) }
	for i := range maxRecords {
		throttle.wrong(guessAt(at(i), fmt.Sprintf("p%d@example.nl", i)))
	}
	if len(throttle.records) != maxRecords || throttle.order.Len() != maxRecords {
		t.Errorf("%d records, %d in order, want %d", len(throttle.records), throttle.order.Len(), maxRecords)
	}
	for i, want := range map[int]bool{maxRecords - 1: true, 0: false} {
		for _, c := range counts(guessAt(at(i), fmt.Sprintf("p%d@example.nl", i))) {
			if got := throttle.records[c.key] != nil; got != want {
				t.Errorf("attempt %d is remembered: %v, want %v", i, got, want)
			}
		}
	}
}

// Attempts at the same moment do not slip through together, and a flood from
// one address waits.
func TestConcurrentAttempts(t *testing.T) {
	throttle, _ := testThrottle()
	at := func(account func(i int) string) (allowed int) {
		var wg sync.WaitGroup
		var mu sync.Mutex
		for i := range 2 * maxUnderWay {
			wg.Go(func() {
				if throttle.Begin(guessAt(here, account(i))) == 0 {
					mu.Lock()
					defer mu.Unlock()
					allowed++
				}
			})
		}
		wg.Wait()
		return allowed
	}
	if got := at(func(int) string { return "a@example.nl" }); got != ownPassword.free {
		t.Errorf("%d attempts went through, want %d", got, ownPassword.free)
	}
	if got := at(func(i int) string { return fmt.Sprintf("p%d@example.nl", i) }); got != maxUnderWay-ownPassword.free {
		t.Errorf("%d attempts went through, want %d", got, maxUnderWay-ownPassword.free)
	}
}
