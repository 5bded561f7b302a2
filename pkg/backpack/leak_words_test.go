// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// Words that visible texts hold, each with one that looks like it and that
// hidden texts hold: one or two letters differ, it is a part of it, it holds it,
// or it makes one word of two.
var lookalikes = [][2]string{
	{"qorveltix", "qorveltiz"}, {"zibbedruf", "zibedrul"}, {"plomfarde", "plomfarden"}, {"wijkvergadering", "vergadering"},
	{"samenwerkingsafspraken", "samenwerking"}, {"onderwijssteekproef", "steekproef"}, {"schuldhulp", "schuldhulpverlening"}, {"gromveld", "gromvelt"},
}

// asksOfWords are questions about those words: as they are, misspelt,
// unfinished, as two words, as a phrase and by their beginning.
func asksOfWords() []string {
	out := []string{"verga dering", "steek proef", "schuld hulp", "samen werking", "kwee", "titel:qor*", "verhaal -plom*", "plomfarde plomfarten"}
	for _, pair := range lookalikes {
		for _, w := range pair {
			n := len(w)
			out = append(out, w, w[1:], w[:n-1], w[:n/2]+"y"+w[n/2+1:], w[1:n/2]+w[n/2+1:], w[:4], w[:n-2]+"*", `"`+w+` verhaal"`, common+" "+w[:n-1]+"y")
		}
	}
	return out
}

// wordAnswers is what a reader is told about words, each with its question, in
// no order.
func (w *world) wordAnswers(t *testing.T, p rugzak.Person) []string {
	t.Helper()
	var out []string
	add := func(what string, v any, err error) {
		t.Helper()
		data, jerr := json.Marshal(v)
		if jerr != nil {
			t.Fatal(jerr)
		}
		out = append(out, fmt.Sprint(what, ": ", string(data), " ", err))
	}
	for i, q := range asksOfWords() {
		a := backpack.Asked{Query: q, Size: rugzak.MaxPage, Archived: i%3 == 0}
		v, err := w.Search(t.Context(), p, a)
		for i := range v.Hits {
			v.Hits[i].Score = 0
		}
		slices.SortFunc(v.Hits, func(a, b backpack.HitCard) int { return strings.Compare(string(a.ID), string(b.ID)) })
		add("search "+q, v, err)
		wider, err := w.Wider(t.Context(), p, a, v.Meant)
		add("wider "+q, wider, err)
	}
	for _, pair := range lookalikes {
		for _, word := range pair {
			for n := 1; n <= len(word); n += 2 {
				v, err := w.Suggest(t.Context(), p, word[:n], kindNames())
				add("typing "+word[:n], v, err)
			}
			in := backpack.Input{Kind: rugzak.KindExperience, Lang: rugzak.Dutch, Title: word + " " + pair[0], Body: word + " en " + pair[1]}
			v, err := w.SimilarToDraft(t.Context(), p, w.NewID(), in)
			add("alike "+word, v, err)
		}
	}
	for _, id := range w.entries {
		v, err := w.Similar(t.Context(), p, id)
		add("alike "+string(id), v, err)
	}
	gaps, err := w.SearchGaps(t.Context(), p)
	add("gaps", gaps, err)
	notices, err := w.Notices(t.Context(), p)
	add("notices", notices, err)
	return out
}

// No word of a hidden text shows in what a reader is told: not as a hit or a
// count, and not in what a misspelt, unfinished or split word is taken for.
func TestHiddenWordsChangeNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 29, 12)
	for i, pair := range lookalikes {
		for n := range 3 {
			writer := w.people[(i+3*n)%len(w.people)]
			in := simple("Verhaal "+pair[0], common+" "+pair[0]+" "+lookalikes[(i+1)%len(lookalikes)][0], rugzak.LevelOrganisation)
			in.Tags = []string{pair[0]}
			if writer.Kind == rugzak.Department && n > 0 {
				in.Audience.Level = rugzak.LevelInternal
			}
			e := w.share(t, writer, in)
			w.entries = append(w.entries, e.ID)
			if n == 2 && i%3 == 0 {
				w.setState(t, e, rugzak.StateArchived)
			}
		}
	}
	w.caughtUp(t)
	for _, p := range w.people {
		for _, pair := range lookalikes {
			if _, err := w.SaveSearch(t.Context(), p, backpack.SavedSearchInput{Name: pair[1], Query: pair[1], Notify: true}); err != nil {
				t.Fatal(err)
			}
		}
	}
	before := map[rugzak.PersonID][]string{}
	for _, p := range w.people {
		before[p.ID] = w.wordAnswers(t, p)
	}
	writer := w.people[1] // team Noord of Ahorn
	var made []rugzak.Entry
	for i, pair := range lookalikes {
		in := simple("Verhaal "+pair[1], common+" "+pair[1]+" "+pair[0]+" "+lookalikes[(i+3)%len(lookalikes)][1], rugzak.LevelTeam)
		in.Tags = []string{pair[1]}
		made = append(made, w.share(t, writer, in))
		if _, err := w.SaveDraft(t.Context(), writer, w.idFor(writer), 0, in); err != nil {
			t.Fatal(err)
		}
	}
	w.caughtUp(t)
	if err := w.TellSavedSearches(t.Context()); err != nil {
		t.Fatal(err)
	}
	asked, readers, differ := 0, 0, 0
	for _, p := range w.people {
		after := w.wordAnswers(t, p)
		sees := rugzak.CanRead(p, made[0])
		if !sees {
			readers++
		}
		wrong := 0
		for i := range after {
			switch same := after[i] == before[p.ID][i]; {
			case sees && !same:
				differ++
			case !sees:
				asked++
				if !same {
					if wrong++; wrong < 4 {
						t.Errorf("%s (%s) notices:\n%s", p.Organisation, p.Team, firstDifference(before[p.ID][i], after[i]))
					}
				}
			}
		}
		if wrong > 0 {
			t.Errorf("%s (%s): %d of %d answers differ", p.Organisation, p.Team, wrong, len(after))
		}
	}
	t.Logf("%d answers to %d readers; %d differ for who may read the hidden texts", asked, readers, differ)
	if readers < 5 || differ < 100 {
		t.Errorf("%d readers, %d answers differ for who may read: the test sees too little", readers, differ)
	}
}
