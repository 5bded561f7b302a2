// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// A line is clean whatever was typed, and stays as it is.
func FuzzLine(f *testing.F) {
	for _, s := range []string{"Eén voordeur", "a\u202eb\u200bc", "e\u200b\u0301\u200d", "\xff\xfe", "👩\u200d🏫", strings.Repeat("\u0301", 9)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		line := rugzak.Line(s)
		if !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n\t\x00\u2028\u202e\u200b") || rugzak.Line(line) != line {
			t.Fatalf("Line(%+q) = %+q", s, line)
		}
	})
}

// No cell computes, by whatever separator the file is read.
func FuzzCSV(f *testing.F) {
	for _, s := range formulas {
		f.Add(s, "b")
	}
	f.Fuzz(func(t *testing.T, one, two string) {
		var b strings.Builder
		if err := rugzak.NewCSV(&b).Row(one, two); err != nil {
			t.Fatal(err)
		}
		if got := cells(t, b.String(), ';'); len(got) != 2 {
			t.Fatalf("%q, %q: %d cells", one, two, len(got))
		}
		for _, comma := range []rune{';', ',', '\t'} {
			for _, cell := range cells(t, b.String(), comma) {
				if live(cell) {
					t.Fatalf("%q is live in %q read with %q", cell, b.String(), comma)
				}
			}
		}
	})
}
