// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func testIndexFacets(t *testing.T, x rugzak.Index) {
	doc := func(id string, kind rugzak.Kind, org rugzak.OrganisationID, year int, themes ...rugzak.ThemeID) rugzak.Document {
		return indexed(id, withText("budget"), func(d *rugzak.Document) {
			d.Kind, d.Organisation, d.Year, d.Themes, d.Phase, d.Drives = kind, org, year, themes, "start", []rugzak.DriveID{"rust"}
		})
	}
	indexPut(t, x,
		doc("1", rugzak.KindQuestion, "jeugd", 2025, "geld", "wonen"), doc("2", rugzak.KindInsight, "jeugd", 2026, "geld"),
		doc("3", rugzak.KindInsight, "zorg", 0), doc("4", rugzak.KindInsight, "zorg", 2026, "zorg", "zorg"))
	counts := func(query string, filter rugzak.Filter) string {
		r := indexSearch(t, x, rugzak.Search{Query: rugzak.ParseQuery(query), Tokens: indexMember(), Filter: filter,
			Facets: []rugzak.Facet{rugzak.FacetKind, rugzak.FacetOrganisation, rugzak.FacetTheme, rugzak.FacetYear, rugzak.FacetPhase, rugzak.FacetLang, rugzak.FacetDrive}})
		return fmt.Sprint(r.Facets)
	}
	for _, c := range []struct {
		filter rugzak.Filter
		want   string
	}{
		{nil, "map[drive:[{rust 4}] kind:[{insight 3} {question 1}] lang:[{nl 4}] organisation:[{jeugd 2} {zorg 2}] phase:[{start 4}] theme:[{geld 2} {wonen 1} {zorg 1}] year:[{2026 2} {2025 1}]]"},
		{rugzak.Filter{rugzak.FacetOrganisation: {"jeugd"}}, "map[drive:[{rust 2}] kind:[{insight 1} {question 1}] lang:[{nl 2}] organisation:[{jeugd 2} {zorg 2}] phase:[{start 2}] theme:[{geld 2} {wonen 1}] year:[{2025 1} {2026 1}]]"},
		{rugzak.Filter{rugzak.FacetYear: {"2026"}, rugzak.FacetDrive: {"rust"}, rugzak.FacetPhase: {"start"}}, "map[drive:[{rust 2}] kind:[{insight 2}] lang:[{nl 2}] organisation:[{jeugd 1} {zorg 1}] phase:[{start 2}] theme:[{geld 1} {zorg 1}] year:[{2026 2} {2025 1}]]"},
		// Each facet is counted by the choices in the others.
		{rugzak.Filter{rugzak.FacetTheme: {"geld", "zorg"}, rugzak.FacetOrganisation: {"jeugd"}}, "map[drive:[{rust 2}] kind:[{insight 1} {question 1}] lang:[{nl 2}] organisation:[{jeugd 2} {zorg 1}] phase:[{start 2}] theme:[{geld 2} {wonen 1}] year:[{2025 1} {2026 1}]]"},
		{rugzak.Filter{rugzak.FacetTheme: {"wonen"}, rugzak.FacetKind: {"insight"}, rugzak.FacetYear: {"2026"}}, "map[drive:[] kind:[] lang:[] organisation:[] phase:[] theme:[{geld 1} {zorg 1}] year:[]]"},
	} {
		for _, query := range []string{"budget", ""} {
			if got := counts(query, c.filter); got != c.want {
				t.Errorf("%q with %v:\n got %s\nwant %s", query, c.filter, got, c.want)
			}
		}
	}
}

func testIndexArchived(t *testing.T, x rugzak.Index) {
	indexPut(t, x, indexed("new", withText("oogst")), indexed("review", withText("oogst"), func(d *rugzak.Document) { d.State = rugzak.StateToReview }),
		indexed("old", withText("oogst"), func(d *rugzak.Document) { d.State = rugzak.StateArchived }))
	for _, query := range []string{"oogst", "", "-fiets", `"oogst"`} {
		indexWant(t, "without archive: "+query, indexFound(t, x, query), "new", "review")
		r := indexSearch(t, x, rugzak.Search{Query: rugzak.ParseQuery(query), Tokens: indexMember(), Size: 10, Archived: true})
		indexWant(t, "with archive: "+query, indexIDs(r), "new", "old", "review")
	}
	// A word that stands in the archive only is a typing error to who leaves it out.
	indexPut(t, x, indexed("new", withText("qorveltix")), indexed("old", withText("qorveltiz"), func(d *rugzak.Document) { d.State = rugzak.StateArchived }))
	for archived, want := range map[bool]rugzak.EntryID{false: "new", true: "old"} {
		r := indexSearch(t, x, rugzak.Search{Query: rugzak.ParseQuery("qorveltiz"), Tokens: indexMember(), Size: 10, Archived: archived})
		indexWant(t, "a word of the archive", indexIDs(r), want)
		if r.Corrected == archived {
			t.Errorf("with the archive (%v) a word of it is taken for %q", archived, r.Meant)
		}
	}
}

func testIndexNewest(t *testing.T, x rugzak.Index) {
	at := func(d time.Duration) func(*rugzak.Document) {
		return func(doc *rugzak.Document) { doc.ListedAt = indexEpoch.Add(d) }
	}
	indexPut(t, x, indexed("b", at(0)), indexed("a", at(0)), indexed("micro", at(time.Microsecond)), indexed("old", at(-40*365*24*time.Hour)),
		indexed("ancient", at(-100*365*24*time.Hour)), indexed("never", func(d *rugzak.Document) { d.ListedAt = time.Time{} }))
	r := indexSearch(t, x, rugzak.Search{Tokens: indexMember(), Size: 10, Sort: rugzak.ByNewest})
	indexWant(t, "newest first, then by id", indexRanked(r), "micro", "b", "a", "old", "ancient", "never")
	r = indexSearch(t, x, rugzak.Search{Tokens: indexMember(), Size: 10, Sort: rugzak.ByRelevance})
	indexWant(t, "without words relevance is newest", indexRanked(r), "micro", "b", "a", "old", "ancient", "never")
	r = indexSearch(t, x, rugzak.Search{Query: rugzak.ParseQuery("bijdrage"), Tokens: indexMember(), Size: 10, Sort: rugzak.ByNewest})
	indexWant(t, "newest first with words", indexRanked(r), "micro", "b", "a", "old", "ancient", "never")
}

// testIndexPaging goes through all hits, forwards and back, in pages of several
// sizes: each hit once, in the order of one big page.
func testIndexPaging(t *testing.T, x rugzak.Index) {
	const n = 83
	for part := range slices.Chunk(slices.Collect(rangeOf(n)), 10) {
		var docs []rugzak.Document
		for _, i := range part {
			docs = append(docs, indexed(fmt.Sprintf("p%02d", i), withText(strings.Repeat("kade ", i%4)+"brug"), func(d *rugzak.Document) {
				d.ListedAt = indexEpoch.Add(time.Duration(i%7) * time.Minute)
			}))
		}
		indexPut(t, x, docs...)
	}
	for _, query := range []string{"", "brug", "kade brug", "kade", "titel:titel kade"} {
		for _, by := range []rugzak.Sort{rugzak.ByRelevance, rugzak.ByNewest} {
			s := rugzak.Search{Query: rugzak.ParseQuery(query), Tokens: indexMember(), Sort: by, Size: rugzak.MaxPage}
			all := indexSearch(t, x, s)
			if all.Next != "" || all.Previous != "" {
				t.Errorf("%q by %s: a page with everything has neighbours", query, by)
			}
			for _, size := range []int{1, 7, 10, 41, 83, 84} {
				name := fmt.Sprintf("%q by %s in pages of %d", query, by, size)
				s.Size, s.After, s.Before = size, "", ""
				forward := collectPages(t, x, s, name, all.Total, true)
				indexWant(t, name+" forwards", forward, indexRanked(all)...)
				backward := collectPages(t, x, s, name, all.Total, false)
				indexWant(t, name+" backwards", backward, indexRanked(all)...)
			}
		}
	}
}

func rangeOf(n int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

// collectPages follows Next to the end; backwards it then follows Previous from
// the last page to the first.
func collectPages(t *testing.T, x rugzak.Index, s rugzak.Search, name string, total int, forwards bool) []rugzak.EntryID {
	var pages [][]rugzak.EntryID
	r := indexSearch(t, x, s)
	if r.Previous != "" {
		t.Errorf("%s: the first page has a previous one", name)
	}
	for range total + 2 {
		if r.Total != total {
			t.Errorf("%s: total %d, want %d", name, r.Total, total)
		}
		pages = append(pages, indexRanked(r))
		if r.Next == "" {
			break
		}
		s.After = r.Next
		if r = indexSearch(t, x, s); r.Previous == "" {
			t.Errorf("%s: page %d has no previous one", name, len(pages)+1)
		}
	}
	if forwards {
		return slices.Concat(pages...)
	}
	back := [][]rugzak.EntryID{indexRanked(r)}
	s.After = ""
	for range total + 2 {
		if r.Previous == "" {
			break
		}
		s.Before = r.Previous
		if r = indexSearch(t, x, s); r.Next == "" {
			t.Errorf("%s: going back, a page has no next one", name)
		}
		back = append(back, indexRanked(r))
	}
	slices.Reverse(back)
	return slices.Concat(back...)
}

// testIndexRewritten: where texts stand in the index decides nothing, also where
// very many are found equally well.
func testIndexRewritten(t *testing.T, x rugzak.Index) {
	var docs []rugzak.Document
	for i := range 90 {
		docs = append(docs, indexed(fmt.Sprintf("r%02d", i), withText("De kade en de brug, de sluis.")))
	}
	s := rugzak.Search{Query: rugzak.ParseQuery("kade brug"), Tokens: indexMember(), Size: rugzak.MaxPage}
	indexPut(t, x, docs...)
	first := indexRanked(indexSearch(t, x, s))
	slices.Reverse(docs)
	indexPut(t, x, docs...)
	indexWant(t, "written again in another order", indexRanked(indexSearch(t, x, s)), first...)
}

func testIndexCursors(t *testing.T, x rugzak.Index) {
	for i := range 9 {
		indexPut(t, x, indexed(fmt.Sprintf("c%d", i), withText("kade")))
	}
	s := rugzak.Search{Query: rugzak.ParseQuery("kade"), Tokens: indexMember(), Size: 4}
	first := indexSearch(t, x, s)
	newest := s
	newest.Sort = rugzak.ByNewest
	other := indexSearch(t, x, newest).Next
	for _, c := range []rugzak.Cursor{"x", "AAAA", "%%%", rugzak.Cursor(strings.Repeat("A", 5000)), "cgAAAA", "bi8", other, "cn_4AAAAAAAAAWE"} {
		bad := s
		bad.After = c
		indexWant(t, "after a cursor that cannot be read "+string(c[:min(len(c), 20)]), indexRanked(indexSearch(t, x, bad)), indexRanked(first)...)
		bad.After, bad.Before = "", c
		indexWant(t, "before a cursor that cannot be read", indexRanked(indexSearch(t, x, bad)), indexRanked(first)...)
	}
	if len(first.Next) > 300 {
		t.Errorf("a cursor has %d bytes", len(first.Next))
	}
	// The place stays when the entry that made it is gone.
	last := slices.MinFunc(first.Hits, func(a, b rugzak.Hit) int { return cmp.Compare(a.ID, b.ID) })
	if err := x.Apply(t.Context(), rugzak.Batch{Remove: []rugzak.EntryID{last.ID}}); err != nil {
		t.Fatal(err)
	}
	newest.After = other
	if got := indexRanked(indexSearch(t, x, newest)); slices.Contains(got, last.ID) || len(got) != 4 {
		t.Errorf("after a removed entry come %v", got)
	}
}
