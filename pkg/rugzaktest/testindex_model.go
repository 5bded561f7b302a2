// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

// testIndexModel lets random people ask random questions about random entries
// that change all the time, and compares each answer with going through all.
func testIndexModel(t *testing.T, x rugzak.Index) {
	const seed = 7
	r := rand.New(rand.NewPCG(seed, seed))
	model := map[rugzak.EntryID]rugzak.Document{}
	for round := range 25 {
		b := rugzak.Batch{Position: rugzak.Position(fmt.Sprintf("%04d", round))}
		for range 12 {
			if id := rugzak.EntryID(fmt.Sprintf("e%03d", r.IntN(90))); r.IntN(6) == 0 {
				b.Remove = append(b.Remove, id)
				delete(model, id)
			} else if !slices.Contains(b.Remove, id) {
				d := randomDocument(r, id)
				b.Put = append(b.Put, d)
				model[id] = d
			}
		}
		if err := x.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		for range 20 {
			s := randomSearch(r)
			wanted := matching(model, s)
			got := indexSearch(t, x, s)
			indexWant(t, fmt.Sprintf("round %d, %+v", round, s), indexIDs(got), slices.Sorted(maps.Keys(wanted))...)
			if got.Total != len(wanted) {
				t.Errorf("round %d, %+v: total %d, want %d", round, s, got.Total, len(wanted))
			}
			for _, f := range s.Facets {
				if g, w := fmt.Sprint(got.Facets[f]), fmt.Sprint(countFacet(matching(model, unchosen(s, f)), f)); g != w {
					t.Errorf("round %d, %+v: facet %s is %s, want %s", round, s, f, g, w)
				}
			}
			if got.Position != b.Position {
				t.Errorf("position %q, want %q", got.Position, b.Position)
			}
			if t.Failed() {
				return
			}
		}
	}
}

var (
	modelWords  = []string{"fiets", "brug", "molen", "haven", "kade", "plein", "toren", "park"}
	modelTokens = []string{"internal", "org:a", "org:b", "org:c", "team:a/x", "team:b/x", "person:1", "person:2"}
	modelThemes = []string{"geld", "wonen", "zorg"}
	modelOrgs   = []string{"a", "b", "c"}
	modelDrives = []string{"rust", "lef"}
)

func some(r *rand.Rand, from []string, most int) []string {
	var out []string
	for range r.IntN(most + 1) {
		if v := from[r.IntN(len(from))]; !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

func randomDocument(r *rand.Rand, id rugzak.EntryID) rugzak.Document {
	d := rugzak.Document{
		ID: id, Kind: rugzak.Kinds()[r.IntN(3)], State: rugzak.StateShared, Lang: rugzak.Languages()[r.IntN(2)],
		Title: strings.Join(some(r, modelWords, 2), " "), Text: strings.Join(some(r, modelWords, 5), " "),
		Tokens: some(r, modelTokens, 3), Organisation: rugzak.OrganisationID(modelOrgs[r.IntN(3)]),
		Year: 2024 + r.IntN(3), ListedAt: indexEpoch.Add(time.Duration(r.IntN(5)) * time.Hour),
	}
	for _, th := range some(r, modelThemes, 2) {
		d.Themes = append(d.Themes, rugzak.ThemeID(th))
	}
	for _, drive := range some(r, modelDrives, 2) {
		d.Drives = append(d.Drives, rugzak.DriveID(drive))
	}
	if d.Kind == rugzak.Kinds()[0] {
		m := rugzak.MethodData{Goal: rugzak.MethodGoals()[r.IntN(3)], MinutesMin: r.IntN(90), GroupMax: r.IntN(40)}
		d.Choices = m.Choices()
	}
	if r.IntN(5) == 0 {
		d.State = rugzak.StateArchived
	}
	return d
}

func randomSearch(r *rand.Rand) rugzak.Search {
	s := rugzak.Search{Tokens: some(r, modelTokens, 3), Size: rugzak.MaxPage, Archived: r.IntN(3) == 0, Filter: rugzak.Filter{}}
	s.Facets = rugzak.AllFacets()
	r.Shuffle(len(s.Facets), func(i, j int) { s.Facets[i], s.Facets[j] = s.Facets[j], s.Facets[i] })
	s.Facets = s.Facets[:r.IntN(len(s.Facets)+1)] // some are chosen by without being counted
	if r.IntN(2) == 0 {
		s.Sort = rugzak.ByNewest
	}
	for _, w := range some(r, modelWords, 3) {
		c := rugzak.Clause{Text: w, Exclude: r.IntN(3) == 0}
		if r.IntN(4) == 0 {
			c.Field = rugzak.FieldTitle
		}
		s.Query.Clauses = append(s.Query.Clauses, c)
	}
	if r.IntN(4) == 0 {
		s.Query.Clauses = append(s.Query.Clauses, rugzak.Clause{Field: rugzak.FieldTheme, IDs: some(r, modelThemes, 2), Exclude: r.IntN(3) == 0})
	}
	if r.IntN(3) == 0 {
		s.Filter[rugzak.FacetOrganisation] = some(r, modelOrgs, 2)
	}
	if r.IntN(3) == 0 {
		s.Filter[rugzak.FacetYear] = []string{"2025", "1900"}[:1+r.IntN(2)]
	}
	if r.IntN(3) == 0 {
		s.Filter[rugzak.FacetTheme] = some(r, modelThemes, 3)
	}
	if r.IntN(4) == 0 {
		s.Filter[rugzak.FacetKind] = []string{string(rugzak.Kinds()[r.IntN(3)]), string(rugzak.Kinds()[r.IntN(3)])}
	}
	if r.IntN(5) == 0 {
		s.Among = []rugzak.EntryID{}
		for range r.IntN(40) {
			s.Among = append(s.Among, rugzak.EntryID(fmt.Sprintf("e%03d", r.IntN(100))))
		}
	}
	if r.IntN(5) == 0 {
		s.Filter[rugzak.FacetDrive] = some(r, modelDrives, 2)
	}
	if r.IntN(5) == 0 {
		s.Filter[rugzak.FacetTime] = []string{"30", "60"}[:1+r.IntN(2)]
	}
	if r.IntN(5) == 0 {
		s.Filter[rugzak.FacetGoal] = rugzak.MethodGoals()[:1+r.IntN(2)]
	}
	return s
}

// unchosen is the search without the choice within one facet: by that its
// values are counted.
func unchosen(s rugzak.Search, f rugzak.Facet) rugzak.Search {
	s.Filter = maps.Clone(s.Filter)
	delete(s.Filter, f)
	return s
}

// matching goes through all documents by the plain words of the interface.
func matching(model map[rugzak.EntryID]rugzak.Document, s rugzak.Search) map[rugzak.EntryID]rugzak.Document {
	out := map[rugzak.EntryID]rugzak.Document{}
	for id, d := range model {
		if matches(d, s) {
			out[id] = d
		}
	}
	return out
}

func matches(d rugzak.Document, s rugzak.Search) bool {
	if !slices.ContainsFunc(d.Tokens, func(t string) bool { return slices.Contains(s.Tokens, t) }) {
		return false
	}
	if d.State == rugzak.StateArchived && !s.Archived {
		return false
	}
	if s.Among != nil && !slices.Contains(s.Among, d.ID) {
		return false
	}
	for f, values := range s.Filter {
		if len(values) > 0 && !slices.ContainsFunc(facetValues(d, f), func(v string) bool { return slices.Contains(values, v) }) {
			return false
		}
	}
	loose, hit := false, false
	for _, c := range s.Query.Clauses {
		holds := false
		switch c.Field {
		case rugzak.FieldTheme:
			holds = slices.ContainsFunc(d.Themes, func(t rugzak.ThemeID) bool { return slices.Contains(c.IDs, string(t)) })
		case rugzak.FieldTitle:
			holds = slices.Contains(strings.Fields(d.Title), c.Text)
		default:
			holds = slices.Contains(strings.Fields(d.Title+" "+d.Text), c.Text)
		}
		switch {
		case c.Exclude && holds, !c.Exclude && c.Field != rugzak.FieldAny && !holds:
			return false
		case !c.Exclude && c.Field == rugzak.FieldAny:
			loose, hit = true, hit || holds
		}
	}
	return !loose || hit
}

func facetValues(d rugzak.Document, f rugzak.Facet) []string {
	var out []string
	switch f {
	case rugzak.FacetKind:
		out = []string{string(d.Kind)}
	case rugzak.FacetOrganisation:
		out = []string{string(d.Organisation)}
	case rugzak.FacetTheme:
		for _, t := range d.Themes {
			out = append(out, string(t))
		}
	case rugzak.FacetDrive:
		for _, drive := range d.Drives {
			out = append(out, string(drive))
		}
	case rugzak.FacetPhase:
		out = []string{string(d.Phase)}
	case rugzak.FacetYear:
		out = []string{strconv.Itoa(d.Year)}
	case rugzak.FacetLang:
		out = []string{string(d.Lang)}
	default:
		out = slices.Clone(d.Choices[f])
	}
	return slices.DeleteFunc(out, func(v string) bool { return v == "" || v == "0" })
}

func countFacet(docs map[rugzak.EntryID]rugzak.Document, f rugzak.Facet) []rugzak.FacetCount {
	counts := map[string]int{}
	for _, d := range docs {
		for _, v := range facetValues(d, f) {
			counts[v]++
		}
	}
	out := []rugzak.FacetCount{}
	for v, n := range counts {
		out = append(out, rugzak.FacetCount{Value: v, Count: n})
	}
	slices.SortFunc(out, func(a, b rugzak.FacetCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	return out
}
