// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// posting measures how long it takes to post a text, and from then until it is
// found, while two clients search.
type posting struct {
	*measurement
	stored, found map[string]*timing
	next          int
}

func newPosting(m *measurement) *posting {
	p := &posting{measurement: m, stored: map[string]*timing{}, found: map[string]*timing{}, next: m.set.Size}
	for _, e := range m.options.engines {
		p.stored[e], p.found[e] = &timing{}, &timing{}
	}
	return p
}

// round posts some texts to each engine, another one beginning each time.
func (p *posting) round(ctx context.Context, round int) error {
	if p.posts == 0 {
		return nil
	}
	queries := p.set.Ask(round+100, 50)
	names := p.options.engines
	for k := range names {
		name := names[(round+k)%len(names)]
		if err := p.busy(ctx, name, queries, func() error {
			for _, t := range []*timing{p.stored[name], p.found[name]} {
				t.rounds = append(t.rounds, nil)
			}
			for range p.posts {
				if err := p.one(ctx, name); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// busy lets two clients search in an engine while something is done.
func (p *posting) busy(ctx context.Context, name string, queries []question, do func() error) error {
	var stop atomic.Bool
	var clients sync.WaitGroup
	var failed [2]error
	for c := range failed {
		clients.Go(func() {
			for i := c * len(queries) / 2; !stop.Load(); i++ {
				if _, err := p.engines[name].run(ctx, taskPage, queries[i%len(queries)]); err != nil {
					failed[c] = err
					return
				}
			}
		})
	}
	err := do()
	stop.Store(true)
	clients.Wait()
	return errors.Join(err, failed[0], failed[1])
}

// patience is how long a text may take to be found.
const patience = 30 * time.Second

// one posts a text whose title is a word that no other text has.
func (p *posting) one(ctx context.Context, name string) error {
	d := p.set.At(p.next % p.set.Size)
	d.Number, d.Group = p.next, 0
	d.ID = fmt.Sprintf("new%d", p.next)
	d.Title = fmt.Sprintf("vondst%dx", p.next)
	p.next++
	start := time.Now()
	look, err := p.engines[name].post(ctx, d)
	if err != nil {
		return err
	}
	p.stored[name].note(since(start))
	start = time.Now()
	for {
		there, err := look(ctx)
		if err != nil {
			return err
		}
		if there {
			p.found[name].note(since(start))
			return nil
		}
		if time.Since(start) > patience {
			return fmt.Errorf("a text that was posted is not found after %s", patience)
		}
	}
}

func (t *timing) note(ms float64) {
	last := len(t.rounds) - 1
	t.rounds[last] = append(t.rounds[last], ms)
}

func (p *posting) add() error {
	if p.posts == 0 {
		return nil
	}
	for _, name := range p.options.engines {
		stored, found := p.stored[name], p.found[name]
		if err := p.measurement.add(record{Kind: kindFound, Engine: name, Clients: 2, Values: map[string]float64{
			"stored_p50_ms": median(stored.per(.5)), "stored_p95_ms": median(stored.per(.95)),
			"found_p50_ms": median(found.per(.5)), "found_p95_ms": median(found.per(.95)),
			"both_p50_ms": median(sum(stored, found).per(.5)), "both_p95_ms": median(sum(stored, found).per(.95)),
			"posts": float64(p.posts * len(stored.rounds)),
		}}); err != nil {
			return err
		}
		if name == engineRugzak || p.found[engineRugzak] == nil {
			continue
		}
		ours := sum(p.stored[engineRugzak], p.found[engineRugzak])
		theirs := sum(stored, found)
		if err := p.measurement.add(record{Kind: kindRatio, Engine: engineRugzak, Other: name, About: "posted and found", Clients: 2, Values: map[string]float64{
			"p50": median(divided(ours.per(.5), theirs.per(.5))), "p95": median(divided(ours.per(.95), theirs.per(.95))), "rounds": float64(len(ours.rounds)),
		}}); err != nil {
			return err
		}
	}
	return nil
}

// sum adds storing and finding of each text.
func sum(a, b *timing) *timing {
	out := &timing{}
	for i := range a.rounds {
		round := make([]float64, len(a.rounds[i]))
		for k := range round {
			round[k] = a.rounds[i][k] + b.rounds[i][k]
		}
		out.rounds = append(out.rounds, round)
	}
	return out
}
