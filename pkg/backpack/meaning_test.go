// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/meaning"
	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// meaningHouse is a house whose searches go by meaning too: the endpoint answers
// over real HTTP, and takes "zwirbel" and "knaspoet" for the same word.
type meaningHouse struct {
	*house
	server  *rugzaktest.MeaningServer
	vectors *meaning.Store
	w, r    rugzak.Person // writes, reads
}

func newMeaningHouse(t testing.TB, kind meaning.Kind) *meaningHouse {
	t.Helper()
	x := &meaningHouse{server: rugzaktest.NewMeaningServer(t, []string{"zwirbel", "knaspoet", "brolpif"}, []string{common, "alom"})}
	client, err := meaning.New(meaning.Options{URL: x.server.URL, Kind: kind, Model: "test"})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if x.vectors, err = meaning.OpenStore(filepath.Join(dir, "meaning"), meaning.StoreOptions{Model: client.Name()}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { // after the follower has ended: what is cleaned up last was opened first
		if err := x.vectors.Close(); err != nil {
			t.Error(err)
		}
	})
	x.house = openHouseWith(t, dir, &backpack.Meaning{Embedder: client, Vectors: x.vectors, Patience: time.Minute})
	return x
}

// newMeaningStarter is one with the starter content and its people.
func newMeaningStarter(t testing.TB, kind meaning.Kind) *meaningHouse {
	t.Helper()
	x := newMeaningHouse(t, kind)
	x.starter(t)
	x.w, x.r = x.person(t, "deelnemer@voorbeeld.test"), x.person(t, "facilitator@voorbeeld.test")
	return x
}

// followed waits for the index and the vectors.
func (x *meaningHouse) followed(t testing.TB) {
	t.Helper()
	x.caughtUp(t)
	if err := x.CatchUpMeaning(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
}

// asks returns the titles that are found; those found by meaning only have a
// star. A search that does not answer, as the index has not yet followed an
// entry out of sight, is asked again: on a busy machine that takes longer than a
// search waits.
func (x *meaningHouse) asks(t testing.TB, by rugzak.Person, a backpack.Asked) ([]string, backpack.SearchView) {
	t.Helper()
	v, err := x.Search(t.Context(), by, a)
	for end := time.Now().Add(time.Minute); rugzak.CodeOf(err) == rugzak.CodeUnavailable && time.Now().Before(end); {
		v, err = x.Search(t.Context(), by, a)
	}
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, h := range v.Hits {
		title := h.Title
		if h.ByMeaning {
			title += "*"
		}
		out = append(out, title)
	}
	return out, v
}

// What uses another word for the same is found too, and says so. Conditions of
// the question, filters and rights hold as ever.
func TestMeaning(t *testing.T) {
	t.Parallel()
	for _, kind := range []meaning.Kind{meaning.OpenAI, meaning.Ollama} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			x := newMeaningStarter(t, kind)
			x.share(t, x.w, simple("Knaspoet", "Knaspoet knaspoet, kwartel.", rugzak.LevelInternal))
			x.share(t, x.w, simple("Brolpif", "Brolpif brolpif.", rugzak.LevelInternal))
			x.share(t, x.w, simple("Zwirbel", "Zwirbel zwirbel.", rugzak.LevelInternal))
			mine := simple("Eigen knaspoet", "Knaspoet knaspoet knaspoet.", rugzak.LevelOrganisation)
			x.share(t, x.w, mine)
			draft := simple("Klad", "Knaspoet kladwoord.", rugzak.LevelInternal)
			if _, err := x.SaveDraft(t.Context(), x.w, x.idFor(x.w), 0, draft); err != nil {
				t.Fatal(err)
			}
			x.followed(t)
			if sent := strings.Join(x.server.Received(), "\n"); strings.Contains(sent, "kladwoord") || !strings.Contains(sent, "kwartel") {
				t.Error("a draft was sent, or what was shared was not")
			}
			for query, want := range map[string][]string{
				"zwirbel":           {"Brolpif*", "Knaspoet*", "Zwirbel"},
				"brolpif":           {"Brolpif", "Knaspoet*", "Zwirbel*"},
				"zwirbel -kwartel":  {"Brolpif*", "Zwirbel"},
				`"zwirbel zwirbel"`: {"Zwirbel"},
				"zwirb*":            {"Zwirbel"},
			} {
				got, v := x.asks(t, x.r, backpack.Asked{Query: query, Size: 100})
				slices.Sort(got)
				if !slices.Equal(got, want) {
					t.Errorf("%s finds %q, want %q", query, got, want)
				}
				if query == "zwirbel" && v.Total != 3 {
					t.Errorf("total %d", v.Total)
				}
				if query != "zwirbel" {
					continue
				}
				for _, f := range v.Facets {
					if n := f.Values[0].Count; f.Facet == rugzak.FacetKind && n != 1 {
						t.Errorf("the facets count %d", n)
					}
				}
			}
			for name, a := range map[string]backpack.Asked{
				"newest": {Query: "zwirbel", Sort: rugzak.ByNewest}, "literal": {Query: "zwirbel", Literal: true},
				"another kind": {Query: "zwirbel", Filter: rugzak.Filter{rugzak.FacetKind: {string(rugzak.KindMethod)}}},
			} {
				got, _ := x.asks(t, x.r, a)
				if slices.ContainsFunc(got, func(s string) bool { return strings.HasSuffix(s, "*") }) {
					t.Errorf("%s: %q", name, got)
				}
			}
			if got, _ := x.asks(t, x.w, backpack.Asked{Query: "zwirbel", Size: 100}); !slices.Contains(got, "Eigen knaspoet*") {
				t.Errorf("the writer finds %q", got)
			}
		})
	}
}

// A question in which there may be personal data is not sent, nor is a text with
// a number that may be a citizen service number.
func TestMeaningIsNotSent(t *testing.T) {
	t.Parallel()
	x := newMeaningStarter(t, meaning.Ollama)
	in := simple("Nummer van de zwirbel", "Kenmerk 111222333, kraanvogel.", rugzak.LevelInternal)
	in.NotBSN = []string{"111222333"}
	x.share(t, x.w, in)
	x.followed(t)
	if sent := strings.Join(x.server.Received(), "\n"); strings.Contains(sent, "kraanvogel") {
		t.Error("a text with a number was sent")
	}
	for _, q := range []string{"zwirbel 111222333", "bel 06-12345678", "mail iemand@elders.example", "mevrouw Jansen"} {
		x.asks(t, x.r, backpack.Asked{Query: q})
		if sent := x.server.Received(); len(sent) > 0 {
			t.Errorf("%q was sent", q)
		}
	}
	x.asks(t, x.r, backpack.Asked{Query: "zwirbel"})
	if sent := x.server.Received(); !slices.Equal(sent, []string{"zwirbel"}) {
		t.Errorf("control: sent %q", sent)
	}
}

// With an endpoint that fails, a search finds what it finds without one.
func TestMeaningFails(t *testing.T) {
	t.Parallel()
	x := newMeaningStarter(t, meaning.OpenAI)
	x.Meaning.Patience = 100 * time.Millisecond
	x.share(t, x.w, simple("Zwirbel", "Zwirbel zwirbel.", rugzak.LevelInternal))
	x.share(t, x.w, simple("Knaspoet", "Knaspoet knaspoet.", rugzak.LevelInternal))
	x.followed(t)
	failing := rugzaktest.Failing()
	failing["another length"] = func(http.ResponseWriter, *http.Request) bool { return false }
	for name, trouble := range failing {
		x.server.Trouble(trouble)
		if name == "another length" {
			x.server.SetLength(32)
		}
		x.clock.turn(x.clock.Now().Add(time.Minute))
		query := "zwirbel " + strings.Repeat("z", len(name)) // one that was not asked before
		if got, _ := x.asks(t, x.r, backpack.Asked{Query: query}); !slices.Equal(got, []string{"Zwirbel"}) {
			t.Errorf("%s: %q", name, got)
		}
		x.server.SetLength(64)
	}
	x.server.Trouble(nil)
	x.Meaning.Patience = time.Minute
	x.clock.turn(x.clock.Now().Add(time.Minute))
	if got, _ := x.asks(t, x.r, backpack.Asked{Query: "zwirbel"}); len(got) != 2 {
		t.Errorf("when it works again: %q", got)
	}
	// A text it does not take is left out; the others are not.
	x.server.Trouble(func(w http.ResponseWriter, r *http.Request) bool {
		if sent := x.server.Received(); !strings.Contains(strings.Join(sent, ""), "moeilijk") {
			return false
		}
		w.WriteHeader(http.StatusBadRequest)
		return true
	})
	x.share(t, x.w, simple("Knaspoet moeilijk", "Knaspoet.", rugzak.LevelInternal))
	last := x.share(t, x.w, simple("Knaspoet twee", "Knaspoet.", rugzak.LevelInternal))
	x.followed(t)
	if x.vectors.Sum(last.ID) == "" {
		t.Error("one text that is not taken stops all others")
	}
	// Another model under the same name: everything is made anew.
	x.server.Trouble(nil)
	x.server.SetLength(48)
	x.share(t, x.w, simple("Knaspoet drie", "Knaspoet.", rugzak.LevelInternal))
	_ = x.CatchUpMeaning(t.Context(), nil)
	x.followed(t)
	if x.vectors.Dimensions() != 48 || len(x.vectors.IDs()) < 5 {
		t.Errorf("%d dimensions of %d entries", x.vectors.Dimensions(), len(x.vectors.IDs()))
	}
}

// Page after page shows each hit once, forward and back, and the total is that
// of all of them.
func TestMeaningPages(t *testing.T) {
	t.Parallel()
	x := newMeaningStarter(t, meaning.Ollama)
	want := map[string]bool{}
	for i := range 130 {
		title := fmt.Sprintf("Zwirbel %d", i)
		body := "Zwirbel " + strings.Repeat("en nog wat ", i%7)
		if i%5 == 0 {
			title, body = fmt.Sprintf("Wiel %d", i), "Knaspoet "+strings.Repeat("knaspoet ", i%4)
		}
		want[title] = true
		x.share(t, x.w, simple(title, body, rugzak.LevelInternal))
	}
	x.followed(t)
	var pages [][]string
	a := backpack.Asked{Query: "zwirbel", Size: 10}
	var views []backpack.SearchView
	for range 40 {
		got, v := x.asks(t, x.r, a)
		pages, views = append(pages, got), append(views, v)
		if v.Next == "" {
			break
		}
		a.After = v.Next
	}
	all := slices.Concat(pages...)
	byMeaning := 0
	seen := map[string]bool{}
	for _, title := range all {
		if strings.HasSuffix(title, "*") {
			byMeaning++
		}
		if title = strings.TrimSuffix(title, "*"); seen[title] {
			t.Errorf("%s is shown twice", title)
		}
		seen[title] = true
	}
	if byMeaning == 0 || len(all) < 104+byMeaning {
		t.Errorf("%d hits, %d by meaning", len(all), byMeaning)
	}
	for title := range want {
		if strings.HasPrefix(title, "Zwirbel") && !seen[title] {
			t.Errorf("%s is not shown", title)
		}
	}
	for i, v := range views {
		if v.Total != len(all) {
			t.Errorf("page %d says %d of %d", i, v.Total, len(all))
		}
	}
	for i := len(pages) - 1; i > 0; i-- {
		got, _ := x.asks(t, x.r, backpack.Asked{Query: "zwirbel", Size: 10, Before: views[i].Previous})
		if !slices.Equal(got, pages[i-1]) {
			t.Errorf("back to page %d: %q, was %q", i-1, got, pages[i-1])
		}
	}
	if views[0].Previous != "" {
		t.Error("something is before the first page")
	}
}
