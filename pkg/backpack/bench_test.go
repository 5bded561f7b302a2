// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
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
	files := make([]rugzak.Incoming, entries)
	for i := range files {
		files[i] = file(fmt.Sprint("nummer", i), generatedText(i, 6), generatedText(i, 120))
	}
	o := h.importOptions(b, member, backpack.PrivacyStrict)
	o.Audience.Level = rugzak.LevelInternal
	shown := min(10, entries)
	h.bring(b, o, files[shown:]...)
	o.Audience.Also = []rugzak.OrganisationID{partner.Organisation}
	if shown > 0 {
		h.bring(b, o, files[:shown]...)
	}
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

// BenchmarkShareUntilFound measures from the form until the writer's own
// search shows it.
func BenchmarkShareUntilFound(b *testing.B) {
	h, member, _ := benchHouse(b, 1000)
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		word := fmt.Sprintf("vondst%dx", i)
		start := time.Now()
		saved, err := h.Share(b.Context(), member, h.idFor(member), 0, simple(word, generatedText(i, 120), rugzak.LevelInternal))
		if err != nil {
			b.Fatal(err)
		}
		v, err := h.Search(b.Context(), member, backpack.Asked{Query: word, WaitFor: saved.Position})
		if err != nil || v.Total != 1 {
			b.Fatalf("%d found, %v", v.Total, err)
		}
		took = append(took, time.Since(start))
	}
	percentiles(b, "found", took)
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
