// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"testing"

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
	return all
}
