// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// searched lets people search in vain, and has it written down.
func (v *village) searched(t testing.TB, query string, names ...string) {
	t.Helper()
	for _, name := range names {
		v.NoteSearchGap(v.people[name], query)
	}
	if err := v.CountSearchGaps(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// gaps is what facilitators see: term and count.
func (v *village) gaps(t testing.TB) map[string]int {
	t.Helper()
	all, err := v.SearchGaps(t.Context(), v.people["curator"])
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]int{}
	for _, g := range append(all.Open, all.Done...) {
		if len(g.Marks) > 0 || g.Key != "" {
			t.Errorf("%q is shown with its marks", g.Term)
		}
		out[g.Term] = g.Count
	}
	return out
}

func (v *village) wantGaps(t testing.TB, when string, want map[string]int) {
	t.Helper()
	if got := v.gaps(t); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s: facilitators see %v, want %v", when, got, want)
	}
}

// storedGaps is what the store holds, also what nobody sees.
func (v *village) storedGaps(t testing.TB) (out []rugzak.SearchGap) {
	t.Helper()
	v.see(t, func(r rugzak.Reader) error {
		for g, err := range r.SearchGaps() {
			if err != nil {
				return err
			}
			out = append(out, g)
		}
		return nil
	})
	return out
}

// A gap is shown from three different people in one week on, never below.
func TestSearchGapsNeedThreePeople(t *testing.T) {
	t.Parallel()
	v := newVillage(t)
	v.searched(t, "Kraanvogel ", "anna", "anna", "anna", "anna")
	v.searched(t, "kraanvogel", "anna", "bas", "bas")
	v.wantGaps(t, "two people", nil)
	if g := v.storedGaps(t); len(g) != 1 || len(g[0].Marks) != 2 || g[0].Count != 0 {
		t.Errorf("stored %+v", g)
	}
	v.searched(t, "KRAANVOGEL", "partner")
	v.wantGaps(t, "three people", map[string]int{"kraanvogel": 3})
	v.searched(t, "kraanvogel", "anna")
	v.wantGaps(t, "once more", map[string]int{"kraanvogel": 4})
	if g := v.storedGaps(t)[0]; len(g.Marks) != 0 || g.Key != "" || g.First != "2026-W48" || g.Last != "2026-W48" {
		t.Errorf("stored %+v", g)
	}
	// Nobody but who curates sees it, and only what is shown can be changed.
	v.searched(t, "zandloper", "anna", "bas")
	for name, code := range map[string]rugzak.Code{"anna": rugzak.CodeForbidden, "partner": rugzak.CodeForbidden, "admin": rugzak.CodeForbidden, "officer": rugzak.CodeForbidden} {
		if _, err := v.SearchGaps(t.Context(), v.people[name]); rugzak.CodeOf(err) != code {
			t.Errorf("%s sees gaps: %v", name, err)
		}
	}
	curator := v.people["curator"]
	for what, err := range map[string]error{
		"hidden": v.MarkSearchGap(t.Context(), curator, "zandloper", rugzak.GapSolved),
		"absent": v.MarkSearchGap(t.Context(), curator, "nooit", rugzak.GapSolved),
		"erased": v.RemoveSearchGap(t.Context(), curator, "zandloper"),
		"empty":  v.RemoveSearchGap(t.Context(), curator, ""),
	} {
		if rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Errorf("%s: %v", what, err)
		}
	}
	// What was solved opens again when it is asked again; what is ignored stays so.
	state := func() rugzak.GapState { g := v.storedGaps(t); return g[0].State }
	for _, c := range []struct{ marked, after rugzak.GapState }{
		{rugzak.GapSolved, rugzak.GapOpen}, {rugzak.GapIgnored, rugzak.GapIgnored}, {rugzak.GapOpen, rugzak.GapOpen},
	} {
		if err := v.MarkSearchGap(t.Context(), curator, "kraanvogel", c.marked); err != nil {
			t.Fatal(err)
		}
		if got := state(); got != c.marked {
			t.Errorf("marked %q, is %q", c.marked, got)
		}
		v.searched(t, "kraanvogel", "bas")
		if got := state(); got != c.after {
			t.Errorf("marked %q, after one more search %q, want %q", c.marked, got, c.after)
		}
	}
	if err := v.MarkSearchGap(t.Context(), curator, "kraanvogel", "wat dan ook"); rugzak.CodeOf(err) != rugzak.CodeMalformed {
		t.Errorf("a state that is none: %v", err)
	}
	if err := v.RemoveSearchGap(t.Context(), curator, "kraanvogel"); err != nil {
		t.Fatal(err)
	}
	v.wantGaps(t, "erased", nil)
	v.sound(t)
}

// Nobody can be followed from one week to the next: the key goes, and with it
// what was not finished.
func TestSearchGapsForgetTheWeek(t *testing.T) {
	t.Parallel()
	v := newVillage(t)
	v.searched(t, "kraanvogel", "anna", "bas")
	before := v.storedGaps(t)[0]
	v.NoteSearchGap(v.people["partner"], "kraanvogel") // waits when the week ends
	v.clock.turn(v.clock.Now().AddDate(0, 0, 7))
	if err := v.CountSearchGaps(t.Context()); err != nil {
		t.Fatal(err)
	}
	v.searched(t, "kraanvogel", "anna", "partner")
	v.wantGaps(t, "two people in each of two weeks", nil)
	after := v.storedGaps(t)[0]
	if after.Key == before.Key || len(after.Marks) != 2 || slices.ContainsFunc(after.Marks, func(m string) bool { return slices.Contains(before.Marks, m) }) {
		t.Errorf("a mark is the same in two weeks: %+v, %+v", before, after)
	}
	// Another process, or the same one started anew, has another key.
	v.see(t, func(rugzak.Reader) error { return nil })
	again := backpack.New(v.Deps)
	again.NoteSearchGap(v.people["bas"], "kraanvogel")
	if err := again.CountSearchGaps(t.Context()); err != nil {
		t.Fatal(err)
	}
	if g := v.storedGaps(t)[0]; len(g.Marks) != 1 || g.Key == after.Key {
		t.Errorf("after a new start: %+v", g)
	}
	// What three people did not ask in its week goes with the daily work; what
	// nobody asked for a year goes too.
	v.searched(t, "zandloper", "anna", "bas", "partner")
	v.days(t, 7)
	if g := v.storedGaps(t); len(g) != 1 || g[0].Term != "zandloper" {
		t.Errorf("after a week %+v", g)
	}
	v.clock.turn(v.clock.Now().AddDate(0, 11, 0))
	v.days(t, 1)
	v.wantGaps(t, "after eleven months", map[string]int{"zandloper": 3})
	v.clock.turn(v.clock.Now().AddDate(0, 1, 0))
	v.days(t, 1)
	v.wantGaps(t, "after a year", nil)
}

// What may be about a person is not kept, whoever asks and however many.
func TestSearchGapsKeepNobody(t *testing.T) {
	t.Parallel()
	v := newVillage(t)
	everybody := []string{"anna", "bas", "partner", "admin", "officer", "outsider"}
	for _, query := range []string{
		"111222333", "bsn 111.222.333", "iemand@gezin.test", "06 12345678", "mevrouw Jansen", "mevrouw jansen", "1234ab 12", "van:jansen bellen", "NL91 ABNA 0417 1643 00",
		"1234 AB 12", "IEMAND  bas", "dossiernummer 12345678", strings.Repeat("lang verhaal ", 20),
	} {
		v.searched(t, query, everybody...)
	}
	v.searched(t, "kraanvogel", everybody...)
	if g := v.storedGaps(t); len(g) != 1 || g[0].Term != "kraanvogel" || g[0].Count != len(everybody) {
		t.Errorf("kept are %+v", g)
	}
	v.NoteSearchGap(rugzak.Person{}, "zandloper")
	v.NoteSearchGap(backpack.Operator(), "zandloper")
	v.searched(t, "zandloper", "anna", "bas")
	if places := v.places(t, "zandloper"); !slices.Equal(places, []string{"searchgaps"}) {
		t.Errorf("a search stands in %v", places)
	}
	err := v.store.EachRecord(t.Context(), func(bucket string, key, record []byte) error {
		for _, p := range v.people {
			if bucket == "searchgaps" && strings.Contains(string(key)+string(record), string(p.ID)) {
				t.Errorf("a search without result names %s", p.ID)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// An administrator switches the counting off, and what was counted goes.
func TestSearchGapsSwitchedOff(t *testing.T) {
	t.Parallel()
	v := newVillage(t)
	v.searched(t, "kraanvogel", "anna", "bas", "partner")
	settings, err := v.Settings(t.Context(), v.people["admin"])
	if err != nil || !settings.Search.CountGaps {
		t.Fatalf("as installed: %+v, %v", settings.Search, err)
	}
	if err := v.SaveSearchSettings(t.Context(), v.people["admin"], settings.Version, rugzak.SearchSettings{}); err != nil {
		t.Fatal(err)
	}
	v.searched(t, "kraanvogel", "anna", "bas", "partner")
	all, err := v.SearchGaps(t.Context(), v.people["curator"])
	if err != nil || !all.Off || len(all.Open)+len(v.storedGaps(t)) > 0 {
		t.Errorf("switched off: %+v, %v", all, err)
	}
}

// switchedBetween is a store in which something happens before the next change.
type switchedBetween struct {
	rugzak.Store
	before func()
}

func (s *switchedBetween) Update(ctx context.Context, fn func(rugzak.Writer) error) (rugzak.Position, error) {
	s.before()
	return s.Store.Update(ctx, fn)
}

// What is being counted at the moment it is switched off is not kept either.
func TestSearchGapsSwitchedOffWhileCounting(t *testing.T) {
	t.Parallel()
	v := newVillage(t)
	deps := v.Deps
	deps.Store = &switchedBetween{v.store, func() {
		settings, err := v.Settings(t.Context(), v.people["admin"])
		if err == nil {
			err = v.SaveSearchSettings(t.Context(), v.people["admin"], settings.Version, rugzak.SearchSettings{})
		}
		if err != nil {
			t.Error(err)
		}
	}}
	counting := backpack.New(deps)
	counting.NoteSearchGap(v.people["anna"], "kraanvogel")
	if err := counting.CountSearchGaps(t.Context()); err != nil {
		t.Fatal(err)
	}
	if g := v.storedGaps(t); len(g) > 0 {
		t.Errorf("kept are %+v", g)
	}
	// What a crash left goes with the daily work.
	_, err := v.store.Update(t.Context(), func(w rugzak.Writer) error {
		return w.SaveSearchGap(rugzak.SearchGap{Term: "zandloper", Count: 3, First: "2026-W48", Last: "2026-W48"})
	})
	if err != nil {
		t.Fatal(err)
	}
	v.days(t, 1)
	if g := v.storedGaps(t); len(g) > 0 {
		t.Errorf("after a day %+v", g)
	}
}

// Noting never waits and never grows without end.
func TestSearchGapsAreBounded(t *testing.T) {
	t.Parallel()
	v := newVillage(t)
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			for i := range 200 {
				v.NoteSearchGap(v.people["anna"], fmt.Sprintf("vraag %d %d", n, i))
			}
		})
	}
	all.Wait()
	if err := v.CountSearchGaps(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := len(v.storedGaps(t)); n != 200 {
		t.Errorf("%d terms of one round, want 200", n)
	}
}
