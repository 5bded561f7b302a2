// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// careAnswers is what theme care tells a reader.
func (w *world) careAnswers(t *testing.T, p rugzak.Person) (all []surfaceAnswer) {
	t.Helper()
	ctx := t.Context()
	add := func(surface string, v any, err error) {
		all = append(all, surfaceAnswer{surface, []any{v, fmt.Sprint(err)}})
	}
	words, err := w.Glossary(ctx, p)
	add("glossary", words, err)
	for i, id := range w.themes {
		moved, err := w.ThemeMoved(ctx, p, id)
		add("theme that moved", moved, err)
		merge, err := w.ThemeMergeChoices(ctx, p, id, w.themes[(i+1)%len(w.themes)])
		add("merge of themes", merge, err)
		split, err := w.ThemeToSplit(ctx, p, id)
		add("split of a theme", split, err)
	}
	mine, err := w.CareForMe(ctx, p)
	add("asked of me", mine, err)
	queue, err := w.ReviewQueue(ctx, p)
	add("due for review", queue, err)
	doubles, err := w.Doubles(ctx, p)
	add("doubles", doubles, err)
	for i, id := range w.entries {
		moved, err := w.EntryMoved(ctx, p, id)
		add("entry that moved", moved, err)
		both, err := w.EntryMergeView(ctx, p, id, w.entries[(i+1)%len(w.entries)])
		add("merge of entries", both, err)
		points, err := w.EnrichmentChoices(ctx, p, id)
		add("what can be asked", points, err)
		text, err := w.TextToPropose(ctx, p, id)
		add("text to propose", text, err)
		found, err := w.ProposalFindings(ctx, p, id, backpack.ProposalInput{Title: "Anders", Body: "Iets anders."})
		add("findings in a proposal", found, err)
		proposed, err := w.ProposedText(ctx, p, id, "")
		add("proposed text", proposed, err)
	}
	return all
}
