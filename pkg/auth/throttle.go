// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package auth

import (
	"container/list"
	"crypto/sha256"
	"net/netip"
	"strings"
	"sync"
	"time"

	"rugzak/pkg/rugzak"
)

// Throttle slows down whoever guesses. It counts wrong attempts
//
//   - per account and address together, or per account and known device;
//   - per account over all addresses, with room for many mistakes, so that
//     guessing from everywhere gains little;
//   - per address over all accounts.
//
// A known device is held to the first count only: whatever others do, it gets
// in. Behind the free attempts each further one doubles the wait, up to a
// bound. Successes do not count, as a whole building may share one address.
//
// It lives in memory: a restart forgets, and every server process counts for
// itself. It is safe for concurrent use.
type Throttle struct {
	clock rugzak.Clock

	mu      sync.Mutex
	records map[throttleKey]*list.Element // of *record
	order   *list.List                    // longest unused first
}

var _ rugzak.Throttle = (*Throttle)(nil)

// rule is how one kind of key is slowed down.
type rule struct {
	free  int           // wrong attempts without a wait
	first time.Duration // wait
	most  time.Duration // longest wait
}

// rules are how one kind of guess is slowed down. A rule without a wait does
// not count.
type rules struct {
	own     rule // account and address, or account and device
	account rule // over all addresses that are not known devices
	address rule // over all accounts
	// everywhere: own counts the account over all addresses.
	everywhere bool
}

var throttleRules = map[rugzak.Guess]rules{
	rugzak.GuessPassword: {
		own:     rule{free: 5, first: time.Second, most: time.Minute},
		account: rule{free: 50, first: time.Second, most: 5 * time.Minute},
		address: rule{free: 20, first: time.Second, most: 30 * time.Second},
	},
	// Whoever gets here has the password: no other address gives new guesses.
	rugzak.GuessCode: {own: rule{free: 5, first: 30 * time.Second, most: 15 * time.Minute}, everywhere: true},
	// Every request counts as wrong: a mail is a bother.
	rugzak.GuessReset: {
		own:        rule{free: 3, first: 10 * time.Minute, most: time.Hour},
		address:    rule{free: 20, first: time.Minute, most: time.Hour},
		everywhere: true,
	},
}

const (
	// forgetAfter is how long after the last wrong attempt it is forgotten.
	forgetAfter = time.Hour
	// maxRecords bounds the memory to a few megabytes. Beyond it, the record
	// that was unused longest goes.
	maxRecords = 20_000
	// maxUnderWay is how many attempts of one address, or for one account, may
	// be under way at a time: a busy morning passes, a flood does not.
	maxUnderWay = 100
)

// throttleKey is a digest: no addresses of people stand in memory, and keys
// are small however long the input.
type throttleKey [16]byte

type record struct {
	key      throttleKey
	failed   int
	underWay int
	last     time.Time // something went wrong
	used     time.Time
}

// count is a key and the rule it is held to.
type count struct {
	key  throttleKey
	rule rule
	// strict counts an attempt as wrong until it went right, so that many at
	// once gain nothing.
	strict bool
}

// NewThrottle returns a Throttle that reads the time from clock.
func NewThrottle(clock rugzak.Clock) *Throttle {
	return &Throttle{clock: clock, records: make(map[throttleKey]*list.Element), order: list.New()}
}

// Begin asks to check an attempt.
func (t *Throttle) Begin(a rugzak.Attempt) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.clock.Now()
	all := counts(a)
	var wait time.Duration
	for _, c := range all {
		wait = max(wait, c.rule.wait(t.find(c.key, now), now))
	}
	if wait > 0 {
		return wait
	}
	for _, c := range all {
		r := t.use(c.key, now)
		if c.strict {
			r.failed, r.last = r.failed+1, now
		} else {
			r.underWay++
		}
	}
	return 0
}

// End tells how an attempt went. What went wrong before with this account from
// here is forgotten when it went right. What went wrong from the address with
// other accounts, or with the account from elsewhere, stays: signing in as
// oneself must not buy new guesses.
func (t *Throttle) End(a rugzak.Attempt, right bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.clock.Now()
	for _, c := range counts(a) {
		e, ok := t.records[c.key]
		if !ok {
			continue // pushed out meanwhile
		}
		r := e.Value.(*record)
		switch {
		case c.strict && right:
			t.remove(e)
		case !c.strict:
			r.underWay = max(0, r.underWay-1)
			if !right {
				r.failed, r.last = r.failed+1, now
			} else if r.failed == 0 && r.underWay == 0 {
				t.remove(e)
			}
		}
	}
}

// wait is how long after now the next attempt may be.
func (l rule) wait(r *record, now time.Time) time.Duration {
	if r == nil {
		return 0
	}
	if r.underWay >= maxUnderWay {
		return time.Second
	}
	if r.failed < l.free {
		return 0
	}
	delay := l.first
	for range r.failed - l.free {
		if delay *= 2; delay >= l.most {
			delay = l.most
			break
		}
	}
	return max(0, r.last.Add(delay).Sub(now))
}

// find returns the record of a key, nil when there is none that counts.
func (t *Throttle) find(key throttleKey, now time.Time) *record {
	e, ok := t.records[key]
	if !ok {
		return nil
	}
	r := e.Value.(*record)
	if now.Sub(r.used) > forgetAfter {
		t.remove(e)
		return nil
	}
	return r
}

// use returns the record of a key, a new one when there is none.
func (t *Throttle) use(key throttleKey, now time.Time) *record {
	e, ok := t.records[key]
	if !ok {
		if len(t.records) >= maxRecords {
			t.remove(t.order.Front())
		}
		e = t.order.PushBack(&record{key: key})
		t.records[key] = e
	}
	r := e.Value.(*record)
	r.used = now
	t.order.MoveToBack(e)
	return r
}

func (t *Throttle) remove(e *list.Element) {
	delete(t.records, e.Value.(*record).key)
	t.order.Remove(e)
}

// counts are the keys an attempt counts for.
func counts(a rugzak.Attempt) []count {
	r := throttleRules[a.Of]
	of, address := string(a.Of), network(a.Address)
	account := strings.ToLower(strings.TrimSpace(a.Account))
	if a.Device != "" {
		return []count{{digest(of, "device", account, a.Device), r.own, true}}
	}
	own := count{digest(of, "own", account, address), r.own, true}
	if r.everywhere {
		own.key = digest(of, "own", account)
	}
	all := []count{own}
	if r.account.most > 0 {
		all = append(all, count{digest(of, "account", account), r.account, false})
	}
	if r.address.most > 0 {
		all = append(all, count{digest(of, "address", address), r.address, false})
	}
	return all
}

// network is the form in which an address counts. An IPv6 address counts by
// its network, as everybody has a network of them.
func network(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	a = a.Unmap().WithZone("")
	if network, err := a.Prefix(64); err == nil && a.Is6() {
		return network.String()
	}
	return a.String()
}

func digest(parts ...string) throttleKey {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return throttleKey(sum[:])
}
