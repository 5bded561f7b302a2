// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"testing"

	"rugzak/pkg/rugzak"
)

func testIndexRights(t *testing.T, x rugzak.Index) {
	indexPut(t, x,
		indexed("draft", withText("schuldhulp"), withTokens("person:p1")),
		indexed("team", withText("schuldhulp"), withTokens("team:jeugd/wijk")),
		indexed("partner", withText("schuldhulp"), withTokens("org:jeugd", "org:stichting")),
		indexed("all", withText("schuldhulp"), withTokens("internal", "org:jeugd")),
		indexed("nobody", withText("schuldhulp"), withTokens()),
	)
	for _, c := range []struct {
		who    string
		tokens []string
		want   []rugzak.EntryID
	}{
		{"author", []string{"person:p1"}, []rugzak.EntryID{"draft"}},
		{"partner", []string{"person:p9", "org:stichting"}, []rugzak.EntryID{"partner"}},
		{"colleague", []string{"person:p2", "org:jeugd", "internal"}, []rugzak.EntryID{"all", "partner"}},
		{"team member", []string{"person:p1", "org:jeugd", "team:jeugd/wijk", "internal"}, []rugzak.EntryID{"all", "draft", "partner", "team"}},
		{"a token that is the beginning of another", []string{"org:jeug", "person:", "org", "team:jeugd"}, nil},
		{"nobody", nil, nil},
		{"an empty token", []string{""}, nil},
	} {
		for _, query := range []string{"schuldhulp", "", "-fiets", `"schuldhulp"`, "schuld*"} {
			r := indexSearch(t, x, rugzak.Search{Query: rugzak.ParseQuery(query), Tokens: c.tokens, Size: 10, Facets: rugzak.Facets()})
			indexWant(t, c.who+" with "+query, indexIDs(r), c.want...)
			if r.Total != len(c.want) {
				t.Errorf("%s with %q: total %d, want %d", c.who, query, r.Total, len(c.want))
			}
			counted := 0
			for _, f := range r.Facets[rugzak.FacetKind] {
				counted += f.Count
			}
			if counted != len(c.want) {
				t.Errorf("%s with %q: facets count %d, want %d", c.who, query, counted, len(c.want))
			}
		}
	}
	// Narrowing takes effect with the batch.
	indexPut(t, x, indexed("all", withText("schuldhulp"), withTokens("person:p1")))
	r := indexSearch(t, x, rugzak.Search{Tokens: []string{"org:jeugd", "internal"}, Size: 10})
	indexWant(t, "after narrowing", indexIDs(r), "partner")
}

// A library in which a second filter replaces the first would pass either the
// rights or the filter alone.
func testIndexRightsAndFilter(t *testing.T, x rugzak.Index) {
	var docs []rugzak.Document
	for _, org := range []string{"jeugd", "zorg"} {
		for _, kind := range []rugzak.Kind{rugzak.KindExperience, rugzak.KindQuestion} {
			for _, lang := range rugzak.Languages() {
				docs = append(docs, indexed(org+"-"+string(kind)+"-"+string(lang), withLang(lang), withText("budget"),
					withTokens("org:"+org), func(d *rugzak.Document) { d.Kind = kind; d.Themes = []rugzak.ThemeID{"geld"} }))
			}
		}
	}
	indexPut(t, x, docs...)
	filter := rugzak.Filter{rugzak.FacetKind: {"question"}, rugzak.FacetLang: {"nl"}}
	for _, query := range []string{"budget", "", "thema:geld", `thema:geld budget -fiets "budget"`} {
		q := rugzak.ParseQuery(query)
		for i := range q.Clauses {
			if q.Clauses[i].Field == rugzak.FieldTheme {
				q.Clauses[i].IDs = []string{"geld"}
			}
		}
		r := indexSearch(t, x, rugzak.Search{Query: q, Tokens: []string{"org:zorg"}, Filter: filter, Size: 10})
		indexWant(t, "rights and two filters with "+query, indexIDs(r), "zorg-question-nl")
	}
	r := indexSearch(t, x, rugzak.Search{Tokens: []string{"org:zorg"}, Size: 10,
		Filter: rugzak.Filter{rugzak.FacetKind: {"question", "insight"}, rugzak.FacetLang: {"nl", "en"}, rugzak.FacetTheme: {}}})
	indexWant(t, "any of the values of a facet", indexIDs(r), "zorg-question-en", "zorg-question-nl")
	r = indexSearch(t, x, rugzak.Search{Tokens: []string{"org:zorg"}, Size: 10, Filter: rugzak.Filter{"reader": {"org:zorg"}}})
	indexWant(t, "a facet that is none", indexIDs(r))
	if r := indexSearch(t, x, rugzak.Search{Tokens: []string{"org:zorg"}, Facets: []rugzak.Facet{"reader", "state"}}); len(r.Facets) != 0 {
		t.Errorf("facets that are none give %v", r.Facets)
	}
}
