// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"rugzak/content"
	"rugzak/pkg/backpack"
	"rugzak/pkg/exchange"
	"rugzak/pkg/rugzak"
)

// shippedTerms are the groups that come with the product.
func shippedTerms(t testing.TB) []rugzak.Term {
	t.Helper()
	all, err := exchange.StarterTerms(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func (h *house) term(by rugzak.Person, words ...string) rugzak.Term {
	return rugzak.Term{ID: rugzak.TermID(h.idFor(by)), Preferred: words[0], Others: words[1:]}
}

// problemOf is the first field error of err, with its arguments.
func problemOf(err error) string {
	e, ok := errors.AsType[*rugzak.Error](err)
	if !ok || len(e.Fields) == 0 {
		return ""
	}
	out := e.Fields[0].Field + " " + e.Fields[0].Key
	for _, a := range e.Fields[0].Args {
		if s, ok := a.(string); ok {
			out += " " + s
		}
	}
	return out
}

func TestTermsWorkAtOnce(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	by, reader := h.person(t, "facilitator@voorbeeld.test"), h.person(t, "deelnemer@voorbeeld.test")
	h.share(t, reader, simple("Melding bij Veilig Thuis", "Wij belden samen.", rugzak.LevelInternal))
	h.share(t, reader, simple("De VT belde terug", "Wij waren er snel bij.", rugzak.LevelInternal))
	if titles, n := h.find(t, reader, "vt"); n != 1 {
		t.Fatalf("before: %v", titles)
	}
	term := h.term(by, "Veilig Thuis", "VT")
	if err := h.SaveTerm(t.Context(), by, term, 0); err != nil {
		t.Fatal(err)
	}
	if err := h.SaveTerm(t.Context(), by, term, 0); err != nil { // the form once more
		t.Errorf("the same form again: %v", err)
	}
	titles, n := h.find(t, reader, "vt")
	if n != 2 || titles[0] != "De VT belde terug" {
		t.Errorf("with the group: %v", titles)
	}
	v, err := h.Search(t.Context(), reader, backpack.Asked{Query: "vt"})
	if err != nil || !slices.Equal(v.Also, []string{"Veilig Thuis"}) {
		t.Errorf("also %v, %v", v.Also, err)
	}
	for _, hit := range v.Hits {
		if len(hit.TitleMarks) == 0 {
			t.Errorf("nothing is marked in %q", hit.Title)
		}
	}
	trial, err := h.TryTerm(t.Context(), by, term)
	if err != nil || !trial.Known || len(trial.Hits) != 2 {
		t.Fatalf("%+v %v", trial, err)
	}
	if want := (backpack.WordTrial{Word: "VT", Without: 1, With: 2}); trial.Words[1] != want {
		t.Errorf("trial %+v", trial.Words)
	}
	// Changing and removing work at once too; another process may do it.
	all, err := h.Terms(t.Context(), by)
	if err != nil || len(all) != 1 || all[0].Version != 1 {
		t.Fatalf("%v %v", all, err)
	}
	term.Others = []string{"advies- en meldpunt"}
	if err := h.SaveTerm(t.Context(), by, term, 1); err != nil {
		t.Fatal(err)
	}
	if titles, n := h.find(t, reader, "vt"); n != 1 {
		t.Errorf("without the acronym: %v", titles)
	}
	if err := h.SaveTerm(t.Context(), by, term, 1); rugzak.CodeOf(err) != rugzak.CodeConflict {
		t.Errorf("an older form: %v", err)
	}
	if err := h.RemoveTerm(t.Context(), by, term.ID, 1); rugzak.CodeOf(err) != rugzak.CodeConflict {
		t.Errorf("removing an older one: %v", err)
	}
	if err := h.RemoveTerm(t.Context(), by, term.ID, 2); err != nil {
		t.Error(err)
	}
	if v, err := h.Search(t.Context(), reader, backpack.Asked{Query: "veilig thuis"}); err != nil || v.Also != nil {
		t.Errorf("after removing: also %v, %v", v.Also, err)
	}
	if err := h.SaveTerm(t.Context(), by, term, 2); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("changing a group that is gone: %v", err)
	}
}

func TestTermsAreChecked(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	by := h.person(t, "facilitator@voorbeeld.test")
	if err := h.SaveTerm(t.Context(), by, h.term(by, "wijkteam", "buurtteam"), 0); err != nil {
		t.Fatal(err)
	}
	for want, words := range map[string][]string{
		"others error.term.elsewhere buurtteams wijkteam":   {"gebiedsteam", "buurtteams"},
		"preferred error.term.elsewhere Wijkteam wijkteam":  {"Wijkteam", "gebiedsteam"},
		"others error.term.says_nothing van het":            {"gebiedsteam", "van het"},
		"others error.term.alone":                           {"gebiedsteam"},
		"preferred error.required":                          {"", "gebiedsteam"},
		"others privacy.bsn":                                {"gebiedsteam", "team 111222333"},
		"preferred error.term.long een twee drie vier vijf": {"een twee drie vier vijf zes zeven", "gebiedsteam"},
	} {
		if err := h.SaveTerm(t.Context(), by, h.term(by, words...), 0); !strings.HasPrefix(problemOf(err), want) {
			t.Errorf("%v: got %q (%v), want %q", words, problemOf(err), err, want)
		}
	}
	if err := h.SaveTerm(t.Context(), by, rugzak.Term{ID: "zelf-bedacht", Preferred: "a1", Others: []string{"b1"}}, 0); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("an id nobody made: %v", err)
	}
}

// What comes with the product comes once: what facilitators did stays.
func TestTermsShipOnce(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	by := h.person(t, "facilitator@voorbeeld.test")
	shipped := shippedTerms(t)
	own := h.term(by, "schulden regelen", "SHV") // made before the upgrade
	if err := h.SaveTerm(t.Context(), by, own, 0); err != nil {
		t.Fatal(err)
	}
	if err := h.ShipTerms(t.Context(), shipped); err != nil {
		t.Fatal(err)
	}
	all, err := h.Terms(t.Context(), by)
	if err != nil || len(all) != len(shipped) { // one of ours for one of theirs
		t.Fatalf("%d groups of %d, %v", len(all), len(shipped), err)
	}
	keys := map[string]string{}
	for _, term := range shipped {
		for _, word := range term.Words() {
			key := h.Index.TermKey(word)
			if other, twice := keys[key]; key == "" || twice && other != term.Preferred {
				t.Errorf("%q stands in %q and %q", word, term.Preferred, other)
			}
			keys[key] = term.Preferred
		}
	}
	if err := h.RemoveTerm(t.Context(), by, "wmo", 1); err != nil {
		t.Fatal(err)
	}
	if err := h.ShipTerms(t.Context(), shipped); err != nil {
		t.Fatal(err)
	}
	if again, err := h.Terms(t.Context(), by); err != nil || len(again) != len(all)-1 {
		t.Errorf("%d groups after the second time, %v", len(again), err)
	}
}

// Each acronym of the list works from both sides.
func TestShippedTermsWorkFromBothSides(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	if err := h.ShipTerms(t.Context(), shippedTerms(t)); err != nil {
		t.Fatal(err)
	}
	by := h.person(t, "deelnemer@voorbeeld.test")
	for short, long := range map[string]string{
		"Wmo": "Wet maatschappelijke ondersteuning", "Pw": "Participatiewet", "VT": "Veilig Thuis", "W&I": "Werk en Inkomen",
		"18-": "achttien", "1G1P": "één gezin één plan", "SHV": "schuldhulp", "MDO": "multidisciplinair overleg", "PGB": "persoonsgebonden budget",
	} {
		a := h.share(t, by, simple("Kort", "Dit gaat over "+short+" xyzzy"+short[:2]+".", rugzak.LevelInternal))
		b := h.share(t, by, simple("Lang", "Dit gaat over "+long+".", rugzak.LevelInternal))
		for query, want := range map[string]rugzak.EntryID{short: b.ID, strings.ToLower(short): b.ID, long: a.ID} {
			h.caughtUp(t)
			v, err := h.Search(t.Context(), by, backpack.Asked{Query: query, Size: 100, Plain: true})
			if err != nil || !slices.ContainsFunc(v.Hits, func(hit backpack.HitCard) bool { return hit.ID == want }) {
				t.Errorf("%q does not find the other side (%d hits, %v)", query, v.Total, err)
			}
		}
	}
}

// storedTerm puts a group of words nobody else uses into the store.
func (c *cast) storedTerm(ctx context.Context) (rugzak.Term, error) {
	id := string(c.NewID())
	t := rugzak.Term{ID: rugzak.TermID(id), Preferred: "woord" + id, Others: []string{"ander" + id}}
	_, err := c.store.Update(ctx, func(w rugzak.Writer) error { return w.SaveTerm(t, 0) })
	return t, err
}

func termProbes() map[string]probe {
	// with does a use case to a group of its own.
	with := func(do func(ctx context.Context, c *cast, by rugzak.Person, t rugzak.Term) error) probe {
		return func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			t, err := c.storedTerm(ctx)
			if err != nil {
				return err
			}
			return do(ctx, c, by, t)
		}
	}
	return map[string]probe{
		"Terms": with(func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Term) error {
			return second(c.Terms(ctx, by))
		}),
		"Term": with(func(ctx context.Context, c *cast, by rugzak.Person, t rugzak.Term) error {
			return second(c.Term(ctx, by, t.ID))
		}),
		"TryTerm": with(func(ctx context.Context, c *cast, by rugzak.Person, t rugzak.Term) error {
			return second(c.TryTerm(ctx, by, t))
		}),
		"SaveTerm": with(func(ctx context.Context, c *cast, by rugzak.Person, t rugzak.Term) error {
			return c.SaveTerm(ctx, by, t, 1)
		}),
		"RemoveTerm": with(func(ctx context.Context, c *cast, by rugzak.Person, t rugzak.Term) error {
			return c.RemoveTerm(ctx, by, t.ID, 1)
		}),
	}
}

// groupsSeen is an index that counts how often it is given other groups than the
// last time: it makes a table of them anew then.
type groupsSeen struct {
	rugzak.Index
	last  *[]string
	count int
}

func (x *groupsSeen) Search(ctx context.Context, s rugzak.Search) (rugzak.Results, error) {
	if now := &s.Same[0]; now != x.last {
		x.last, x.count = now, x.count+1
	}
	return x.Index.Search(ctx, s)
}

// Trying a group of many words has the index read all groups twice, however many
// words it has.
func TestTermTrialReadsGroupsTwice(t *testing.T) {
	seen := &groupsSeen{}
	h := openHouse(t, t.TempDir(), func(x rugzak.Index) rugzak.Index { seen.Index = x; return seen })
	h.starter(t)
	by := h.person(t, "facilitator@voorbeeld.test")
	if err := h.SaveTerm(t.Context(), by, h.term(by, "beurtschip", "veerpont"), 0); err != nil {
		t.Fatal(err)
	}
	h.share(t, by, simple("De kraanvogel", "Langs de zandloper.", rugzak.LevelInternal))
	h.caughtUp(t)
	trial, err := h.TryTerm(t.Context(), by, h.term(by, "kraanvogel", "zandloper", "rozemarijn", "tijm", "salie"))
	if err != nil || len(trial.Words) != 5 || trial.Words[4].Without != 0 || trial.Words[4].With != 1 || len(trial.Hits) != 1 {
		t.Fatalf("%+v, %v", trial, err)
	}
	if seen.count != 2 {
		t.Errorf("other groups %d times", seen.count)
	}
}
