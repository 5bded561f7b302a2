// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

func TestSimilar(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	writer, reader := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test")
	theme, err := h.SaveTheme(t.Context(), reader, "", 0, backpack.ThemeInput{Title: "Wachten"})
	if err != nil {
		t.Fatal(err)
	}
	in := simple("Kwartelpost bij de Zwanenbrug", "De kwartelpost kwam te laat aan bij de zwanenbrug.", rugzak.LevelInternal)
	in.Themes = []rugzak.ThemeID{theme.ID}
	first := h.share(t, writer, in)
	in.Title, in.Body = "Zwanenbrug open", "Wie op kwartelpost wacht, belt de zwanenbrug."
	second := h.share(t, writer, in)
	in.Title, in.Body = "Kwartelpost over de zwanenbrug", "Hier bouwt iets op."
	in.Relations = []rugzak.Relation{{Type: rugzak.SeeAlso, To: first.ID}}
	related := h.share(t, writer, in)
	h.caughtUp(t)
	ids := func(cards []backpack.SimilarCard, err error) (out []rugzak.EntryID) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cards {
			out = append(out, c.ID)
		}
		return out
	}
	found, err := h.Similar(t.Context(), reader, first.ID)
	if got := ids(found, err); !slices.Equal(got, []rugzak.EntryID{second.ID}) {
		t.Fatalf("alike are %v, want %v and not %v, which is shown beside it", got, second.ID, related.ID)
	}
	if words := strings.ToLower(strings.Join(found[0].Words, " ")); words != "kwartelpost zwanenbrug" && words != "zwanenbrug kwartelpost" {
		t.Errorf("because of %q", words)
	}
	if len(found[0].Shared) != 1 || found[0].Shared[0].Title != "Wachten" {
		t.Errorf("shared themes %v", found[0].Shared)
	}
	draft := backpack.Input{Kind: rugzak.KindExperience, Lang: rugzak.Dutch, Title: "De zwanenbrug en de kwartelpost"}
	got := ids(h.SimilarToDraft(t.Context(), reader, h.idFor(reader), draft))
	want := []rugzak.EntryID{first.ID, second.ID, related.ID}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("while writing: %v, want %v", got, want)
	}
	draft.Body = "Zijn nummer is 111222333."
	if got := ids(h.SimilarToDraft(t.Context(), reader, h.idFor(reader), draft)); got != nil {
		t.Errorf("a text with a number is looked up: %v", got)
	}
	draft.Body = ""
	if _, err := h.Withdraw(t.Context(), writer, second.ID); err != nil {
		t.Fatal(err)
	}
	for range 2 { // at once, and when the index has followed
		if got := ids(h.Similar(t.Context(), reader, first.ID)); got != nil {
			t.Errorf("alike after it was withdrawn: %v", got)
		}
		h.caughtUp(t)
	}
}

// likeOf is a form that is like one entry of the world: it has the two words
// that no other entry has.
func likeOf(e rugzak.Entry) backpack.Input {
	_, canary, _ := strings.Cut(e.Title, " ")
	return backpack.Input{
		Kind: rugzak.KindExperience, Lang: e.Lang, Title: canary, Body: strings.Replace(canary, "kanarie", "vogel", 1),
	}
}

// comparable reports whether an entry may be said to be alike.
func (m model) comparable(p rugzak.Person, e rugzak.Entry) bool {
	return m.found(p, e) && (e.State == rugzak.StateShared || e.State == rugzak.StateToReview)
}

// similar holds what is alike against the rule: each entry is found by a text
// like it, by exactly who may read it.
func (c check) similar(t *testing.T) {
	t.Helper()
	for id, e := range c.m.entries {
		found, err := c.SimilarToDraft(t.Context(), c.p, c.NewID(), likeOf(e))
		if err != nil {
			t.Fatal(err)
		}
		want := 0
		if c.m.comparable(c.p, e) {
			want = 1
		}
		if len(found) != want || want > 0 && found[0].ID != id {
			t.Errorf("%s (%s) is shown %d entries like %s, want %d", c.p.Organisation, c.p.Team, len(found), id, want)
		}
		if !c.m.sees(c.p, e) {
			continue
		}
		found, err = c.Similar(t.Context(), c.p, id)
		if err != nil {
			t.Fatal(err)
		}
		c.clean(t, "what is like "+string(id), found)
	}
}

// alike asks for what is like an entry while everything changes.
func (r asking) alike(t *testing.T, p rugzak.Person) {
	e := r.first[pick(r.random, r.entries)]
	start := time.Now()
	found, err := r.SimilarToDraft(t.Context(), p, r.NewID(), likeOf(e))
	if err != nil {
		r.fail(t, "alike: %v", err)
		return
	}
	may, _ := r.line.bounds(start, time.Now(), func(m model, e rugzak.Entry) bool { return m.comparable(p, e) })
	for _, card := range found {
		if _, ok := may[card.ID]; !ok {
			r.fail(t, "%s is shown %s, which is hidden", fmt.Sprintf("%s (%s)", p.Organisation, p.Team), card.ID)
		}
	}
}

func similarProbes() map[string]probe {
	return map[string]probe{
		"Similar": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return second(c.Similar(ctx, by, e.ID))
		},
		"SimilarToDraft": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.SimilarToDraft(ctx, by, c.NewID(), simple("Titel", "Tekst", rugzak.LevelInternal)))
		},
	}
}
