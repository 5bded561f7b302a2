// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex_test

import (
	"slices"
	"testing"
	"time"

	"rugzak/pkg/bleveindex"
	"rugzak/pkg/rugzak"
)

// What it costs to find what is about the same, in a large backpack: the page of
// an entry asks for it apart, and a form after each pause.
func BenchmarkSimilar(b *testing.B) {
	const texts = 10_000
	docs := benchTexts(texts)
	x, err := bleveindex.Open(b.TempDir()+"/index", bleveindex.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	for part := range slices.Chunk(docs, 1000) {
		if err := x.Apply(b.Context(), rugzak.Batch{Put: part}); err != nil {
			b.Fatal(err)
		}
	}
	for name, ask := range map[string]func(d rugzak.Document) rugzak.Likeness{
		"entry": func(d rugzak.Document) rugzak.Likeness { return rugzak.Likeness{Title: d.Title, Text: d.Text, Most: 5} },
		"writing": func(d rugzak.Document) rugzak.Likeness {
			return rugzak.Likeness{Title: d.Title, Text: d.Text[:200], Most: 3}
		},
	} {
		b.Run(name, func(b *testing.B) {
			var took []time.Duration
			for i := 0; b.Loop(); i++ {
				d := docs[i*7919%texts]
				l := ask(d)
				l.Lang, l.Themes, l.Except, l.Tokens = d.Lang, d.Themes, []rugzak.EntryID{d.ID}, []string{"internal", "org:3"}
				start := time.Now()
				if _, err := x.Similar(b.Context(), l); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds()), "p95-µs")
		})
	}
}
