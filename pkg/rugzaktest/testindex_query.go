// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

func testIndexQueries(t *testing.T, x rugzak.Index) {
	indexPut(t, x,
		indexed("1", withTitle("Samen aan tafel"), withText("Het keukentafelgesprek met de bewoner ging over schulden en wonen.")),
		indexed("2", withTitle("Brieven die mensen begrijpen"), withText("Korte zinnen helpen. De brief over schulden werd beter gelezen."),
			func(d *rugzak.Document) { d.Themes = []rugzak.ThemeID{"taal"} }),
		indexed("3", withTitle("Wonen en zorg"), withText("De zorg en het wonen komen samen in het wijkteam."),
			func(d *rugzak.Document) { d.Authors = []rugzak.PersonID{"p7"}; d.Organisation = "zorg" }),
		indexed("4", withTitle("Participatiewet"), withText("Pw, VT, W&I en 18-, maar ook 18+ komen voor. De wet over werk."),
			func(d *rugzak.Document) { d.Lesson = "Bel eerst"; d.Tags = []string{"rood potlood"} }),
		indexed("5", withTitle("Letters people understand"), withText("Short sentences help. The letter about debts was read more often."), withLang(rugzak.English)),
	)
	for _, c := range []struct {
		query string
		want  []rugzak.EntryID
	}{
		{"schulden", []rugzak.EntryID{"1", "2"}},
		{"schulden wijkteam", []rugzak.EntryID{"1", "2", "3"}},
		{"SCHULDEN", []rugzak.EntryID{"1", "2"}},
		{"schulden -brief", []rugzak.EntryID{"1"}},
		{"-schulden", []rugzak.EntryID{"3", "4", "5"}},
		{"-schuld*", []rugzak.EntryID{"3", "4", "5"}},
		{`"schulden en wonen"`, []rugzak.EntryID{"1"}},
		{`"zorg en het wonen"`, []rugzak.EntryID{"3"}},
		{`"wonen schulden"`, nil},
		{`"mensen begrijpen korte"`, nil}, // not over the end of a title
		{`schulden "korte zinnen"`, []rugzak.EntryID{"2"}},
		{`-"korte zinnen" schulden`, []rugzak.EntryID{"1"}},
		{"keukentafel*", []rugzak.EntryID{"1"}},
		{"wijk* brie*", []rugzak.EntryID{"2", "3"}},
		{"titel:wonen", []rugzak.EntryID{"3"}},
		{"title:letters", []rugzak.EntryID{"5"}},
		{`titel:"aan tafel"`, []rugzak.EntryID{"1"}},
		{"titel:brie*", []rugzak.EntryID{"2"}},
		{"-titel:wonen schulden wonen", []rugzak.EntryID{"1", "2"}},
		{"titel:zorg wijkteam", []rugzak.EntryID{"3"}},
		{"titel:zorg schulden", nil},
		{"bel", []rugzak.EntryID{"4"}},
		{"potlood", []rugzak.EntryID{"4"}},
		{"Pw", []rugzak.EntryID{"4"}},
		{"vt", []rugzak.EntryID{"4"}},
		{"W&I", []rugzak.EntryID{"4"}},
		{"18-", []rugzak.EntryID{"4"}},
		{"18+", []rugzak.EntryID{"4"}},
		{"67+", nil},
		{"thema:onbekend", nil},
		{"van:onbekend schulden", nil},
		{"-van:onbekend schulden", []rugzak.EntryID{"1", "2"}},
		{"de het een", []rugzak.EntryID{"1", "2", "3", "4", "5"}}, // stop words only
		{`"de het"`, []rugzak.EntryID{"1", "2", "3", "4", "5"}},
		{"de schulden", []rugzak.EntryID{"1", "2"}},
		{"", []rugzak.EntryID{"1", "2", "3", "4", "5"}},
		{"bestaatniet", nil},
		// Not the language, so plain words.
		{`"schulden`, []rugzak.EntryID{"1", "2"}},
		{"onbekend:schulden", []rugzak.EntryID{"1", "2"}},
		{"titel: schulden", []rugzak.EntryID{"1", "2"}},
		{"( AND OR schulden ~2 ^3 [x TO", []rugzak.EntryID{"1", "2"}},
		{"schulden \x00\xff -", []rugzak.EntryID{"1", "2"}},
	} {
		indexWant(t, c.query, indexFound(t, x, c.query), c.want...)
	}
	for _, c := range []struct {
		clause rugzak.Clause
		want   []rugzak.EntryID
	}{
		{rugzak.Clause{Field: rugzak.FieldTheme, Text: "taal", IDs: []string{"taal"}}, []rugzak.EntryID{"2"}},
		{rugzak.Clause{Field: rugzak.FieldFrom, Text: "zorg", IDs: []string{"org:zorg"}}, []rugzak.EntryID{"3"}},
		{rugzak.Clause{Field: rugzak.FieldFrom, Text: "noor", IDs: []string{"person:p7", "org:none"}}, []rugzak.EntryID{"3"}},
		{rugzak.Clause{Field: rugzak.FieldTheme, Text: "taal", IDs: []string{"taal"}, Exclude: true}, []rugzak.EntryID{"1", "3", "4", "5"}},
	} {
		q := rugzak.Query{Clauses: []rugzak.Clause{c.clause}}
		r := indexSearch(t, x, rugzak.Search{Query: q, Tokens: indexMember(), Size: 10})
		indexWant(t, string(c.clause.Field)+":"+c.clause.Text, indexIDs(r), c.want...)
	}
}

func testIndexBounds(t *testing.T, x rugzak.Index) {
	docs := make([]rugzak.Document, 150)
	for i := range docs {
		docs[i] = indexed(rugzak.NewID(indexEpoch), withText("woord"+strings.Repeat("x", i)))
	}
	indexPut(t, x, docs...)
	if r := indexSearch(t, x, rugzak.Search{Tokens: indexMember(), Size: 100000}); len(r.Hits) != rugzak.MaxPage || r.Total != len(docs) {
		t.Errorf("a page has %d hits of %d, want %d of %d", len(r.Hits), r.Total, rugzak.MaxPage, len(docs))
	}
	if r := indexSearch(t, x, rugzak.Search{Tokens: indexMember(), Size: -1}); len(r.Hits) != 0 || r.Total != len(docs) {
		t.Errorf("a page of -1 has %d hits of %d", len(r.Hits), r.Total)
	}
	// The rarest of very many beginnings may be left out; the answer still comes.
	if got := indexFound(t, x, "wo*"); len(got) == 0 {
		t.Error("wo* finds nothing")
	}
	var many rugzak.Query
	for range 10000 {
		many.Clauses = append(many.Clauses, rugzak.Clause{Text: "woord", Prefix: true})
	}
	if r := indexSearch(t, x, rugzak.Search{Query: many, Tokens: indexMember(), Size: 1}); len(r.Hits) != 1 {
		t.Errorf("ten thousand clauses find %d", len(r.Hits))
	}
	long := strings.Repeat("é", 100000)
	indexPut(t, x, indexed("long", withText(long)))
	indexWant(t, "a word of any length", indexFound(t, x, long[:400]), "long")
}

func testIndexLanguages(t *testing.T, x rugzak.Index) {
	indexPut(t, x,
		indexed("nl", withText("We werkten aan de afspraken; de ideeën kwamen één voor één."), withTitle("Gesprekken")),
		indexed("en", withText("We were working on the agreements; ideas came one by one."), withTitle("Conversations"), withLang(rugzak.English)),
		indexed("ij", withText("De ĳsbaan en het CAFÉ, foto’s van het coördineren.")),
	)
	for query, want := range map[string][]rugzak.EntryID{
		"werkte": {"nl"}, "afspraak": nil, "gesprek": {"nl"}, "ideeen": {"nl"},
		"agreement": {"en"}, "worked": {"en"}, "conversation": {"en"},
		"ijsbaan": {"ij"}, "cafe": {"ij"}, "Café": {"ij"}, "foto": {"ij"}, "foto's": {"ij"}, "coordineren": {"ij"},
	} {
		if want != nil {
			indexWant(t, query, indexFound(t, x, query), want...)
		}
	}
}

func testIndexSeparable(t *testing.T, x rugzak.Index) {
	indexPut(t, x,
		indexed("apart", withText("De jongere meldt zich vandaag zelf aan.")),
		indexed("whole", withText("Wie wil, kan zich aanmelden.")),
		indexed("other", withText("Hij meldt bij W&I een storing. Aan de balie, W&I aan, zit niemand.")),
	)
	indexWant(t, "aanmelden", indexFound(t, x, "aanmelden"), "apart", "whole")
	indexWant(t, "meldt aan", indexFound(t, x, "meldt aan"), "apart", "other", "whole")
	indexWant(t, "melden", indexFound(t, x, "melden"), "apart", "other")
	for _, query := range []string{"meldt -aan", "meldt -titel:aan", `meldt -"de aan"`, "-aan meldt"} { // what is not wanted is no part of a verb
		indexWant(t, query, indexFound(t, x, query), "apart", "other")
	}
	indexWant(t, "elsewhere", indexFound(t, x, "meldt thema:aan"))
}

func testIndexRanking(t *testing.T, x rugzak.Index) {
	docs := []rugzak.Document{
		indexed("title", withTitle("Huurachterstand voorkomen"), withText("Wat we leerden van een jaar bellen.")),
		indexed("body", withTitle("Een jaar bellen"), withText("Wij belden bij huurachterstand meteen.")),
		indexed("both", withTitle("Overleg"), withText("Van huurachterstand en van energiearmoede weten we nu meer, en van veel andere dingen die langer duren om te vertellen.")),
		indexed("often", withTitle("Energiearmoede"), withText("Energiearmoede. Energiearmoede! Energiearmoede?")),
	}
	for range 30 {
		docs = append(docs, indexed(rugzak.NewID(indexEpoch), withText("Iets heel anders.")))
	}
	indexPut(t, x, docs...)
	rank := func(query string) []rugzak.EntryID {
		return indexRanked(indexSearch(t, x, rugzak.Search{Query: rugzak.ParseQuery(query), Tokens: indexMember(), Size: 10}))
	}
	if got := rank("huurachterstand"); got[0] != "title" {
		t.Errorf("a word in the title ranks %v", got)
	}
	if got := rank("huurachterstand energiearmoede"); got[0] != "both" || len(got) != 4 {
		t.Errorf("all words rank above one word often: %v", got)
	}
	r := indexSearch(t, x, rugzak.Search{Query: rugzak.ParseQuery("huurachterstand energiearmoede"), Tokens: indexMember(), Size: 10})
	for i := 1; i < len(r.Hits); i++ {
		if r.Hits[i].Score > r.Hits[i-1].Score {
			t.Errorf("scores are not in order: %v", r.Hits)
		}
	}
}
