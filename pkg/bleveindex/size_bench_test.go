// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex_test

import (
	"testing"
	"time"

	"rugzak/pkg/bleveindex"
	"rugzak/pkg/rugzak"
)

// BenchmarkSize measures the room an index takes beside the raw text: after it
// is filled and after every text was written again five times. Run it with
// -benchtime 1x.
func BenchmarkSize(b *testing.B) {
	docs := newGenerator(1).texts(benchSize(b, 20_000))
	raw := float64(rawBytes(docs))
	for b.Loop() {
		x := open(b, b.TempDir())
		filled := fillTimed(b, x, docs)
		b.ReportMetric(settledSize(b, x)/raw, "index/raw")
		peak := 0.0
		for range 5 {
			fillTimed(b, x, docs)
			peak = max(peak, sizeOf(b, x)/raw)
		}
		b.ReportMetric(settledSize(b, x)/raw, "rewritten/raw")
		b.ReportMetric(peak, "peak/raw")
		b.ReportMetric(float64(len(docs))/filled.Seconds(), "texts/s")
		if err := x.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func fillTimed(b *testing.B, x *bleveindex.Index, docs []rugzak.Document) time.Duration {
	b.Helper()
	start := time.Now()
	for i := 0; i < len(docs); i += 500 {
		if err := x.Apply(b.Context(), rugzak.Batch{Put: docs[i:min(i+500, len(docs))]}); err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(start)
}

func sizeOf(b *testing.B, x *bleveindex.Index) float64 {
	b.Helper()
	n, err := x.Size()
	if err != nil {
		b.Fatal(err)
	}
	return float64(n)
}

// settledSize is the size once the index was tidied and has not changed for a
// while.
func settledSize(b *testing.B, x *bleveindex.Index) float64 {
	b.Helper()
	if err := x.Tidy(b.Context()); err != nil {
		b.Fatal(err)
	}
	last, since := sizeOf(b, x), time.Now()
	for time.Since(since) < 3*time.Second {
		time.Sleep(50 * time.Millisecond)
		if n := sizeOf(b, x); n != last {
			last, since = n, time.Now()
		}
	}
	return last
}
