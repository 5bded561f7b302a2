// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package privacy

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

func screen(text string) []rugzak.Finding { return Screener{}.Screen(text) }

// The numbers people write, and the ways in which they write them. The marked
// text is what must be found.
func TestFound(t *testing.T) {
	tests := []struct {
		text       string // with the number between { and }
		number     string
		declarable bool
	}{
		{"{123456782}", "123456782", true},
		{"Zaak {111222333} is klaar.", "111222333", true},
		{"{123 456 782}", "123456782", true},
		{"{123.456.782}", "123456782", true},
		{"{123-456-782}", "123456782", true},
		{"{1234.56.782}", "123456782", true},
		{"{1234 56 782},", "123456782", true},
		{"{12 34 56 782}", "123456782", true},
		{"{1 2 3 4 5 6 7 8 2}", "123456782", true},
		{"{123 - 456 - 782}", "123456782", true},
		{"{123.456-782}", "123456782", true},
		{"{123456 782}", "123456782", true},
		{"{123\u00a0456\u202f782}", "123456782", true},
		{"{123\u2011456\u2013782}", "123456782", true},
		{"{123\t456\t782}", "123456782", true},
		{"{012345672}", "012345672", true},

		// disguises that still read as a number
		{"{123\u200b456\u00ad782}", "123456782", true},
		{"{1\u20602\ufeff3456782}", "123456782", true},
		{"{１２３４５６７８２}", "123456782", true},
		{"{١٢٣٤٥٦٧٨٢}", "123456782", true},
		{"{1\ufe0f\u20e323456782}", "123456782", true},
		{"**{123**456**782}**", "123456782", true},
		{"**{123456782}**", "123456782", true},
		{"_{123456782}_", "123456782", true},
		{"`{123456782}`", "123456782", true},
		{"~~{123~~456782}", "123456782", true},
		{`{123\.456\.782}`, "123456782", true},
		{"{123&nbsp;456&nbsp;782}", "123456782", true},
		{"{&#49;23456782}", "123456782", true},
		{"{&#x31;&#50;3456782}", "123456782", true},
		{"{123&shy;456&#8203;782}", "123456782", true},
		{"{123<b>456</b>782}", "123456782", true},
		{"{123<!-- x -->456782}", "123456782", true},
		{"&#{123456782};", "123456782", true},
		{"50%{123456782}", "123456782", true},

		// what counts as a separator near a word only
		{"BSN: {123/456/782}", "123456782", false},
		{"bsn {123_456_782}", "123456782", false},
		{"bsn {123,456,782}", "123456782", false},
		{"| BSN | {123|456|782} |", "123456782", false},
		{"Het burgerservicenummer is {1234\n56782}.", "123456782", false},

		// places
		{"[dossier](https://example.nl/d/{123456782}?a=1)", "123456782", true},
		{"<https://example.nl/{123456782}>", "123456782", true},
		{"https://example.nl/?q={123%20456%20782}", "123456782", true},
		{"https://example.nl/?q={123+456+782}", "123456782", true},
		{"https://example.nl/?q={123%C2%A0456%2D782}", "123456782", true},
		{"https://example.nl/?q={%31%32%33456782}", "123456782", true},
		{"| Jan | {123456782} | 12 |", "123456782", true},
		{"jan;{123456782};12", "123456782", true},
		{"12,{123456782},34", "123456782", true},
		{"1,{123456782}", "123456782", true},
		{"10,{123456782}", "123456782", true},
		{"0,{123456782},5", "123456782", true},
		{"{123456782},12", "123456782", true},
		{"{123456782}.", "123456782", true},
		{"1. {123456782}", "123456782", true},
		{"- {123456782}", "123456782", true},
		{"NL{123456782}B01", "123456782", true},
		{"id_{123456782}_a", "123456782", true},
		{"\"rsin\":\"{123456782}\"", "123456782", true},
		{"€ {123456782}", "123456782", true},
		{"2024 {123456782} 2025", "123456782", true},
		{"2019 {123 456 782}", "123456782", true},
		{"2024 {123.456.782}", "123456782", true},
		{"In 2024. {123 456 782}", "123456782", true},
		{"1-12-2026 {123 456 782}", "123456782", true},
		{"+31612345678 {123456782}", "123456782", true},
		{"+{123456782}", "123456782", true},
		{"0020 {123456782}", "123456782", true},

		// called a BSN by the text
		{"BSN:{123456782}", "123456782", false},
		{"bsn{123456782}", "123456782", false},
		{"BSN-nummer {123 456 782}", "123456782", false},
		{"bsnnr. {123456782}", "123456782", false},
		{"b.s.n. {123456782}", "123456782", false},
		{"zijn BSN's zijn {123456782}", "123456782", false},
		{"Burgerservicenummer van mevrouw: {123456782}", "123456782", false},
		{"burger-service nummer {123456782}", "123456782", false},
		{"sofi {123456782}", "123456782", false},
		{"Sofinummer {123456782}", "123456782", false},
		{"sofi-nummer {123456782}", "123456782", false},
		{"citizen service number {123456782}", "123456782", false},
		{"{123456782} (bsn)", "123456782", false},
		{"{123456782} is haar burgerservicenummer", "123456782", false},
		{"**BSN**: {123456782}", "123456782", false},
		{"ＢＳＮ {123456782}", "123456782", false},
		{"B\u200bSN {123456782}", "123456782", false},
		{"client_bsn={123456782}", "123456782", false},
		{"{\"inpBsn\": \"{123456782}\"}", "123456782", false},
		{"\"bsnPartner\": \"{123456782}\"", "123456782", false},
		{"## BSN\n\n{123456782}", "123456782", false},
		{"bsn {12345678-2}", "123456782", false},
		{"bsn {12345.6782}", "123456782", false},
		{"bsn {123.456.782},50", "123456782", false},
		{"bsn 0.{123456782}", "123456782", false},
		{"bsn 2024 {123 456 782} 2025", "123456782", false},

		// eight digits, only with such a word
		{"BSN {12345672}", "12345672", false},
		{"BSN {1234.56.72}", "12345672", false},
		{"{12345672} (sofinummer)", "12345672", false},
		{"BSN 2024 {12345672}", "12345672", false},
	}
	for _, test := range tests {
		start, end := strings.LastIndex(test.text, "{"), strings.LastIndex(test.text, "}")
		if strings.HasPrefix(test.text, "{\"inp") {
			end = strings.Index(test.text, "}")
		}
		text := test.text[:start] + test.text[start+1:end] + test.text[end+1:]
		want := rugzak.Finding{Start: start, End: end - 1, Class: rugzak.FindingBSN, Number: test.number, Declarable: test.declarable}
		got := screen(text)
		if len(got) != 1 || got[0] != want {
			t.Errorf("%q: got %+v, want %+v", text, got, want)
		}
	}
}

func TestNotFound(t *testing.T) {
	for _, text := range []string{
		"", "123456789", "000000000", "12345678", "12345672", "1234567", "BSN 000000000", "BSN 123456789", "BSN 12345678",
		"1234567820", "0123456782", "5123456782", "123456782123456782",
		"12345678/2", "123:456:782", "123,456,782", "123\n456\n782", "123    456    782",
		"12345678-2", "12345.6782", "2011-40998", "181-239826", "44-0553234",
		"arXiv 2212.01233", "@52.0897171,5.107925", "0,123456782", "0.123456782", "12.123456782 graden",
		"€ 123.456.782,50", "€ 123.456.782,-", "8.001-14.000", "8.001 – 14.000 inwoners",
		"+31 123456782", "+31 (0)20 123 45 67", "+31(0)123456782", "tel. +31 20 123 45 67", "CH93 0076 2011 1234 5678 2",
		"Clubsneeuw 12345672", "Sofie en Sofia 12345672", "absn 12345672",
		"1 123 456 782 inwoners", "ECLI:NL:RVS:2025:4814", "Stb. 2014, 442", "art. 2.3.5 lid 1 en 8.1.1",
		"978-90-12-34567-8", "NL91ABNA0417164300", "NL91 ABNA 0417 1643 00",
		// a word too far away for eight digits
		"bsn" + strings.Repeat(" en zo verder", 6) + " 12345672",
	} {
		if got := screen(text); len(got) != 0 {
			t.Errorf("%q: got %+v", text, got)
		}
	}
}

// Whole families of numbers stay free, although one in eleven of each passes
// the test once the marks in it are left out.
func TestFamiliesStayFree(t *testing.T) {
	day := time.Date(2026, time.January, 1, 14, 30, 0, 0, time.UTC)
	families := map[string]func(i int) string{
		"date and time": func(i int) string { return day.AddDate(0, 0, i).Format("2-1-2006 15:04") },
		"date and hour": func(i int) string { return day.AddDate(0, 0, i).Format("02.01.2006 3") },
		"year first":    func(i int) string { return day.AddDate(0, 0, i).Format("2006-01-02 3.04") },
		"bsn and date":  func(i int) string { return "BSN-overleg op " + day.AddDate(0, 0, i).Format("02-01-2006") },
		"mobile":        func(i int) string { return fmt.Sprintf("06-%08d", 12345678+i*7919) },
		"mobile abroad": func(i int) string { return fmt.Sprintf("+31 6 %08d", 12345678+i*7919) },
		"abroad by 00":  func(i int) string { return fmt.Sprintf("0031 6%08d", 12345678+i*7919) },
		"trunk zero":    func(i int) string { return fmt.Sprintf("+31 (0)20 %03d %02d %02d", 100+i, i%100, 34) },
		"amount":        func(i int) string { return fmt.Sprintf("€ 123.%03d.782,50", i) },
		"fraction":      func(i int) string { return fmt.Sprintf("0.%09d", 123456700+i) },
		"case number":   func(i int) string { return fmt.Sprintf("%04d-%05d", 2000+i%30, 12345+i*31) },
		"eight digits":  func(i int) string { return fmt.Sprintf("zaak %08d", 12345600+i) },
		"long number":   func(i int) string { return fmt.Sprintf("%012d", 123456780000+i) },
	}
	for name, family := range families {
		passing := 0
		for i := range 330 {
			text := family(i)
			if got := screen(text); len(got) != 0 {
				t.Errorf("%s: %q: got %+v", name, text, got)
			}
			digits := strings.Map(func(r rune) rune {
				if r >= '0' && r <= '9' {
					return r
				}
				return -1
			}, text)
			for at := range max(0, len(digits)-fullLength+1) {
				if len(screen(digits[at:at+fullLength])) > 0 {
					passing++
				}
			}
		}
		if passing == 0 && name != "bsn and date" && name != "eight digits" {
			t.Errorf("%s: none of these numbers would pass: the test shows nothing", name)
		}
	}
}

// Where two numbers could hide in one another, nothing can be declared away.
func TestOverlapCannotBeDeclared(t *testing.T) {
	got := withoutOverlap([]rugzak.Finding{
		{Start: 9, End: 12, Number: "3", Declarable: true},
		{Start: 2, End: 6, Number: "1", Declarable: true},
		{Start: 0, End: 4, Number: "2", Declarable: true},
	})
	want := []rugzak.Finding{{Start: 0, End: 6, Number: "2"}, {Start: 9, End: 12, Number: "3", Declarable: true}}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// The same number bare and beside the word: both are found, one is declarable.
func TestSeveral(t *testing.T) {
	text := "Zaak 123456782." + strings.Repeat(" Verder ging het goed.", 4) + " Haar BSN is 111222333."
	got := screen(text)
	if len(got) != 2 || !got[0].Declarable || got[1].Declarable || got[1].Number != "111222333" {
		t.Errorf("got %+v", got)
	}
}

// Hostile texts as long as an entry may be cost time in proportion to their
// length: a square of it would take minutes.
func TestLinearTime(t *testing.T) {
	for name, unit := range map[string]string{
		"digits": "1", "single digits": "1 ", "numbers": "123456782 ", "lines": "123456782\n", "words": "bsn 123456782 ",
		"tags": "<a", "entities": "&#49;", "percent": "%31", "zero width": "1\u200b", "eights": "12345672\n", "dates": "1-12-2026 ",
		"stars": "1*", "open tags": "<a href=", "ampersands": "&&&1", "long word": "burgerservicen", "near": "bsn 12345672 ",
	} {
		t.Run(name, func(t *testing.T) {
			rugzaktest.Proportional(t, 256_000, func(n int) func() {
				text := strings.Repeat(unit, n/len(unit)) + " bsn"
				return func() { screen(text) }
			})
		})
	}
}
