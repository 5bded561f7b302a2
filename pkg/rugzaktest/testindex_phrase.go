// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

// phraseWords are words without other forms, and one that says nothing in both
// languages: in a phrase any word may stand in its place.
var phraseWords = strings.Fields("kwabix zorfum plintag brolpif in")

// testIndexPhrases compares random phrases, in which words stand more than once,
// with texts read word by word.
func testIndexPhrases(t *testing.T, x rugzak.Index) {
	random := rand.New(rand.NewPCG(8, 3))
	words := func(n int) []string {
		out := make([]string, n)
		for i := range out {
			out[i] = pickWord(random, phraseWords)
		}
		return out
	}
	texts, hidden := map[rugzak.EntryID][2][]string{}, map[rugzak.EntryID]bool{}
	for i := range 60 {
		id := rugzak.EntryID(fmt.Sprintf("f%02d", i))
		title, text := words(1+random.IntN(4)), words(random.IntN(12))
		d := indexed(string(id), withTitle(strings.Join(title, " ")), withText(strings.Join(text, " ")))
		if hidden[id] = i%4 == 0; hidden[id] {
			d.Tokens = []string{"team:geheim/x"}
		}
		if i%5 == 0 {
			d.Lang = rugzak.English
		}
		texts[id] = [2][]string{title, text}
		indexPut(t, x, d)
	}
	found := 0
	for range 400 {
		row := words(2 + random.IntN(4))
		for i, field := range []string{"", "titel:"} {
			query := field + `"` + strings.Join(row, " ") + `"`
			said := strings.Trim(strings.ReplaceAll(strings.Join(row, " "), "in", ""), " ") != ""
			var want []rugzak.EntryID
			for id, parts := range texts {
				if !hidden[id] && (!said || hasRow(parts[0], row) || i == 0 && hasRow(parts[1], row)) {
					want = append(want, id)
				}
			}
			slices.Sort(want)
			found += len(want)
			for _, q := range []string{query, `"kwabix zorfum" ` + query, "-" + query} {
				r := indexSearch(t, x, rugzak.Search{Query: rugzak.ParseQuery(q), Tokens: indexMember(), Size: rugzak.MaxPage, Literal: true})
				wanted := want
				switch {
				case q[0] == '-' && said:
					wanted = nil
					for id := range texts {
						if !hidden[id] && !slices.Contains(want, id) {
							wanted = append(wanted, id)
						}
					}
				case q[0] == '-':
				case q != query:
					wanted = slices.DeleteFunc(slices.Clone(want), func(id rugzak.EntryID) bool {
						both := strings.Fields("kwabix zorfum")
						return !hasRow(texts[id][0], both) && !hasRow(texts[id][1], both)
					})
				}
				slices.Sort(wanted)
				indexWant(t, q, indexIDs(r), wanted...)
			}
		}
	}
	if found < 1000 {
		t.Errorf("only %d texts were to be found: the test sees too little", found)
	}
}

// hasRow reports whether words stand in a row in a text. What says nothing
// stands for any word, and for none at the ends.
func hasRow(text, row []string) bool {
	for len(row) > 0 && row[0] == "in" {
		row = row[1:]
	}
	for len(row) > 0 && row[len(row)-1] == "in" {
		row = row[:len(row)-1]
	}
	for i := 0; i+len(row) <= len(text); i++ {
		fits := len(row) > 0
		for j, w := range row {
			fits = fits && (w == "in" || w == text[i+j])
		}
		if fits {
			return true
		}
	}
	return false
}
