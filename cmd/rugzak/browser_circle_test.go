// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/config"
)

// circle is a running site of a backpack in which nothing stands yet: Noor of
// Wmo, Sam of Jeugd and Robin of the partner Welzijn begin with it. Its clock
// is moved by hand.
type circle struct {
	testing.TB
	at      string
	clock   *movedClock
	service *backpack.Service
}

// The people of a circle, by e-mail address.
const (
	noor  = "noor@example.test"
	sam   = "sam@example.test"
	robin = "robin@example.test"
)

// movedClock is the clock of the machine, put ahead by a test. It runs on, for
// limits per minute count with it.
type movedClock struct {
	mu    sync.Mutex
	ahead time.Duration
}

func (c *movedClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.ahead)
}

func startCircle(t *testing.T) *circle {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	file := write(t, filepath.Join(t.TempDir(), "password"), password+"\n")
	for _, o := range []struct{ name, kind string }{{"Wmo", "department"}, {"Jeugd", "department"}, {"Welzijn", "partner"}} {
		fine(t, "organisation", "add", "--data", dir, "--name", o.name, "--kind", o.kind)
	}
	for _, p := range []struct{ email, name, organisation, role string }{
		{noor, "Noor", "Wmo", "participant"}, {sam, "Sam", "Jeugd", "participant"}, {robin, "Robin", "Welzijn", "partnercontact"},
	} {
		fine(t, "person", "add", "--data", dir, "--email", p.email, "--name", p.name, "--organisation", p.organisation,
			"--role", p.role, "--language", "nl", "--password-file", file)
	}
	conf, err := config.Load(config.Input{
		Flags: map[string]string{"data": dir, "listen": "127.0.0.1:0", "log-level": "warn"}, Env: noEnv, ReadFile: os.ReadFile,
	})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", conf.Listen)
	if err != nil {
		t.Fatal(err)
	}
	c, log := &circle{TB: t, clock: &movedClock{}}, &output{}
	a := newApp(noEnv, nil, io.Discard, log)
	a.clock = c.clock
	s, err := a.start(conf, l, logger(conf, log))
	if err != nil {
		t.Fatal(err)
	}
	c.at, c.service = address(conf, l), s.parts.service
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.wait(ctx, func() {}) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the server ends with %v:\n%s", err, log)
		}
	})
	return c
}

// pass lets days go by, and the daily work of the last one be done.
func (c *circle) pass(days int) {
	c.Helper()
	c.clock.mu.Lock()
	c.clock.ahead += time.Duration(days) * 24 * time.Hour
	c.clock.mu.Unlock()
	if err := c.service.Daily(c.Context()); err != nil {
		c.Fatal(err)
	}
}

// visit is somebody who takes their phone and signs in.
func (c *circle) visit(chromium context.Context, who string) *tab {
	c.Helper()
	b := newBrowser(c, chromium, c.at, phone())
	b.signInAs(who, password)
	return b
}

// caughtUp waits until everything that was written can be found.
func (c *circle) caughtUp() {
	c.Helper()
	if err := c.service.CatchUp(c.Context()); err != nil {
		c.Fatal(err)
	}
}

// tells fills in the short form of an application, and shares it.
func (b *tab) tells(outcome, story string) {
	b.Helper()
	b.tap(`main input[name="application_outcome"][value="` + outcome + `"]`)
	b.types("lesson", story)
	if status := b.press(`main button[name="do"][value="share"]`); status != http.StatusOK {
		b.Fatalf("telling that it %s gives %d:\n%s", outcome, status, strings.TrimSpace(b.text("main")))
	}
}
