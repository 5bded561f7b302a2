// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// childEnv makes the program do one job in a process of its own, whose memory
// is then that of one engine.
const childEnv = "RUGZAK_COMPARE_CHILD"

// The jobs.
const (
	jobBuild  = "build"  // fill an engine, rewrite it if asked
	jobMemory = "memory" // open an engine that was filled, ask some queries, look at the memory
)

// job is what the child reads on its standard input.
type job struct {
	Do, Engine, Dir, URL string
	Source               [2]string // files of a corpus
	Size                 int       // of generated texts
	Rewrites             int
	Questions            []question
	Begins               []string
}

// outcome is what the child answers.
type outcome struct {
	Seconds, CPU              float64 // to fill: on the clock, and of the processors
	Index, All                int64   // bytes, when it had settled
	RewrittenIndex, Rewritten int64   // after everything was written anew
	RewriteSeconds            float64
	Peak, Anon, File          int64 // bytes of memory
}

// delegate runs a job in a child.
func delegate(ctx context.Context, j job) (outcome, error) {
	self, err := os.Executable()
	if err != nil {
		return outcome{}, err
	}
	in, err := json.Marshal(j)
	if err != nil {
		return outcome{}, err
	}
	c := exec.CommandContext(ctx, self)
	c.Env = append(os.Environ(), childEnv+"=1")
	var out bytes.Buffer
	c.Stdin, c.Stdout, c.Stderr = bytes.NewReader(in), &out, os.Stderr
	if err := c.Run(); err != nil {
		return outcome{}, fmt.Errorf("%s %s: %w", j.Do, j.Engine, err)
	}
	var o outcome
	return o, json.Unmarshal(out.Bytes(), &o)
}

func childMain() int {
	var j job
	err := json.NewDecoder(os.Stdin).Decode(&j)
	if err == nil {
		var o outcome
		if o, err = perform(context.Background(), j); err == nil {
			err = json.NewEncoder(os.Stdout).Encode(o)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		return 1
	}
	return 0
}

func perform(ctx context.Context, j job) (o outcome, err error) {
	e, err := openEngine(ctx, j.Engine, j.Dir, j.URL)
	if err != nil {
		return o, err
	}
	defer func() { err = errors.Join(err, e.close()) }()
	if j.Do == jobMemory {
		for i, q := range j.Questions {
			q.Begin = j.Begins[i]
			for _, t := range tasks() {
				if _, err := e.run(ctx, t, q); err != nil && !errors.Is(err, errNoTask) {
					return o, err
				}
			}
		}
		o.Peak, o.Anon, o.File = memoryOfProcess()
		return o, nil
	}
	set := generated(j.Size)
	if j.Source[0] != "" {
		if set, err = readCorpus(j.Source[0], j.Source[1]); err != nil {
			return o, err
		}
	} else {
		words() // outside what is timed
	}
	return o, fill(ctx, e, set, j, &o)
}

func fill(ctx context.Context, e engine, set dataset, j job, o *outcome) error {
	bar := begin(j.Engine+": put in "+strconv.Itoa(set.Size)+" texts", set.Size)
	start := time.Now()
	if err := e.build(ctx, set, bar.set); err != nil {
		return err
	}
	o.Seconds, o.CPU = time.Since(start).Seconds(), cpuSeconds()
	bar.done()
	o.Peak, _, _ = memoryOfProcess()
	if again, ok := e.(reindexer); ok && len(set.Judged) > 0 {
		if err := again.reindex(ctx); err != nil {
			return err
		}
	}
	if err := tidied(ctx, e); err != nil {
		return err
	}
	var err error
	if o.Index, o.All, err = e.size(ctx); err != nil || j.Rewrites == 0 {
		return err
	}
	bar = begin(fmt.Sprintf("%s: write all anew %d times", j.Engine, j.Rewrites), set.Size*j.Rewrites)
	start = time.Now()
	for n := range j.Rewrites {
		if err := e.rewrite(ctx, set, func(done int) { bar.set(n*set.Size + done) }); err != nil {
			return err
		}
	}
	o.RewriteSeconds = time.Since(start).Seconds()
	bar.done()
	if err := tidied(ctx, e); err != nil {
		return err
	}
	o.RewrittenIndex, o.Rewritten, err = e.size(ctx)
	return err
}

// cpuSeconds is what this process has had of the processors.
func cpuSeconds() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}

// memoryOfProcess is the peak of what is resident, and what is resident now of
// its own and of files, in bytes. Where there is no /proc it is nothing.
func memoryOfProcess() (peak, anon, file int64) {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, 0, 0
	}
	for line := range strings.Lines(string(text)) {
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		kb, err := strconv.ParseInt(f[1], 10, 64)
		if err != nil {
			continue
		}
		switch f[0] {
		case "VmHWM:":
			peak = kb << 10
		case "RssAnon:":
			anon = kb << 10
		case "RssFile:", "RssShmem:":
			file += kb << 10
		}
	}
	return peak, anon, file
}
