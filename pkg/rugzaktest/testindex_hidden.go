// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

// The words of the random test of what is hidden: ordinary ones, compounds and
// their parts, and per pair one of a visible and one of a hidden text that look
// alike.
var (
	plainWords    = strings.Fields("samenwerking afspraak wijkteam schuld hulp gezin gemeente lessen werken werkte idee ideeën stad steden aanvraag vergunning luisteren")
	compoundWords = strings.Fields("samenwerkingsafspraken schuldhulpverlening wijkteamoverleg vergunningsaanvraag onderwijssteekproef wijkvergadering gezinshulp")
	seenWords     = strings.Fields("kwartelpost zwanenbrug merelplein lijsterhof qorveltix zibbedruf")
	hiddenWords   = strings.Fields("kwartelkost zwanenburg merelplien lijsterhop qorveltiz zibbedrul kraanvogel steekproef steekproeven steekproefkader vergadering")
	splitQueries  = []string{"steek proef", "steek proeven", "verga dering", "wijk team", "schuld hulp verlening", "vergunning aanvraag", "zwanen brug", "kwartel kost"}
)

// reading is who looks for something.
type reading struct {
	name   string
	tokens []string
}

// testIndexHidden: what is hidden changes nothing: not which texts are found,
// counted or suggested, not their order, and not what a search takes a word for,
// whatever the words of hidden texts have in common with it.
func testIndexHidden(t *testing.T, x rugzak.Index) {
	random := rand.New(rand.NewPCG(17, 4))
	sentence := func(n int, from ...[]string) string {
		words := make([]string, n)
		for i := range words {
			words[i] = pickWord(random, slices.Concat(from...))
		}
		return strings.Join(words, " ")
	}
	readers := []reading{
		{"member of one department", []string{"internal", "org:jeugd"}},
		{"member of another, in a team", []string{"internal", "org:werk", "team:werk/wijk"}},
		{"partner", []string{"org:partner"}},
		{"author", []string{"org:partner2", "person:p"}},
	}
	for i := range 80 {
		d := indexed(fmt.Sprintf("seen%02d", i), withTitle(sentence(2, plainWords, seenWords)), listedAt(i),
			withText(sentence(7, plainWords, plainWords, compoundWords, seenWords)), withTokens(pickWord(random, readers).tokens...))
		if i%9 == 0 {
			d.State = rugzak.StateArchived
		}
		if i%5 == 0 {
			d.Lang = rugzak.English
		}
		indexPut(t, x, d)
	}
	asks := newHiddenAsks(random)
	before := map[string][]string{}
	for _, r := range readers {
		before[r.name] = asks.answers(t, x, r.tokens)
	}
	for round := range 2 {
		var docs []rugzak.Document
		for i := range 60 {
			d := indexed(fmt.Sprintf("hidden%d-%02d", round, i), withTitle(sentence(3, plainWords, hiddenWords)), listedAt(200+i),
				withText(sentence(20, plainWords, hiddenWords, compoundWords, seenWords)), withTokens("team:geheim/x", "person:q"))
			docs = append(docs, d)
		}
		// More words than a prefix stands for, each before or beside a visible one.
		var many []string
		for i := range 1400 {
			many = append(many, fmt.Sprintf("kwa%c%c%cz", 'a'+i/676%26, 'a'+i/26%26, 'a'+i%26))
		}
		text := strings.Join(many, " ")
		docs = append(docs, indexed(fmt.Sprintf("hidden%d-all", round), withTitle(text), withText(text), withTokens("team:geheim/x")))
		indexPut(t, x, docs...)
		if round == 1 { // some go again, others change
			if err := x.Apply(t.Context(), rugzak.Batch{Remove: []rugzak.EntryID{"hidden0-01", "hidden0-02", "hidden0-all"}}); err != nil {
				t.Fatal(err)
			}
		}
		wrong := 0
		for _, r := range readers {
			after := asks.answers(t, x, r.tokens)
			for i := range after {
				if after[i] != before[r.name][i] {
					if wrong++; wrong < 5 {
						t.Errorf("hidden texts change for a %s from\n%s\nto\n%s", r.name, before[r.name][i], after[i])
					}
				}
			}
		}
		if wrong > 0 {
			t.Fatalf("%d of %d answers differ", wrong, len(readers)*len(before[readers[0].name]))
		}
	}
	// The same questions do see a difference for who may read those texts.
	may := asks.answers(t, x, []string{"team:geheim/x"})
	differ := 0
	for i := range may {
		if may[i] != before["partner"][i] {
			differ++
		}
	}
	t.Logf("%d readers, %d questions each, twice; %d differ for who may read the hidden texts", len(readers), len(may), differ)
	if differ < len(may)/2 {
		t.Errorf("only %d of %d questions see a difference at all", differ, len(may))
	}
}

func pickWord[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// misspelt is a word with an edit: a letter missing, doubled or another, or two
// that changed places.
func misspelt(r *rand.Rand, word string) string {
	letters := []rune(word)
	i := r.IntN(len(letters) - 1)
	switch r.IntN(4) {
	case 0:
		return string(slices.Delete(letters, i, i+1))
	case 1:
		return string(slices.Insert(letters, i, letters[i]))
	case 2:
		letters[i] = 'a' + rune(r.IntN(26))
	default:
		letters[i], letters[i+1] = letters[i+1], letters[i]
	}
	return string(letters)
}

// hiddenAsks are random questions of every kind.
type hiddenAsks struct {
	searches []rugzak.Search
	typings  []string
	alike    []rugzak.Likeness
}

func newHiddenAsks(r *rand.Rand) hiddenAsks {
	var a hiddenAsks
	all := slices.Concat(plainWords, compoundWords, seenWords, hiddenWords)
	same := [][]string{{"kwartelpost", "kraanvogel"}, {"afspraak", "zwanenburg"}, {"hulp bij schuld", "schuldhulpverlening"}}
	add := func(query string) {
		for _, literal := range []bool{false, true} {
			s := rugzak.Search{Query: rugzak.ParseQuery(query), Size: rugzak.MaxPage, Facets: rugzak.Facets(), Literal: literal, Archived: r.IntN(2) == 0}
			if r.IntN(3) == 0 {
				s.Same = same
			}
			if r.IntN(5) == 0 {
				s.Filter = rugzak.Filter{rugzak.FacetLang: {"nl"}}
			}
			a.searches = append(a.searches, s)
		}
	}
	for _, w := range all {
		add(w)
		add(`"` + w + ` ` + pickWord(r, plainWords) + `"`)
		for range 3 {
			once := misspelt(r, w)
			add(once)
			add(pickWord(r, all) + " " + misspelt(r, once))
		}
		for n := 3; n < min(len(w), 9); n++ {
			add(pickWord(r, plainWords) + " " + strings.ToValidUTF8(w[:n], ""))
			add(w[:2] + w[2:n] + "*")
			a.typings = append(a.typings, w[:n], pickWord(r, plainWords)+" "+w[:n])
		}
		add("titel:" + w[:2] + "*")
		add(pickWord(r, plainWords) + " -" + w[:2] + "*")
		a.alike = append(a.alike, rugzak.Likeness{
			Title: w + " " + pickWord(r, all), Text: strings.Join([]string{w, pickWord(r, all), pickWord(r, all), pickWord(r, seenWords), w}, " "), Most: 5,
		})
	}
	r.Shuffle(len(a.searches), func(i, j int) { a.searches[i], a.searches[j] = a.searches[j], a.searches[i] })
	a.searches, a.typings = a.searches[:300], a.typings[:100]
	for _, q := range append(splitQueries, "kw*", "titel:kw*", "afspraak -kw*", "kwa*", "kwa* kw* qo* zi* me* zw*", "afspraak -kwa* -me* -zi* -qo* -zw* -li*") {
		add(q)
	}
	return a
}

// answers gives all that one reader is told, without scores.
func (a hiddenAsks) answers(t testing.TB, x rugzak.Index, tokens []string) []string {
	t.Helper()
	var out []string
	add := func(ask, answer any) {
		data, err := json.Marshal([]any{ask, answer})
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(data))
	}
	for _, s := range a.searches {
		s.Tokens = tokens
		found := indexSearch(t, x, s)
		add(s, []any{indexRanked(found), found.Total, found.Facets, found.Meant, found.Corrected, found.Also})
	}
	for _, typed := range a.typings {
		s := suggested(t, x, typed, tokens...)
		add(typed, []any{s.Titles, s.Words})
	}
	for _, l := range a.alike {
		add(l, alike(t, x, l, tokens...).Entries)
	}
	return out
}
