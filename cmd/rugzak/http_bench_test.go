// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The benchmarks go through HTTP on this machine, to the program as it is
// installed, as somebody who is signed in, with a connection that stays open.
// Figures per operation: p50 and p95 in milliseconds; plain-ratio is the time
// in which a bare net/http server gives the same bytes, divided by ours.

// busySite starts the program on a backpack with made-up entries.
func busySite(b *testing.B, entries int) (*process, *visitor) {
	b.Helper()
	dir := filepath.Join(b.TempDir(), "data")
	do := func(args ...string) {
		b.Helper()
		var out, errs bytes.Buffer
		if code := run(b.Context(), append(args, "--data", dir), noEnv, strings.NewReader(password+"\n"), &out, &errs); code != exitFine {
			b.Fatalf("%s: %s%s", args[0], &out, &errs)
		}
	}
	for _, name := range []string{"Jeugd", "Wmo", "Participatie"} {
		do("organisation", "add", "--name", name, "--kind", "department")
	}
	do("organisation", "add", "--name", "Welzijn", "--kind", "partner")
	do("person", "add", "--email", "noor@example.test", "--name", "Noor", "--organisation", "Jeugd", "--password-file", "-")
	lines := map[string]*strings.Builder{}
	w := newWriter(1)
	for i := range entries {
		from := []string{"Jeugd", "Wmo", "Participatie"}[i%3]
		if lines[from] == nil {
			lines[from] = &strings.Builder{}
		}
		fmt.Fprintf(lines[from], "{\"id\":\"n%d\",\"lang\":\"nl\",\"title\":%s,\"body_markdown\":%s}\n", i, quoted(w.sentence(5)), quoted(w.story()))
	}
	for from, text := range lines {
		file := filepath.Join(b.TempDir(), "entries.jsonl")
		if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
			b.Fatal(err)
		}
		do("import", file, "--organisation", from, "--audience", "internal")
	}
	server := startProcess(b, buildProgram(b), "serve", "--data", dir, "--listen", "127.0.0.1:0", "--log-level", "warn")
	v := signedIn(b, server.at, "noor@example.test", password)
	return server, v
}

// writer makes up text in which few words are used often and most hardly ever,
// as in any language.
type writer struct {
	*rand.Rand
	words *rand.Zipf
}

func newWriter(seed uint64) writer {
	random := rand.New(rand.NewPCG(seed, 2))
	return writer{random, rand.NewZipf(random, 1.2, 20, 30_000)}
}

// word is a word of its own for each rank: they look nothing alike.
func (w writer) word() string {
	const consonants, vowels = "bdfghjklmnprstvwz", "aeiou"
	rank := w.words.Uint64()
	var b strings.Builder
	for n := rank + 100; n > 0; n /= uint64(len(consonants) * len(vowels)) {
		b.WriteByte(consonants[n%uint64(len(consonants))])
		b.WriteByte(vowels[n/uint64(len(consonants))%uint64(len(vowels))])
	}
	return b.String()
}

func (w writer) sentence(words int) string {
	out := make([]string, words)
	for i := range out {
		out[i] = w.word()
	}
	return strings.Join(out, " ")
}

// story is about two kilobytes of Markdown.
func (w writer) story() string {
	var s strings.Builder
	for _, heading := range []string{"Situatie", "Aanpak", "Resultaat", "Wat je kunt meenemen"} {
		fmt.Fprintf(&s, "## %s\n\n%s. **%s** %s.\n\n- %s\n- %s\n\n", heading, w.sentence(35), w.sentence(3), w.sentence(20), w.sentence(8), w.sentence(8))
	}
	return s.String()
}

// times collects how long operations took.
type times []time.Duration

func (t times) percentile(p int) float64 {
	slices.Sort(t)
	return float64(t[min(len(t)-1, len(t)*p/100)]) / float64(time.Millisecond)
}

func (t times) report(b *testing.B) {
	b.ReportMetric(t.percentile(50), "p50-ms")
	b.ReportMetric(t.percentile(95), "p95-ms")
}

// reading measures a page, and the same bytes from a bare server in turns.
func reading(b *testing.B, v *visitor, path func(i int) string) {
	b.Helper()
	p, err := v.get(path(0))
	if err != nil || p.status != http.StatusOK {
		b.Fatalf("%s answers %d: %v", path(0), p.status, err)
	}
	plain := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(p.body)
	}))
	defer plain.Close()
	bare := newVisitor()
	bare.at = plain.URL
	var ours, theirs times
	one := func(v *visitor, path string) time.Duration {
		start := time.Now()
		p, err := v.get(path)
		if err != nil || p.status != http.StatusOK {
			b.Fatalf("%s answers %d: %v", path, p.status, err)
		}
		return time.Since(start)
	}
	for i := range 50 { // the first pages fill the caches
		one(v, path(i))
		one(bare, "/")
	}
	i := 0
	for b.Loop() {
		ours = append(ours, one(v, path(i)))
		theirs = append(theirs, one(bare, "/"))
		i++
	}
	ours.report(b)
	b.ReportMetric(theirs.percentile(50)/ours.percentile(50), "plain-ratio")
	b.ReportMetric(float64(len(p.body)), "page-B")
}

func BenchmarkHTTP(b *testing.B) {
	server, v := busySite(b, 10_000)
	doc := v.must(b, "/zoeken?q="+url.QueryEscape(newWriter(1).sentence(1)))
	entry, _ := doc.Find("main article h2 a").First().Attr("href")
	filter, _ := doc.Find("aside a").First().Attr("href")
	if entry == "" || filter == "" {
		b.Fatal("nothing is found")
	}
	w := newWriter(3)
	var queries []string
	for range 200 {
		queries = append(queries, url.QueryEscape(w.sentence(2)))
	}
	same := func(path string) func(int) string { return func(int) string { return path } }
	b.Run("entry", func(b *testing.B) { reading(b, v, same(entry)) })
	b.Run("home", func(b *testing.B) { reading(b, v, same("/")) })
	b.Run("search-facets", func(b *testing.B) {
		reading(b, v, func(i int) string { return "/zoeken?q=" + queries[i%len(queries)] })
	})
	b.Run("search-filter", func(b *testing.B) { reading(b, v, same(filter)) })
	b.Run("post-until-found", func(b *testing.B) { postUntilFound(b, v) })
	b.ReportMetric(0, "ns/op")
	b.Logf("resident memory at 10,000 entries, after this: %.1f MB", server.memory(b))
}

// postUntilFound measures from pressing the button until a search gives the
// entry, through the same connection.
func postUntilFound(b *testing.B, v *visitor) {
	var all, posts times
	p := &poster{visitor: v, name: fmt.Sprintf("meting%d", time.Now().UnixNano())}
	for b.Loop() {
		b.StopTimer()
		if err := p.fill(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		start := time.Now()
		if err := p.send(); err != nil {
			b.Fatal(err)
		}
		posts = append(posts, time.Since(start))
		e := p.acked[len(p.acked)-1]
		for {
			links, err := found(v, e.word)
			if err != nil {
				b.Fatal(err)
			}
			if slices.Contains(links, e.path) {
				break
			}
		}
		all = append(all, time.Since(start))
	}
	all.report(b)
	b.ReportMetric(posts.percentile(50), "post-p50-ms")
	b.ReportMetric(posts.percentile(95), "post-p95-ms")
}

var residentPattern = regexp.MustCompile(`VmRSS:\s+(\d+) kB`)

// memory is the resident memory of the process, in megabytes.
func (p *process) memory(t testing.TB) float64 {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		t.Skip("no /proc on this machine")
	}
	m := residentPattern.FindSubmatch(status)
	if m == nil {
		t.Fatalf("no VmRSS in %s", status)
	}
	kilobytes, err := strconv.Atoi(string(m[1]))
	if err != nil {
		t.Fatal(err)
	}
	return float64(kilobytes) / 1000
}

// idleMost is what a server with the example set may hold when nobody asks
// anything, in megabytes: less than the smallest of what people use instead.
const idleMost = 57

// A demonstration at rest is small.
func TestIdleMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the whole program")
	}
	server := startProcess(t, buildProgram(t), "demo", "--data", filepath.Join(t.TempDir(), "demo"), "--listen", "127.0.0.1:0")
	resp, err := http.Get(server.at + "/inloggen")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, resp.Body)
	resp.Body.Close()
	rest := server.memory(t)
	for range 40 { // what making the example set took is given back in a moment
		if rest <= idleMost {
			break
		}
		time.Sleep(250 * time.Millisecond)
		rest = server.memory(t)
	}
	t.Logf("idle: %.1f MB", rest)
	if rest > idleMost {
		t.Errorf("%.1f MB resident when idle, want at most %d", rest, idleMost)
	}
}
