// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package auth

import (
	"container/list"
	"sync"
	"time"

	"rugzak/pkg/rugzak"
)

// Rates are how many pieces of work of each kind one person may ask for in a
// minute.
type Rates struct{ Search, Write int }

// DefaultRates are more than anybody needs who types.
var DefaultRates = Rates{Search: 120, Write: 120}

const (
	// sharing is how many people at full speed one address may hold: a whole
	// building can share one.
	sharing = 20
	// perKey is how many suggestions go with one search: they come while typing.
	perKey = 5
	// exportsPerHour of one person: a file of everything costs a while.
	exportsPerHour = 20
)

// together is how many pieces of work of a kind one person may have under way.
var together = map[rugzak.Effort]int{rugzak.EffortSearch: 4, rugzak.EffortSuggest: 4, rugzak.EffortPreview: 2, rugzak.EffortExport: 1}

// Limiter is a rugzak.Limiter in memory: a bucket per person and kind of work,
// and per address, from which each piece takes a token and into which tokens
// drip at the permitted rate. A restart fills every bucket, and each process
// counts for itself. It is safe for concurrent use.
type Limiter struct {
	clock rugzak.Clock
	rates map[rugzak.Effort]rate

	mu      sync.Mutex
	buckets map[throttleKey]*list.Element // of *bucket
	order   *list.List                    // longest unused first
	busy    map[busyKey]int
}

var _ rugzak.Limiter = (*Limiter)(nil)

// rate is how large a bucket is and how long one token takes to come back.
type rate struct {
	size  int
	every time.Duration
}

// times is the rate of so many at once.
func (r rate) times(n int) rate { return rate{size: r.size * n, every: r.every / time.Duration(n)} }

type bucket struct {
	key  throttleKey
	full time.Time // when it is full again; past for one that is
}

type busyKey struct {
	effort rugzak.Effort
	person rugzak.PersonID
}

// NewLimiter returns a Limiter that reads the time from clock. A rate of 0 is
// the default.
func NewLimiter(clock rugzak.Clock, r Rates) *Limiter {
	perMinute := func(n, otherwise int) rate {
		if n <= 0 {
			n = otherwise
		}
		return rate{size: n, every: time.Minute / time.Duration(n)}
	}
	search, write := perMinute(r.Search, DefaultRates.Search), perMinute(r.Write, DefaultRates.Write)
	return &Limiter{
		clock: clock, buckets: map[throttleKey]*list.Element{}, order: list.New(), busy: map[busyKey]int{},
		rates: map[rugzak.Effort]rate{
			rugzak.EffortSearch:  search,
			rugzak.EffortSuggest: search.times(perKey),
			rugzak.EffortWrite:   write,
			rugzak.EffortPreview: write,
			rugzak.EffortExport:  {size: exportsPerHour, every: time.Hour / exportsPerHour},
		},
	}
}

// Take implements rugzak.Limiter.
func (l *Limiter) Take(e rugzak.Effort, person rugzak.PersonID, address string) time.Duration {
	r, ok := l.rates[e]
	if !ok {
		return 0
	}
	type demand struct {
		key throttleKey
		rate
	}
	var demands []demand
	if person != "" {
		demands = append(demands, demand{digest(string(e) + "\x00person\x00" + string(person)), r})
	}
	if address != "" {
		demands = append(demands, demand{digest(string(e) + "\x00address\x00" + network(address)), r.times(sharing)})
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock.Now()
	var wait time.Duration
	for _, d := range demands {
		wait = max(wait, l.wait(d.key, d.rate, now))
	}
	if wait > 0 {
		return wait
	}
	for _, d := range demands {
		l.count(d.key, d.rate, now)
	}
	return 0
}

// wait is how long until the bucket has a token: it is empty when filling it
// takes as long as all its tokens do.
func (l *Limiter) wait(key throttleKey, r rate, now time.Time) time.Duration {
	e, ok := l.buckets[key]
	if !ok {
		return 0
	}
	longest := r.every * time.Duration(r.size)
	return max(0, e.Value.(*bucket).full.Add(r.every).Sub(now)-longest)
}

func (l *Limiter) count(key throttleKey, r rate, now time.Time) {
	e, ok := l.buckets[key]
	if !ok {
		if len(l.buckets) >= maxRecords {
			oldest := l.order.Front()
			delete(l.buckets, oldest.Value.(*bucket).key)
			l.order.Remove(oldest)
		}
		e = l.order.PushBack(&bucket{key: key})
		l.buckets[key] = e
	}
	b := e.Value.(*bucket)
	if b.full.Before(now) {
		b.full = now
	}
	b.full = b.full.Add(r.every)
	l.order.MoveToBack(e)
}

// Enter implements rugzak.Limiter.
func (l *Limiter) Enter(e rugzak.Effort, person rugzak.PersonID) (leave func(), ok bool) {
	most, bounded := together[e]
	if !bounded || person == "" {
		return func() {}, true
	}
	key := busyKey{e, person}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.busy[key] >= most {
		return nil, false
	}
	l.busy[key]++
	var once sync.Once
	return func() {
		once.Do(func() {
			l.mu.Lock()
			defer l.mu.Unlock()
			if l.busy[key]--; l.busy[key] <= 0 {
				delete(l.busy, key)
			}
		})
	}, true
}
