// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// Every hostile text is either refused with a sentence that says what to
// change, or gives output within the limits. The bounds are generous: they catch
// a text that is not bounded at all. That of all together counts what the
// processors do, as a busy machine may take several times as long; a clock only
// ends each text. How long each takes is shown by BenchmarkHostile.
func TestHostileTextsAreBounded(t *testing.T) {
	const most = 5 * time.Minute
	r := New(Options{})
	start := rugzaktest.Spent()
	for name, source := range hostile(hostileSize) {
		ctx, cancel := context.WithTimeout(t.Context(), most)
		checkBounded(ctx, t, r, name, source)
		cancel()
	}
	worked := rugzaktest.Spent() - start
	t.Logf("all of them together cost %v", worked)
	if worked > most {
		t.Errorf("they may cost %v", most)
	}
}

func checkBounded(ctx context.Context, t *testing.T, r *Renderer, name, source string) {
	t.Helper()
	if len(source) > maxSource {
		t.Errorf("%s: %d bytes: the size hides what is tested", name, len(source))
	}
	limit := outputLimit(len(tidy(source)))
	rendered, err := r.Render(ctx, source, rugzak.English)
	checkRefusal(t, name, err)
	if err == nil && len(rendered.HTML) > limit {
		t.Errorf("%s: %d bytes of HTML, the limit is %d", name, len(rendered.HTML), limit)
	}
	plain, err := r.Plain(ctx, source)
	checkRefusal(t, name, err)
	if len(plain) > limit {
		t.Errorf("%s: %d bytes of plain text, the limit is %d", name, len(plain), limit)
	}
}

func checkRefusal(t *testing.T, name string, err error) {
	t.Helper()
	if err == nil {
		return
	}
	var refused *rugzak.Error
	if !errors.As(err, &refused) || refused.Code != rugzak.CodeInvalid || !slices.Contains(refusals, refused.Key) {
		t.Errorf("%s: got error %v, want a refusal that says what to do", name, err)
	}
}

// refusals are the keys a writer can do something about.
var refusals = []string{keyTooLarge, keyTooDeep, keyHeadings, keyFootnotes, keyDefinitions, keyTable, keyTooCostly, keyOutput}
