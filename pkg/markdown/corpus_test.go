// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"testing"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// Real texts are never refused.
func TestCorpusPasses(t *testing.T) {
	_, corpus := rugzaktest.Corpus(t)
	r := New(Options{Text: catalogue(t)})
	for _, doc := range corpus {
		rendered, err := r.Render(t.Context(), doc.Body, rugzak.Dutch)
		if err != nil {
			t.Errorf("%s: %v", doc.ID, err)
		}
		if found := judge(rendered.HTML); len(found) > 0 {
			t.Errorf("%s: %v", doc.ID, found)
		}
		if _, err := r.Plain(t.Context(), doc.Body); err != nil {
			t.Errorf("%s: %v", doc.ID, err)
		}
	}
	t.Logf("%d texts", len(corpus))
}
