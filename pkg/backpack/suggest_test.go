// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// kindNames are the kinds as a page could call them.
func kindNames() map[rugzak.Kind]string {
	return map[rugzak.Kind]string{rugzak.KindMethod: "Werkvormen", rugzak.KindInsight: "Inzichten", rugzak.KindQuestion: "Vraagstukken"}
}

// suggestionLines are suggestions in short, with what is marked in brackets.
func suggestionLines(t testing.TB, s *backpack.Service, by rugzak.Person, typed string) []string {
	t.Helper()
	found, err := s.Suggest(t.Context(), by, typed, kindNames())
	if err != nil {
		t.Fatalf("Suggest(%q): %v", typed, err)
	}
	lines := []string{}
	for _, g := range found {
		text, at := "", 0
		name := g.Text
		if g.By != "" {
			name = g.By
		}
		for _, m := range g.Marks {
			text += name[at:m.Start] + "[" + name[m.Start:m.End] + "]"
			at = m.End
		}
		text += name[at:]
		if g.By != "" {
			text = g.Text + " = " + text
		}
		lines = append(lines, string(g.Is)+": "+text)
	}
	return lines
}

func TestSuggest(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1, 0)
	member, partner := w.people[0], w.people[len(w.people)-1]
	for _, title := range []string{"Werken met ouders", "Samen werken aan vertrouwen", "Café en crème"} {
		w.share(t, w.people[1], simple(title, "Tekst", rugzak.LevelInternal))
	}
	group := rugzak.Term{ID: rugzak.TermID(w.idFor(member)), Preferred: "Participatiewet", Others: []string{"Pw", "bijstand"}}
	if err := w.SaveTerm(t.Context(), member, group, 0); err != nil {
		t.Fatal(err)
	}
	w.caughtUp(t)
	for _, c := range []struct {
		typed string
		want  []string
	}{
		{"werk", []string{"words: [werk]en", "entry: [Werk]en met ouders", "entry: Samen [werk]en aan vertrouwen", "kind: [Werk]vormen"}},
		{"samen w", []string{"entry: [Samen] [w]erken aan vertrouwen"}},
		{"CREME", []string{"entry: Café en [crème]"}},
		{"caf", []string{"words: [caf]é", "entry: [Caf]é en crème"}},
		{"bundel r", []string{"theme: [Bundel] [R]"}},
		{"synoniem1", []string{"theme: Bundel R = [synoniem1]"}},
		{"bijst", []string{"term: Participatiewet = [bijst]and"}},
		{"parti", []string{"term: [Parti]cipatiewet"}},
		{"af", []string{"organisation: [Af]deling Ahorn", "organisation: [Af]deling Berk"}},
		{"ber", []string{"organisation: Afdeling [Ber]k"}},
		{"inzicht", []string{"kind: [Inzicht]en"}},
		{"titel:werk", nil},
		{`"werk`, nil}, // a quote is being opened
		{`"werken met"`, nil},
		{"-werk", nil},
		{"werk*", nil},
		{"", nil},
		{"werk 123456782", nil}, // may be a citizen service number
		{strings.Repeat("werk ", 30), nil},
	} {
		got := suggestionLines(t, w.Service, member, c.typed)
		if c.typed == `"werk` { // never closed, so no quote: plain words
			c.want = suggestionLines(t, w.Service, member, "werk")
			for i := range c.want {
				c.want[i] = strings.Replace(c.want[i], `words: `, `words: "`, 1)
			}
		}
		if !slices.Equal(got, c.want) && len(got)+len(c.want) > 0 {
			t.Errorf("%q: %q, want %q", c.typed, got, c.want)
		}
	}
	for typed, want := range map[string][]string{"werk": {"kind: [Werk]vormen"}, "bundel": {}, "part": {"term: [Part]icipatiewet", "organisation: [Part]ner Ceder"}} {
		if got := suggestionLines(t, w.Service, partner, typed); !slices.Equal(got, want) {
			if typed == "bundel" && len(got) == 2 && got[0] == "theme: [Bundel] R" && got[1] == "theme: [Bundel] S" {
				continue // the two that are shared with this partner
			}
			t.Errorf("a partner types %q: %q, want %q", typed, got, want)
		}
	}
}

// While the index has not followed an entry out of somebody's sight, nothing is
// suggested from it; the rest is.
func TestSuggestNothingFromAnIndexThatIsBehind(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1, 0)
	author := w.people[1]
	e := w.share(t, author, simple("Werken met zeldzaamheid", "Tekst", rugzak.LevelInternal))
	w.share(t, author, simple("Werken aan iets anders", "Tekst", rugzak.LevelInternal))
	w.caughtUp(t)
	if got := suggestionLines(t, w.Service, w.people[0], "werk"); len(got) != 4 {
		t.Fatalf("%q", got)
	}
	w.stop() // the index follows only when it is told to
	if _, err := w.Withdraw(t.Context(), author, e.ID); err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string][]string{"werk": {"kind: [Werk]vormen"}, "zeld": {}} {
		if got := suggestionLines(t, w.Service, w.people[0], typed); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
	w.caughtUp(t)
	if got := suggestionLines(t, w.Service, w.people[0], "werk"); !slices.Equal(got, []string{"words: [werk]en", "entry: [Werk]en aan iets anders", "kind: [Werk]vormen"}) {
		t.Errorf("%q", got)
	}
}

// suggestions of titles and words are those of the entries the reader may find.
func (c check) suggestions(t *testing.T) {
	t.Helper()
	mine := c.m.list(func(e rugzak.Entry) bool { return c.m.found(c.p, e) })
	for _, typed := range []string{"v", "verh", "verhaal kan", "mer", "bun", "synoniem3", "par"} {
		found, err := c.Suggest(t.Context(), c.p, typed, kindNames())
		if err != nil {
			t.Fatal(err)
		}
		c.clean(t, "suggestions for "+typed, found)
		var entries []rugzak.EntryID
		for _, g := range found {
			if g.Is == backpack.SuggestsEntry {
				entries = append(entries, g.Entry)
			}
		}
		if strings.HasPrefix(typed, "v") {
			if len(entries) != min(len(mine), 5) || slices.ContainsFunc(entries, func(id rugzak.EntryID) bool { return !slices.Contains(mine, id) }) {
				t.Errorf("%q suggests %v to %s (%s), who may find %v", typed, entries, c.p.Organisation, c.p.Team, mine)
			}
		}
	}
	for id, e := range c.m.entries {
		_, canary, _ := strings.Cut(e.Title, " ")
		found, err := c.Suggest(t.Context(), c.p, canary, nil)
		if err != nil {
			t.Fatal(err)
		}
		want := 0
		if c.m.found(c.p, e) {
			want = 1
		}
		if got := len(found); got != want || got > 0 && found[0].Entry != id {
			t.Errorf("%s (%s) gets %d suggestions of %s, want %d", c.p.Organisation, c.p.Team, got, id, want)
		}
	}
}

// typing asks for suggestions while everything changes: entries and words are
// those of entries that could be found at some moment of the question.
func (r asking) typing(t *testing.T, p rugzak.Person) {
	id := pick(r.random, r.entries)
	typed := []string{"verhaal", "kanarie", r.first[id].Title}[r.random.IntN(3)]
	start := time.Now()
	found, err := r.Suggest(t.Context(), p, typed, nil)
	if err != nil {
		r.fail(t, "suggestions: %v", err)
		return
	}
	may, _ := r.line.bounds(start, time.Now(), func(m model, e rugzak.Entry) bool { return m.found(p, e) })
	who := fmt.Sprintf("%s (%s) typing %q", p.Organisation, p.Team, typed)
	words := map[string]bool{"verhaal": true}
	for _, e := range may {
		words[strings.TrimPrefix(e.Title, "Verhaal ")] = true
	}
	for _, g := range found {
		switch g.Is {
		case backpack.SuggestsEntry:
			if _, ok := may[g.Entry]; !ok {
				r.fail(t, "%s gets %s, which is hidden", who, g.Entry)
			}
		case backpack.SuggestsWords:
			for word := range strings.FieldsSeq(strings.ToLower(g.Text)) {
				if !words[word] {
					r.fail(t, "%s gets the word %q of what is hidden", who, word)
				}
			}
		}
	}
}

// BenchmarkSuggest types words letter by letter, with titles from the store and
// with themes, words that mean the same, organisations and kinds.
func BenchmarkSuggest(b *testing.B) {
	h, member, partner := benchHouse(b, benchEntries)
	for name, by := range map[string]rugzak.Person{"member": member, "partner": partner} {
		b.Run(name, func(b *testing.B) {
			var took []time.Duration
			for i := 0; b.Loop(); i++ {
				typed := generatedText(i/8, 2)
				start := time.Now()
				if _, err := h.Suggest(b.Context(), by, typed[:min(i%8+1, len(typed))], kindNames()); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(start))
			}
			percentiles(b, "suggest", took)
		})
	}
}
