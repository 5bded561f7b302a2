// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

func TestTerms(t *testing.T) {
	a, err := newAnalysers()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		lang rugzak.Lang
		text string
		want string // term@place
	}{
		{rugzak.Dutch, "De gesprekken en het gesprek", "gesprekken@2 gesprek@5"},
		{rugzak.English, "The agreement of the agreements", "agreement@2 agreements@5"},
		{rugzak.Dutch, "Ideeën, CAFÉ, ĳs, foto’s en foto's", "ideeen@1 cafe@2 ijs@3 foto@4 foto@6"},
		{rugzak.Dutch, "Pw VT W&I R&D&X", "pw@1 vt@2 w@3 i@4 w&i@3 r@5 d@6 r&d@5 x@7"},
		{rugzak.Dutch, "18- 18+, 18-jarige 2018-2020 1G1P", "18@1 18-@1 18@2 18+@2 18@3 jarige@4 2018@5 2020@6 1g1p@7"},
		{rugzak.English, "IT is it", "it@1"},
		{rugzak.Dutch, "zin.Volgende 3.14 let_op a:b", "zin@1 volgende@2 3.14@3 let@4 a@6 b@7"},
		{rugzak.Dutch, " &&& -- + ", ""},
		{rugzak.Dutch, "", ""},
	} {
		var got []string
		for _, tok := range a.of(c.lang).Analyze([]byte(c.text)) {
			got = append(got, fmt.Sprintf("%s@%d", tok.Term, tok.Position))
		}
		if g := strings.Join(got, " "); g != c.want {
			t.Errorf("%q: got %s, want %s", c.text, g, c.want)
		}
	}
}

// FuzzAnalyse: any text gives bounded, valid terms at offsets within it.
func FuzzAnalyse(f *testing.F) {
	for _, s := range []string{"De W&I, 18+ en ideeën", "a&b&c", "\xff\xfe", "ĳ’s", "18-", "hij meldt W&I aan", strings.Repeat("é", 200), "x\u00adx", "👩‍👩‍👧"} {
		f.Add(s)
	}
	a, err := newAnalysers()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, " ")
		tokens := tokenize([]byte(text))
		for _, v := range a.fallenApart([]byte(text), tokens) {
			if v.base == "" || v.verb < 0 || v.verb >= len(tokens) {
				t.Fatalf("%q: %+v", text, v)
			}
		}
		for _, lang := range rugzak.Languages() {
			for _, tok := range a.of(lang).Analyze([]byte(text)) {
				if tok.Start < 0 || tok.End <= tok.Start || tok.End > len(text) || len(tok.Term) == 0 || len(tok.Term) > maxTerm+8 {
					t.Fatalf("%q: %+v", text, tok)
				}
				if !utf8.Valid(tok.Term) || !utf8.ValidString(text[tok.Start:tok.End]) {
					t.Fatalf("%q: %q is not UTF-8", text, tok.Term)
				}
			}
		}
	})
}
