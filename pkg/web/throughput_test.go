// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

// BenchmarkThroughput asks for pages over HTTP through sixteen connections at
// once, as somebody who is signed in, and in turns for the same bytes from a bare
// net/http server: go test -run '^$' -bench Throughput -benchtime 3s ./pkg/web.
// It gives pages per second, how many times fewer that is than of the bare
// server (ratio), and the same of the time of the processor, which says more on
// a machine that others use too (cpu-ratio). Both hold the cost of asking. A page
// that is made anew is one that nobody asked for since something was written.
func BenchmarkThroughput(b *testing.B) {
	s := newSite(b, func(c *Config) { c.Limiter = nil; c.Log = slog.New(slog.DiscardHandler) })
	var e rugzak.Entry
	for i := range 30 {
		e = s.share(participant, fmt.Sprintf("Contact in de wachttijd %d", i), strings.Repeat("## Situatie\n\nWe belden **elke week** met wie wachtte.\n\n- wat speelt er\n- wat kan nu al\n\n", 6), rugzak.LevelInternal, "welzijn")
	}
	if err := s.Service.CatchUp(b.Context()); err != nil {
		b.Fatal(err)
	}
	me := s.as(colleague)
	for _, p := range []struct {
		name, path, coding string
		anew               bool
	}{
		{"entry", entryPath(e.ID), "", false}, {"entry compressed", entryPath(e.ID), "gzip", false},
		{"entry made anew", entryPath(e.ID) + "?", "", true}, {"entry made anew, compressed", entryPath(e.ID) + "?", "gzip", true},
		{"search", pathSearch + "?q=wachttijd", "", false}, {"search compressed", pathSearch + "?q=wachttijd", "gzip", false},
	} {
		b.Run(p.name, func(b *testing.B) { s.throughput(b, p.path, p.coding, p.anew, me.cookies[cookieSession]) })
	}
}

func (s *site) throughput(b *testing.B, path, coding string, anew bool, cookie *http.Cookie) {
	body := fetch(b, http.DefaultClient, s.URL+path, coding, cookie)
	plain := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(body)
	}))
	defer plain.Close()
	const connections, each = 16, 32
	client := &http.Client{Transport: &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: connections}}
	defer client.CloseIdleConnections()
	var asked atomic.Int64
	burst := func(url string) (wall, cpu time.Duration) {
		start, used := time.Now(), processorTime(b)
		var wg sync.WaitGroup
		for range connections {
			wg.Go(func() {
				for range each {
					at := url
					if anew { // an address nobody asked for before
						at += strconv.FormatInt(asked.Add(1), 10)
					}
					fetch(b, client, at, coding, cookie)
				}
			})
		}
		wg.Wait()
		return time.Since(start), processorTime(b) - used
	}
	burst(s.URL + path) // fills the caches
	var ours, theirs, oursCPU, theirsCPU time.Duration
	n := 0
	for b.Loop() {
		for _, turn := range []struct {
			url       string
			wall, cpu *time.Duration
		}{{s.URL + path, &ours, &oursCPU}, {plain.URL + path, &theirs, &theirsCPU}} {
			wall, cpu := burst(turn.url)
			*turn.wall += wall
			*turn.cpu += cpu
		}
		n += connections * each
	}
	b.ReportMetric(float64(n)/ours.Seconds(), "pages/s")
	b.ReportMetric(theirs.Seconds()/ours.Seconds(), "ratio")
	b.ReportMetric(theirsCPU.Seconds()/oursCPU.Seconds(), "cpu-ratio")
	b.ReportMetric(float64(oursCPU.Microseconds())/float64(n), "cpu-µs/page")
	b.ReportMetric(float64(len(body)), "page-B")
	b.ReportMetric(0, "ns/op")
}

func fetch(b *testing.B, client *http.Client, url, coding string, cookie *http.Cookie) []byte {
	r, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		b.Error(err)
		return nil
	}
	r.AddCookie(cookie)
	if coding != "" {
		r.Header.Set("Accept-Encoding", coding)
	}
	resp, err := client.Do(r)
	if err != nil {
		b.Error(err)
		return nil
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK || len(body) == 0 {
		b.Error(resp.StatusCode, len(body), err)
	}
	return body
}

// processorTime is how long processors worked for this program.
func processorTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
