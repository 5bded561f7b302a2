// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"

	"rugzak/pkg/rugzak"
)

// benchTexts makes texts of about 200 words from a vocabulary in which, as in
// any language, few words are frequent and most are rare.
func benchTexts(n int) []rugzak.Document {
	r := rand.New(rand.NewPCG(3, 5))
	zipf := rand.NewZipf(r, 1.1, 8, 40000)
	syllables := []string{"ba", "kel", "mo", "rin", "ta", "vo", "sche", "lin", "dra", "gen", "wij", "ker", "pu", "nol", "fie", "zam"}
	word := func() string {
		var b strings.Builder
		for v := zipf.Uint64() + 3; v > 0; v /= uint64(len(syllables)) {
			b.WriteString(syllables[v%uint64(len(syllables))])
		}
		return b.String()
	}
	words := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteString(word() + " ")
		}
		return b.String()
	}
	docs := make([]rugzak.Document, n)
	for i := range docs {
		docs[i] = rugzak.Document{
			ID: rugzak.EntryID(rugzak.NewID(time.Unix(int64(i), 0))), Kind: rugzak.Kinds()[i%7], State: rugzak.StateShared, Lang: rugzak.Dutch,
			Title: words(5), Text: words(120 + r.IntN(160)), Tokens: []string{"internal", fmt.Sprint("org:", i%12)},
			Organisation: rugzak.OrganisationID(fmt.Sprint("org", i%12)), Themes: []rugzak.ThemeID{rugzak.ThemeID(fmt.Sprint("thema", i%20))},
			Phase: rugzak.PhaseID(fmt.Sprint("fase", i%5)), Year: 2020 + i%6, ListedAt: time.Unix(int64(i), 0),
		}
		if i%3 == 0 {
			docs[i].Tokens = docs[i].Tokens[1:]
		}
	}
	return docs
}

type plainText struct{ Title, Text string }

func plainBatch(b *testing.B, plain bleve.Index, docs []rugzak.Document) {
	batch := plain.NewBatch()
	for _, d := range docs {
		if err := batch.Index(string(d.ID), plainText{d.Title, d.Text}); err != nil {
			b.Fatal(err)
		}
	}
	if err := plain.Batch(batch); err != nil {
		b.Fatal(err)
	}
}

func newPlain(b *testing.B) bleve.Index {
	plain, err := bleve.New(b.TempDir()+"/plain", bleve.NewIndexMapping())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := plain.Close(); err != nil {
			b.Error(err)
		}
	})
	return plain
}

// bareTexts is up to how many texts a bare bleve is measured beside ours.
const bareTexts = 20_000

// BenchmarkSearch asks the same questions in several ways, in turn, over 10,000
// generated texts (or RUGZAK_BENCH_ENTRIES), and reports the middle and the slow
// end of each in milliseconds, and the middles beside that of ranked hits. Up to
// bareTexts, a bare bleve over the same texts, without filter and facets, is
// asked in the same turns.
func BenchmarkSearch(b *testing.B) {
	g := newGenerator(1)
	docs := g.texts(benchSize(b, 10_000))
	queries := g.queries(docs, 200)
	texts := make(map[rugzak.EntryID]string, len(docs))
	x, plain := open(b, b.TempDir()), newPlain(b)
	b.Cleanup(func() {
		if err := x.Close(); err != nil {
			b.Error(err)
		}
	})
	filled := fillTimed(b, x, docs)
	for i, d := range docs {
		texts[d.ID] = d.Text
		if i%500 == 0 && len(docs) <= bareTexts {
			plainBatch(b, plain, docs[i:min(i+500, len(docs))])
		}
	}
	size := settledSize(b, x)
	ranked := rugzak.Search{Tokens: []string{rugzak.InternalToken, "org:3", "person:1"}, Size: 10, Now: docs[len(docs)-1].ListedAt}
	newest, facets, chosen := ranked, ranked, ranked
	newest.Sort = rugzak.ByNewest
	facets.Facets, chosen.Facets = rugzak.Facets(), rugzak.Facets()
	chosen.Filter = rugzak.Filter{rugzak.FacetKind: {string(rugzak.KindInsight), string(rugzak.KindMethod)}, rugzak.FacetTheme: {"thema3", "thema4"}}
	search := func(s rugzak.Search) func(q string) int {
		return func(q string) int {
			s.Query = rugzak.ParseQuery(q)
			r, err := x.Search(b.Context(), s)
			if err != nil {
				b.Fatal(err)
			}
			return r.Total
		}
	}
	ways := []struct {
		name string
		ask  func(q string) int
	}{
		{"ranked", search(ranked)}, {"newest", search(newest)}, {"facets", search(facets)}, {"chosen", search(chosen)},
		{"page", func(q string) int {
			s := facets
			s.Query = rugzak.ParseQuery(q)
			r, err := x.Search(b.Context(), s)
			if err != nil {
				b.Fatal(err)
			}
			marker := x.Marker(s.Query)
			for _, h := range r.Hits {
				marker.Fragments(rugzak.Dutch, texts[h.ID], 2, 180)
			}
			return r.Total
		}},
		{"everything", func(string) int { return search(facets)("") }},
		{"bare", func(q string) int {
			r, err := plain.Search(bleve.NewSearchRequestOptions(bleve.NewMatchQuery(q), 10, 0, false))
			if err != nil {
				b.Fatal(err)
			}
			return int(r.Total)
		}},
	}
	if len(docs) > bareTexts {
		ways = ways[:len(ways)-1]
	}
	took, hits := make([][]time.Duration, len(ways)), make([]int, len(ways))
	for i := 0; b.Loop(); i++ {
		for w, way := range ways {
			start := time.Now()
			hits[w] += way.ask(queries[i%len(queries)])
			took[w] = append(took[w], time.Since(start))
		}
	}
	slices.Sort(took[0])
	base := took[0][len(took[0])/2]
	for w, way := range ways {
		slices.Sort(took[w])
		middle := took[w][len(took[w])/2]
		b.ReportMetric(float64(middle.Microseconds())/1000, way.name+"-p50-ms")
		b.ReportMetric(float64(took[w][len(took[w])*95/100].Microseconds())/1000, way.name+"-p95-ms")
		b.ReportMetric(float64(middle)/float64(base), way.name+"/ranked")
	}
	b.ReportMetric(float64(hits[0])/float64(len(took[0])), "ranked-hits")
	b.ReportMetric(size/float64(rawBytes(docs)), "index/raw")
	b.ReportMetric(float64(len(docs))/filled.Seconds(), "texts/s")
	var memory runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&memory)
	b.ReportMetric(float64(memory.HeapAlloc)/1e6, "heap-MB") // without the files, which are mapped
}

// BenchmarkApply compares batches of 500 texts with the same in a bare bleve.
func BenchmarkApply(b *testing.B) {
	docs := benchTexts(2000)
	b.Run("apply", func(b *testing.B) {
		for b.Loop() {
			x := open(b, b.TempDir())
			for i := 0; i < len(docs); i += 500 {
				if err := x.Apply(b.Context(), rugzak.Batch{Put: docs[i : i+500], Position: "1"}); err != nil {
					b.Fatal(err)
				}
			}
			if err := x.Close(); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(len(docs)*b.N)/b.Elapsed().Seconds(), "docs/s")
	})
	b.Run("bare bleve", func(b *testing.B) {
		for b.Loop() {
			plain, err := bleve.New(b.TempDir()+"/plain", bleve.NewIndexMapping())
			if err != nil {
				b.Fatal(err)
			}
			for i := 0; i < len(docs); i += 500 {
				plainBatch(b, plain, docs[i:i+500])
			}
			if err := plain.Close(); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(len(docs)*b.N)/b.Elapsed().Seconds(), "docs/s")
	})
}
