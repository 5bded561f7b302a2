// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// threadPaths are the ways in which a text of threads and theme letters reaches
// the store: a part of textPaths.
func (h *house) threadPaths(t *testing.T) map[string]func(number string) error {
	t.Helper()
	ctx, facilitator := t.Context(), h.person(t, "facilitator@voorbeeld.test")
	named := func(number string) string { return "Nummer " + number }
	// source is an entry of a theme, with the number where an entry may hold it.
	source := func(number string, of rugzak.ThemeID) rugzak.EntryID {
		in := simple("Titel", "Tekst. "+named(number), rugzak.LevelInternal)
		in.Themes = []rugzak.ThemeID{of}
		if saved, err := h.Share(ctx, facilitator, h.idFor(facilitator), 0, in); err == nil {
			return saved.Entry.ID
		}
		in.Body = "Tekst."
		return h.share(t, facilitator, in).ID
	}
	paths := map[string]func(number string) error{}
	for name, form := range map[string]func(string, rugzak.EntryID) backpack.LetterInput{
		"lead": func(text string, from rugzak.EntryID) backpack.LetterInput { return backpack.LetterInput{Lead: text} },
		"what": func(text string, from rugzak.EntryID) backpack.LetterInput {
			return backpack.LetterInput{Day: "2026-12-03", What: text}
		},
		"why": func(text string, from rugzak.EntryID) backpack.LetterInput {
			return backpack.LetterInput{Picks: []rugzak.LetterPick{{Entry: from, Why: text}}}
		},
	} {
		paths["SaveLetter "+name] = func(number string) error {
			theme := h.curate(t, facilitator, backpack.ThemeInput{Title: "Goed"})
			return second(h.SaveLetter(ctx, facilitator, theme.ID, "", 0, form(named(number), source(number, theme.ID)), false))
		}
	}
	for name, form := range map[string]func(string, rugzak.EntryID) backpack.ThreadInput{
		"intro": func(text string, from rugzak.EntryID) backpack.ThreadInput { return backpack.ThreadInput{Intro: text} },
		"answer": func(text string, from rugzak.EntryID) backpack.ThreadInput {
			return backpack.ThreadInput{Sections: []rugzak.ThreadSection{{Prompt: rugzak.PromptSee, Text: text}}}
		},
		"quote": func(text string, from rugzak.EntryID) backpack.ThreadInput {
			return backpack.ThreadInput{Sections: []rugzak.ThreadSection{{Prompt: rugzak.PromptSee, Quotes: []rugzak.Quote{{Entry: from, Text: text}}}}}
		},
		"function": func(text string, from rugzak.EntryID) backpack.ThreadInput {
			return backpack.ThreadInput{Sections: []rugzak.ThreadSection{{Prompt: rugzak.PromptSee, Quotes: []rugzak.Quote{{Entry: from, Text: "Tekst", Function: text}}}}}
		},
	} {
		paths["SaveThread "+name] = func(number string) error {
			theme := h.curate(t, facilitator, backpack.ThemeInput{Title: "Goed"})
			return second(h.SaveThread(ctx, facilitator, theme.ID, 0, form(named(number), source(number, theme.ID))))
		}
	}
	return paths
}
