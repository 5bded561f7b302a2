// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"fmt"
	"os"
	"strings"
	"time"
)

// progress tells on standard error how far long work is: a bar on a terminal,
// now and then a line elsewhere.
type progress struct {
	what     string
	total    int
	started  time.Time
	shown    time.Time
	terminal bool
}

func begin(what string, total int) *progress {
	p := &progress{what: what, total: total, started: time.Now(), shown: time.Now()}
	if info, err := os.Stderr.Stat(); err == nil {
		p.terminal = info.Mode()&os.ModeCharDevice != 0
	}
	return p
}

func (p *progress) set(done int) {
	pause := 10 * time.Second
	if p.terminal {
		pause = 200 * time.Millisecond
	}
	if time.Since(p.shown) < pause {
		return
	}
	p.shown = time.Now()
	if !p.terminal {
		fmt.Fprintf(os.Stderr, "%s: %d of %d\n", p.what, done, p.total)
		return
	}
	const width = 30
	full := min(width, done*width/max(1, p.total))
	fmt.Fprintf(os.Stderr, "\r\033[K%s [%s%s] %d of %d", p.what, strings.Repeat("=", full), strings.Repeat(" ", width-full), done, p.total)
}

// done says how long it took.
func (p *progress) done() {
	before := ""
	if p.terminal {
		before = "\r\033[K"
	}
	fmt.Fprintf(os.Stderr, "%s%s: %.1f s\n", before, p.what, time.Since(p.started).Seconds())
}
