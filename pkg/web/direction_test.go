// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

// What turns the direction of text around has no effect on any page: it is left
// out of titles, tags and names, and stands as a visible name in texts, in what
// was found and in what changed. Only the field in which it was typed holds it.
func TestDirectionCharactersHaveNoEffect(t *testing.T) {
	const turn = "\u202e"
	s := newSite(t)
	me := s.as(participant)
	page := me.get(pathEntryNew + "?soort=experience").want(http.StatusOK)
	sent := page.submit(`form:has(textarea[name="body"])`, "title", "Eén "+turn+"voordeur", "body", "Alinea met "+turn+"keerwoord erin.",
		"lesson", "Bel "+turn+"eerst", "tags", "in"+turn+"take", "audience", "internal", "do", doShare).want(http.StatusSeeOther)
	id := strings.TrimPrefix(sent.Header.Get("Location"), entryPath(""))
	edit := me.get(at(pathEntryEdit, id)).want(http.StatusOK)
	edit.submit(`form:has(textarea[name="body"])`, "body", "Alinea met "+turn+"keerwoord erin, en \u2067nog een\u2069 stuk.", "do", doSave).want(http.StatusSeeOther)
	shown, asked := 0, url.QueryEscape("kraan"+turn+"vogel \u2067x\u2069")
	for _, path := range []string{
		entryPath(rugzak.EntryID(id)), at(pathHistory, id), at(pathRevision, id, "1"), at(pathRevision, id, "2"), pathHome, pathMine, pathSearch + "?q=keerwoord",
		pathSearch + "?q=voordeur", pathSearch + "?q=" + asked, pathSearch + "?letterlijk=1&q=" + asked, pathSavedNew + "?q=" + asked,
		pathSearch + "?organisatie=" + asked, pathQuestions + "?jaar=" + asked,
	} {
		a := me.get(path).want(http.StatusOK)
		for _, r := range "\u202e\u2067\u2069" {
			if strings.ContainsRune(a.Body, r) {
				t.Errorf("%s holds %U", path, r)
			}
		}
		if strings.Contains(a.Body, "U+202E") {
			shown++
		}
	}
	if shown < 2 {
		t.Errorf("only %d pages show that there is one", shown)
	}
	if body := me.get(at(pathEntryEdit, id)).find(`textarea[name="body"]`).Text(); !strings.Contains(body, turn) {
		t.Error("the text was altered")
	}
}
