// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// benchEntries is the size of the backpack in which reading is measured.
const benchEntries = 10_000

// percentiles reports the middle and the slow end of what was measured, under
// a name.
func percentiles(b *testing.B, name string, took []time.Duration) (p50 time.Duration) {
	b.Helper()
	if len(took) == 0 {
		return 0
	}
	slices.Sort(took)
	p50 = took[len(took)/2]
	b.ReportMetric(float64(p50.Microseconds())/1000, name+"-p50-ms")
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, name+"-p95-ms")
	return p50
}

// benchHouse is a house with generated texts of a member, ten of which a
// partner may see.
func benchHouse(b *testing.B, entries int) (h *house, member, partner rugzak.Person) {
	b.Helper()
	h = newHouse(b)
	h.starter(b)
	member, partner = h.person(b, "deelnemer@voorbeeld.test"), h.person(b, "partner@voorbeeld.test")
	shown := min(10, entries)
	for i := range shown {
		h.share(b, member, simple(generatedText(i, 6), generatedText(i, 120), rugzak.LevelInternal, partner.Organisation))
	}
	files := make([]rugzak.Incoming, 0, entries)
	for i := shown; i < entries; i++ {
		files = append(files, file(fmt.Sprint("nummer", i), generatedText(i, 6), generatedText(i, 120)))
	}
	o := h.importOptions(b, member, backpack.PrivacyStrict)
	o.Audience.Level = rugzak.LevelInternal
	h.bring(b, o, files...)
	h.caughtUp(b)
	return h, member, partner
}

// BenchmarkShare measures posting while two readers search, beside appending
// the same bytes to a file with a sync.
func BenchmarkShare(b *testing.B) {
	h, member, _ := benchHouse(b, 1000)
	ctx := context.WithoutCancel(b.Context())
	var done atomic.Bool
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			for i := 0; !done.Load(); i++ {
				if _, err := h.Search(ctx, member, backpack.Asked{Query: generatedText(i, 1)}); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	raw, err := os.OpenFile(filepath.Join(b.TempDir(), "raw"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		b.Fatal(err)
	}
	var share, plain []time.Duration
	for i := 0; b.Loop(); i++ {
		in := simple(generatedText(i, 6), generatedText(i, 120), rugzak.LevelInternal)
		start := time.Now()
		h.share(b, member, in)
		share = append(share, time.Since(start))
		start = time.Now()
		if _, err := raw.WriteString(in.Title + in.Body); err != nil {
			b.Fatal(err)
		}
		if err := raw.Sync(); err != nil {
			b.Fatal(err)
		}
		plain = append(plain, time.Since(start))
	}
	done.Store(true)
	readers.Wait()
	if err := raw.Close(); err != nil {
		b.Error(err)
	}
	if ours, theirs := percentiles(b, "share", share), percentiles(b, "append", plain); theirs > 0 {
		b.ReportMetric(float64(ours)/float64(theirs), "share/append")
	}
}

// BenchmarkPostToFound measures from the moment a post is acknowledged until
// the writer's own search shows it, in a backpack of ten thousand entries (or
// RUGZAK_BENCH_ENTRIES): alone, and while two others search all the time.
func BenchmarkPostToFound(b *testing.B) {
	entries, err := strconv.Atoi(os.Getenv("RUGZAK_BENCH_ENTRIES"))
	if err != nil || entries < 1 {
		entries = benchEntries
	}
	h, member, _ := benchHouse(b, entries)
	ctx := context.WithoutCancel(b.Context())
	posted := 0
	for _, readers := range []int{0, 2} {
		b.Run(fmt.Sprint(readers, " searching"), func(b *testing.B) {
			var done atomic.Bool
			var group sync.WaitGroup
			var searches atomic.Int64
			for r := range readers {
				group.Go(func() {
					for i := r; !done.Load(); i++ {
						if _, err := h.Search(ctx, member, backpack.Asked{Query: generatedText(i, 2)}); err != nil {
							b.Error(err)
							return
						}
						searches.Add(1)
					}
				})
			}
			var found, acknowledged []time.Duration
			for b.Loop() {
				posted++
				word := fmt.Sprintf("vondst%dx", posted)
				in := simple(word, generatedText(posted, 120), rugzak.LevelInternal)
				id := h.idFor(member)
				start := time.Now()
				saved, err := h.Share(ctx, member, id, 0, in)
				if err != nil {
					b.Fatal(err)
				}
				acknowledged = append(acknowledged, time.Since(start))
				start = time.Now()
				v, err := h.Search(ctx, member, backpack.Asked{Query: word, WaitFor: saved.Position})
				if err != nil || v.Total != 1 {
					b.Fatalf("%d found, behind %v, %v", v.Total, v.Behind, err)
				}
				found = append(found, time.Since(start))
			}
			done.Store(true)
			group.Wait()
			percentiles(b, "post", acknowledged)
			percentiles(b, "found", found)
			b.ReportMetric(float64(searches.Load())/b.Elapsed().Seconds(), "searches/s")
		})
	}
}

// BenchmarkReading measures what people do most in a backpack of ten thousand
// entries: as a member who sees all, and as a partner who sees ten.
func BenchmarkReading(b *testing.B) {
	h, member, partner := benchHouse(b, benchEntries)
	bare := bareIndex(b, benchEntries)
	b.Run("search", func(b *testing.B) {
		var ours, theirs []time.Duration
		for i := 0; b.Loop(); i++ {
			word := generatedText(i, 1)
			start := time.Now()
			if _, err := h.Search(b.Context(), member, backpack.Asked{Query: word}); err != nil {
				b.Fatal(err)
			}
			ours = append(ours, time.Since(start))
			start = time.Now()
			if _, err := bare.Search(bleve.NewSearchRequest(bleve.NewMatchQuery(word))); err != nil {
				b.Fatal(err)
			}
			theirs = append(theirs, time.Since(start))
		}
		if o, t := percentiles(b, "search", ours), percentiles(b, "bare", theirs); t > 0 {
			b.ReportMetric(float64(o)/float64(t), "search/bare")
		}
	})
	for name, p := range map[string]rugzak.Person{"member": member, "partner": partner} {
		home, err := h.Home(b.Context(), p)
		if err != nil || len(home.Newest) == 0 {
			b.Fatalf("%s sees nothing: %v", name, err)
		}
		b.Run("home "+name, func(b *testing.B) {
			for b.Loop() {
				if _, err := h.Home(b.Context(), p); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("read "+name, func(b *testing.B) {
			for b.Loop() {
				if _, err := h.Read(b.Context(), p, home.Newest[0].ID); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// bareIndex holds the same texts in bleve as it comes, without readers, filter
// or facets.
func bareIndex(b *testing.B, entries int) bleve.Index {
	b.Helper()
	x, err := bleve.New(filepath.Join(b.TempDir(), "bare"), bleve.NewIndexMapping())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := x.Close(); err != nil {
			b.Error(err)
		}
	})
	batch := x.NewBatch()
	for i := range entries {
		doc := struct{ Title, Body string }{generatedText(i, 6), generatedText(i, 120)}
		if err := batch.Index(fmt.Sprint(i), doc); err != nil {
			b.Fatal(err)
		}
		if batch.Size() == 500 || i == entries-1 {
			if err := x.Batch(batch); err != nil {
				b.Fatal(err)
			}
			batch = x.NewBatch()
		}
	}
	return x
}
