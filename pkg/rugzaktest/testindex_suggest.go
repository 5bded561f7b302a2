// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func suggested(t testing.TB, x rugzak.Index, typed string, tokens ...string) rugzak.Suggested {
	t.Helper()
	s, err := x.Suggest(t.Context(), rugzak.Typing{Text: typed, Tokens: tokens, Titles: 20, Words: 5})
	if err != nil {
		t.Fatalf("Suggest(%q): %v", typed, err)
	}
	return s
}

func listedAt(hours int) func(*rugzak.Document) {
	return func(d *rugzak.Document) { d.ListedAt = indexEpoch.Add(time.Duration(hours) * time.Hour) }
}

func testIndexSuggest(t *testing.T, x rugzak.Index) {
	indexPut(t, x,
		indexed("old", withTitle("Samen bellen met ouders"), listedAt(1)),
		indexed("new", withTitle("Samen bellen, dan pas schrijven"), listedAt(3)),
		indexed("later", withTitle("Eerst samen eten"), listedAt(9), func(d *rugzak.Document) { d.Tags = []string{"samenwerking"} }),
		indexed("turned", withTitle("Bellen helpt, samen lukt het"), listedAt(2)),
		indexed("ideas", withTitle("Ideeën over W&I en 18-"), listedAt(4), withLang(rugzak.English)),
		indexed("wmo", withTitle("Een brief over de WMO en ZRMM"), listedAt(5)),
		indexed("archive", withTitle("Samen archiveren"), listedAt(8), func(d *rugzak.Document) { d.State = rugzak.StateArchived }),
	)
	for _, c := range []struct {
		typed  string
		titles []rugzak.EntryID
		words  []string
	}{
		{"s", []rugzak.EntryID{"new", "old", "later", "turned"}, nil},
		{"sa", []rugzak.EntryID{"new", "old", "later", "turned"}, nil},
		{"sam", []rugzak.EntryID{"new", "old", "later", "turned"}, []string{"samen", "samenwerking"}},
		{"SAMEN", []rugzak.EntryID{"new", "old", "later", "turned"}, []string{"samenwerking"}},
		{"samen b", []rugzak.EntryID{"new", "old", "turned"}, nil},
		{"samen bel", []rugzak.EntryID{"new", "old", "turned"}, []string{"samen bellen"}},
		{"samen ", []rugzak.EntryID{"new", "old", "later", "turned"}, nil},
		{"same ", nil, nil},
		{"same bel", nil, []string{"same bellen"}}, // no title has both: any text that the reader may find
		{"idee", []rugzak.EntryID{"ideas"}, []string{"ideeën"}},
		{"Ideeë", []rugzak.EntryID{"ideas"}, []string{"ideeën"}},
		{"wm", []rugzak.EntryID{"wmo"}, nil},
		{"zrm", []rugzak.EntryID{"wmo"}, []string{"ZRMM"}},
		{"w&i", []rugzak.EntryID{"ideas"}, nil},
		{"18", []rugzak.EntryID{"ideas"}, nil},
		{"de", []rugzak.EntryID{"wmo"}, nil},
		{"ov", []rugzak.EntryID{"wmo", "ideas"}, nil}, // "over" is too common to suggest
		{"amen", nil, nil},
		{"samen zwemmen", nil, nil},
		{"", nil, nil},
		{" ,-", nil, nil},
		{strings.Repeat("samen ", 30), nil, nil},
		{"\xff", nil, nil},
	} {
		s := suggested(t, x, c.typed, rugzak.InternalToken)
		indexWant(t, fmt.Sprintf("titles for %q", c.typed), s.Titles, c.titles...)
		indexWant(t, fmt.Sprintf("words for %q", c.typed), s.Words, c.words...)
	}
	two, err := x.Suggest(t.Context(), rugzak.Typing{Text: "samen", Tokens: indexMember(), Titles: 3, Words: 0})
	if err != nil || len(two.Words) > 0 {
		t.Errorf("words that were not asked for: %v, %v", two.Words, err)
	}
	indexWant(t, "the first of the order", two.Titles, "new", "old", "later")
	// What is taken out or changed is suggested no more.
	if err := x.Apply(t.Context(), rugzak.Batch{Put: []rugzak.Document{indexed("new", withTitle("Iets anders"))}, Remove: []rugzak.EntryID{"later"}, Position: "7"}); err != nil {
		t.Fatal(err)
	}
	s := suggested(t, x, "sam", rugzak.InternalToken)
	indexWant(t, "titles after a change", s.Titles, "old", "turned")
	indexWant(t, "words after a change", s.Words, "samen")
	if s.Position != "7" {
		t.Errorf("position %q", s.Position)
	}
	if s := suggested(t, x, "sa"); len(s.Titles)+len(s.Words) > 0 || s.Position != "7" {
		t.Errorf("without tokens: %+v", s)
	}
}

// testIndexSuggestModel compares suggestions to random readers with going
// through the titles they may find, while entries come and go.
func testIndexSuggestModel(t *testing.T, x rugzak.Index) {
	r := rand.New(rand.NewPCG(11, 4))
	words := []string{"fiets", "fietspad", "fietsen", "brug", "brugwachter", "molen", "moeder", "Éen", "haven", "havenkade"}
	model := map[rugzak.EntryID]rugzak.Document{}
	asked, filled := 0, 0
	for range 25 {
		var b rugzak.Batch
		for range 10 {
			id := rugzak.EntryID(fmt.Sprintf("e%03d", r.IntN(80)))
			if r.IntN(6) == 0 {
				b.Remove = append(b.Remove, id)
				delete(model, id)
			} else if !slices.Contains(b.Remove, id) {
				d := randomDocument(r, id)
				d.Title = strings.Join(some(r, words, 4), " ")
				b.Put = append(b.Put, d)
				model[id] = d
			}
		}
		if err := x.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		for _, typed := range []string{"f", "fi", "fie", "fiets", "fiets bru", "brug f", "moe", "ee", "haven ", "hav", "molen moeder fie"} {
			tokens := some(r, modelTokens, 3)
			got := suggested(t, x, typed, tokens...)
			titles, finished := suggestible(model, typed, tokens)
			indexWant(t, fmt.Sprintf("titles for %q with %v", typed, tokens), got.Titles, titles[:min(len(titles), 20)]...)
			indexWant(t, fmt.Sprintf("words for %q with %v", typed, tokens), got.Words, finished[:min(len(finished), 5)]...)
			if asked++; len(got.Titles) > 0 {
				filled++
			}
			if t.Failed() {
				return
			}
		}
	}
	if filled < asked/4 {
		t.Errorf("only %d of %d answers had something in them", filled, asked)
	}
}

// suggestible is the rule spelled out a second time, for plain words.
func suggestible(model map[rugzak.EntryID]rugzak.Document, typed string, tokens []string) (titles []rugzak.EntryID, finished []string) {
	fold := func(s string) []string { return strings.Fields(strings.ReplaceAll(strings.ToLower(s), "é", "e")) }
	asked, open := fold(typed), !strings.HasSuffix(typed, " ")
	last := asked[len(asked)-1]
	begins := map[rugzak.EntryID]bool{}
	together, alone := map[string]int{}, map[string]int{}
	for id, d := range model {
		if !matches(d, rugzak.Search{Tokens: tokens}) {
			continue
		}
		title := fold(d.Title)
		in := func(i int) bool {
			if open && i == len(asked)-1 {
				return slices.ContainsFunc(title, func(w string) bool { return strings.HasPrefix(w, last) })
			}
			return slices.Contains(title, asked[i])
		}
		all := true
		for i := range asked {
			all = all && in(i)
		}
		if all {
			titles = append(titles, id)
			begins[id] = title[0] == asked[0] || open && len(asked) == 1 && strings.HasPrefix(title[0], last)
		}
		for _, w := range title {
			if open && len(last) > 2 && strings.HasPrefix(w, last) && w != last && w != "een" {
				alone[w]++
				if all {
					together[w]++
				}
			}
		}
	}
	slices.SortFunc(titles, func(a, b rugzak.EntryID) int {
		if begins[a] != begins[b] {
			return map[bool]int{true: -1, false: 1}[begins[a]]
		}
		return cmp.Or(model[b].ListedAt.Compare(model[a].ListedAt), cmp.Compare(b, a))
	})
	if len(together) == 0 {
		together = alone
	}
	for w := range together {
		finished = append(finished, w)
	}
	slices.SortFunc(finished, func(a, b string) int { return cmp.Or(together[b]-together[a], cmp.Compare(a, b)) })
	for i, w := range finished {
		finished[i] = typed[:len(typed)-len(last)] + w
	}
	return titles, finished
}

// testIndexSuggestHidden: hidden texts change nothing, however many there are,
// however new they are and whatever they have in common with what may be seen.
func testIndexSuggestHidden(t *testing.T, x rugzak.Index) {
	for i := range 12 {
		indexPut(t, x, indexed(fmt.Sprintf("seen%02d", i), withTitle(fmt.Sprintf("Verhaal over de molen nummer%d", i)), listedAt(i), withTokens("org:welzijn", "internal")))
	}
	ask := func() string {
		var all []rugzak.Suggested
		for _, typed := range []string{"v", "ver", "verhaal", "verhaal m", "verhaal over de mol", "mol", "nu", "nummer1", "schat", "ge"} {
			all = append(all, suggested(t, x, typed, "org:welzijn"))
		}
		return fmt.Sprint(all)
	}
	before := ask()
	var docs []rugzak.Document
	for i := range 400 {
		docs = append(docs, indexed(fmt.Sprintf("hidden%03d", i), listedAt(100+i), withTokens("team:jeugd/wijk"),
			withTitle([]string{"Verhaal over de molen", "Verhalen van de molenaar", "Geheim over een schat", "Nummer een"}[i%4])))
	}
	indexPut(t, x, docs...)
	if after := ask(); after != before {
		t.Errorf("hidden entries change suggestions from\n%s\nto\n%s", before, after)
	}
	if s := suggested(t, x, "scha", "team:jeugd/wijk"); len(s.Titles) != 20 || len(s.Words) != 1 {
		t.Errorf("who may see them gets %+v", s)
	}
}

func testIndexRecognise(t *testing.T, x rugzak.Index) {
	for _, c := range []struct {
		typed, name string
		want        string // with what is marked in brackets
		begins      bool
	}{
		{"sam", "Samen werken", "[Sam]en werken", true},
		{"werk", "Samen werken", "Samen [werk]en", false},
		{"samen w", "Samen werken", "[Samen] [w]erken", true},
		{"werken sam", "Samen werken", "[Sam]en [werken]", false},
		{"idee", "Ideeën", "[Idee]ën", true},
		{"ideeën", "Ideeen", "[Ideeen]", true},
		{"ideee", "Ideeën", "[Ideeë]n", true},
		{"W&", "W&I en Jeugd", "[W]&I en Jeugd", true},
		{"w&i", "W&I en Jeugd", "[W&I] en Jeugd", true},
		{"samen ", "Samen werken", "[Samen] werken", true},
		{"same ", "Samen werken", "", false},
		{"erken", "Samen werken", "", false},
		{"", "Samen", "", false},
		{"x", "", "", false},
	} {
		r, ok := x.Recognise(c.typed)(c.name)
		got := ""
		if ok {
			at := 0
			for _, m := range r.Marks {
				got += c.name[at:m.Start] + "[" + c.name[m.Start:m.End] + "]"
				at = m.End
			}
			got += c.name[at:]
		}
		if got != c.want || r.Begins != c.begins {
			t.Errorf("%q in %q: %q %v, want %q %v", c.typed, c.name, got, r.Begins, c.want, c.begins)
		}
	}
}
