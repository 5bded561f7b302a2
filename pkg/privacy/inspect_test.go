// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package privacy

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// Marks of Markdown, entities and invisible characters do not hide what a
// reader of the page sees; the place is that in the text as it was written.
func TestInspectReadsThePage(t *testing.T) {
	for _, test := range []struct {
		text  string // with what is found between { and }
		class rugzak.FindingClass
	}{
		{"Bel **{06**-12345678}", rugzak.FindingPhone},
		{"Bel {06&#45;12345678}", rugzak.FindingPhone},
		{"Bel {06\u200b-12345678}", rugzak.FindingPhone},
		{"Bel {06\u201112345678}", rugzak.FindingPhone},
		{"[bel](tel:{+31612345678})", rugzak.FindingPhone},
		{"<{jan@mail.example}>", rugzak.FindingEmail},
		{"{jan&#64;mail.example}", rugzak.FindingEmail},
		{"<a href=\"mailto:{jan@mail.example}\">", rugzak.FindingEmail},
		{"rekening {NL91**ABNA**0417164300}", rugzak.FindingIBAN},
		{"rekening {ＮＬ９１ABNA0417164300}", rugzak.FindingIBAN},
		{"rekening {NL91&nbsp;ABNA&nbsp;0417&nbsp;1643&nbsp;00}", rugzak.FindingIBAN},
		{"Zij woont op **{1234** AB 12}", rugzak.FindingAddress},
		{"geboren op _{3-4-1980}_", rugzak.FindingBirthDate},
		{"geboren op\n{3 april 1980}", rugzak.FindingBirthDate},
		{"met **{mevrouw** Jansen}", rugzak.FindingName},
		{"met {mevrouw\nJansen}", rugzak.FindingName},
	} {
		from, to := strings.Index(test.text, "{"), strings.LastIndex(test.text, "}")
		text := test.text[:from] + test.text[from+1:to] + test.text[to+1:]
		got := inspect(text)
		if len(got) != 1 || got[0].Class != test.class || got[0].Start != from || got[0].End != to-1 {
			t.Errorf("%q: got %+v", text, got)
		}
	}
}

// What the writer is told to do fits what was found.
func TestSuggestions(t *testing.T) {
	for text, want := range map[string]rugzak.Suggestion{
		"Bel 06-12345678":                 "",
		"met mevrouw Jansen":              rugzak.SuggestResident,
		"de familie Jansen":               rugzak.SuggestFamily,
		"de zoon van de bakker":           rugzak.SuggestYoung,
		"Noor (9) mocht mee":              rugzak.SuggestYoung,
		"Piet (71) kwam":                  rugzak.SuggestResident,
		"zij is zwanger":                  rugzak.SuggestNeeded,
		"de 43-jarige Syrische weduwnaar": rugzak.SuggestGeneral,
	} {
		got := inspect(text)
		if len(got) != 1 || got[0].Suggestion != want {
			t.Errorf("%q: got %+v", text, got)
		}
	}
}

// An address of the own organisation or a partner is nobody's private one;
// one that only looks like it is.
func TestKnownDomains(t *testing.T) {
	for text, found := range map[string]bool{
		"a@gemeente.test": false, "a@sociaal.gemeente.test": false, "A@GEMEENTE.TEST": false,
		"a@nietgemeente.test": true, "a@gemeente.test.example": true, "a@mail.example": true,
	} {
		if got := inspect(text); (len(got) == 1) != found {
			t.Errorf("%q: got %+v", text, got)
		}
	}
}

// A pattern that was stored by another version and does not compile now takes
// nothing else away.
func TestBadPatternIsPassedOver(t *testing.T) {
	got := Screener{}.Inspector(rugzak.Known{CasePatterns: []string{"(", `X-\d+`}})("X-123 en 06-12345678")
	if len(got) != 2 || got[0].Class != rugzak.FindingCase || got[1].Class != rugzak.FindingPhone {
		t.Errorf("got %+v", got)
	}
}

// hostile are units of texts that make a careless search start over and over.
var hostile = []string{
	"1", "0", "0 ", "06 ", "06-", "+3", "+", "(0", "a@", "@", "a.", "a@b.", "x", "NL", "NL91", "NL91 ", "n l ", "AB-", "1-", "1-B-",
	"1234 ", "1234 AB ", "1234AB", "A 1234 AB", "mevrouw ", "van de ", "Mevrouw A. ", "Jan ", "Jan, 1", "Jan (", "zoon van ",
	"geboren ", "3 april ", "3-4-", "geboren 3-4-1980 ", "zij zwanger ", "zwanger ", "huiselijk ", "43 jaar ", "Kerkstraat ",
	"Syrische weduwe 4 jaar ", "\n", " ", "*", "<", "<a", "&", "&#4", "%3", "%31", "\\", "`", "é", "\u200b", "\xff", "zaak 1", "zaak: a", "Z-24-",
}

// The time is linear in the length, also for hostile texts as long as an entry
// may be: a square of it would take minutes.
func TestInspectLinearTime(t *testing.T) {
	for _, unit := range hostile {
		t.Run(fmt.Sprintf("%q", unit), func(t *testing.T) {
			rugzaktest.Proportional(t, 128_000, func(n int) func() {
				text := strings.Repeat(unit, n/len(unit))
				return func() { inspect(text) }
			})
		})
	}
}

// Many at once find the same as one alone.
func TestInspectConcurrently(t *testing.T) {
	text := "Mevrouw Jansen, geboren 3-4-1980, 06-12345678, NL91ABNA0417164300, zaak 2026-0413."
	want := inspect(text)
	if len(want) != 5 {
		t.Fatalf("got %+v", want)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				if got := inspect(text); !slices.Equal(got, want) {
					t.Errorf("got %+v", got)
				}
			}
		})
	}
	all.Wait()
}

// Whatever the text: findings are in order and within it; only a combination
// spans others; citizen service numbers are those that Screen finds.
func FuzzInspect(f *testing.F) {
	for _, unit := range hostile {
		f.Add(unit + "1234 AB 12 " + unit)
	}
	for _, class := range rugzak.FindingClasses() {
		with, _ := labelled(f, string(class))
		for _, s := range with[:10] {
			f.Add(s.text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4096 {
			return
		}
		got := inspect(text)
		start, end := 0, 0
		for _, x := range got {
			if x.Start < start || x.End <= x.Start || x.End > len(text) || !x.Class.Valid() {
				t.Fatalf("%q: %+v", text, got)
			}
			start = x.Start
			if x.Class == rugzak.FindingCombination {
				continue
			}
			if x.Start < end {
				t.Fatalf("%q: overlap in %+v", text, got)
			}
			end = x.End
		}
		if numbers := ofClass(got, rugzak.FindingBSN); !slices.Equal(numbers, screen(text)) {
			t.Fatalf("%q: %+v, alone %+v", text, numbers, screen(text))
		}
	})
}

// The words of the lexicon are written as they are looked up.
func TestLexicon(t *testing.T) {
	for w := range lexicon {
		if strings.ContainsFunc(w, unicode.IsUpper) || len(w) > maxWord {
			t.Errorf("%q", w)
		}
	}
	for _, all := range stems {
		for _, s := range all {
			if strings.ContainsFunc(s.text, unicode.IsUpper) && s.text != "" {
				t.Errorf("%q", s.text)
			}
		}
	}
}

// TestCorpus tells how often each class is found in real public texts about
// work in the social domain, which should hold almost nothing.
func TestCorpus(t *testing.T) {
	_, corpus := rugzaktest.Corpus(t)
	findings, texts := map[rugzak.FindingClass]int{}, map[rugzak.FindingClass]int{}
	for _, doc := range corpus {
		for _, class := range rugzak.FindingClasses() {
			got := len(ofClass(inspect(doc.Title+"\n\n"+doc.Body), class))
			findings[class] += got
			texts[class] += min(got, 1)
		}
	}
	for _, class := range rugzak.FindingClasses() {
		rate := float64(texts[class]) / float64(len(corpus))
		t.Logf("| %s | %d | %d | %.2f %% |", class, findings[class], texts[class], 100*rate)
		if rate > 0.01 {
			t.Errorf("%s: in %.1f %% of the texts", class, 100*rate)
		}
	}
}

// BenchmarkInspect reads an everyday text of 8 KB, and the worst of the hostile
// texts in two lengths, whose time per byte must not differ much.
func BenchmarkInspect(b *testing.B) {
	_, everyday := labelled(b, "negative")
	var page strings.Builder
	for i := 0; page.Len() < 8<<10; i++ {
		page.WriteString(everyday[i%len(everyday)].text + "\n\n")
	}
	for name, text := range map[string]string{
		"everyday 8 KB":  page.String(),
		"hostile 16 KB":  strings.Repeat("Jan, 1 zoon van ", 1<<10),
		"hostile 256 KB": strings.Repeat("Jan, 1 zoon van ", 16<<10),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				inspect(text)
			}
		})
	}
}
