// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

func testIndexSame(t *testing.T, x rugzak.Index) {
	indexPut(t, x,
		indexed("1", withTitle("Melding bij Veilig Thuis"), withText("Wij belden samen.")),
		indexed("2", withTitle("Melding bij VT"), withText("Wij belden te laat.")),
		indexed("3", withTitle("Thuis is het niet altijd fijn"), withText("Voelt iedereen zich veilig op straat?")),
		indexed("4", withTitle("Het besluit"), withText("De brief kwam laat.")),
		indexed("5", withTitle("Beschikkingen lezen"), withText("Elke beschikking in gewone taal.")),
		indexed("6", withTitle("Werk en Inkomen"), withText("Het loket.")),
		indexed("7", withTitle("Loket W&I"), withText("De toren.")),
		indexed("8", withTitle("Debt letters"), withText("The letter about debts."), withLang(rugzak.English)),
		indexed("9", withTitle("Brieven bij schulden"), withText("Kort en klaar.")),
		indexed("10", withTitle("Zorg in natura"), withText("Uitleg voor ouders.")),
		indexed("11", withTitle("Zin in de dag"), withText("Wij vroegen waar iemand zin in heeft.")),
	)
	same := [][]string{{"Veilig Thuis", "VT"}, {"besluit", "beschikking"}, {"Werk en Inkomen", "W&I"}, {"schuld", "debts"}, {"de", "niets"}, {"zorg in natura", "ZIN"}}
	for _, c := range []struct {
		query string
		want  []rugzak.EntryID
		also  []string
	}{
		{"vt", []rugzak.EntryID{"1", "2"}, []string{"Veilig Thuis"}},
		{"veilig thuis", []rugzak.EntryID{"1", "2", "3"}, []string{"VT"}},
		{`"veilig thuis"`, []rugzak.EntryID{"1", "2"}, []string{"VT"}},
		{`"veilig thuis belden"`, nil, nil}, // a phrase is taken as it stands
		{"thuis veilig", []rugzak.EntryID{"1", "3"}, nil},
		{"beschikkingen", []rugzak.EntryID{"4", "5"}, []string{"besluit"}},
		{"besluiten toren", []rugzak.EntryID{"4", "5", "7"}, []string{"beschikking"}},
		{"-besluit beschikking", []rugzak.EntryID{"5"}, []string{"besluit"}},
		{"titel:besluit", []rugzak.EntryID{"4"}, nil},
		{"W&I", []rugzak.EntryID{"6", "7"}, []string{"Werk en Inkomen"}},
		{"werk en inkomen", []rugzak.EntryID{"6", "7"}, []string{"W&I"}},
		{"schulden", []rugzak.EntryID{"8", "9"}, []string{"debts"}},
		{"debts", []rugzak.EntryID{"8", "9"}, []string{"schuld"}},
		{"vt w&i", []rugzak.EntryID{"1", "2", "6", "7"}, []string{"Veilig Thuis", "Werk en Inkomen"}},
		{"loket", []rugzak.EntryID{"6", "7"}, nil},
		// A short name that spells another word stands for itself in capitals only.
		{"zorg in natura", []rugzak.EntryID{"10"}, nil},
		{"zin", []rugzak.EntryID{"11"}, nil},
		{"ZIN", []rugzak.EntryID{"10", "11"}, []string{"zorg in natura"}},
		{"de", []rugzak.EntryID{"1", "10", "11", "2", "3", "4", "5", "6", "7", "8", "9"}, nil},
	} {
		r := indexSearch(t, x, rugzak.Search{Query: rugzak.ParseQuery(c.query), Tokens: indexMember(), Size: rugzak.MaxPage, Same: same, Literal: true})
		indexWant(t, c.query, indexIDs(r), c.want...)
		Same(t, c.query+": also", r.Also, c.also)
		if r.Total != len(c.want) {
			t.Errorf("%s: %d hits, want %d", c.query, r.Total, len(c.want))
		}
	}
	// What was typed stands above what means the same.
	for query, want := range map[string]rugzak.EntryID{"vt": "2", "veilig thuis": "1", "besluit": "4", "beschikking": "5", "W&I": "7"} {
		r := indexSearch(t, x, rugzak.Search{Query: rugzak.ParseQuery(query), Tokens: indexMember(), Size: 1, Same: same})
		indexWant(t, query+": first", indexRanked(r), want)
	}
	// Other groups count from the next search on.
	r := indexSearch(t, x, rugzak.Search{Query: rugzak.ParseQuery("vt"), Tokens: indexMember(), Size: 10, Same: [][]string{{"loket", "balie"}}})
	if r.Total != 1 || r.Also != nil {
		t.Errorf("with another group: %+v", r)
	}
	// A long text stays a long text when it has what means the same, in whatever
	// order is asked.
	indexPut(t, x, indexed("10", withTitle("Overleg"), withText("Veilig Thuis belde. "+strings.Repeat("Daarna gebeurde er nog heel veel meer. ", 100))))
	scores := map[string]float64{}
	for _, query := range []string{"vt overleg", "overleg vt"} {
		r := indexSearch(t, x, rugzak.Search{Query: rugzak.ParseQuery(query), Tokens: indexMember(), Size: 10, Same: same})
		for _, h := range r.Hits {
			if h.ID == "10" {
				scores[query] = h.Score
			}
		}
	}
	if a, b := scores["vt overleg"], scores["overleg vt"]; a != b || a == 0 {
		t.Errorf("by the order of the question a text scores %g and %g", a, b)
	}
}

func testIndexTermKey(t *testing.T, x rugzak.Index) {
	for _, c := range [][2]string{
		{"schulden", "Schuld"}, {"het wijkteam", "wijkteams"}, {"W&I", "w&i"}, {"één gezin", "een gezin"}, {"18-/18+", "18- 18+"},
	} {
		if a, b := x.TermKey(c[0]), x.TermKey(c[1]); a != b || a == "" {
			t.Errorf("%q and %q have the keys %q and %q", c[0], c[1], a, b)
		}
	}
	for _, words := range []string{"de", "van het", "", "?!"} {
		if key := x.TermKey(words); key != "" {
			t.Errorf("%q has the key %q", words, key)
		}
	}
	if x.TermKey("18-") == x.TermKey("18+") || x.TermKey("werk") == x.TermKey("werk en inkomen") {
		t.Error("different words have one key")
	}
}
