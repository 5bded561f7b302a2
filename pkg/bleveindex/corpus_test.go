// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex_test

import (
	"bufio"
	"cmp"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"rugzak/pkg/bleveindex"
	"rugzak/pkg/rugzak"
)

// corpusEnv names the folder with docs.jsonl and queries.jsonl to measure on.
const corpusEnv = "RUGZAK_CORPUS"

type corpusDoc struct {
	ID    string      `json:"id"`
	Lang  rugzak.Lang `json:"lang"`
	Title string      `json:"title"`
	Body  string      `json:"body_markdown"`
}

type corpusQuery struct {
	Category string   `json:"category"`
	Query    string   `json:"query"`
	Relevant []string `json:"relevant"`
}

// TestCorpus measures how well known texts are found.
func TestCorpus(t *testing.T) {
	dir := os.Getenv(corpusEnv)
	if dir == "" {
		t.Skip("set " + corpusEnv + " to a folder with docs.jsonl and queries.jsonl to measure ranking")
	}
	docs := readLines[corpusDoc](t, filepath.Join(dir, "docs.jsonl"))
	queries := readLines[corpusQuery](t, filepath.Join(dir, "queries.jsonl"))
	x, err := bleveindex.Open(t.TempDir(), bleveindex.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	started := time.Now()
	for part := range slices.Chunk(docs, 500) {
		var b rugzak.Batch
		for _, d := range part {
			b.Put = append(b.Put, rugzak.Document{ID: rugzak.EntryID(d.ID), Kind: rugzak.KindExperience, State: rugzak.StateShared,
				Lang: d.Lang, Title: d.Title, Text: d.Body, Tokens: []string{rugzak.InternalToken}, ListedAt: time.Now()})
		}
		if err := x.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	filled := time.Since(started)

	type tally struct{ n, first, ten, reciprocal float64 }
	tallies := map[string]*tally{}
	started = time.Now()
	for _, q := range queries {
		r, err := x.Search(t.Context(), rugzak.Search{Query: rugzak.ParseQuery(q.Query), Tokens: []string{rugzak.InternalToken}, Size: 10})
		if err != nil {
			t.Fatal(err)
		}
		rank := slices.IndexFunc(r.Hits, func(h rugzak.Hit) bool { return slices.Contains(q.Relevant, string(h.ID)) })
		for _, name := range []string{q.Category, "overall"} {
			if tallies[name] == nil {
				tallies[name] = &tally{}
			}
			s := tallies[name]
			s.n++
			if rank >= 0 {
				s.ten++
				s.reciprocal += 1 / float64(rank+1)
			}
			if rank == 0 {
				s.first++
			}
		}
	}
	size, err := x.Size()
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d texts in %v, %d bytes; %d queries in %v", len(docs), filled, size, len(queries), time.Since(started))
	for _, name := range slices.SortedFunc(maps.Keys(tallies), cmp.Compare) {
		s := tallies[name]
		t.Logf("%-12s %3.0f queries  MRR@10 %.3f  success@1 %.2f  success@10 %.2f", name, s.n, s.reciprocal/s.n, s.first/s.n, s.ten/s.n)
	}
	if s := tallies["overall"]; s.reciprocal/s.n < 0.6 {
		t.Errorf("MRR@10 is %.3f, want at least 0.600", s.reciprocal/s.n)
	}
}

func readLines[T any](t *testing.T, path string) []T {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 4<<20)
	for lines.Scan() {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}
