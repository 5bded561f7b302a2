// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak_test

import (
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

const goneID = rugzak.EntryID("01890000000000000000000001")

var goneEntry = rugzak.Entry{
	ID: goneID, Title: "Sleutel kwijt bij het loket", Lesson: "Vraag het even na",
	Body: "Een mevrouw kwam voor de **derde keer** aan het loket. Niemand wist waar de sleutel lag, en zij ging weer weg.",
}

// Of what is gone no paragraph, quote or line of a list stays that leads there or
// repeats it, and the rest stays to the letter.
func TestGoneText(t *testing.T) {
	t.Parallel()
	link := "[lees dit](/ervaringen/" + string(goneID) + ")"
	other := "[lees dat](/ervaringen/01890000000000000000000002)"
	g := rugzak.NewGone(goneID, []rugzak.Entry{goneEntry}, nil)
	for name, c := range map[string][2]string{
		"apart":             {"Wij leerden veel.\n\nVraag meer door.", "Wij leerden veel.\n\nVraag meer door."},
		"a line that leads": {"# Samen\n\nMooi.\n\nZie " + link + ".\n\nEinde.", "# Samen\n\nMooi.\n\nEinde."},
		"a quote above":     {"Een.\n\n> Het was\n> een puinhoop.\n\n— " + link + "\n\nTwee.", "Een.\n\nTwee."},
		"a quote below":     {"Zoals in " + link + ":\n\n> Een puinhoop.\n\n> Van een ander, " + other + "\n", "> Van een ander, " + other},
		"in one quote":      {"> Een puinhoop.\n> " + link + "\n\n> Van een ander.", "> Van een ander."},
		"an item of a list": {"- een\n- " + link + "\n  en meer\n- drie\n", "- een\n- drie"},
		"words, in a text that leads": {
			"Zie " + link + ".\n\nDaar kwam iemand voor de derde keer aan.\n\nDat kan beter.", "Dat kan beter.",
		},
		"words, in one that does not": {
			"Zij kwam voor de derde keer.\n\nNiemand wist waar de sleutel lag en zij bleef.", "Zij kwam voor de derde keer.",
		},
		"the title":          {"Onder “Sleutel kwijt bij het loket” staat veel.\n\nNog iets.", "Nog iets."},
		"a coded address":    {"Een.\n\n[x](/ervaringen%2F" + string(goneID) + ")", "Een."},
		"nothing but a link": {link, ""},
	} {
		text := c[0]
		if some := g.Text(&text, false); text != c[1] || some != (c[0] != c[1]) {
			t.Errorf("%s: %q, %v", name, text, some)
		}
		if strings.Contains(text, string(goneID)) {
			t.Errorf("%s: the id stays", name)
		}
	}
	for _, line := range []string{"Zie " + link, "Sleutel kwijt bij het loket", "Ook zij kwam voor de derde keer aan het loket terug"} {
		if !g.Line(&line, false) || line != rugzak.LeftOut {
			t.Errorf("the line is %q", line)
		}
	}
	line := "kwam voor de derde"
	if g.Line(&line, false) || !g.Line(&line, true) || g.Line(&line, true) {
		t.Errorf("the line is %q", line)
	}
}

// Of an entry whose past is gone, what it says still may be quoted on.
func TestGonePast(t *testing.T) {
	t.Parallel()
	now := goneEntry
	now.Body = "Een mevrouw kwam voor de derde keer aan het loket. Zij ging weer weg."
	g := rugzak.NewGone(goneID, []rugzak.Entry{goneEntry}, []rugzak.Entry{now})
	link := "[lees dit](/ervaringen/" + string(goneID) + ")"
	text := "> Een mevrouw kwam voor de derde keer aan het loket.\n\n— " + link + "\n\n> Niemand wist waar de sleutel lag\n\n— " + link + "\n\nEinde."
	want := "> Een mevrouw kwam voor de derde keer aan het loket.\n\n— " + link + "\n\n— " + link + "\n\nEinde."
	if !g.Text(&text, false) || text != want || g.Text(&text, false) {
		t.Errorf("%q", text)
	}
}
