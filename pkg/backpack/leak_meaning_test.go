// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/meaning"
	"rugzak/pkg/rugzak"
)

// Nobody notices an entry they may not read in what is found by meaning, nor one
// that went out of their sight.
func TestMeaningHidden(t *testing.T) {
	t.Parallel()
	x := newMeaningStarter(t, meaning.OpenAI)
	for i := range 6 {
		x.share(t, x.w, simple(fmt.Sprintf("Knaspoet %d", i), "Knaspoet "+strings.Repeat("bij de brug ", i), rugzak.LevelInternal))
	}
	partner := x.person(t, "partner@voorbeeld.test")
	answers := func(p rugzak.Person) (out []string) {
		x.followed(t)
		for _, q := range []string{"zwirbel", "brolpif brug", "zwirbel -brug"} {
			v, err := x.Search(t.Context(), p, backpack.Asked{Query: q, Size: rugzak.MaxPage})
			for i := range v.Hits {
				v.Hits[i].Score = 0
			}
			v.Next, v.Previous = "", ""
			slices.SortFunc(v.Hits, func(a, b backpack.HitCard) int { return cmp.Compare(a.ID, b.ID) }) // the order may follow statistics
			text, _ := json.Marshal(v)
			out = append(out, string(text), fmt.Sprint(err))
		}
		return out
	}
	for name, p := range map[string]rugzak.Person{"facilitator": x.r, "partner": partner} {
		before := answers(p)
		var hidden []rugzak.Entry
		for range 5 {
			hidden = append(hidden, x.share(t, x.w, simple("Knaspoet verborgen", "Knaspoet brolpif.", rugzak.LevelOrganisation)))
		}
		if rugzak.CanRead(p, hidden[0]) {
			t.Fatalf("the %s may read it", name)
		}
		if after := answers(p); !slices.Equal(before, after) {
			t.Errorf("the %s notices:\n%s", name, firstDifference(strings.Join(before, "\n"), strings.Join(after, "\n")))
		}
	}
	e := x.share(t, x.w, simple("Knaspoet weg", "Knaspoet knaspoet.", rugzak.LevelInternal))
	x.followed(t)
	holds := func() bool {
		got, _ := x.asks(t, x.r, backpack.Asked{Query: "zwirbel", Size: 100})
		return slices.Contains(got, "Knaspoet weg*")
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

// In a backpack filled at random everybody finds by meaning what they may find,
// and the total is the number of it.
func TestMeaningRights(t *testing.T) {
	t.Parallel()
	x := newMeaningHouse(t, meaning.Ollama)
	w := worldIn(t, x.house, 23, 40)
	x.followed(t)
	m := w.model(t)
	found := 0
	for _, p := range w.people {
		for _, archived := range []bool{false, true} {
			v, err := x.Search(t.Context(), p, backpack.Asked{Query: "alom", Size: rugzak.MaxPage, Archived: archived})
			if err != nil {
				t.Fatal(err)
			}
			if v.Total != len(v.Hits) || v.Next != "" {
				t.Errorf("%s (%s): %d of %d", p.Organisation, p.Team, len(v.Hits), v.Total)
			}
			for _, h := range v.Hits {
				e, known := m.entries[h.ID]
				if !known || !h.ByMeaning || !m.sees(p, e) || !archived && !m.found(p, e) || !e.State.Public() {
					t.Errorf("%s (%s) finds %s, by meaning %v", p.Organisation, p.Team, h.ID, h.ByMeaning)
				}
				found++
			}
			check{w, m, p, m.forbidden(p)}.clean(t, "found by meaning", v)
		}
	}
	if found < len(w.people) {
		t.Errorf("only %d hits: the test sees nothing", found)
	}
}
