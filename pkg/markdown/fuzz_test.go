// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"context"
	"strings"
	"testing"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// Whatever the text: no panic, nothing active, nothing over the limits.
func FuzzRender(f *testing.F) {
	for i, payload := range payloads() {
		if i%40 == 0 {
			f.Add(payload)
		}
	}
	for _, source := range hostile(20_000) {
		f.Add(source[:min(len(source), 300)])
	}
	r := New(Options{Text: catalogue(f)})
	f.Fuzz(func(t *testing.T, source string) {
		rendered, err := r.Render(context.Background(), source, rugzak.English)
		checkRefusal(t, "render", err)
		if found := judge(rendered.HTML); len(found) > 0 {
			t.Errorf("%q\ngave %s\nwith %s", source, rendered.HTML, strings.Join(found, "; "))
		}
		limit := outputLimit(len(tidy(source)))
		if len(rendered.HTML) > limit || !utf8.ValidString(rendered.HTML) {
			t.Errorf("%d bytes of %d, valid text: %t", len(rendered.HTML), limit, utf8.ValidString(rendered.HTML))
		}
		for _, h := range rendered.Headings {
			if !strings.Contains(rendered.HTML, `id="`+h.ID+`"`) {
				t.Errorf("heading %v is not in %s", h, rendered.HTML)
			}
		}
		plain, err := r.Plain(context.Background(), source)
		checkRefusal(t, "plain", err)
		if len(plain) > limit || strings.ContainsAny(plain, turning) {
			t.Errorf("plain text %q", plain)
		}
	})
}
