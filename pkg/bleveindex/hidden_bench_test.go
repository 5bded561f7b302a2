// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex_test

import (
	"slices"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

// A search for a word that only hidden texts have takes about as long as where no
// text has it. It asks the same of two indexes in turn, of the same 10,000 texts
// but for the word, which one of them, or a tenth, hold in the first.
func BenchmarkHiddenWordBesideAbsent(b *testing.B) {
	for _, c := range []struct {
		name  string
		every int
	}{{"in one text", 10000}, {"in a tenth of the texts", 10}} {
		b.Run(c.name, func(b *testing.B) {
			var both [2]rugzak.Index
			for n := range both {
				docs := benchTexts(10000)
				for i := range docs {
					if i%c.every == 0 {
						docs[i].Text += []string{" qorveltimp", " molrinta"}[n]
						docs[i].Tokens = []string{"team:x"}
					}
				}
				x := open(b, b.TempDir())
				b.Cleanup(func() { _ = x.Close() })
				if err := x.Apply(b.Context(), rugzak.Batch{Put: docs}); err != nil {
					b.Fatal(err)
				}
				both[n] = x
			}
			ask := func(x rugzak.Index) time.Duration {
				s := rugzak.Search{Query: rugzak.ParseQuery("qorveltimp"), Tokens: []string{"internal", "org:1"}, Size: 10, Facets: rugzak.Facets()}
				start := time.Now()
				r, err := x.Search(b.Context(), s)
				if err != nil || r.Total > 0 {
					b.Fatal(r.Total, err)
				}
				return time.Since(start)
			}
			var took [2][]time.Duration
			for b.Loop() {
				for n, x := range both {
					took[n] = append(took[n], ask(x))
				}
			}
			var median [2]time.Duration
			for n := range took {
				slices.Sort(took[n])
				median[n] = took[n][len(took[n])/2]
			}
			b.ReportMetric(float64(median[0])/float64(median[1]), "hidden/absent")
			b.ReportMetric(float64(median[1].Microseconds()), "µs-absent")
		})
	}
}
