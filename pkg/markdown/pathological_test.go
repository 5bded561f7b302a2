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
)

// Every hostile text is either refused with a sentence that says what to
// change, or gives output within the limits. The deadline is for all of them
// together, and generous: it catches a text that is not bounded at all.
func TestHostileTextsAreBounded(t *testing.T) {
	texts := hostile(hostileSize)
	names := make([]string, 0, len(texts))
	for name := range texts {
		names = append(names, name)
	}
	slices.Sort(names)

	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	r := New(Options{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		for _, name := range names {
			start := time.Now()
			checkBounded(ctx, t, r, name, texts[name])
			if took := time.Since(start); took > 100*time.Millisecond {
				t.Logf("%s: %v", name, took.Round(time.Millisecond))
			}
		}
	}()
	select {
	case <-done:
	case <-ctx.Done():
		t.Fatal("hostile texts together took more than two minutes")
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
var refusals = []string{keyTooLarge, keyTooDeep, keyFootnotes, keyDefinitions, keyTable, keyTooCostly, keyOutput}
