// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"

	"rugzak/pkg/backpack"
	"rugzak/pkg/exchange"
	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// TestCorpusImport imports a corpus of real texts as `rugzak import` does, and feeds
// the same texts to a bare bleve index, in turn, in one run. It prints medians; it does not judge.
func TestCorpusImport(t *testing.T) {
	file, docs := rugzaktest.Corpus(t)
	raw := 0
	for _, d := range docs {
		raw += len(d.Title) + len(d.Body)
	}
	const rounds = 3
	var ours, bare []float64
	var storeSize, indexSize int64
	for range rounds {
		took, store, index := importCorpus(t, file, docs)
		ours, storeSize, indexSize = append(ours, took.Seconds()), store, index
		bare = append(bare, feedBare(t, docs).Seconds())
	}
	slices.Sort(ours)
	slices.Sort(bare)
	a, b := ours[rounds/2], bare[rounds/2]
	t.Logf("%d texts, %.1f MB of title and body", len(docs), float64(raw)/1e6)
	t.Logf("import until found: %.2f s (%.0f texts/s); bare bleve, default mapping: %.2f s (%.0f texts/s); rate ratio %.2f", a, float64(len(docs))/a, b, float64(len(docs))/b, b/a)
	t.Logf("store %.1f MB, index %.1f MB, together %.2f times the raw text", float64(storeSize)/1e6, float64(indexSize)/1e6, float64(storeSize+indexSize)/float64(raw))
}

func importCorpus(t *testing.T, file string, docs []rugzaktest.CorpusText) (took time.Duration, store, index int64) {
	t.Helper()
	h := newHouse(t)
	took = h.importsCorpus(t, file, len(docs))
	if n, err := h.Service.Index.Count(); err != nil || n != len(docs) {
		t.Errorf("%d texts in the index, %v", n, err)
	}
	// The store as it is after the next start, which compacts what an import leaves.
	var backup bytes.Buffer
	if err := h.store.Backup(t.Context(), &backup); err != nil {
		t.Fatal(err)
	}
	store = int64(backup.Len())
	before, err := h.store.Size()
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("store before compaction: %.1f MB", float64(before)/1e6)
	if index, err = h.Service.Index.Size(); err != nil {
		t.Fatal(err)
	}
	return took, store, index
}

// importsCorpus imports a corpus and says how long it took until all was found.
func (h *house) importsCorpus(t *testing.T, file string, texts int) time.Duration {
	t.Helper()
	o, err := h.SaveOrganisation(t.Context(), backpack.Operator(), "", 0, backpack.OrganisationInput{Name: "Wmo", Kind: rugzak.Department})
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	start := time.Now()
	sum, err := h.Import(t.Context(), backpack.Operator(), backpack.ImportOptions{
		Source: "corpus", Organisation: o, Audience: rugzak.Audience{Level: rugzak.LevelInternal}, Privacy: backpack.PrivacyReport,
	}, exchange.JSONLines(f, "docs.jsonl", "corpus"), func(l backpack.ImportLine) {
		if l.Err != nil {
			t.Errorf("%s:%d: %v", l.Place, l.Line, l.Err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if sum.Added != texts {
		t.Errorf("%+v of %d texts", sum, texts)
	}
	return time.Since(start)
}

func feedBare(t *testing.T, docs []rugzaktest.CorpusText) time.Duration {
	t.Helper()
	index, err := bleve.New(filepath.Join(t.TempDir(), "bare"), bleve.NewIndexMapping())
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	start := time.Now()
	for part := range slices.Chunk(docs, 500) {
		b := index.NewBatch()
		for _, d := range part {
			if err := b.Index(d.ID, map[string]any{"lang": d.Lang, "title": d.Title, "body": d.Body}); err != nil {
				t.Fatal(err)
			}
		}
		if err := index.Batch(b); err != nil {
			t.Fatal(err)
		}
	}
	return time.Since(start)
}
