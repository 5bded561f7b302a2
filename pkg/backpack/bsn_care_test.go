// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// carePaths are the ways in which a text of theme care reaches the store: a part
// of textPaths.
func (h *house) carePaths(t *testing.T) map[string]func(number string) error {
	t.Helper()
	ctx := t.Context()
	writer, facilitator := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test")
	named := func(number string) string { return "Nummer " + number }
	paths := map[string]func(string) error{
		"AskEnrichment": func(number string) error {
			e := h.share(t, writer, simple("Titel", "Tekst", rugzak.LevelInternal))
			return h.AskEnrichment(ctx, facilitator, e.ID, nil, named(number))
		},
	}
	for name, change := range map[string]func(*backpack.ProposalInput, string){
		"title":  func(in *backpack.ProposalInput, text string) { in.Title = text },
		"lesson": func(in *backpack.ProposalInput, text string) { in.Lesson = text },
		"body":   func(in *backpack.ProposalInput, text string) { in.Body = text },
		"why":    func(in *backpack.ProposalInput, text string) { in.Why = text },
	} {
		paths["ProposeText "+name] = func(number string) error {
			e := h.share(t, writer, simple("Titel", "Tekst", rugzak.LevelInternal))
			in := backpack.ProposalInput{Title: "Titel", Body: "Andere tekst", Reviewed: true}
			change(&in, named(number))
			return h.ProposeText(ctx, facilitator, e.ID, e.Version, in)
		}
	}
	for name, change := range map[string]func(*backpack.ThemeSplitInput, string){
		"title":   func(in *backpack.ThemeSplitInput, text string) { in.Title = text },
		"summary": func(in *backpack.ThemeSplitInput, text string) { in.Summary = text },
	} {
		paths["SplitTheme "+name] = func(number string) error {
			theme := h.curate(t, facilitator, backpack.ThemeInput{Title: "Goed " + string(h.idFor(facilitator))})
			e := h.share(t, writer, simple("Titel", "Tekst", rugzak.LevelInternal))
			if _, err := h.AddToTheme(ctx, facilitator, e.ID, theme.ID); err != nil {
				t.Fatal(err)
			}
			in := backpack.ThemeSplitInput{Title: "Een deel", Entries: []rugzak.EntryID{e.ID}, Reviewed: true}
			change(&in, named(number))
			_, _, err := h.SplitTheme(ctx, facilitator, theme.ID, in)
			return err
		}
	}
	return paths
}
