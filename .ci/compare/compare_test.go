// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The test program is its own child, as the program is.
func TestMain(m *testing.M) {
	if os.Getenv(childEnv) != "" {
		os.Exit(childMain())
	}
	os.Exit(m.Run())
}

// enginesHere are the engines that can be tested. Without PostgreSQL the others
// are tested, except where nothing may be left out.
func enginesHere(t *testing.T) []string {
	t.Helper()
	all := []string{engineRugzak, engineBleve, enginePostgres, engineSQLite}
	if os.Getenv(pgEnv) != "" {
		return all
	}
	if _, err := pgPrograms(); err != nil {
		if os.Getenv("RUGZAK_CI") == "1" {
			t.Fatal(err)
		}
		t.Logf("not compared with PostgreSQL: %v", err)
		return slices.DeleteFunc(all, func(e string) bool { return e == enginePostgres })
	}
	return all
}

func run(t *testing.T, o options) []record {
	t.Helper()
	o.dir = openTempDir(t)
	o.json = filepath.Join(o.dir, "results.jsonl")
	o.markdown = filepath.Join(o.dir, "results.md")
	if err := compare(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	results, err := readLines[record](o.json)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(o.markdown)
	if err != nil {
		t.Fatal(err)
	}
	if string(text) != tables(results) {
		t.Error("the tables of the written results are others")
	}
	left, err := filepath.Glob(filepath.Join(o.dir, "compare-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	return results
}

// openTempDir is a folder that the user of PostgreSQL can pass.
func openTempDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "rugzak-compare-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Every part of the comparison on a few generated texts: all results are there
// and every engine found and counted something.
func TestSpeed(t *testing.T) {
	engines := enginesHere(t)
	results := run(t, options{sizes: []int{200}, engines: engines, rounds: 2, perRound: 6, posts: 2, rewrites: 1, rewriteBelow: 1000, rewriteAll: true})
	one := func(kind, engine string, t task, clients int) record {
		return first(results, func(r record) bool {
			return r.Kind == kind && r.Engine == engine && r.Task == t && r.Clients == clients && r.To == "" && r.About == ""
		})
	}
	for _, e := range engines {
		for _, task := range tasks() {
			for _, clients := range []int{1, 2} {
				r := one(kindLatency, e, task, clients)
				if r.Values["p50_ms"] <= 0 || r.Values["p95_ms"] < r.Values["p50_ms"] || r.Values["queries"] != float64(12*clients) {
					t.Errorf("%s, %s, %d: %v", e, task, clients, r.Values)
				}
				if task != taskSuggest && task != taskNewest && r.Values["hits"] < 1 {
					t.Errorf("%s found nothing: %s, %v", e, task, r.Values)
				}
			}
		}
		if r := one(kindFound, e, "", 2); r.Values["found_p95_ms"] <= 0 || r.Values["posts"] != 4 {
			t.Errorf("%s: %v", e, r.Values)
		}
		if r := one(kindBuild, e, "", 0); r.Values["texts_per_s"] <= 0 {
			t.Errorf("%s: %v", e, r.Values)
		}
		if r := one(kindSize, e, "", 0); r.Values["index_to_raw"] <= 0 {
			t.Errorf("%s: %v", e, r.Values)
		}
		if r := one(kindMemory, e, "", 0); r.Values["resident_mb"] <= 0 && os.Getenv(pgEnv) == "" {
			t.Errorf("%s: %v", e, r.Values)
		}
		if e == engineRugzak {
			e = engineIndex
		}
		if r := first(results, func(r record) bool { return r.Engine == e && r.About == "rewritten" }); r.Values["index_to_raw"] <= 0 {
			t.Errorf("%s: %v", e, r.Values)
		}
	}
	text := tables(results)
	for _, want := range []string{"## generated-200: 200 texts", "| page | 2 |", "newest to ranked", "| rugzak-index |"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// All engines hold the same texts and let the reader see the same of them.
func TestEnginesAgree(t *testing.T) {
	const size = 150
	set := generated(size)
	// What holds one of the words, counted by hand; stems and compounds find more.
	q := set.Ask(1, 1)[0]
	all, seen := 0, 0
	for i := range size {
		d := set.At(i)
		words := strings.FieldsFunc(strings.ToLower(d.Title+" "+d.Body), func(r rune) bool { return r == ' ' || r == '.' || r == '\n' })
		if !slices.ContainsFunc(strings.Fields(q.Text), func(w string) bool { return slices.Contains(words, w) }) {
			continue
		}
		all++
		if slices.ContainsFunc(d.tokens(), func(token string) bool { return slices.Contains(readerTokens, token) }) {
			seen++
		}
	}
	dir := openTempDir(t)
	for _, name := range enginesHere(t) {
		url := ""
		if name == enginePostgres {
			s, err := startPostgres(t.Context(), dir)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := s.close(); err != nil {
					t.Error(err)
				}
			})
			url = s.url
		}
		e, err := openEngine(t.Context(), name, dir, url)
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := e.close(); err != nil {
				t.Error(err)
			}
		}()
		if err := e.build(t.Context(), set, func(int) {}); err != nil {
			t.Fatal(err)
		}
		totals := map[task]int{}
		for _, task := range tasks() {
			a, err := e.run(t.Context(), task, q)
			if err != nil {
				t.Fatalf("%s, %s: %v", name, task, err)
			}
			totals[task] = a.Total
			if task == taskPage && (a.Facets < 10 || a.Marked == 0) || task == taskFacets && a.Facets < 10 {
				t.Errorf("%s, %s: %+v", name, task, a)
			}
		}
		if totals[taskRanked] < all || totals[taskPage] < seen || totals[taskNewest] != totals[taskRanked] || totals[taskFacets] != totals[taskRanked] {
			t.Errorf("%s finds %v; %d texts hold one of %q, of which the reader may see %d", name, totals, all, q.Text, seen)
		}
		if name == engineSQLite && (totals[taskRanked] != all || totals[taskPage] != seen) {
			t.Errorf("words as they stand are in %d texts (reader: %d), found %v", all, seen, totals)
		}
	}
}

// Known answers are found by every engine, and the differences are tested.
func TestKnownAnswers(t *testing.T) {
	dir := t.TempDir()
	texts := [][2]string{
		{"Gesprek aan de keukentafel", "Neem de tijd voor het gesprek met het gezin, en vraag wat er al goed gaat."},
		{"Wachtlijst bij de schuldhulp", "De wachtlijst werd korter toen wij de aanmelding samen met het loket bekeken."},
		{"Taal op school", "Ouders lezen voor in de klas; de leerlingen leren zo meer woorden."},
	}
	var docs, queries strings.Builder
	for i, d := range texts {
		for _, v := range []struct {
			to *strings.Builder
			of any
		}{
			{&docs, map[string]string{"id": string(rune('a' + i)), "lang": "nl", "title": d[0], "body_markdown": d[1]}},
			{&queries, map[string]any{"qid": string(rune('p' + i)), "category": "exact", "query": d[0], "relevant": []string{string(rune('a' + i))}}},
		} {
			if err := json.NewEncoder(v.to).Encode(v.of); err != nil {
				t.Fatal(err)
			}
		}
	}
	o := options{docs: filepath.Join(dir, "docs.jsonl"), queries: filepath.Join(dir, "queries.jsonl"), engines: enginesHere(t), rounds: 1, perRound: 2}
	for file, text := range map[string]string{o.docs: docs.String(), o.queries: queries.String()} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	results := run(t, o)
	for _, e := range o.engines {
		r := first(results, func(r record) bool { return r.Kind == kindQuality && r.Engine == e && r.About == overall })
		if r.Values["mrr10"] != 1 || r.Values["queries"] != 3 {
			t.Errorf("%s: %v", e, r.Values)
		}
		if e == engineRugzak {
			continue
		}
		r = first(results, func(r record) bool { return r.Kind == kindPaired && r.Other == e && r.About == overall })
		if r.Values["mrr10_p"] != 1 || r.Values["queries"] != 3 {
			t.Errorf("%s: %v", e, r.Values)
		}
	}
}

func TestPlots(t *testing.T) {
	var results []record
	for _, size := range []int{10_000, 100_000} {
		for i, e := range []string{engineRugzak, "a <b> & c"} {
			results = append(results, record{Kind: kindMemory, Set: "generated-" + e, Size: size, Engine: e, Values: map[string]float64{"resident_mb": float64(size) / float64(100+i)}})
		}
	}
	dir := t.TempDir()
	if err := plots(dir, results); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "memory.svg"))
	if err != nil {
		t.Fatal(err)
	}
	for d := xml.NewDecoder(strings.NewReader(string(text))); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{"rugzak: 100 at 10,000 texts, 1,000 at 100,000 texts", "a &lt;b&gt; &amp; c", `role="img"`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "page-p50.svg")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a plot of nothing: %v", err)
	}
}

func TestParse(t *testing.T) {
	if o, err := parse([]string{"-size", "100,2000", "-engines", "rugzak,sqlite"}); err != nil || !slices.Equal(o.sizes, []int{100, 2000}) || len(o.engines) != 2 {
		t.Errorf("%+v, %v", o, err)
	}
	for _, args := range []string{"", "-docs x", "-size few", "-size 100 -engines mediawiki", "-size 100 more", "-size 100 -rounds 0"} {
		if o, err := parse(strings.Fields(args)); err == nil {
			t.Errorf("%q gives %+v", args, o)
		}
	}
}
