// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

var threadAt = time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC)

// A thread from before threads had questions is read as answers where its
// headings say so, and as one introduction where they do not.
func TestThreadOf(t *testing.T) {
	const see, works = rugzak.PromptSee, rugzak.PromptWorks
	for _, tc := range []struct {
		name, text, intro string
		sections          map[rugzak.ThreadPrompt]string
	}{
		{"nothing", "", "", nil},
		{"plain", "Eén tekst.\n\nNog een.", "Eén tekst.\n\nNog een.", nil},
		{"questions", "Vooraf.\n\n## Wat zien we?\n\nVeel.\n\n### Meer\n\n## Wat werkt, en onder welke voorwaarde?\nBellen.\n", "Vooraf.", map[rugzak.ThreadPrompt]string{see: "Veel.\n\n### Meer", works: "Bellen."}},
		{"English", "## What do we see?\n\nA lot.", "", map[rugzak.ThreadPrompt]string{see: "A lot."}},
		{"another heading stays where it is", "## Wat zien we?\n\nVeel.\n\n## Terzijde\n\nIets.", "", map[rugzak.ThreadPrompt]string{see: "Veel.\n\n## Terzijde\n\nIets."}},
		{"a heading in code", "```\n## Wat zien we?\n```", "```\n## Wat zien we?\n```", nil},
		{"twice", "## Wat zien we?\n\nA\n\n## Wat zien we?\n\nB", "## Wat zien we?\n\nA\n\n## Wat zien we?\n\nB", nil},
		{"another order", "## Wat werkt?\n\nA\n\n## Wat zien we?\n\nB", "## Wat werkt?\n\nA\n\n## Wat zien we?\n\nB", nil},
		{"an empty answer", "## Wat zien we?\n\n## Wat werkt?\n\nB", "", map[rugzak.ThreadPrompt]string{works: "B"}},
	} {
		got := rugzak.ThreadOf(rugzak.Theme{ID: "bal", Thread: tc.text, UpdatedAt: threadAt})
		if got.Intro != tc.intro || len(got.Sections) != len(tc.sections) || got.Number != 0 || !got.At.Equal(threadAt) {
			t.Errorf("%s: %+v", tc.name, got)
		}
		for p, want := range tc.sections {
			if s := got.Section(p); s.Text != want {
				t.Errorf("%s, %s: %q, want %q", tc.name, p, s.Text, want)
			}
		}
		if err := got.Validate(); err != nil {
			t.Errorf("%s: %v", tc.name, err)
		}
		for _, word := range strings.Fields(tc.text) {
			if all := got.Intro + got.Section(see).Text + got.Section(works).Text; len(word) == 1 && word != "#" && !strings.Contains(all, word) {
				t.Errorf("%s: %q is lost", tc.name, word)
			}
		}
	}
}

// What is quoted stands in its source, as it was heard: marks, white space and
// capitals aside.
func TestStands(t *testing.T) {
	e := rugzak.Entry{
		Title: "Warme overdracht", Lesson: "Bel eerst.",
		Body: "## Wat gebeurde er?\n\nWij **belden** met [de school](https://school.example/pad),\nen spraken 's middags “de datum” uit. Daarna was het stil.",
	}
	for quote, want := range map[string]bool{
		"Wij belden met de school, en spraken":          true,
		"wij belden   met\nde school":                   true,
		`spraken ’s middags "de datum" uit`:             true,
		"Warme overdracht":                              true,
		"bel eerst":                                     true,
		"Wij belden (…) Daarna was het stil":            true,
		"Wij belden ... spraken":                        true,
		"Daarna was het stil (…) Wij belden":            false, // another order
		"wij bel":                                       false, // half a word
		"wij belden nooit":                              false,
		"Warme overdracht Bel eerst":                    false, // of two fields
		"school.example":                                false, // where a link leads is not said
		"Wij **belden** met [de school](/iets/anders),": true,
		"": false, "…": false, "**": false,
	} {
		if got := rugzak.Stands(quote, e); got != want {
			t.Errorf("%q stands there: %v", quote, got)
		}
	}
}

func TestThreadValidate(t *testing.T) {
	source := rugzak.EntryID(strings.Repeat("0", 26))
	quote := rugzak.Quote{Entry: source, Text: "Bel eerst.", Function: "consulent"}
	for _, tc := range []struct {
		name   string
		change func(*rugzak.Thread)
		fields []string
	}{
		{"good", func(*rugzak.Thread) {}, nil},
		{"too many quotes", func(t *rugzak.Thread) {
			t.Sections[0].Quotes = slices.Repeat([]rugzak.Quote{quote}, rugzak.MaxQuotes+1)
		}, []string{"see_quotes"}},
		{"a quote without source", func(t *rugzak.Thread) { t.Sections[0].Quotes[0].Entry = "" }, []string{"see_source_1"}},
		{"an empty quote", func(t *rugzak.Thread) { t.Sections[0].Quotes[0].Text = "" }, []string{"see_quote_1"}},
		{"a long quote", func(t *rugzak.Thread) { t.Sections[0].Quotes[0].Text = strings.Repeat("x", rugzak.MaxQuote+1) }, []string{"see_quote_1"}},
		{"a long function", func(t *rugzak.Thread) {
			t.Sections[0].Quotes[0].Function = strings.Repeat("x", rugzak.MaxQuoteSpeaker+1)
		}, []string{"see_function_1"}},
		{"a quote that is gone", func(t *rugzak.Thread) { t.Sections[0].Quotes[0] = rugzak.Quote{Gone: true} }, nil},
		{"gone, yet there", func(t *rugzak.Thread) { t.Sections[0].Quotes[0].Gone = true }, []string{"see_quote_1"}},
		{"too long", func(t *rugzak.Thread) { t.Sections[0].Text = strings.Repeat("x", rugzak.MaxThread) }, []string{"intro"}},
		{"unprintable", func(t *rugzak.Thread) { t.Intro = "\x01" }, []string{"intro"}},
		{"another order", func(t *rugzak.Thread) { slices.Reverse(t.Sections) }, []string{"sections"}},
		{"a question nobody knows", func(t *rugzak.Thread) { t.Sections[1].Prompt = "why" }, []string{"sections"}},
	} {
		thread := rugzak.Thread{Theme: "bal", Number: 1, Sections: []rugzak.ThreadSection{
			{Prompt: rugzak.PromptSee, Text: "Veel.", Quotes: []rugzak.Quote{quote}}, {Prompt: rugzak.PromptAsk, Text: "Bel."},
		}}
		tc.change(&thread)
		var fields []string
		if e, ok := errors.AsType[*rugzak.Error](thread.Validate()); ok {
			for _, f := range e.Fields {
				fields = append(fields, f.Field)
			}
		}
		if !slices.Equal(fields, tc.fields) {
			t.Errorf("%s: %v, want %v", tc.name, fields, tc.fields)
		}
	}
}

// Its sources are what it quotes and what its commentary leads to, each once;
// what was quoted and is gone is no source.
func TestThreadSources(t *testing.T) {
	a, b, c := rugzak.EntryID(strings.Repeat("a", 26)), rugzak.EntryID(strings.Repeat("b", 26)), rugzak.EntryID(strings.Repeat("c", 26))
	thread := rugzak.Thread{Intro: "Zie /ervaringen/" + string(a), Sections: []rugzak.ThreadSection{
		{Prompt: rugzak.PromptSee, Text: "Drie woorden, én [hier](/ervaringen/" + string(b) + ") - 4", Quotes: []rugzak.Quote{{Entry: a, Text: "Eerst bellen, dan schrijven"}, {Entry: c, Text: "x"}}},
	}}
	if got := thread.Sources(); !slices.Equal(got, []rugzak.EntryID{a, b, c}) {
		t.Errorf("sources: %v", got)
	}
	less, some := thread.Without(func(q rugzak.Quote) bool { return q.Entry == c })
	if got := less.Sources(); !some || !slices.Equal(got, []rugzak.EntryID{a, b}) || thread.Sections[0].Quotes[1].Gone {
		t.Errorf("without one: %v of %v", got, thread.Sections[0].Quotes)
	}
	if _, again := less.Without(func(q rugzak.Quote) bool { return q.Entry == c }); again {
		t.Error("what is gone is taken out again")
	}
	if n := thread.Words(); n != 7 {
		t.Errorf("%d words, want 7", n)
	}
	if thread.Empty() || !(rugzak.Thread{Sections: []rugzak.ThreadSection{{Prompt: rugzak.PromptSee, Text: " \n"}}}).Empty() {
		t.Error("what is empty is told wrongly")
	}
}
