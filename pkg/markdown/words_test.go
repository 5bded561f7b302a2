// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"testing"

	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// catalogue gives the renderer the words of the product.
func catalogue(t testing.TB) func(lang rugzak.Lang, key string, args ...any) string {
	t.Helper()
	c, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, missing := range c.Missing() {
			t.Errorf("not in the catalogue: %s", missing)
		}
	})
	return func(lang rugzak.Lang, key string, args ...any) string {
		return c.Printer(string(lang)).T(key, args...)
	}
}

// Every refusal has its sentence in both languages.
func TestRefusalsHaveSentences(t *testing.T) {
	c, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range locale.Languages() {
		for _, key := range append([]string{keyFailed}, refusals...) {
			if !c.Has(lang, key) {
				t.Errorf("%s: no sentence for %s", lang, key)
			}
		}
	}
}
