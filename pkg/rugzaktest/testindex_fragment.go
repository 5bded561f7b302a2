// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

func testIndexFragments(t *testing.T, x rugzak.Index) {
	for _, c := range []struct {
		query string
		lang  rugzak.Lang
		text  string
		want  []string // fragments with marks in brackets
	}{
		{"gesprek", rugzak.Dutch, "De gesprekken gingen goed.", []string{"De [gesprekken] gingen goed."}},
		{"GESPREK goed", rugzak.Dutch, "De gesprekken gingen goed.", []string{"De [gesprekken] gingen [goed]."}},
		{"agreement", rugzak.English, "Our agreements were clear.", []string{"Our [agreements] were clear."}},
		{"ideeen cafe", rugzak.Dutch, "Ideeën uit het café €.", []string{"[Ideeën] uit het [café] €."}},
		{"gespr*", rugzak.Dutch, "Het gespreksverslag.", []string{"Het [gespreksverslag]."}},
		{`"korte zinnen"`, rugzak.Dutch, "Zinnen. Korte zinnen helpen, korte.", []string{"Zinnen. [Korte] [zinnen] helpen, korte."}},
		{`"zorg en wonen"`, rugzak.Dutch, "Zorg en wonen; wonen en zorg.", []string{"[Zorg] en [wonen]; wonen en zorg."}},
		{"brief -zinnen thema:korte van:helpen", rugzak.Dutch, "Brief met korte zinnen helpen.", []string{"[Brief] met korte zinnen helpen."}},
		{"titel:brief", rugzak.Dutch, "De brief.", []string{"De [brief]."}},
		{"w&i 18+", rugzak.Dutch, "Bij W&I en 18+, niet 18.", []string{"Bij [W&I] en [18+], niet 18."}},
		{"hoe houden we contact", rugzak.Dutch, "We houden contact, wij allemaal.", []string{"We [houden] [contact], wij allemaal."}},
		{"onze wijk", rugzak.Dutch, "Onze straat, onze wijk.", []string{"Onze straat, onze [wijk]."}},
		{"hoe we -brief thema:wijk", rugzak.Dutch, "Hoe we dat doen.", []string{"Hoe [we] dat doen."}},
		{"we", rugzak.Dutch, "We zijn er.", []string{"[We] zijn er."}},
		{"de het", rugzak.Dutch, "De brief en het boek.", []string{"De brief en het boek."}},
		{"", rugzak.Dutch, "De brief.", []string{"De brief."}},
		{"brief", rugzak.Dutch, "  ", nil},
		{"brief", rugzak.Dutch, "Een \xff brief.", []string{"Een \uFFFD [brief]."}},
	} {
		got := x.Marker(rugzak.ParseQuery(c.query)).Fragments(c.lang, c.text, 3, 200)
		indexWant(t, c.query, bracketed(got), c.want...)
	}
	filler := strings.Repeat("Hier staat iets anders over dagen en weken. ", 40)
	text := filler + "De sleutel ligt onder de mat. " + filler + "Een sleutel en een boek samen. " + filler
	got := x.Marker(rugzak.ParseQuery("sleutels boeken")).Fragments(rugzak.Dutch, text, 1, 80)
	if len(got) != 1 || !strings.Contains(bracketed(got)[0], "[sleutel] en een [boek]") || !got[0].Before || !got[0].After {
		t.Errorf("the piece with both words is best, got %q", bracketed(got))
	}
	got = x.Marker(rugzak.ParseQuery("sleutels boeken")).Fragments(rugzak.Dutch, text, 2, 80)
	if len(got) != 2 || !strings.Contains(bracketed(got)[0], "[sleutel] ligt") {
		t.Errorf("two pieces in the order of the text, got %q", bracketed(got))
	}
	got = x.Marker(rugzak.ParseQuery("afwezig")).Fragments(rugzak.Dutch, text, 2, 30)
	if len(got) != 1 || got[0].Text != "Hier staat iets anders over" || got[0].Before || !got[0].After || len(got[0].Marks) != 0 {
		t.Errorf("without a match: %+v", got)
	}
}

// testIndexFragmentWords holds pieces to whole words, also where one piece
// begins right after another; then nothing is said to be left out between them.
func testIndexFragmentWords(t *testing.T, x rugzak.Index) {
	text := "Dinsdag was mijn eerste belmoment voor mensen die op hulp wachten. Ik zag er een beetje tegenop, want ik had geen nieuws. " +
		"Een ouder had net onze standaardbrief gekregen: die stond nog altijd onderaan op onze wachtlijst. Van die brief was thuis iedereen geschrokken."
	words := strings.Fields(text)
	for length := 20; length < 160; length++ {
		for _, query := range []string{"wachten wachtlijst staan", "ouder wachtlijst", "belmoment nieuws brief", "tegenop ouder"} {
			fragments := x.Marker(rugzak.ParseQuery(query)).Fragments(rugzak.Dutch, text, 3, length)
			for i, f := range fragments {
				if i > 0 {
					before := fragments[i-1]
					if joined := strings.Contains(text, before.Text+" "+f.Text); before.After == joined || f.Before == joined {
						t.Fatalf("length %d, query %q: %q and %q, left out between them: %v, %v", length, query, before.Text, f.Text, before.After, f.Before)
					}
				}
				for _, w := range strings.Fields(f.Text) {
					if !slices.Contains(words, w) && !slices.ContainsFunc(words, func(whole string) bool { return strings.TrimRight(whole, ".,:") == w }) {
						t.Fatalf("length %d, query %q: %q is half a word in %q", length, query, w, f.Text)
					}
				}
			}
		}
	}
}

// boundedFragments checks at most three fragments, none longer than length.
func boundedFragments(t *testing.T, fragments []rugzak.Fragment, length int) {
	t.Helper()
	if len(fragments) > 3 {
		t.Errorf("%d fragments", len(fragments))
	}
	for _, f := range fragments {
		if !utf8.ValidString(f.Text) || len(f.Text) > length {
			t.Fatalf("length %d: fragment of %d bytes, valid %v", length, len(f.Text), utf8.ValidString(f.Text))
		}
		at := 0
		for _, m := range f.Marks {
			if m.Start < at || m.End <= m.Start || m.End > len(f.Text) || !utf8.ValidString(f.Text[m.Start:m.End]) {
				t.Fatalf("length %d: marks %v in %d bytes", length, f.Marks, len(f.Text))
			}
			at = m.End
		}
	}
}

func bracketed(fragments []rugzak.Fragment) []string {
	var out []string
	for _, f := range fragments {
		var b strings.Builder
		at := 0
		for _, m := range f.Marks {
			b.WriteString(f.Text[at:m.Start] + "[" + f.Text[m.Start:m.End] + "]")
			at = m.End
		}
		out = append(out, b.String()+f.Text[at:])
	}
	return out
}

// testIndexFragmentLimits holds for any text: valid, bounded, in order, and in
// time in proportion to its length.
func testIndexFragmentLimits(t *testing.T, x rugzak.Index) {
	repeat := func(piece string) func(n int) string {
		return func(n int) string { return strings.Repeat(piece, n) }
	}
	texts := []struct {
		n    int
		text func(n int) string
	}{
		{3000, func(n int) string { return strings.Repeat("é", n) + " fiets" }},
		{20000, repeat("fiets ")}, {50000, repeat("fiets")}, {32 << 10, repeat("f ")}, {800, repeat("👩‍👩‍👧 fiets ")},
		{100000, repeat("W&")}, {2000, repeat("fiets\u00a0")},
		{0, func(int) string { return "fiets" }},
		{1000, func(n int) string { return strings.Repeat("\n", n) + "fiets" + strings.Repeat(" ", n) }},
	}
	queries := []string{"fiets", `"fiets fiets fiets"`, "f*", `"` + strings.Repeat("fiets ", 80) + `"`, "é fi* W&W", ""}
	for i, c := range texts {
		for q, query := range queries {
			t.Run(fmt.Sprintf("text %d query %d", i, q), func(t *testing.T) {
				Proportional(t, c.n, func(n int) func() {
					text := c.text(n)
					return func() {
						for _, length := range []int{1, 40, 1 << 20} {
							boundedFragments(t, x.Marker(rugzak.ParseQuery(query)).Fragments(rugzak.Dutch, text, 3, length), length)
						}
					}
				})
			})
		}
	}
	if got := x.Marker(rugzak.ParseQuery("fiets")).Fragments(rugzak.Dutch, "fiets", 0, 100); got != nil {
		t.Errorf("no fragments wanted, got %v", got)
	}
}
