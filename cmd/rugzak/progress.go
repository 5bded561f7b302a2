// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"rugzak/pkg/control"
)

// bar tells how far long work is: a bar on a terminal, now and then a line
// elsewhere, nothing with --quiet.
type bar struct {
	app   *app
	stage string
	shown *progressbar.ProgressBar
	last  time.Time
}

// lineEvery is how often a line is printed where there is no terminal.
const lineEvery = 10 * time.Second

func (a *app) bar(stage string) *bar { return &bar{app: a, stage: stage, last: time.Now()} }

// terminal reports whether somebody looks on.
func (a *app) terminal() bool {
	f, ok := a.stderr.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// begin shows that something is going on, on a terminal only.
func (b *bar) begin() { b.set(control.Progress{Stage: b.stage}) }

// set shows how far the work is.
func (b *bar) set(p control.Progress) {
	if b.app.quiet {
		return
	}
	if p.Stage != b.stage {
		b.done()
		b.stage = p.Stage
	}
	if !b.app.terminal() {
		if time.Since(b.last) >= lineEvery {
			b.last = time.Now()
			b.app.warn(fmt.Sprintf("%s: %s", b.app.say.T("cli.stage."+p.Stage), b.app.say.Number(p.Done)))
		}
		return
	}
	if b.shown == nil {
		b.shown = progressbar.NewOptions64(-1, b.options(b.app.stderr)...)
	}
	if p.Total > 0 && b.shown.GetMax() != p.Total {
		b.shown.ChangeMax(p.Total)
	}
	_ = b.shown.Set(p.Done) // a bar that cannot be drawn is no reason to stop
}

func (b *bar) options(w io.Writer) []progressbar.Option {
	return []progressbar.Option{
		progressbar.OptionSetWriter(w),
		progressbar.OptionSetDescription(b.app.say.T("cli.stage." + b.stage)),
		progressbar.OptionShowCount(),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionThrottle(100 * time.Millisecond),
		progressbar.OptionFullWidth(),
	}
}

// done takes the bar away.
func (b *bar) done() {
	if b.shown != nil {
		_ = b.shown.Finish()
		_ = b.shown.Clear()
		b.shown = nil
	}
}

// counting shows how many bytes pass.
func (b *bar) counting(w io.Writer) io.Writer { return &countingWriter{w: w, bar: b} }

type countingWriter struct {
	w   io.Writer
	bar *bar
	n   int
}

func (c *countingWriter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += n
	c.bar.set(control.Progress{Stage: c.bar.stage, Done: c.n >> 10})
	return n, err
}
