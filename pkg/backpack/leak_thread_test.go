// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// quote writes two versions of the thread of each theme: both quote the titles
// of what their writer may read, kept to who may read it.
func (w *world) quote(t testing.TB) {
	t.Helper()
	curator := w.people[0]
	if len(w.entries) == 0 {
		return // nothing to quote
	}
	for _, id := range w.themes {
		for range 2 {
			in := backpack.ThreadInput{Intro: "Draad", Bound: true, Reviewed: true}
			for _, p := range []rugzak.ThreadPrompt{rugzak.PromptSee, rugzak.PromptWorks} {
				section := rugzak.ThreadSection{Prompt: p, Text: "Zo zit het."}
				for range 2 {
					v, err := w.Read(t.Context(), curator, pick(w.random, w.entries))
					if err != nil || !v.Entry.State.Public() {
						continue
					}
					section.Quotes = append(section.Quotes, rugzak.Quote{Entry: v.Entry.ID, Text: v.Entry.Title})
				}
				in.Sections = append(in.Sections, section)
			}
			w.thread(t, curator, id, in)
		}
		d, err := w.LetterToWrite(t.Context(), curator, id, "")
		if err != nil {
			t.Fatal(err)
		}
		in := backpack.LetterInput{Lead: "Dit is nieuw.", Picks: d.Letter.Picks, Question: d.Letter.Question, Method: d.Letter.Method}
		if _, err := w.SaveLetter(t.Context(), curator, id, "", 0, in, true); err != nil {
			t.Fatal(err)
		}
	}
}
