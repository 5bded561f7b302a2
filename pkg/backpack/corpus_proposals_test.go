// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

const (
	themePins   = 5  // entries that are put into a theme
	themeHidden = 10 // entries of its folder there must be beside them
	themeFirst  = 10 // of what is proposed
)

// TestCorpusProposals takes the folders that the texts of a corpus come from as
// themes: five entries of each are put in, the others stay out, and the first ten
// proposals are held against the folder. In the same run it asks what is plainly
// "more like this" of the five texts, in two ways: what Rugzak shows beside an
// entry, of the texts as one, and the terms that Lucene would pick, in a bare
// bleve index. The themes have no name, so that the texts alone count. It prints
// figures; it fails below 1.25 times what Rugzak's own "more like this" gives.
func TestCorpusProposals(t *testing.T) {
	f := newFolders(t)
	var ours, alike, lucene float64
	for n, name := range f.names {
		pins := f.pins(n)
		a, b, c := f.proposed(t, name, pins), f.alike(t, name, pins), f.lucene(t, name, pins)
		t.Logf("%-100s %4d entries: proposals %.1f, alike %.1f, Lucene's way %.1f", name, len(f.of[name]), a, b, c)
		ours, alike, lucene = ours+a, alike+b, lucene+c
	}
	count := float64(len(f.names))
	ours, alike, lucene = ours/count, alike/count, lucene/count
	t.Logf("%d themes, precision at %d: proposals %.3f; plain more like this %.3f (%.2f times); Lucene's way, bare bleve %.3f (%.2f times)",
		len(f.names), themeFirst, ours, alike, ours/alike, lucene, ours/lucene)
	if ours < 1.25*alike {
		t.Errorf("proposals are %.2f times as good as plain more like this; 1.25 is asked", ours/alike)
	}
}

// folders is a corpus in a house and in a bare index.
type folders struct {
	*house
	curator rugzak.Person
	docs    []rugzaktest.CorpusText
	of      map[string][]int // folder to places in docs
	folder  []string         // of each text
	names   []string         // of the folders that are themes
	ids     []rugzak.EntryID
	place   map[rugzak.EntryID]int
	bare    bleve.Index
}

func newFolders(t *testing.T) *folders {
	t.Helper()
	file, docs := rugzaktest.Corpus(t)
	f := &folders{docs: docs, of: map[string][]int{}, place: map[rugzak.EntryID]int{}}
	f.house = newHouse(t)
	f.importsCorpus(t, file, len(f.docs))
	o, err := f.SaveOrganisation(t.Context(), backpack.Operator(), "", 0, backpack.OrganisationInput{Name: "Jeugd", Kind: rugzak.Department})
	if err != nil {
		t.Fatal(err)
	}
	f.curator = f.join(t, o.ID, "", rugzak.RoleFacilitator)
	f.see(t, func(r rugzak.Reader) error {
		for i, d := range f.docs {
			id, err := r.EntryByExternal(rugzak.External{Source: "corpus", ID: d.ID})
			if err != nil {
				return err
			}
			name := path.Join(d.Repo, path.Dir(d.Path))
			f.ids, f.folder, f.place[id] = append(f.ids, id), append(f.folder, name), i
			f.of[name] = append(f.of[name], i)
		}
		return nil
	})
	for name, in := range f.of {
		if len(in) >= themePins+themeHidden {
			f.names = append(f.names, name)
		}
	}
	slices.Sort(f.names)
	if f.bare, err = bleve.New(filepath.Join(t.TempDir(), "bare"), bleve.NewIndexMapping()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.bare.Close(); err != nil {
			t.Error(err)
		}
	})
	for part := range slices.Chunk(f.docs, 500) {
		b := f.bare.NewBatch()
		for _, d := range part {
			if err := b.Index(d.ID, map[string]any{"text": d.Title + "\n" + d.Body}); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.bare.Batch(b); err != nil {
			t.Fatal(err)
		}
	}
	return f
}

// pins picks five entries of a folder.
func (f *folders) pins(n int) []int {
	in := slices.Clone(f.of[f.names[n]])
	random := rand.New(rand.NewPCG(uint64(n), 7))
	random.Shuffle(len(in), func(i, j int) { in[i], in[j] = in[j], in[i] })
	return in[:themePins]
}

// precision is how many of the first ten are of the folder.
func (f *folders) precision(name string, found []int) float64 {
	good := 0
	for _, i := range found[:min(len(found), themeFirst)] {
		if f.folder[i] == name {
			good++
		}
	}
	return float64(good) / themeFirst
}

// proposed makes the theme as a curator does and asks for its proposals.
func (f *folders) proposed(t *testing.T, name string, pins []int) float64 {
	t.Helper()
	ctx := t.Context()
	theme, err := f.SaveTheme(ctx, f.curator, "", 0, backpack.ThemeInput{Title: fmt.Sprintf("Xq%d", len(name))})
	if err != nil {
		t.Fatal(err)
	}
	var choices []backpack.Decision
	for _, i := range pins {
		choices = append(choices, backpack.Decision{Entry: f.ids[i], Theme: theme.ID, Choice: backpack.ChooseAdd})
	}
	done, err := f.Triage(ctx, f.curator, choices)
	if err != nil || done.Added != themePins {
		t.Fatalf("%+v, %v", done, err)
	}
	for _, i := range pins[:rugzak.MaxPins] {
		if err := f.PinInTheme(ctx, f.curator, f.ids[i], theme.ID, true); err != nil {
			t.Fatal(err)
		}
	}
	f.caughtUp(t)
	got, err := f.Proposals(ctx, f.curator, theme.ID, "")
	if err != nil || got.Behind {
		t.Fatalf("behind: %v, %v", got.Behind, err)
	}
	var found []int
	for _, c := range got.Cards {
		found = append(found, f.place[c.ID])
	}
	return f.precision(name, found)
}

// alike asks what Rugzak shows beside an entry, of the texts as one.
func (f *folders) alike(t *testing.T, name string, pins []int) float64 {
	t.Helper()
	ask := rugzak.Likeness{Tokens: rugzak.ReaderTokens(f.curator), Most: themeFirst}
	var titles, texts []string
	langs := map[rugzak.Lang]int{}
	for _, i := range pins {
		text, err := f.Renderer.Plain(t.Context(), f.docs[i].Body)
		if err != nil {
			t.Fatal(err)
		}
		titles, texts, ask.Except = append(titles, f.docs[i].Title), append(texts, text), append(ask.Except, f.ids[i])
		langs[rugzak.Lang(f.docs[i].Lang)]++
	}
	ask.Title, ask.Text, ask.Lang = strings.Join(titles, "\n"), strings.Join(texts, "\n"), rugzak.Dutch
	if langs[rugzak.English] > langs[rugzak.Dutch] {
		ask.Lang = rugzak.English
	}
	a, err := f.Service.Index.Similar(t.Context(), ask)
	if err != nil {
		t.Fatal(err)
	}
	var found []int
	for _, e := range a.Entries {
		found = append(found, f.place[e.ID])
	}
	return f.precision(name, found)
}

// lucene asks for the 25 terms of the texts with the highest tf-idf, of those that
// stand in them twice and in five texts: what "more like this" is in Lucene.
func (f *folders) lucene(t *testing.T, name string, pins []int) float64 {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	advanced, err := f.bare.Advanced()
	must(err)
	reader, err := advanced.Reader()
	must(err)
	defer func() { must(reader.Close()) }()
	analyser := f.bare.Mapping().AnalyzerNamed("standard")
	times := map[string]float64{}
	for _, i := range pins {
		for _, token := range analyser.Analyze([]byte(f.docs[i].Title + "\n" + f.docs[i].Body)) {
			times[string(token.Term)]++
		}
	}
	type scored struct {
		term  string
		worth float64
	}
	var terms []scored
	for term, n := range times {
		list, err := reader.TermFieldReader(t.Context(), []byte(term), "text", false, false, false)
		must(err)
		in := float64(list.Count())
		must(list.Close())
		if n >= 2 && in >= 5 {
			terms = append(terms, scored{term, n * (1 + math.Log(float64(len(f.docs))/(in+1)))})
		}
	}
	slices.SortFunc(terms, func(a, b scored) int { return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(a.term, b.term)) })
	var any []query.Query
	for _, s := range terms[:min(len(terms), 25)] {
		q := bleve.NewTermQuery(s.term)
		q.SetField("text")
		any = append(any, q)
	}
	got, err := f.bare.Search(bleve.NewSearchRequestOptions(bleve.NewDisjunctionQuery(any...), themeFirst+themePins, 0, false))
	must(err)
	place := map[string]int{}
	for i, d := range f.docs {
		place[d.ID] = i
	}
	var found []int
	for _, h := range got.Hits {
		if i := place[h.ID]; !slices.Contains(pins, i) {
			found = append(found, i)
		}
	}
	return f.precision(name, found)
}
