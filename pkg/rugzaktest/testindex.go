// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

// TestIndex checks that an implementation of rugzak.Index keeps every promise
// of the interface. open gives a new, empty index; the suite closes it.
func TestIndex(t *testing.T, open func(t *testing.T) rugzak.Index) {
	for _, part := range []struct {
		name string
		test func(t *testing.T, x rugzak.Index)
	}{
		{"empty", testIndexEmpty},
		{"put replace remove", testIndexApply},
		{"position", testIndexPosition},
		{"what is attached", testIndexAttached},
		{"rights", testIndexRights},
		{"rights and filter together", testIndexRightsAndFilter},
		{"what is hidden", testIndexHidden},
		{"model", testIndexModel},
		{"query language", testIndexQueries},
		{"phrases", testIndexPhrases},
		{"query bounds", testIndexBounds},
		{"languages", testIndexLanguages},
		{"ranking", testIndexRanking},
		{"words that mean the same", testIndexSame},
		{"keys of terms", testIndexTermKey},
		{"alike", testIndexSimilar},
		{"alike and hidden", testIndexSimilarHidden},
		{"what fits", testIndexFitting},
		{"what fits and hidden", testIndexFittingHidden},
		{"what rises", testIndexRising},
		{"facets", testIndexFacets},
		{"archived", testIndexArchived},
		{"verbs that fall apart", testIndexSeparable},
		{"newest", testIndexNewest},
		{"boosts", testIndexBoosts},
		{"paging", testIndexPaging},
		{"cursors", testIndexCursors},
		{"order after writing again", testIndexRewritten},
		{"fragments", testIndexFragments},
		{"fragment limits", testIndexFragmentLimits},
		{"fragments of whole words", testIndexFragmentWords},
		{"suggestions", testIndexSuggest},
		{"suggestions model", testIndexSuggestModel},
		{"suggestions and what is hidden", testIndexSuggestHidden},
		{"recognise", testIndexRecognise},
		{"rebuild", testIndexRebuild},
		{"rebuild thrown away", testIndexAbort},
		{"concurrency", testIndexConcurrency},
		{"closed", testIndexClosed},
	} {
		t.Run(part.name, func(t *testing.T) {
			x := open(t)
			t.Cleanup(func() {
				if err := x.Close(); err != nil {
					t.Errorf("closing: %v", err)
				}
			})
			part.test(t, x)
		})
	}
}

var indexEpoch = time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)

// indexed returns a document that every member of a department may find,
// changed by the edits.
func indexed(id string, edits ...func(*rugzak.Document)) rugzak.Document {
	d := rugzak.Document{
		ID: rugzak.EntryID(id), Kind: rugzak.KindExperience, State: rugzak.StateShared, Lang: rugzak.Dutch,
		Title: "Zonder titel", Text: "Een bijdrage.", Tokens: []string{rugzak.InternalToken},
		Organisation: "jeugd", Year: 2026, ListedAt: indexEpoch,
	}
	for _, edit := range edits {
		edit(&d)
	}
	return d
}

func withTitle(s string) func(*rugzak.Document) { return func(d *rugzak.Document) { d.Title = s } }
func withText(s string) func(*rugzak.Document)  { return func(d *rugzak.Document) { d.Text = s } }
func withLang(l rugzak.Lang) func(*rugzak.Document) {
	return func(d *rugzak.Document) { d.Lang = l }
}
func withTokens(tokens ...string) func(*rugzak.Document) {
	return func(d *rugzak.Document) { d.Tokens = tokens }
}

func indexPut(t testing.TB, x rugzak.Index, docs ...rugzak.Document) {
	t.Helper()
	if err := x.Apply(t.Context(), rugzak.Batch{Put: docs}); err != nil {
		t.Fatalf("Apply: %v", err)
	}
}

func indexSearch(t testing.TB, x rugzak.Index, s rugzak.Search) rugzak.Results {
	t.Helper()
	r, err := x.Search(t.Context(), s)
	if err != nil {
		t.Fatalf("Search(%v): %v", s, err)
	}
	return r
}

// indexFound lists, sorted, what a member of a department finds with a query.
func indexFound(t testing.TB, x rugzak.Index, query string) []rugzak.EntryID {
	t.Helper()
	return indexIDs(indexSearch(t, x, rugzak.Search{Query: rugzak.ParseQuery(query), Tokens: indexMember(), Size: rugzak.MaxPage}))
}

func indexIDs(r rugzak.Results) []rugzak.EntryID {
	out := indexRanked(r)
	slices.Sort(out)
	return out
}

func indexRanked(r rugzak.Results) []rugzak.EntryID {
	out := make([]rugzak.EntryID, len(r.Hits))
	for i, h := range r.Hits {
		out[i] = h.ID
	}
	return out
}

func indexMember() []string { return []string{rugzak.InternalToken} }

func indexWant[T cmp.Ordered](t testing.TB, what string, got []T, want ...T) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}
