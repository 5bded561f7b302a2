// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"os"
	"path/filepath"
	"testing"
)

// corpusFloor is the mean reciprocal rank over all questions on real texts
// that was reached before.
const corpusFloor = 0.63

// TestCorpusQuestions puts questions with known answers to real texts. The
// folder is named by RUGZAK_CORPUS and holds docs.jsonl and queries.jsonl.
func TestCorpusQuestions(t *testing.T) {
	corpus := os.Getenv("RUGZAK_CORPUS")
	if corpus == "" {
		t.Skip("set RUGZAK_CORPUS to a folder with docs.jsonl and queries.jsonl: make corpus CORPUS=DIR")
	}
	args := []string{"eval", "--docs", filepath.Join(corpus, "docs.jsonl"), "--queries", filepath.Join(corpus, "queries.jsonl"), "--json"}
	o := command(t, args...)
	if o.code != exitFine {
		t.Fatalf("%d\n%s", o.code, o.err)
	}
	r := decode[evalResult](t, o.out)
	t.Logf("%s%+v", o.err, r.Overall)
	for _, c := range r.Categories {
		t.Logf("%-12s %+v", c.Category, c.Measured)
	}
	if r.Overall.MRR < corpusFloor {
		t.Errorf("MRR@10 is %.3f, want at least %.3f", r.Overall.MRR, corpusFloor)
	}
}
