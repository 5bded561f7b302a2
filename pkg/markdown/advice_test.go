// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

// What advice a text gets, and on which line.
func TestAdvise(t *testing.T) {
	long := "Wij" + strings.Repeat(" gaan nog wij", 9) + " gaan dan" // 30 words
	for _, test := range []struct {
		name, source string
		want         []string
	}{
		{"nothing", "## Wat gebeurde er?\n\nWij belden [de wijkagent](https://example.org/). Dat hielp, o.a. voor de buurt.\n\n- kort\n- **vet** woord\n", nil},
		{"empty", "", nil},
		{"empty template", "## Wat gebeurde er?\n\n\n## Wat leerde je?\n", nil},
		{"level skipped", "## Een\n\na\n\n#### Twee\n\nb\n\n### Drie\n\nc", []string{"5 heading_level Twee 0"}},
		{"highest is lowest", "#### Een\n\na\n\n#### Twee\n\nb", nil},
		{"begins too low", "### Een\n\na\n\n## Twee\n\nb", []string{"1 heading_level Een 0"}},
		{"bold line", "**Wat we deden**\n\nWij belden.", []string{"1 heading_bold Wat we deden 0"}},
		{"bold line above text", "Eerst.\n\n__Daarna:__\nWij belden.", []string{"3 heading_bold Daarna: 0"}},
		{"bold with a colon behind", "**Daarna** :\nWij belden.", []string{"1 heading_bold Daarna 0"}},
		{"bold sentence", "**Wij belden eerst.**\n\nDat hielp.", nil},
		{"bold at the end", "Dat hielp.\n\n**Bel eerst**", nil},
		{"bold in a list", "- **Bel eerst**\n\n  En schrijf dan.", nil},
		{"bold words first", "**Let op:** bel eerst.", nil},
		{"link words", "Lees het plan.\nVoor het plan [klik **hier**](/ervaringen/a).", []string{"2 link_words klik hier 0"}},
		{"link words with marks", "[Lees meer »](https://example.org/)", []string{"1 link_words Lees meer » 0"}},
		{"link words of reference", "Zie [here].\n\n[here]: https://example.org/", []string{"1 link_words here 0"}},
		{"link that says it", "[hier staat het plan](https://example.org/)", nil},
		{"bare address", "Een.\n\nTwee.\n\nZie https://example.org/plan?a=1 voor meer.", []string{"5 link_bare https://example.org/plan?a=1 0"}},
		{"address as its own words", "[https://example.org/a](https://example.org/a)", []string{"1 link_bare https://example.org/a 0"}},
		{"address between hooks", "<https://example.org/a>", []string{"1 link_bare https://example.org/a 0"}},
		{"mail address", "Mail naar team@example.org of <team@example.org>.", nil},
		{"address in code", "`https://example.org/a`\n\n    https://example.org/b", nil},
		{"picture without words", "![](/bijlagen/a)", []string{"1 picture  0"}},
		{"picture with a file name", "Kijk:\n![IMG_2041.JPG](/bijlagen/a)", []string{"2 picture IMG_2041.JPG 0"}},
		{"picture with a word", "![Foto](/bijlagen/a)", []string{"1 picture Foto 0"}},
		{"picture described", "![De wijkagent en een bewoner bij de bank](/bijlagen/a)", nil},
		{"picture as a link", "[![De bank](/bijlagen/a)](https://example.org/)", nil},
		{"long sentence", "Kort. " + long + ". Weer kort.", []string{"1 sentence Wij gaan nog wij gaan nog wij gaan nog wij gaan nog wij… 30"}},
		{"long sentence on a later line", "Kort\nstukje. En dan\n" + long + ".", []string{"2 sentence En dan Wij gaan nog wij gaan nog wij gaan nog wij gaan nog… 32"}},
		{"long sentence in a list", "- Kort.\n- " + long, []string{"2 sentence Wij gaan nog wij gaan nog wij gaan nog wij gaan nog wij… 30"}},
		{"abbreviations end no sentence", strings.Repeat("wij gaan nog ", 7) + "bijv. naar de wijk en nog een keer.", []string{"1 sentence wij gaan nog wij gaan nog wij gaan nog wij gaan nog wij… 29"}},
		{"long paragraph", strings.Repeat("Wij gaan nog een keer. ", 23), []string{"1 paragraph Wij gaan nog een keer. Wij gaan nog een keer. Wij gaan nog… 115"}},
		{"code and comments", "```\n" + long + "\n```\n\n<!-- " + long + " -->", nil},
		{"HTML is text", "<a href=\"https://example.org/\">hier</a>", nil},
		{"windows lines", "Een.\r\n\r\nTwee.\r\n\r\n![](/bijlagen/a)", []string{"5 picture  0"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			advice, err := New(Options{}).Advise(t.Context(), test.source)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, a := range advice {
				got = append(got, fmt.Sprintf("%d %s %s %d", a.Line, a.Kind, a.Text, a.Words))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

// Advice is bounded, comes from the cache as it was, and points into the text.
func TestAdviseWhatever(t *testing.T) {
	r := New(Options{CacheBytes: 1 << 20})
	many := strings.Repeat("![](/bijlagen/a)\n", maxAdvice+50)
	for range 2 {
		advice, err := r.Advise(t.Context(), many)
		if err != nil || len(advice) != maxAdvice {
			t.Fatalf("%d pieces of advice, %v", len(advice), err)
		}
		advice[0].Text = "changed by the caller"
	}
	if advice, _ := r.Advise(t.Context(), many); advice[0].Text != "" {
		t.Error("a caller changed what is kept")
	}
	if _, err := r.Advise(t.Context(), strings.Repeat("# a\n", maxHeadings+1)); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("a text that cannot be shown gives %v", err)
	}
	for _, source := range []string{"(" + strings.Repeat(" woorden.", 20000), strings.Repeat("a. ", 50000), "**" + strings.Repeat("a", 1000) + "**\n\nb", "[](/)", "![", "**\u202e**\nb"} {
		advice, err := r.Advise(t.Context(), source)
		if err != nil {
			t.Errorf("%.20q: %v", source, err)
		}
		lines := 1 + strings.Count(source, "\n")
		for _, a := range advice {
			if a.Line < 1 || a.Line > lines || strings.ContainsRune(a.Text, '\u202e') || !slices.Contains(rugzak.AdviceKinds(), a.Kind) {
				t.Errorf("%.20q: %+v", source, a)
			}
		}
	}
}

func FuzzAdvise(f *testing.F) {
	f.Add("**a**\n\nb [hier](x) ![](y) https://example.org/")
	r := New(Options{})
	f.Fuzz(func(t *testing.T, source string) {
		advice, err := r.Advise(t.Context(), source)
		if err != nil && rugzak.CodeOf(err) != rugzak.CodeInvalid {
			t.Fatal(err)
		}
		lines := 1 + strings.Count(tidy(source), "\n")
		for _, a := range advice {
			if a.Line < 1 || a.Line > lines {
				t.Errorf("line %d of %d", a.Line, lines)
			}
		}
	})
}
