// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

func alike(t testing.TB, x rugzak.Index, l rugzak.Likeness, tokens ...string) rugzak.Alike {
	t.Helper()
	l.Tokens = tokens
	if l.Lang == "" {
		l.Lang = rugzak.Dutch
	}
	a, err := x.Similar(t.Context(), l)
	if err != nil {
		t.Fatalf("Similar: %v", err)
	}
	return a
}

func alikeIDs(a rugzak.Alike) []rugzak.EntryID {
	var out []rugzak.EntryID
	for _, l := range a.Entries {
		out = append(out, l.ID)
	}
	return out
}

func testIndexSimilar(t *testing.T, x rugzak.Index) {
	filler := func(i int) rugzak.Document {
		return indexed(fmt.Sprintf("vul%02d", i), withTitle("Iets anders"), withText(fmt.Sprintf("Overleg over onderwerp%d met collega's.", i)))
	}
	for i := range 40 {
		indexPut(t, x, filler(i))
	}
	text := "De wachttijd bij schuldhulp was te lang. Wij belden daarom elke week met de inwoner."
	indexPut(t, x,
		indexed("self", withTitle("Wachttijd bij schuldhulp"), withText(text)),
		indexed("like", withTitle("Bellen in de wachttijd"), withText("Wie op schuldhulp wacht, wordt elke week gebeld.")),
		indexed("less", withTitle("Schuldhulp"), withText("De wachttijd stond op de site.")),
		indexed("weak", withTitle("Taart"), withText("De wachttijd bij de bakker.")),
		indexed("old", withTitle("Bellen in de wachttijd"), withText(text), func(d *rugzak.Document) { d.State = rugzak.StateArchived }),
		indexed("draft", withTitle("Bellen in de wachttijd"), withText(text), func(d *rugzak.Document) { d.State = rugzak.StateDraft }),
		indexed("other", withTitle("Wachttijd schuldhulp"), withText(text), withLang(rugzak.English)),
		indexed("hidden", withTitle("Wachttijd schuldhulp"), withText(text), withTokens("org:geheim")),
	)
	ask := rugzak.Likeness{Title: "Wachttijd bij schuldhulp", Text: text, Except: []rugzak.EntryID{"self"}, Most: 5}
	got := alike(t, x, ask, rugzak.InternalToken)
	indexWant(t, "alike", alikeIDs(got), "like", "less")
	words := strings.Join(got.Entries[0].Words, " ")
	if !strings.Contains(words, "schuldhulp") || !strings.Contains(strings.ToLower(words), "wachttijd") {
		t.Errorf("they are said to share %q", words)
	}
	if len(got.Entries[0].Words) > 3 {
		t.Errorf("too many words to read: %q", words)
	}
	ask.Most = 1
	indexWant(t, "at most one", alikeIDs(alike(t, x, ask, rugzak.InternalToken)), "like")
	ask.Most, ask.Except = 5, nil
	indexWant(t, "with itself", alikeIDs(alike(t, x, ask, rugzak.InternalToken)), "self", "like", "less")
	indexWant(t, "for another reader", alikeIDs(alike(t, x, ask, "org:geheim")), "hidden")
	indexWant(t, "for nobody", alikeIDs(alike(t, x, ask)))
	for name, l := range map[string]rugzak.Likeness{
		"nothing":     {Most: 5},
		"stop words":  {Title: "Wat is er met de het een", Most: 5},
		"one word":    {Title: "Schuldhulp", Most: 5},
		"nonsense":    {Title: "xyzzy plugh", Text: "\xff\x00 frobnicate", Most: 5},
		"none wanted": {Title: ask.Title, Text: text},
	} {
		indexWant(t, name, alikeIDs(alike(t, x, l, rugzak.InternalToken)))
	}
	english := alike(t, x, rugzak.Likeness{Title: "Wachttijd schuldhulp", Lang: rugzak.English, Most: 5}, rugzak.InternalToken)
	indexWant(t, "in English", alikeIDs(english), "other")
}

// What is hidden changes nothing of what is alike: not the entries, not the
// words, not the order.
func testIndexSimilarHidden(t *testing.T, x rugzak.Index) {
	random := rand.New(rand.NewPCG(3, 7))
	vocabulary := make([]string, 200)
	for i := range vocabulary {
		vocabulary[i] = fmt.Sprintf("woord%c%c", 'a'+i/16, 'a'+i%16)
	}
	sentence := func(n int) string {
		var words []string
		for range n {
			words = append(words, vocabulary[int(random.Float64()*random.Float64()*float64(len(vocabulary)))])
		}
		return strings.Join(words, " ")
	}
	var asks []rugzak.Likeness
	for i := range 60 {
		text := sentence(14)
		indexPut(t, x, indexed(fmt.Sprintf("zicht%02d", i), withTitle(sentence(3)), withText(text)))
		asks = append(asks, rugzak.Likeness{Title: sentence(1), Text: text[:len(text)/2] + " " + sentence(3), Most: 5})
	}
	var before []rugzak.Alike
	found := 0
	for _, ask := range asks {
		a := alike(t, x, ask, rugzak.InternalToken)
		found += len(a.Entries)
		before = append(before, a)
	}
	if found < 10 {
		t.Fatalf("only %d found: nothing to compare", found)
	}
	for i := range 80 {
		indexPut(t, x, indexed(fmt.Sprintf("dicht%02d", i), withTitle(sentence(3)), withText(sentence(20)), withTokens("person:x", "org:geheim")))
	}
	for i, ask := range asks {
		after := alike(t, x, ask, rugzak.InternalToken)
		after.Position = before[i].Position
		Same(t, fmt.Sprintf("text %d, with hidden entries", i), after, before[i])
	}
}
