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

// Throttle slows down whoever guesses passwords. It counts wrong attempts per
// account and address together, so that nobody can lock out a colleague who is
// somewhere else, and per address over all accounts. Behind the free attempts
// each further one doubles the wait, up to a bound. Successes do not count, as
// a whole building may share one address.
//
// It lives in memory: a restart forgets, and every server process counts for
// itself. It is safe for concurrent use.
type Throttle struct {
	clock rugzak.Clock

	mu      sync.Mutex
	records map[throttleKey]*list.Element // of *record
	order   *list.List                    // longest unused first
}

// rule is how one kind of key is slowed down.
type rule struct {
	free int           // wrong attempts without a wait
	most time.Duration // longest wait
}

var (
	perAccount = rule{free: 5, most: time.Minute} // account and address together
	perAddress = rule{free: 20, most: 30 * time.Second}
)

const (
	// forgetAfter is how long after the last wrong attempt it is forgotten.
	forgetAfter = time.Hour
	// maxRecords bounds the memory to a few megabytes. Beyond it, the record
	// that was unused longest goes.
	maxRecords = 20_000
)

// throttleKey is a digest: no addresses of people stand in memory, and keys
// are small however long the input.
type throttleKey [16]byte

type record struct {
	key    throttleKey
	failed int
	last   time.Time
}

// NewThrottle returns a Throttle that reads the time from clock.
func NewThrottle(clock rugzak.Clock) *Throttle {
	return &Throttle{clock: clock, records: make(map[throttleKey]*list.Element), order: list.New()}
}

// Begin asks to check a password for account, tried from address. With 0 the
// attempt may go on and counts as wrong until Succeeded says otherwise, so that
// many at once gain nothing. Otherwise it is how long to wait; nothing was
// counted then.
func (t *Throttle) Begin(address, account string) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.clock.Now()
	pair, whole := keys(address, account)
	wait := max(perAccount.wait(t.find(pair, now), now), perAddress.wait(t.find(whole, now), now))
	if wait > 0 {
		return wait
	}
	t.count(pair, now)
	t.count(whole, now)
	return 0
}

// Succeeded takes back what Begin counted, and forgets what went wrong before
// with this account from this address. What went wrong from the address with
// other accounts stays: signing in as oneself must not buy new guesses.
func (t *Throttle) Succeeded(address, account string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.clock.Now()
	pair, whole := keys(address, account)
	if e, ok := t.records[pair]; ok {
		t.remove(e)
	}
	if r := t.find(whole, now); r != nil && r.failed > 0 {
		r.failed--
	}
}

// wait is how long after now the next attempt may be.
func (l rule) wait(r *record, now time.Time) time.Duration {
	if r == nil || r.failed < l.free {
		return 0
	}
	delay := time.Second
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
	if now.Sub(r.last) > forgetAfter {
		t.remove(e)
		return nil
	}
	return r
}

func (t *Throttle) count(key throttleKey, now time.Time) {
	e, ok := t.records[key]
	if !ok {
		if len(t.records) >= maxRecords {
			t.remove(t.order.Front())
		}
		e = t.order.PushBack(&record{key: key})
		t.records[key] = e
	}
	r := e.Value.(*record)
	r.failed++
	r.last = now
	t.order.MoveToBack(e)
}

func (t *Throttle) remove(e *list.Element) {
	delete(t.records, e.Value.(*record).key)
	t.order.Remove(e)
}

// keys are the keys of the account at the address, and of the address. An
// IPv6 address counts by its network, as everybody has a network of them.
func keys(address, account string) (pair, whole throttleKey) {
	if a, err := netip.ParseAddr(address); err == nil {
		a = a.Unmap().WithZone("")
		address = a.String()
		if network, err := a.Prefix(64); err == nil && a.Is6() {
			address = network.String()
		}
	}
	return digest(address + "\x00" + strings.ToLower(strings.TrimSpace(account))), digest(address)
}

func digest(s string) throttleKey {
	sum := sha256.Sum256([]byte(s))
	return throttleKey(sum[:])
}
