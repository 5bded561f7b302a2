// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/meaning"
	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// meaningHouse is a house whose searches go by meaning too: the endpoint answers
// over real HTTP, and takes "fiets" and "rijwiel" for the same word.
type meaningHouse struct {
	*house
	server  *rugzaktest.MeaningServer
	vectors *meaning.Store
	w, r    rugzak.Person // writes, reads
}

func newMeaningHouse(t testing.TB, kind meaning.Kind) *meaningHouse {
	t.Helper()
	x := &meaningHouse{server: rugzaktest.NewMeaningServer(t, []string{"fiets", "rijwiel", "tweewieler"}, []string{common, "alom"})}
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
	x.house = openHouseWith(t, dir, &backpack.Meaning{Embedder: client, Vectors: x.vectors, Patience: 5 * time.Second})
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
// star.
func (x *meaningHouse) asks(t testing.TB, by rugzak.Person, a backpack.Asked) ([]string, backpack.SearchView) {
	t.Helper()
	v, err := x.Search(t.Context(), by, a)
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
			x := newMeaningHouse(t, kind)
			x.share(t, x.w, simple("Rijwiel", "Rijwiel rijwiel, kwartel.", rugzak.LevelInternal))
			x.share(t, x.w, simple("Tweewieler", "Tweewieler tweewieler.", rugzak.LevelInternal))
			x.share(t, x.w, simple("Fiets", "Fiets fiets.", rugzak.LevelInternal))
			mine := simple("Eigen rijwiel", "Rijwiel rijwiel rijwiel.", rugzak.LevelOrganisation)
			x.share(t, x.w, mine)
			draft := simple("Klad", "Rijwiel kladwoord.", rugzak.LevelInternal)
			if _, err := x.SaveDraft(t.Context(), x.w, x.idFor(x.w), 0, draft); err != nil {
				t.Fatal(err)
			}
			x.followed(t)
			if sent := strings.Join(x.server.Received(), "\n"); strings.Contains(sent, "kladwoord") || !strings.Contains(sent, "kwartel") {
				t.Error("a draft was sent, or what was shared was not")
			}
			for query, want := range map[string][]string{
				"fiets":          {"Fiets", "Rijwiel*", "Tweewieler*"},
				"tweewieler":     {"Fiets*", "Rijwiel*", "Tweewieler"},
				"fiets -kwartel": {"Fiets", "Tweewieler*"},
				`"fiets fiets"`:  {"Fiets"},
				"fiet*":          {"Fiets"},
			} {
				got, v := x.asks(t, x.r, backpack.Asked{Query: query, Size: 100})
				slices.Sort(got)
				if !slices.Equal(got, want) {
					t.Errorf("%s finds %q, want %q", query, got, want)
				}
				if query == "fiets" && v.Total != 3 {
					t.Errorf("total %d", v.Total)
				}
				if query != "fiets" {
					continue
				}
				for _, f := range v.Facets {
					if n := f.Values[0].Count; f.Facet == rugzak.FacetKind && n != 1 {
						t.Errorf("the facets count %d", n)
					}
				}
			}
			for name, a := range map[string]backpack.Asked{
				"newest": {Query: "fiets", Sort: rugzak.ByNewest}, "literal": {Query: "fiets", Literal: true},
				"another kind": {Query: "fiets", Filter: rugzak.Filter{rugzak.FacetKind: {string(rugzak.KindMethod)}}},
			} {
				got, _ := x.asks(t, x.r, a)
				if slices.ContainsFunc(got, func(s string) bool { return strings.HasSuffix(s, "*") }) {
					t.Errorf("%s: %q", name, got)
				}
			}
			if got, _ := x.asks(t, x.w, backpack.Asked{Query: "fiets", Size: 100}); !slices.Contains(got, "Eigen rijwiel*") {
				t.Errorf("the writer finds %q", got)
			}
		})
	}
}

// A question in which there may be personal data is not sent, nor is a text with
// a number that may be a citizen service number.
func TestMeaningIsNotSent(t *testing.T) {
	t.Parallel()
	x := newMeaningHouse(t, meaning.Ollama)
	in := simple("Nummer van de fiets", "Kenmerk 111222333, kraanvogel.", rugzak.LevelInternal)
	in.NotBSN = []string{"111222333"}
	x.share(t, x.w, in)
	x.followed(t)
	if sent := strings.Join(x.server.Received(), "\n"); strings.Contains(sent, "kraanvogel") {
		t.Error("a text with a number was sent")
	}
	for _, q := range []string{"fiets 111222333", "bel 06-12345678", "mail iemand@elders.example", "mevrouw Jansen"} {
		x.asks(t, x.r, backpack.Asked{Query: q})
		if sent := x.server.Received(); len(sent) > 0 {
			t.Errorf("%q was sent", q)
		}
	}
	x.asks(t, x.r, backpack.Asked{Query: "fiets"})
	if sent := x.server.Received(); !slices.Equal(sent, []string{"fiets"}) {
		t.Errorf("control: sent %q", sent)
	}
}

// With an endpoint that fails, a search finds what it finds without one.
func TestMeaningFails(t *testing.T) {
	t.Parallel()
	x := newMeaningHouse(t, meaning.OpenAI)
	x.Meaning.Patience = 100 * time.Millisecond
	x.share(t, x.w, simple("Fiets", "Fiets fiets.", rugzak.LevelInternal))
	x.share(t, x.w, simple("Rijwiel", "Rijwiel rijwiel.", rugzak.LevelInternal))
	x.followed(t)
	failing := rugzaktest.Failing()
	failing["another length"] = func(http.ResponseWriter, *http.Request) bool { return false }
	for name, trouble := range failing {
		x.server.Trouble(trouble)
		if name == "another length" {
			x.server.SetLength(32)
		}
		x.clock = x.clock.Add(time.Minute)
		query := "fiets " + strings.Repeat("z", len(name)) // one that was not asked before
		if got, _ := x.asks(t, x.r, backpack.Asked{Query: query}); !slices.Equal(got, []string{"Fiets"}) {
			t.Errorf("%s: %q", name, got)
		}
		x.server.SetLength(64)
	}
	x.server.Trouble(nil)
	x.clock = x.clock.Add(time.Minute)
	if got, _ := x.asks(t, x.r, backpack.Asked{Query: "fiets"}); len(got) != 2 {
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
	x.share(t, x.w, simple("Rijwiel moeilijk", "Rijwiel.", rugzak.LevelInternal))
	last := x.share(t, x.w, simple("Rijwiel twee", "Rijwiel.", rugzak.LevelInternal))
	x.followed(t)
	if x.vectors.Sum(last.ID) == "" {
		t.Error("one text that is not taken stops all others")
	}
	// Another model under the same name: everything is made anew.
	x.server.Trouble(nil)
	x.server.SetLength(48)
	x.share(t, x.w, simple("Rijwiel drie", "Rijwiel.", rugzak.LevelInternal))
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
	x := newMeaningHouse(t, meaning.Ollama)
	want := map[string]bool{}
	for i := range 130 {
		title := fmt.Sprintf("Fiets %d", i)
		body := "Fiets " + strings.Repeat("en nog wat ", i%7)
		if i%5 == 0 {
			title, body = fmt.Sprintf("Wiel %d", i), "Rijwiel "+strings.Repeat("rijwiel ", i%4)
		}
		want[title] = true
		x.share(t, x.w, simple(title, body, rugzak.LevelInternal))
	}
	x.followed(t)
	var pages [][]string
	a := backpack.Asked{Query: "fiets", Size: 10}
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
		if strings.HasPrefix(title, "Fiets") && !seen[title] {
			t.Errorf("%s is not shown", title)
		}
	}
	for i, v := range views {
		if v.Total != len(all) {
			t.Errorf("page %d says %d of %d", i, v.Total, len(all))
		}
	}
	for i := len(pages) - 1; i > 0; i-- {
		got, _ := x.asks(t, x.r, backpack.Asked{Query: "fiets", Size: 10, Before: views[i].Previous})
		if !slices.Equal(got, pages[i-1]) {
			t.Errorf("back to page %d: %q, was %q", i-1, got, pages[i-1])
		}
	}
	if views[0].Previous != "" {
		t.Error("something is before the first page")
	}
}

// Nobody notices an entry they may not read in what is found by meaning, nor one
// that went out of their sight.
func TestMeaningHidden(t *testing.T) {
	t.Parallel()
	x := newMeaningHouse(t, meaning.OpenAI)
	for i := range 6 {
		x.share(t, x.w, simple(fmt.Sprintf("Rijwiel %d", i), "Rijwiel "+strings.Repeat("bij de brug ", i), rugzak.LevelInternal))
	}
	partner := x.person(t, "partner@voorbeeld.test")
	answers := func(p rugzak.Person) (out []string) {
		x.followed(t)
		for _, q := range []string{"fiets", "tweewieler brug", "fiets -brug"} {
			v, err := x.Search(t.Context(), p, backpack.Asked{Query: q, Size: 4})
			for i := range v.Hits {
				v.Hits[i].Score = 0
			}
			text, _ := json.Marshal(v)
			out = append(out, string(text), fmt.Sprint(err))
		}
		return out
	}
	for name, p := range map[string]rugzak.Person{"facilitator": x.r, "partner": partner} {
		before := answers(p)
		var hidden []rugzak.Entry
		for range 5 {
			hidden = append(hidden, x.share(t, x.w, simple("Rijwiel verborgen", "Rijwiel tweewieler.", rugzak.LevelOrganisation)))
		}
		if rugzak.CanRead(p, hidden[0]) {
			t.Fatalf("the %s may read it", name)
		}
		if after := answers(p); !slices.Equal(before, after) {
			t.Errorf("the %s notices:\n%s", name, firstDifference(strings.Join(before, "\n"), strings.Join(after, "\n")))
		}
	}
	e := x.share(t, x.w, simple("Rijwiel weg", "Rijwiel rijwiel.", rugzak.LevelInternal))
	x.followed(t)
	holds := func() bool {
		got, _ := x.asks(t, x.r, backpack.Asked{Query: "fiets", Size: 100})
		return slices.Contains(got, "Rijwiel weg*")
	}
	if !holds() {
		t.Fatal("control: it is not found by meaning")
	}
	x.server.Trouble(func(w http.ResponseWriter, _ *http.Request) bool { w.WriteHeader(http.StatusBadGateway); return true })
	if _, err := x.Withdraw(t.Context(), x.w, e.ID); err != nil {
		t.Fatal(err)
	}
	if holds() {
		t.Error("it is found after it was withdrawn")
	}
	x.followed(t) // needs no endpoint
	if x.vectors.Sum(e.ID) != "" {
		t.Error("what was withdrawn keeps its vectors")
	}
}

// A purge takes every trace out of the files, also while the endpoint is down:
// of an entry, and of the past of one.
func TestMeaningPurge(t *testing.T) {
	t.Parallel()
	x := newMeaningHouse(t, meaning.Ollama)
	x.stop() // each step is taken by hand
	gone := x.share(t, x.w, simple("Rijwiel weg", "Rijwiel rijwiel.", rugzak.LevelInternal))
	stays := x.share(t, x.w, simple("Rijwiel blijft", "Rijwiel vroeger.", rugzak.LevelInternal))
	x.followed(t)
	file := func(what string) bool {
		t.Helper()
		data, err := os.ReadFile(filepath.Join(x.dir, "meaning", "vectors"))
		if err != nil {
			t.Fatal(err)
		}
		return bytes.Contains(data, []byte(what))
	}
	past := x.vectors.Sum(stays.ID)
	if !file(string(gone.ID)) || !file(past) {
		t.Fatal("control: the entries are not in the file")
	}
	x.server.Trouble(func(w http.ResponseWriter, _ *http.Request) bool { w.WriteHeader(http.StatusBadGateway); return true })
	if _, err := x.PurgeOwn(t.Context(), x.w, gone.ID); err != nil {
		t.Fatal(err)
	}
	in := simple("Rijwiel blijft", "Rijwiel nu.", rugzak.LevelInternal)
	in.Audience = rugzak.Audience{}
	if _, err := x.Revise(t.Context(), x.w, stays.ID, stays.Version, in); err != nil {
		t.Fatal(err)
	}
	if _, err := x.PurgeOwnPast(t.Context(), x.w, stays.ID); err != nil {
		t.Fatal(err)
	}
	if err := x.FinishPurges(t.Context()); err != nil {
		t.Fatal(err)
	}
	if file(string(gone.ID)) || file(past) {
		t.Errorf("after the purge: entry %v, past %v", file(string(gone.ID)), file(past))
	}
	x.server.Trouble(nil)
	x.followed(t)
	if x.vectors.Sum(stays.ID) == "" || x.vectors.Sum(gone.ID) != "" || file(string(gone.ID)) || file(past) {
		t.Error("the follower brings back what was purged, or does not go on")
	}
}

// Writing, searching, purging and making anew at the same time end well.
func TestMeaningTogether(t *testing.T) {
	t.Parallel()
	x := newMeaningHouse(t, meaning.OpenAI)
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Second)
	defer stop()
	var all sync.WaitGroup
	work := func(fn func(i int) error) {
		all.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				if err := fn(i); err != nil && ctx.Err() == nil {
					t.Error(err)
					return
				}
			}
		})
	}
	var mu sync.Mutex
	var made []rugzak.EntryID
	work(func(i int) error {
		e := x.share(t, x.w, simple(fmt.Sprintf("Rijwiel %d", i), "Rijwiel rijwiel.", rugzak.LevelInternal))
		mu.Lock()
		defer mu.Unlock()
		if made = append(made, e.ID); i%4 == 3 {
			id := made[0]
			made = made[1:]
			_, err := x.PurgeOwn(t.Context(), x.w, id)
			return err
		}
		return nil
	})
	work(func(i int) error {
		_, err := x.Search(ctx, x.r, backpack.Asked{Query: "fiets " + fmt.Sprint(i%9)})
		if rugzak.CodeOf(err) == rugzak.CodeUnavailable {
			return nil
		}
		return err
	})
	work(func(int) error { return x.RemakeMeaning(ctx, nil) })
	all.Wait()
	if err := x.FinishPurges(t.Context()); err != nil {
		t.Fatal(err)
	}
	x.followed(t)
	err := x.store.View(t.Context(), func(r rugzak.Reader) error {
		want := 0
		for e, err := range r.Entries(rugzak.AllEntries, "") {
			if err != nil {
				return err
			}
			if e.State.Public() {
				want++
				if x.vectors.Sum(e.ID) == "" {
					t.Errorf("%s has no vectors", e.Title)
				}
			}
		}
		if got := len(x.vectors.IDs()); got != want {
			t.Errorf("%d entries have vectors, want %d", got, want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
