// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"strings"
	"testing"
)

func BenchmarkGenerate(b *testing.B) {
	words()
	for i := 0; b.Loop(); i++ {
		generate(i)
	}
}

// The texts must be the same on every machine and have the statistics of a
// language.
func TestGenerate(t *testing.T) {
	first := generate(7)
	if again := generate(7); again.Title != first.Title || again.Body != first.Body {
		t.Error("the same number gives another text")
	}
	const size = 500
	seen, total := map[string]int{}, 0
	for i := range size {
		d := generate(i)
		words := strings.Fields(d.Body)
		if len(words) < 120 || len(words) > 280 {
			t.Errorf("text %d has %d words", i, len(words))
		}
		if len(d.tokens()) == 0 || d.Kind == "" || d.Year < firstYear || d.Year >= firstYear+years {
			t.Errorf("text %d: %+v", i, d)
		}
		for _, w := range words {
			seen[strings.ToLower(strings.Trim(w, "."))]++
			total++
		}
	}
	if n := len(words().words); n != vocabularySize {
		t.Errorf("%d words in the vocabulary", n)
	}
	if len(seen) < total/12 || seen["de"] < total/50 {
		t.Errorf("%d different words among %d, %d times de", len(seen), total, seen["de"])
	}
}

func TestAsk(t *testing.T) {
	v := words()
	for i, q := range ask(1000, 1, 50) {
		words := strings.Fields(q.Text)
		if len(words) != 2+i%2 || len([]rune(q.Begin)) != 4 {
			t.Errorf("%+v", q)
		}
		for _, w := range words {
			if strings.Contains(" "+strings.Join(v.words[:v.content], " ")+" ", " "+w+" ") {
				t.Errorf("%q asks for a function word", q.Text)
			}
		}
	}
	if a, b := ask(1000, 1, 1)[0].Text, ask(1000, 2, 1)[0].Text; a == b {
		t.Errorf("both rounds ask for %q", a)
	}
}
