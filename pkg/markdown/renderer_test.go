// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// Each limit refuses what is over it with its own sentence.
func TestLimits(t *testing.T) {
	r := New(Options{})
	row := strings.Repeat("|a", 100) + "\n"
	table := func(rows int) string {
		return row + strings.Repeat("|-", 100) + "\n" + strings.Repeat(row, rows)
	}
	for _, test := range []struct{ name, within, over, key string }{
		{"size", strings.Repeat("a", maxSource), strings.Repeat("a", maxSource+1), keyTooLarge},
		{"marks on a line", strings.Repeat("> ", maxLineMarkers) + "a", strings.Repeat("> ", maxLineMarkers+1) + "a", keyTooDeep},
		{"levels", nested(25), nested(40), keyTooDeep},
		{"nodes", strings.Repeat("*a **a ", 90) + strings.Repeat("a** a*", 90), strings.Repeat("*a **a ", 110) + strings.Repeat("a** a*", 110), keyTooDeep},
		{"headings", strings.Repeat("# a\n", maxHeadings), strings.Repeat("# a\n", maxHeadings+1), keyHeadings},
		{"footnotes", strings.Repeat("[^a]\n\n", maxFootnotes), strings.Repeat("[^a]\n\n", maxFootnotes+1), keyFootnotes},
		{"definitions", strings.Repeat("[a]: /b\n", maxDefinitions), strings.Repeat("> [a]: /b\n", maxDefinitions+1), keyDefinitions},
		{"cells", table(maxCells/101 - 10), table(maxCells/100 + 10), keyTable},
		{"marks in a paragraph", strings.Repeat("*a_ ", 3000), strings.Repeat("*a_ ", 8000), keyTooCostly},
		{"output", amplified(40), amplified(1000), keyOutput},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := r.Render(t.Context(), test.within, rugzak.Dutch); err != nil {
				t.Errorf("within the limit: %v", err)
			}
			_, err := r.Render(t.Context(), test.over, rugzak.Dutch)
			var refused *rugzak.Error
			if !errors.As(err, &refused) || refused.Code != rugzak.CodeInvalid || refused.Key != test.key {
				t.Errorf("over the limit: got %v, want %s", err, test.key)
			}
		})
	}
}

// amplified repeats a long address by a short name.
func amplified(times int) string {
	return "[a]: /" + strings.Repeat("x", 1000) + "\n\n" + strings.Repeat("[a] ", times)
}

func nested(levels int) string {
	var b strings.Builder
	for i := range levels {
		b.WriteString(strings.Repeat("  ", i) + "- niveau\n")
	}
	return b.String()
}

// The longest entry of ordinary text passes.
func TestLongOrdinaryText(t *testing.T) {
	var b strings.Builder
	for i := 0; b.Len() < maxSource-2000; i++ {
		fmt.Fprintf(&b, "## Deel %d\n\nWij *deden* dit **samen** met [team %d](https://example.org/%d), zie ook www.example.org/a_b_c.[^%d]\n\n", i, i, i, i)
		fmt.Fprintf(&b, "- punt `een`\n  - punt twee\n    - [ ] taak %d\n\n| wie | wat |\n|-----|----:|\n| ik  | %d  |\n\n> [!TIP]\n> Begin klein.\n\n[^%d]: Bron %d.\n\n", i, i, i, i)
	}
	rendered, err := New(Options{Text: catalogue(t)}).Render(t.Context(), b.String(), rugzak.Dutch)
	if err != nil {
		t.Fatal(err)
	}
	if len(rendered.Headings) < 500 {
		t.Errorf("%d headings", len(rendered.Headings))
	}
}

// A cached text needs no turn; any other waits for one and gives up with its
// context.
func TestTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := New(Options{CacheBytes: 1 << 20, Concurrent: 1})
		want, err := r.Render(t.Context(), "*a*", rugzak.Dutch)
		if err != nil {
			t.Fatal(err)
		}
		r.slots <- struct{}{} // somebody renders
		got, err := r.Render(t.Context(), "*a*", rugzak.Dutch)
		if err != nil || got.HTML != want.HTML {
			t.Errorf("cached: %q, %v", got.HTML, err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		answer := make(chan error)
		go func() { _, err := r.Render(ctx, "*b*", rugzak.Dutch); answer <- err }()
		synctest.Wait() // it waits for its turn now
		select {
		case err := <-answer:
			t.Errorf("rendered without a turn: %v", err)
		default:
		}
		cancel()
		if err := <-answer; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want context canceled", err)
		}
		go func() { _, err := r.Render(t.Context(), "*b*", rugzak.Dutch); answer <- err }()
		synctest.Wait()
		<-r.slots
		if err := <-answer; err != nil {
			t.Errorf("after its turn came: %v", err)
		}
		if len(r.slots) != 0 {
			t.Error("a turn was not given back")
		}
	})
}

// A context that ends stops a parse that is under way.
func TestCancelWithinParse(t *testing.T) {
	r := New(Options{})
	ctx := &rugzaktest.EndsLater{Context: t.Context(), Left: 3}
	_, err := r.Render(ctx, strings.Repeat("- a\n", 60_000), rugzak.Dutch)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context canceled", err)
	}
	if len(r.slots) != 0 {
		t.Error("a turn was not given back")
	}
}

func TestCacheIsBounded(t *testing.T) {
	r := New(Options{CacheBytes: 20_000})
	for i := range 200 {
		if _, err := r.Render(t.Context(), fmt.Sprintf("tekst %d %s", i, strings.Repeat("a", 500)), rugzak.Dutch); err != nil {
			t.Fatal(err)
		}
	}
	if r.cache.used > 20_000 || r.cache.order.Len() != len(r.cache.items) || r.cache.order.Len() < 10 {
		t.Errorf("%d bytes in %d and %d items", r.cache.used, r.cache.order.Len(), len(r.cache.items))
	}
	var counted int64
	for e := r.cache.order.Front(); e != nil; e = e.Next() {
		item, _ := e.Value.(*cached)
		counted += item.bytes()
	}
	if counted != r.cache.used {
		t.Errorf("%d bytes counted, %d noted", counted, r.cache.used)
	}
	if _, err := r.Render(t.Context(), strings.Repeat("a", 30_000), rugzak.Dutch); err != nil {
		t.Fatal(err)
	}
	if r.cache.order.Len() < 10 {
		t.Error("one large text emptied the cache")
	}
}

// Languages, forms and callers do not see each other's answers.
func TestCacheKeepsApart(t *testing.T) {
	r := New(Options{Text: catalogue(t), CacheBytes: 1 << 20})
	const source = "# a\n\n> [!NOTE]\n> b\n"
	for range 2 {
		nl, err := r.Render(t.Context(), source, rugzak.Dutch)
		if err != nil || !strings.Contains(nl.HTML, "Opmerking") {
			t.Errorf("nl: %s, %v", nl.HTML, err)
		}
		en, err := r.Render(t.Context(), source, rugzak.English)
		if err != nil || !strings.Contains(en.HTML, ">Note<") {
			t.Errorf("en: %s, %v", en.HTML, err)
		}
		plain, err := r.Plain(t.Context(), source)
		if err != nil || plain != "a\nb" {
			t.Errorf("plain: %q, %v", plain, err)
		}
		if len(nl.Headings) != 1 || nl.Headings[0].Text != "a" {
			t.Errorf("headings: %v", nl.Headings)
		}
		nl.Headings[0].Text = "changed by a caller"
	}
}

// A line of the plain text is a block or a line the writer ended, not one that
// was full.
func TestPlainLines(t *testing.T) {
	r := New(Options{Text: catalogue(t)})
	for source, want := range map[string]string{
		"## Kop\n\nEen zin die\nverder gaat.\n\n- een\n- twee\n  regels": "Kop\nEen zin die verder gaat.\neen\ntwee regels",
		"Straat  \nPlaats\\\nLand":                                       "Straat\nPlaats\nLand",
		"> Iemand\n> zei":                                                "Iemand zei",
	} {
		if got, err := r.Plain(t.Context(), source); err != nil || got != want {
			t.Errorf("%q is %q, %v, want %q", source, got, err, want)
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	r := New(Options{CacheBytes: 5_000, Concurrent: 3})
	var wg sync.WaitGroup
	for worker := range 8 {
		wg.Go(func() {
			for i := range 100 {
				n := (i*7 + worker) % 20
				rendered, err := r.Render(t.Context(), fmt.Sprintf("# kop %d\n\n[^1] *a*\n\n[^1]: b", n), rugzak.English)
				if want := fmt.Sprintf("user-content-kop-%d", n); err != nil || rendered.Headings[0].ID != want {
					t.Errorf("%v, %v, want %s", rendered.Headings, err, want)
				}
			}
		})
	}
	wg.Wait()
}

func TestExcerpt(t *testing.T) {
	for _, test := range []struct {
		plain string
		max   int
		want  string
	}{
		{"", 10, ""},
		{"kort", 10, "kort"},
		{"precies 10", 10, "precies 10"},
		{"een twee drie", 10, "een twee…"},
		{"een  twee\n\ndrie", 30, "een twee drie"},
		{"  een\n", 3, "een"},
		{"een, twee", 6, "een…"},
		{"onafzienbaarlang woord", 8, "onafzie…"},
		{"éénentwintig drie", 12, "éénentwinti…"},
		{"éénentwintig drie", 13, "éénentwintig…"},
		{"a b", 0, ""},
		{"abc", 1, "…"},
		{"a", -1, ""},
	} {
		got := Excerpt(test.plain, test.max)
		if got != test.want {
			t.Errorf("Excerpt(%q, %d) = %q, want %q", test.plain, test.max, got, test.want)
		}
		if utf8.RuneCountInString(got) > max(test.max, 0) {
			t.Errorf("Excerpt(%q, %d) = %q is too long", test.plain, test.max, got)
		}
	}
}
