// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"
)

// measurement is one set of texts on its way through all engines.
type measurement struct {
	options
	set     dataset
	dir     string
	url     string // of PostgreSQL
	server  *pgServer
	raw     int64 // bytes of titles and texts
	engines map[string]engine
	results *[]record
	out     *resultsFile
}

// measure fills the engines with a set of texts and compares them.
func measure(ctx context.Context, o options, set dataset, results *[]record, out *resultsFile) (err error) {
	m := &measurement{options: o, set: set, results: results, out: out, engines: map[string]engine{}}
	if m.dir, err = os.MkdirTemp(o.dir, "compare-"); err != nil {
		return err
	}
	// The user that PostgreSQL runs as must be able to pass.
	if err := os.Chmod(m.dir, 0o711); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(m.dir)) }()
	if slices.Contains(o.engines, enginePostgres) {
		if m.server, err = startPostgres(ctx, m.dir); err != nil {
			return err
		}
		m.url = m.server.url
		defer func() { err = errors.Join(err, m.server.close()) }()
	}
	bar := begin(set.Name+": measure the texts", set.Size)
	for i := range set.Size {
		d := set.At(i)
		m.raw += int64(len(d.Title) + len(d.Body))
		bar.set(i)
	}
	bar.done()
	if err := m.add(record{Kind: kindSet, Values: map[string]float64{
		"raw_mb": float64(m.raw) / 1e6, "cpus": float64(runtime.NumCPU()), "memory_mb": float64(memoryMB()), "rounds": float64(o.rounds),
	}}); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{m.build, m.open, m.quality, m.rounds, m.memory} {
		if err := step(ctx); err != nil {
			return errors.Join(err, m.close())
		}
	}
	return m.close()
}

// build fills every engine in a process of its own. The index of Rugzak, and
// with -rewrite-all the other engines too, is also filled in a copy that is
// thrown away, in which everything is then written anew.
func (m *measurement) build(ctx context.Context) error {
	for _, name := range m.options.engines {
		if m.rewrites > 0 && m.set.Size <= m.rewriteBelow && (name == engineRugzak || m.rewriteAll) {
			if err := m.rewritten(ctx, name); err != nil {
				return err
			}
		}
		o, err := delegate(ctx, m.job(name, m.dir, 0))
		if err != nil {
			return err
		}
		if err := m.addBuilt(name, o); err != nil {
			return err
		}
	}
	return nil
}

func (m *measurement) job(name, dir string, rewrites int) job {
	return job{Do: jobBuild, Engine: name, Dir: dir, URL: m.url, Source: m.set.source, Size: m.set.Size, Rewrites: rewrites}
}

// rewritten fills a copy of an engine and writes everything in it anew. Of
// Rugzak that is the index by itself: its store keeps every revision.
func (m *measurement) rewritten(ctx context.Context, name string) (err error) {
	if name == engineRugzak {
		name = engineIndex
	}
	dir := filepath.Join(m.dir, "scratch")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	o, err := delegate(ctx, m.job(name, dir, m.rewrites))
	if err != nil {
		return err
	}
	if name == engineIndex {
		if err := m.addBuilt(name, o); err != nil {
			return err
		}
	}
	raw := float64(m.raw)
	return m.add(record{Kind: kindSize, Engine: name, About: "rewritten", Values: map[string]float64{
		"times": float64(m.rewrites), "seconds": o.RewriteSeconds, "index_to_raw": float64(o.RewrittenIndex) / raw, "all_to_raw": float64(o.Rewritten) / raw,
		"growth": float64(o.RewrittenIndex) / float64(o.Index),
	}})
}

func (m *measurement) addBuilt(name string, o outcome) error {
	raw := float64(m.raw)
	if err := m.add(record{Kind: kindBuild, Engine: name, Values: map[string]float64{
		"seconds": o.Seconds, "texts_per_s": float64(m.set.Size) / o.Seconds, "peak_mb": float64(o.Peak) / 1e6,
		"cpu_seconds": o.CPU, // of the process that fills it; for PostgreSQL the client only
	}}); err != nil {
		return err
	}
	return m.add(record{Kind: kindSize, Engine: name, Values: map[string]float64{
		"index_mb": float64(o.Index) / 1e6, "all_mb": float64(o.All) / 1e6, "index_to_raw": float64(o.Index) / raw, "all_to_raw": float64(o.All) / raw,
	}})
}

// open opens all engines in this process.
func (m *measurement) open(ctx context.Context) error {
	for _, name := range m.options.engines {
		e, err := openEngine(ctx, name, m.dir, m.url)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		m.engines[name] = e
	}
	return nil
}

func (m *measurement) close() error {
	var errs []error
	for _, e := range m.engines {
		errs = append(errs, e.close())
	}
	m.engines = map[string]engine{}
	return errors.Join(errs...)
}

// memory opens each engine in a process of its own, asks queries and notes what
// is resident. PostgreSQL has processes of its own: what they share is counted
// once.
func (m *measurement) memory(ctx context.Context) error {
	if m.server != nil && m.server.pid > 0 {
		if pss, err := memoryOfServer(m.server.pid); err != nil {
			return err
		} else if err := m.add(record{Kind: kindMemory, Engine: enginePostgres, Values: map[string]float64{"resident_mb": float64(pss) / 1e6},
			Note: "all processes of the server, what they share once, its buffers included; the file cache of the system not"}); err != nil {
			return err
		}
	}
	if err := m.close(); err != nil {
		return err
	}
	questions := m.set.Ask(1000, 100)
	var begins []string
	for _, q := range questions {
		begins = append(begins, q.Begin)
	}
	for _, name := range m.options.engines {
		if name == enginePostgres {
			continue
		}
		o, err := delegate(ctx, job{Do: jobMemory, Engine: name, Dir: m.dir, Questions: questions, Begins: begins})
		if err != nil {
			return err
		}
		if err := m.add(record{Kind: kindMemory, Engine: name, Values: map[string]float64{
			"resident_mb": float64(o.Anon+o.File) / 1e6, "own_mb": float64(o.Anon) / 1e6, "peak_mb": float64(o.Peak) / 1e6,
		}}); err != nil {
			return err
		}
	}
	return nil
}

// milliseconds since a time.
func since(start time.Time) float64 { return float64(time.Since(start).Nanoseconds()) / 1e6 }
