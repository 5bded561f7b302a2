// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// way is a task of an engine, asked by some clients at once.
type way struct {
	engine  string
	task    task
	clients int
}

// timing is what came of a way: per round the times in milliseconds.
type timing struct {
	rounds [][]float64
	hits   float64
	asked  int
}

// From these numbers of texts a round has fewer queries, as each takes longer.
const (
	many     = 50_000
	veryMany = 300_000
)

func (m *measurement) queriesPerRound() int {
	switch {
	case m.perRound > 0:
		return m.perRound
	case m.set.Size >= veryMany:
		return 30
	case m.set.Size >= many:
		return 100
	}
	return 200
}

// rounds asks the engines in turn. With one client they take turns query by
// query, with two in runs of ten queries, so that both clients are at the same
// engine; in each turn another engine begins. Then texts are posted.
func (m *measurement) rounds(ctx context.Context) error {
	n := m.queriesPerRound()
	ways := m.ways()
	times := map[way]*timing{}
	if err := m.warmUp(ctx, ways); err != nil {
		return err
	}
	posted := newPosting(m)
	bar := begin(fmt.Sprintf("%s: %d rounds of %d queries", m.set.Name, m.options.rounds, n), m.options.rounds*n*2)
	for round := range m.options.rounds {
		queries := m.set.Ask(round+1, n)
		for _, w := range ways {
			t := times[w]
			if t == nil {
				t = &timing{}
				times[w] = t
			}
			t.rounds = append(t.rounds, nil)
		}
		for i, q := range queries {
			for k := range ways {
				w := ways[(i+k)%len(ways)]
				if w.clients != 1 {
					continue
				}
				if err := m.timed(ctx, w, times[w], q); err != nil {
					return err
				}
			}
			bar.set((round*2)*n + i)
		}
		const run = 10
		for from := 0; from < len(queries); from += run {
			part := queries[from:min(from+run, len(queries))]
			for k := range ways {
				w := ways[(from/run+k)%len(ways)]
				if w.clients == 1 {
					continue
				}
				if err := m.together(ctx, w, times[w], part); err != nil {
					return err
				}
			}
			bar.set((round*2+1)*n + from)
		}
		if err := posted.round(ctx, round); err != nil {
			return err
		}
	}
	bar.done()
	if err := m.addTimes(ways, times); err != nil {
		return err
	}
	return posted.add()
}

func (m *measurement) ways() []way {
	var out []way
	for _, clients := range []int{1, 2} {
		for _, t := range tasks() {
			for _, e := range m.options.engines {
				out = append(out, way{e, t, clients})
			}
		}
	}
	return out
}

// warmUp asks every engine some queries that are not counted.
func (m *measurement) warmUp(ctx context.Context, ways []way) error {
	queries := m.set.Ask(0, min(50, m.queriesPerRound()))
	bar := begin(m.set.Name+": warm up", len(queries))
	for i, q := range queries {
		for _, w := range ways {
			if _, err := m.engines[w.engine].run(ctx, w.task, q); err != nil {
				return fmt.Errorf("%s, %s, %q: %w", w.engine, w.task, q.Text, err)
			}
		}
		bar.set(i)
	}
	bar.done()
	return nil
}

// timed asks one query.
func (m *measurement) timed(ctx context.Context, w way, t *timing, q question) error {
	start := time.Now()
	a, err := m.engines[w.engine].run(ctx, w.task, q)
	took := since(start)
	if err != nil {
		return fmt.Errorf("%s, %s, %q: %w", w.engine, w.task, q.Text, err)
	}
	last := len(t.rounds) - 1
	t.rounds[last] = append(t.rounds[last], took)
	t.hits += float64(a.Total)
	t.asked++
	return nil
}

// together lets clients ask the same queries at once, each beginning elsewhere.
func (m *measurement) together(ctx context.Context, w way, t *timing, queries []question) error {
	parts := make([]timing, w.clients)
	errs := make([]error, w.clients)
	var all sync.WaitGroup
	for c := range w.clients {
		parts[c].rounds = [][]float64{nil}
		all.Go(func() {
			for i := range queries {
				q := queries[(i+c*len(queries)/w.clients)%len(queries)]
				if err := m.timed(ctx, w, &parts[c], q); err != nil {
					errs[c] = err
					return
				}
			}
		})
	}
	all.Wait()
	last := len(t.rounds) - 1
	for _, p := range parts {
		t.rounds[last] = append(t.rounds[last], p.rounds[0]...)
		t.hits += p.hits
		t.asked += p.asked
	}
	return errors.Join(errs...)
}

// per gives a percentile of each round.
func (t *timing) per(share float64) []float64 {
	out := make([]float64, len(t.rounds))
	for i, r := range t.rounds {
		out[i] = percentile(r, share)
	}
	return out
}

func (m *measurement) addTimes(ways []way, times map[way]*timing) error {
	for _, w := range ways {
		t := times[w]
		if err := m.add(record{Kind: kindLatency, Engine: w.engine, Task: w.task, Clients: w.clients, Values: map[string]float64{
			"p50_ms": median(t.per(.5)), "p95_ms": median(t.per(.95)), "hits": t.hits / float64(max(1, t.asked)), "queries": float64(t.asked),
		}}); err != nil {
			return err
		}
		others := []way{}
		for _, e := range m.options.engines {
			if w.engine == engineRugzak && e != engineRugzak {
				others = append(others, way{e, w.task, w.clients})
			}
		}
		if w.task == taskFacets || w.task == taskNewest {
			others = append(others, way{w.engine, taskRanked, w.clients})
		}
		for _, other := range others {
			if err := m.add(ratio(w, other, times[w], times[other])); err != nil {
				return err
			}
		}
	}
	return nil
}

// ratio divides, round by round, the times of one way by those of another.
func ratio(w, other way, a, b *timing) record {
	r := record{Kind: kindRatio, Engine: w.engine, Other: other.engine, Task: w.task, Clients: w.clients, Values: map[string]float64{
		"p50": median(divided(a.per(.5), b.per(.5))), "p95": median(divided(a.per(.95), b.per(.95))), "rounds": float64(len(a.rounds)),
	}}
	if other.task != w.task {
		r.To = other.task
	}
	return r
}

func divided(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] / b[i]
	}
	return out
}
