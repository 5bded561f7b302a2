// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

func fitting(t testing.TB, x rugzak.Index, b rugzak.Bundle, tokens ...string) rugzak.Fits {
	t.Helper()
	b.Tokens = tokens
	f, err := x.Fitting(t.Context(), b)
	if err != nil {
		t.Fatalf("Fitting: %v", err)
	}
	return f
}

func fittingIDs(f rugzak.Fits) []rugzak.EntryID {
	var out []rugzak.EntryID
	for _, e := range f.Entries {
		out = append(out, e.ID)
	}
	return out
}

func testIndexFitting(t *testing.T, x rugzak.Index) {
	for i := range 40 {
		indexPut(t, x, indexed(fmt.Sprintf("vul%02d", i), withTitle("Iets anders"), withText(fmt.Sprintf("Overleg over onderwerp%d met collega's.", i))))
	}
	indexPut(t, x,
		indexed("een", withTitle("Wachttijd bij schuldhulp"), withText("Wij belden wie op schuldhulp wacht.")),
		indexed("twee", withTitle("Bellen in de wachttijd"), withText("Bellen over schuldhulp hielp.")),
		indexed("past", withTitle("Wachttijd"), withText("Wie op schuldhulp wachtte, werd gebeld tijdens de wachttijd. Bellen hielp.")),
		indexed("deels", withTitle("Schuldhulp"), withText("Hier ging de wachttijd niet over; wel over brieven, loketten, folders en openingstijden van het kantoor.")),
		indexed("kort", withTitle("Taart"), withText("De wachttijd bij de bakker.")),
		indexed("oud", withTitle("Wachttijd schuldhulp"), withText("Bellen over schuldhulp."), func(d *rugzak.Document) { d.State = rugzak.StateArchived }),
		indexed("concept", withTitle("Wachttijd schuldhulp"), withText("Bellen."), func(d *rugzak.Document) { d.State = rugzak.StateDraft }),
		indexed("geheim", withTitle("Wachttijd schuldhulp"), withText("Bellen over schuldhulp."), withTokens("org:geheim")),
		indexed("english", withTitle("Waiting for debt support"), withText("We called everybody who was waiting for debt support."), withLang(rugzak.English)),
	)
	examples := []rugzak.Example{
		{Title: "Wachttijd bij schuldhulp", Text: "Wij belden wie op schuldhulp wacht.", Lang: rugzak.Dutch, Weight: 1},
		{Title: "Bellen in de wachttijd", Text: "Bellen over schuldhulp hielp.", Lang: rugzak.Dutch, Weight: 1},
	}
	ask := rugzak.Bundle{Examples: examples, Except: []rugzak.EntryID{"een", "twee"}, Most: 5}
	got := fitting(t, x, ask, rugzak.InternalToken)
	indexWant(t, "what fits", fittingIDs(got), "past", "deels")
	if got.Entries[0].Worth != 1 || got.Entries[1].Worth >= 1 || got.Entries[1].Worth <= 0 {
		t.Errorf("they are worth %v", got.Entries)
	}
	if words := got.Entries[0].Words; len(words) == 0 || len(words) > 3 || !slices.Contains(words, "schuldhulp") || !slices.Contains(words, "wachttijd") {
		t.Errorf("they are said to share %q", words)
	}
	ask.Most = 1
	indexWant(t, "at most one", fittingIDs(fitting(t, x, ask, rugzak.InternalToken)), "past")
	ask.Most = 5
	indexWant(t, "for another reader", fittingIDs(fitting(t, x, ask, "org:geheim")), "geheim")
	indexWant(t, "for nobody", fittingIDs(fitting(t, x, ask)))
	both := ask
	both.Examples = append(slices.Clone(examples), rugzak.Example{Title: "Debt support", Text: "Waiting for debt support.", Lang: rugzak.English, Weight: 1})
	if got := fittingIDs(fitting(t, x, both, rugzak.InternalToken)); !slices.Contains(got, "english") || !slices.Contains(got, "past") {
		t.Errorf("in both languages: %v", got)
	}
	// What weighs more says more.
	mixed := rugzak.Bundle{Most: 2, Examples: []rugzak.Example{
		{Title: "Taart in de wachttijd", Text: "De bakker bakt taart.", Lang: rugzak.Dutch, Weight: 0.01},
		{Title: "Schuldhulp en wachttijd", Text: "Over schuldhulp.", Lang: rugzak.Dutch, Weight: 1},
	}}
	if got := fittingIDs(fitting(t, x, mixed, rugzak.InternalToken)); len(got) == 0 || got[0] == "kort" {
		t.Errorf("a light example leads: %v", got)
	}
	for name, b := range map[string]rugzak.Bundle{
		"nothing":     {Most: 5},
		"stop words":  {Most: 5, Examples: []rugzak.Example{{Title: "Wat is er met de het een", Lang: rugzak.Dutch, Weight: 1}}},
		"nonsense":    {Most: 5, Examples: []rugzak.Example{{Title: "xyzzy plugh", Text: "\xff\x00 frobnicate", Lang: rugzak.Dutch, Weight: 1}}},
		"none wanted": {Examples: examples},
	} {
		indexWant(t, name, fittingIDs(fitting(t, x, b, rugzak.InternalToken)))
	}
}

// What is hidden changes nothing of what fits: not the entries, not their worth,
// not the words.
func testIndexFittingHidden(t *testing.T, x rugzak.Index) {
	random := rand.New(rand.NewPCG(5, 11))
	sentence := func(n int) string {
		var words []string
		for range n {
			at := int(random.Float64() * random.Float64() * 200)
			words = append(words, fmt.Sprintf("woord%c%c", 'a'+at/16, 'a'+at%16))
		}
		return strings.Join(words, " ")
	}
	var asks []rugzak.Bundle
	for i := range 60 {
		text := sentence(14)
		indexPut(t, x, indexed(fmt.Sprintf("zicht%02d", i), withTitle(sentence(3)), withText(text)))
		b := rugzak.Bundle{Most: 5, Except: []rugzak.EntryID{rugzak.EntryID(fmt.Sprintf("zicht%02d", i))}}
		for range 3 {
			b.Examples = append(b.Examples, rugzak.Example{Title: sentence(2), Text: text + " " + sentence(5), Lang: rugzak.Dutch, Weight: 1})
		}
		asks = append(asks, b)
	}
	var before []rugzak.Fits
	found := 0
	for _, ask := range asks {
		f := fitting(t, x, ask, rugzak.InternalToken)
		found += len(f.Entries)
		before = append(before, f)
	}
	if found < 100 {
		t.Fatalf("only %d found: nothing to compare", found)
	}
	for i := range 80 {
		indexPut(t, x, indexed(fmt.Sprintf("dicht%02d", i), withTitle(sentence(3)), withText(sentence(20)), withTokens("person:x", "org:geheim")))
	}
	for i, ask := range asks {
		after := fitting(t, x, ask, rugzak.InternalToken)
		after.Position = before[i].Position
		Same(t, fmt.Sprintf("bundle %d, with hidden entries", i), after, before[i])
	}
}
