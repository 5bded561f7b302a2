// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// costly are the texts that are known to cost Markdown engines most, in the
// sizes at which others were measured. The renderer's own tests have many more.
func costly() map[string]string {
	numbered := func(format string, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	steps := func(unit string, n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.Repeat("  ", i) + unit)
		}
		return b.String()
	}
	wide := "|" + strings.Repeat("a|", 4000) + "\n|" + strings.Repeat("-|", 4000) + "\n"
	return map[string]string{
		"deep lists with empty lines": steps("- a\n", 290) + strings.Repeat("\n", 45_000),
		"the same in a quote":         "> " + steps("- a\n> ", 290) + strings.Repeat("\n> ", 20_000),
		"table, rows without cells":   wide + strings.Repeat("|\n", 4000),
		"wide table":                  wide + strings.Repeat("|"+strings.Repeat("a|", 50)+"\n", 400),
		"long address, many links":    "[a]: http://" + strings.Repeat("x", 20_000) + "\n\n" + strings.Repeat("[a] ", 5000),
		"unclosed links A":            strings.Repeat("[a](<b", 30_000),
		"unclosed links B":            strings.Repeat("[a](b", 30_000),
		"mismatched emphasis":         strings.Repeat("*a_ ", 50_000),
		"multiples of three":          "a**b" + strings.Repeat("c* ", 50_000),
		"emphasis in deep quotes":     strings.Repeat("> ", 1000) + strings.Repeat("a **a ", 20_000),
		"footnotes":                   numbered("[^%[1]d]: a\n\n[^%[1]d] ", 10_000),
		"brackets":                    strings.Repeat("[", 100_000) + "a" + strings.Repeat("]", 100_000),
		"images in images":            strings.Repeat("![", 30_000) + strings.Repeat("](b)", 30_000),
		"backticks":                   strings.Repeat("`a``b```c", 20_000),
		"headings":                    strings.Repeat("# a\n", 50_000),
	}
}

// Texts made to cost as much as possible are shown or refused in bounded time
// and size by every way in: preview, saving and import. A neighbour who only
// reads is not held up. With RUGZAK_COSTLY=1 the figures of time are demanded
// too; without it they are only shown, as the machine may be busy.
func TestCostlyTextsAreBounded(t *testing.T) {
	const within, most = 2 * time.Second, 5 << 20
	demand := os.Getenv("RUGZAK_COSTLY") != ""
	s := newSite(t)
	me, neighbour := s.as(participant), s.as(colleague)
	entry := s.share(participant, "Eén voordeur", strings.Repeat("Wat er gebeurde. ", 100), rugzak.LevelInternal)
	reading := func() time.Duration {
		began := time.Now()
		neighbour.get(entryPath(entry.ID)).want(http.StatusOK)
		return time.Since(began)
	}
	p95 := func(times []time.Duration) time.Duration {
		slices.Sort(times)
		return times[len(times)*95/100]
	}
	var calm, busy []time.Duration
	for range 100 {
		calm = append(calm, reading())
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var slowest time.Duration
	slowestName := ""
	for name, text := range costly() {
		ask := func(way, path string, fields ...string) {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+path, strings.NewReader(pairs(t, append(fields, "body", text, "lang", "nl")).Encode()))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.AddCookie(me.cookies[cookieSession])
			done := make(chan struct{})
			var took time.Duration
			go func() {
				defer close(done)
				began := time.Now()
				resp, err := me.http.Do(r)
				if err != nil {
					t.Errorf("%s by %s: %v", name, way, err)
					return
				}
				defer resp.Body.Close()
				size, _ := io.Copy(io.Discard, resp.Body)
				took = time.Since(began)
				if resp.StatusCode >= 500 || size > most || size > int64(20*len(text))+100<<10 {
					t.Errorf("%s by %s: answered %d with %d bytes for %d", name, way, resp.StatusCode, size, len(text))
				}
			}()
			for waiting := true; waiting; {
				busy = append(busy, reading())
				select {
				case <-done:
					waiting = false
				default:
				}
			}
			if took > slowest {
				slowest, slowestName = took, name+" by "+way
			}
		}
		ask("preview", pathEntryPreview)
		ask("saving", at(pathEntryDraft, string(s.idFor(participant))), "kind", "experience", "audience", "draft", "base", "0", "title", "T")
		began := time.Now()
		refused := 0
		item := rugzak.Incoming{Place: "kostbaar.md", Entry: rugzak.Entry{Kind: rugzak.KindExperience, Lang: rugzak.Dutch, Title: "Kostbaar", Body: text}}
		_, err := s.Service.Import(t.Context(), backpack.Operator(), backpack.ImportOptions{
			Source: "kostbaar", Organisation: s.orgs["wmo"], Audience: rugzak.Audience{Level: rugzak.LevelOrganisation}, Privacy: backpack.PrivacyStrict,
		},
			slices.Values([]rugzak.Incoming{item}), func(backpack.ImportLine) { refused++ })
		if err != nil || refused != 1 {
			t.Errorf("%s by import: %d lines, %v", name, refused, err)
		}
		if took := time.Since(began); took > slowest {
			slowest, slowestName = took, name+" by import"
		}
	}
	runtime.ReadMemStats(&after)
	grown := int64(after.Sys) - int64(before.Sys)
	t.Logf("%d texts by three ways: the slowest %v (%s); memory of the process grew %d MB; a neighbour's page p95 %v, before %v",
		len(costly()), slowest.Round(time.Millisecond), slowestName, grown>>20, p95(busy).Round(time.Microsecond), p95(calm).Round(time.Microsecond))
	if grown > 200<<20 {
		t.Errorf("memory grew by %d MB", grown>>20)
	}
	if demand && (slowest > within || p95(busy) > 3*p95(calm)) {
		t.Errorf("the slowest took %v; the neighbour waits %v, before %v", slowest, p95(busy), p95(calm))
	}
}
