// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"testing"

	"rugzak/pkg/rugzak"
)

// A state has one name as long as nothing is written, and never again after
// that: not after a write that was given up either, nor after the files were
// made anew.
func testStoreState(t *testing.T, s rugzak.Store) {
	name := func() (name string) {
		storeView(t, s, func(r rugzak.Reader) error { name = r.State(); return nil })
		return name
	}
	seen := map[string]bool{}
	for range 3 {
		now := name()
		if now == "" || seen[now] {
			t.Errorf("the state is called %q, as one before it", now)
		}
		seen[now] = true
		storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { _, err := w.Person("nobody"); return err })
		if again := name(); again != now {
			t.Errorf("nothing was written, and %q is called %q", now, again)
		}
		storeUpdate(t, s, func(w rugzak.Writer) error {
			return w.SaveTheme(rugzak.Theme{ID: rugzak.ThemeID("thema-" + string(rune('a'+len(seen)))), Title: "Zorg"}, 0)
		})
	}
	for range 2 {
		if err := s.Compact(t.Context()); err != nil {
			t.Fatal(err)
		}
		now := name()
		if seen[now] {
			t.Errorf("after the files were made anew the state is called %q, as one before it", now)
		}
		seen[now] = true
		storeUpdate(t, s, func(w rugzak.Writer) error {
			return w.SaveTheme(rugzak.Theme{ID: rugzak.ThemeID("thema-" + string(rune('a'+len(seen)))), Title: "Buurt"}, 0)
		})
	}
}
