// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// strange are texts and queries made to cost time or to fall over.
func strange() map[string]string {
	compounds := "samenwerkingsafspraken schuldhulpverlening wijkteamoverleg onderwijssteekproef gezinshulpverlening burgerservicenummer "
	return map[string]string{
		"no word":              "?! -- **",
		"a word of 500 bytes":  strings.Repeat("ab", 250),
		"accents of 500 bytes": strings.Repeat("é", 250),
		"emoji":                strings.Repeat("👩‍👩‍👧 ", 20),
		"only compounds":       strings.Repeat(compounds, 5),
		"one long compound":    strings.Repeat("schuldhulp", 50),
		"60 words in a clause": strings.TrimSuffix(strings.Repeat("qwertx-", 70), "-"),
		"60 split words":       strings.Repeat("steek proef ", 42),
		"60 misspelt words":    misspeltWords(60),
		"60 prefixes":          strings.Repeat("ab* sc* ", 62),
		"60 without":           strings.Repeat("-ab* -sc* ", 50),
		"a phrase":             `"` + strings.Repeat(compounds, 5) + `"`,
		"a phrase of one word": `"` + strings.Repeat("w ", 249) + `"`,
		"broken letters":       "sch\xffuld \xc3 \x00hulp",
		"short":                "a",
	}
}

func misspeltWords(n int) string {
	r := rand.New(rand.NewPCG(2, 2))
	var words []string
	for range n {
		words = append(words, fmt.Sprintf("%c%c%c%c%c%c%c", 'a'+r.IntN(26), 'a'+r.IntN(26), 'a'+r.IntN(26), 'a'+r.IntN(26), 'a'+r.IntN(26), 'a'+r.IntN(26), 'a'+r.IntN(26)))
	}
	return strings.Join(words, " ")
}

// No query is an error or takes long, in an empty index as in one of texts with
// the same words: none takes a quarter of the time that writing those texts did.
func TestStrangeQueries(t *testing.T) {
	x := open(t, t.TempDir())
	t.Cleanup(func() { _ = x.Close() })
	var slowest, writing time.Duration
	var which string
	var again rugzak.Search
	for _, full := range []bool{false, true} {
		if full {
			for name, text := range strange() {
				var docs []rugzak.Document
				for i := range 20 {
					docs = append(docs, rugzak.Document{
						ID: rugzak.EntryID(fmt.Sprint(name, i)), State: rugzak.StateShared, Lang: rugzak.Languages()[i%2], Tokens: []string{"internal"},
						Title: strings.ToValidUTF8(text[:min(len(text), 80)], ""), Text: strings.ToValidUTF8(text, "") + " " + misspeltWords(200),
					})
				}
				start := time.Now()
				if err := x.Apply(t.Context(), rugzak.Batch{Put: docs}); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				writing += time.Since(start)
			}
		}
		for name, text := range strange() {
			for _, literal := range []bool{false, true} {
				for _, tokens := range [][]string{{"internal"}, {"org:nobody"}} {
					start := time.Now()
					q := rugzak.ParseQuery(text)
					s := rugzak.Search{Query: q, Tokens: tokens, Size: 10, Facets: rugzak.Facets(), Literal: literal, Archived: literal}
					r, err := x.Search(t.Context(), s)
					if took := time.Since(start); took > slowest {
						slowest, which, again = took, name, s
					}
					if err != nil {
						t.Errorf("%s: %v", name, err)
					}
					if (!full || tokens[0] != "internal") && r.Total > 0 || r.Corrected && tokens[0] != "internal" {
						t.Errorf("%s finds %d, of which nothing may be seen", name, r.Total)
					}
				}
			}
			if _, err := x.Suggest(t.Context(), rugzak.Typing{Text: text, Tokens: []string{"internal"}, Titles: 5, Words: 3}); err != nil {
				t.Errorf("suggestions for %s: %v", name, err)
			}
			if _, err := x.Similar(t.Context(), rugzak.Likeness{Title: text, Text: text, Tokens: []string{"internal"}, Most: 5}); err != nil {
				t.Errorf("like %s: %v", name, err)
			}
		}
	}
	most := writing / 4
	for tries := 0; slowest >= most && tries < 3; tries++ { // the machine may have paused
		start := time.Now()
		if _, err := x.Search(t.Context(), again); err != nil {
			t.Fatal(err)
		}
		slowest = min(slowest, time.Since(start))
	}
	t.Logf("the slowest is %s, %v; writing took %v", which, slowest, writing)
	if slowest >= most {
		t.Errorf("%s takes %v, writing all texts %v", which, slowest, writing)
	}
}

// A search of many misspelt words ends with its context, not only when all of
// them are looked up.
func TestRepairEndsWithItsContext(t *testing.T) {
	x := open(t, t.TempDir())
	t.Cleanup(func() { _ = x.Close() })
	if err := x.Apply(t.Context(), rugzak.Batch{Put: []rugzak.Document{{
		ID: "een", State: rugzak.StateShared, Lang: rugzak.Dutch, Tokens: []string{"internal"}, Text: misspeltWords(300),
	}}}); err != nil {
		t.Fatal(err)
	}
	s := rugzak.Search{Query: rugzak.ParseQuery("zzqzzqy zz* " + misspeltWords(60)), Tokens: []string{"internal"}, Size: 10}
	if _, err := x.Search(&rugzaktest.EndsLater{Context: t.Context(), Left: 1000000}, s); err != nil {
		t.Fatal(err)
	}
	// Wherever in the search the context ends, it is noticed.
	ended := 0
	for left := range 40 {
		if _, err := x.Search(&rugzaktest.EndsLater{Context: t.Context(), Left: left}, s); errors.Is(err, context.Canceled) {
			ended++
		}
	}
	if ended < 20 {
		t.Errorf("of 40 searches only %d ended with their context", ended)
	}
}

// Searches with typing errors go on while texts come and go, and none mixes
// what belongs to another: who may see nothing is told nothing.
func TestMisspeltWhileWriting(t *testing.T) {
	x := open(t, t.TempDir())
	t.Cleanup(func() { _ = x.Close() })
	put := func(n int) error {
		return x.Apply(t.Context(), rugzak.Batch{Put: []rugzak.Document{
			{ID: rugzak.EntryID(fmt.Sprint("zicht", n%20)), State: rugzak.StateShared, Lang: rugzak.Dutch, Tokens: []string{"internal"}, Title: "Qorveltix", Text: misspeltWords(20)},
			{ID: rugzak.EntryID(fmt.Sprint("dicht", n%30)), State: rugzak.StateShared, Lang: rugzak.Dutch, Tokens: []string{"team:x"}, Title: "Zibbedruf", Text: misspeltWords(20)},
		}})
	}
	if err := put(0); err != nil {
		t.Fatal(err)
	}
	stop := make(chan struct{})
	var writing, reading sync.WaitGroup
	writing.Go(func() {
		for n := 0; ; n++ {
			select {
			case <-stop:
				return
			default:
			}
			if err := put(n); err != nil {
				t.Error(err)
				return
			}
		}
	})
	for range 4 {
		reading.Go(func() {
			for range 100 {
				for _, c := range []struct {
					token, query, meant string
				}{{"internal", "qorveltiy", "qorveltix"}, {"internal", "zibbedruf", ""}, {"team:x", "zibbedrug", "zibbedruf"}, {"team:x", "qorveltix", ""}} {
					r, err := x.Search(t.Context(), rugzak.Search{Query: rugzak.ParseQuery(c.query), Tokens: []string{c.token}, Size: 30})
					if err != nil || r.Meant != c.meant || r.Corrected != (c.meant != "") || (r.Total > 0) != (c.meant != "") {
						t.Errorf("%s looks for %s: %d, meant %q, %v", c.token, c.query, r.Total, r.Meant, err)
						return
					}
				}
			}
		})
	}
	reading.Wait()
	close(stop)
	writing.Wait()
}
