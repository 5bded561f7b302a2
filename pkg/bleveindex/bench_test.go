// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex_test

import (
	"fmt"
	"math/rand/v2"
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

// benchQueries takes two or three words each from the texts.
func benchQueries(docs []rugzak.Document) []string {
	r := rand.New(rand.NewPCG(8, 8))
	queries := make([]string, 200)
	for i := range queries {
		words := strings.Fields(docs[r.IntN(len(docs))].Text)
		var q []string
		for range 2 + i%2 {
			q = append(q, words[r.IntN(len(words))])
		}
		queries[i] = strings.Join(q, " ")
	}
	return queries
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

// BenchmarkSearch compares a whole search page (reader, six facets) with a bare
// bleve query over the same 10,000 texts, without filter and facets.
func BenchmarkSearch(b *testing.B) {
	docs := benchTexts(10000)
	queries := benchQueries(docs)
	x, plain := open(b, b.TempDir()), newPlain(b)
	b.Cleanup(func() {
		if err := x.Close(); err != nil {
			b.Error(err)
		}
	})
	for i := 0; i < len(docs); i += 500 {
		if err := x.Apply(b.Context(), rugzak.Batch{Put: docs[i : i+500]}); err != nil {
			b.Fatal(err)
		}
		plainBatch(b, plain, docs[i:i+500])
	}
	run := func(name string, s rugzak.Search) {
		b.Run(name, func(b *testing.B) {
			total := 0
			for i := 0; b.Loop(); i++ {
				s.Query = rugzak.ParseQuery(queries[i%len(queries)])
				r, err := x.Search(b.Context(), s)
				if err != nil {
					b.Fatal(err)
				}
				total += r.Total
			}
			b.ReportMetric(float64(total)/float64(b.N), "hits")
		})
	}
	tokens := []string{"internal", "org:3", "person:1"}
	run("page", rugzak.Search{Tokens: tokens, Size: 10, Facets: rugzak.Facets()})
	run("newest", rugzak.Search{Tokens: tokens, Size: 10, Facets: rugzak.Facets(), Sort: rugzak.ByNewest})
	run("without facets", rugzak.Search{Tokens: tokens, Size: 10})
	b.Run("everything", func(b *testing.B) {
		for b.Loop() {
			if _, err := x.Search(b.Context(), rugzak.Search{Tokens: tokens, Size: 10, Facets: rugzak.Facets()}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("bare bleve", func(b *testing.B) {
		total := 0
		for i := 0; b.Loop(); i++ {
			r, err := plain.Search(bleve.NewSearchRequestOptions(bleve.NewMatchQuery(queries[i%len(queries)]), 10, 0, false))
			if err != nil {
				b.Fatal(err)
			}
			total += int(r.Total)
		}
		b.ReportMetric(float64(total)/float64(b.N), "hits")
	})
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
