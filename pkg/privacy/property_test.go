// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package privacy

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"rugzak/pkg/rugzak"
)

// bsn draws nine digits that pass the eleven-test, worked out apart from the
// code under test: the last digit is the weighted sum of the others modulo 11.
func bsn(t *rapid.T) string {
	for {
		n := rapid.IntRange(1, 99_999_999).Draw(t, "first eight")
		digits := fmt.Sprintf("%08d", n)
		sum := 0
		for i, r := range digits {
			sum += int(r-'0') * (9 - i)
		}
		if sum%11 < 10 {
			return digits + fmt.Sprint(sum%11)
		}
	}
}

// A number that passes is found in any company, and where it stands.
func TestEveryBareNumberIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := bsn(t)
		company := rapid.StringMatching(`[a-zA-Z ,;:|(\[/_"é\n]{0,20}`)
		before, after := company.Draw(t, "before"), company.Draw(t, "after")
		got := screen(before + number + after)
		if len(got) != 1 || got[0].Start != len(before) || got[0].End != len(before)+9 || got[0].Number != number {
			t.Fatalf("%q: got %+v", before+number+after, got)
		}
	})
}

// Separators do not hide a number, wherever they stand.
func TestSeparatorsDoNotHide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := bsn(t)
		sep := rapid.SampledFrom([]string{" ", ".", "-", "\u00a0", " - ", "\u2011"}).Draw(t, "separator")
		cuts := rapid.SampledFrom([][]int{{3, 6}, {4, 6}, {2, 4, 6}, {1, 4, 7}, {3, 6, 8}, {1, 2, 3, 4, 5, 6, 7, 8}}).Draw(t, "cuts")
		var b strings.Builder
		for i, r := range number {
			if slices.Contains(cuts, i) {
				b.WriteString(sep)
			}
			b.WriteRune(r)
		}
		text := "x " + b.String() + " y"
		got := screen(text)
		if len(got) != 1 || text[got[0].Start:got[0].End] != b.String() || got[0].Number != number || !got[0].Declarable {
			t.Fatalf("%q: got %+v", text, got)
		}
	})
}

// Nothing that fails the test is ever found, not even beside the word.
func TestNumbersThatFailAreFree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := bsn(t)
		at := rapid.IntRange(0, 8).Draw(t, "changed digit")
		changed := []byte(number)
		changed[at] = '0' + (changed[at]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
		if got := screen("BSN " + string(changed)); len(got) != 0 {
			t.Fatalf("%s: got %+v", changed, got)
		}
	})
}

// Beside the word there is no declaring, on either side, up to the distance.
func TestBesideTheWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := bsn(t)
		word := rapid.SampledFrom([]string{"bsn", "BSN", "Burgerservicenummer", "sofinummer", "sofi"}).Draw(t, "word")
		between := strings.Repeat("x", rapid.IntRange(0, 2*nearby).Draw(t, "distance"))
		if between != "" {
			between = " " + between + " "
		}
		near := len(word)+len(between) <= nearby
		for _, text := range []string{word + between + number, number + between + word} {
			got := screen(text)
			if len(got) != 1 || got[0].Declarable == near {
				t.Fatalf("%q: got %+v", text, got)
			}
		}
	})
}

// Unicode keeps the ten digits of a script together; digitValue relies on it.
func TestDigitsOfAllScripts(t *testing.T) {
	for _, rng := range unicode.Nd.R16 {
		if rng.Stride != 1 || (rng.Hi-rng.Lo+1)%10 != 0 {
			t.Errorf("%U to %U is not a row of tens", rng.Lo, rng.Hi)
		}
	}
	for _, rng := range unicode.Nd.R32 {
		if rng.Stride != 1 || (rng.Hi-rng.Lo+1)%10 != 0 {
			t.Errorf("%U to %U is not a row of tens", rng.Lo, rng.Hi)
		}
	}
	for r, want := range map[rune]byte{'0': 0, '9': 9, '٣': 3, '７': 7, '𝟗': 9, '𝟬': 0, '९': 9} {
		if got, ok := digitValue(r); !ok || got != want {
			t.Errorf("%c: got %d, %v", r, got, ok)
		}
	}
	for _, r := range "a²½Ⅷ一①" {
		if _, ok := digitValue(r); ok {
			t.Errorf("%c counts as a digit", r)
		}
	}
}

var nineDigits = regexp.MustCompile(`(?:^|[^0-9.,+\-\s)])([0-9]{9})(?:$|[^0-9.,+\-\s])`)

// Whatever the text: findings are in order, apart, and within it, and a plain
// number that passes is among them.
func FuzzScreen(f *testing.F) {
	for _, seed := range []string{
		"BSN 123456782", "123.456.782", "1&#50;3456782", "%31%3", "<b>1", "+31 (0)6 12 34 56 78", "1-12-2026 9:30",
		"１２３\u200b456782", "\xff123456782\xc2", "bsn\n12345672", "0,123456782", "8.001–14.000", `1\.2\*3`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := screen(text)
		at := 0
		for _, finding := range got {
			if finding.Start < at || finding.End <= finding.Start || finding.End > len(text) {
				t.Fatalf("%q: %+v", text, got)
			}
			at = finding.End
			if n := len(finding.Number); n != fullLength && n != shortLength {
				t.Fatalf("%q: %+v", text, got)
			}
		}
		if m := nineDigits.FindStringSubmatchIndex(text); m != nil && len(screen(text[m[2]:m[3]])) > 0 {
			covered := slices.ContainsFunc(got, func(f rugzak.Finding) bool { return f.Start <= m[2] && f.End >= m[3] })
			if !covered {
				t.Fatalf("%q: %s is not among %+v", text, text[m[2]:m[3]], got)
			}
		}
	})
}
