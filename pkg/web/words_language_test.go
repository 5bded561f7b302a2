// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"testing"
)

// Who reads the site in English hears Dutch words as Dutch, also words of which
// nobody said in which language they are. On a Dutch page they need no mark.
func TestWordsInAnotherLanguageAreMarked(t *testing.T) {
	s := newSite(t)
	theme := s.theme("Wie heeft de bal?")
	s.theme("What did we learn?")
	marked := func(a *answer, lang string) string {
		return a.want(http.StatusOK).Doc.Find(`main [lang="` + lang + `"]`).Text()
	}
	me := s.as(participant)
	for _, path := range []string{themePath(theme.ID), pathThemes} {
		if got := marked(me.get(path), "nl"); got != "" {
			t.Errorf("%s marks %q, which is of the language of the page", path, got)
		}
	}
	if got := marked(me.get(pathThemes), "en"); got != "What did we learn?" {
		t.Errorf("%s marks %q as English", pathThemes, got)
	}
	s.inEnglish(participant)
	for _, path := range []string{themePath(theme.ID), pathThemes} {
		a := me.get(path)
		if got := a.want(http.StatusOK).find(`main h1 [lang="nl"], main h2 [lang="nl"]`).Text(); got != "Wie heeft de bal?" {
			t.Errorf("%s marks %q as Dutch", path, got)
		}
		if got := marked(a, "en"); got != "" {
			t.Errorf("%s marks %q, which is of the language of the page", path, got)
		}
	}
}
