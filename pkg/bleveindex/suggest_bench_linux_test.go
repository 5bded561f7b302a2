// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex_test

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"rugzak/pkg/rugzak"
)

// benchSize is how many texts a benchmark generates.
func benchSize(b *testing.B, usual int) int {
	b.Helper()
	n, err := strconv.Atoi(os.Getenv("RUGZAK_BENCH_ENTRIES"))
	if err != nil || n < 1 {
		return usual
	}
	return n
}

// BenchmarkSuggest types the beginnings of words into 100,000 generated texts
// (or RUGZAK_BENCH_ENTRIES): as a member, who may find nearly all, and as a
// partner, who may find three. It reports the 95th percentile in microseconds,
// of the time it took and of the time the processor worked for it: on a machine
// that does other things too, the second says more.
func BenchmarkSuggest(b *testing.B) {
	size := benchSize(b, 100000)
	docs := benchTexts(size)
	for i := range docs {
		docs[i].Text = "" // nothing is suggested from it
	}
	for i := range 3 {
		docs[i*size/3].Tokens = append(docs[i*size/3].Tokens, "org:partner")
	}
	x := open(b, b.TempDir())
	b.Cleanup(func() {
		if err := x.Close(); err != nil {
			b.Error(err)
		}
	})
	for i := 0; i < size; i += 1000 {
		if err := x.Apply(b.Context(), rugzak.Batch{Put: docs[i:min(i+1000, size)]}); err != nil {
			b.Fatal(err)
		}
	}
	typed := map[string][]string{}
	for i := range 200 {
		title := docs[(i*7919)%size].Title
		for _, n := range []int{1, 2, 3, 5, 8} {
			key := fmt.Sprint(n, " letters")
			typed[key] = append(typed[key], title[:min(n, len(title))])
		}
		typed["two words"] = append(typed["two words"], title[:min(14, len(title))])
	}
	for _, reader := range []struct {
		name   string
		tokens []string
	}{{"member", []string{"internal", "org:3", "person:1"}}, {"partner", []string{"org:partner", "person:2"}}} {
		for _, kind := range []string{"1 letters", "2 letters", "3 letters", "5 letters", "8 letters", "two words"} {
			b.Run(reader.name+"/"+kind, func(b *testing.B) {
				runtime.LockOSThread()
				defer runtime.UnlockOSThread()
				var took, worked []time.Duration
				found := 0
				ask := func(i int) {
					s, err := x.Suggest(b.Context(), rugzak.Typing{Text: typed[kind][i%200], Tokens: reader.tokens, Titles: 5, Words: 4})
					if err != nil {
						b.Fatal(err)
					}
					found += len(s.Titles)
				}
				ask(0) // reads the titles into memory
				for i := 0; b.Loop(); i++ {
					start, work := time.Now(), threadTime(b)
					ask(i)
					took, worked = append(took, time.Since(start)), append(worked, threadTime(b)-work)
				}
				b.ReportMetric(p95(took), "p95-µs")
				b.ReportMetric(p95(worked), "p95-cpu-µs")
				b.ReportMetric(float64(found)/float64(b.N), "titles")
			})
		}
	}
}

// threadTime is how long the processor has worked for this thread.
func threadTime(b *testing.B) time.Duration {
	b.Helper()
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t); err != nil {
		b.Fatal(err)
	}
	return time.Duration(t.Nano())
}

func p95(times []time.Duration) float64 {
	slices.Sort(times)
	return float64(times[len(times)*95/100].Nanoseconds()) / 1e3
}
