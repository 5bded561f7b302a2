// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

func TestSimilarPage(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Wachttijd bij schuldhulp", "Wij belden elke week met wie op schuldhulp wachtte.", rugzak.LevelInternal)
	s.share(colleague, "Bellen in de wachttijd", "Wie op schuldhulp wacht, wordt elke week gebeld.", rugzak.LevelInternal)
	hidden := s.share(colleague, "Wachttijd bij schuldhulp, maar geheim", "Wij belden elke week met wie op schuldhulp wachtte.", rugzak.LevelOrganisation)
	for _, title := range []string{"Samen eten", "De taart", "Het formulier", "Een brief"} {
		s.share(participant, title, "Iets over "+title+".", rugzak.LevelInternal)
	}
	s.caughtUp()
	c := s.as(participant)
	page := c.get(entryPath(e.ID)).want(http.StatusOK).shows("Lijkt hierop")
	link := page.find(`rz-like a`).AttrOr("href", "")
	if link != at(pathSimilar, string(e.ID)) || page.find("rz-like").AttrOr("data-url", "") != link {
		t.Fatalf("the link leads to %q", link)
	}
	list := c.get(link).want(http.StatusOK).shows("Bellen in de wachttijd").shows("Gaat ook over:").hides("geheim").hides("De taart")
	saved(t, "similar", list)
	if got := list.link(".utrecht-breadcrumb-nav a", "Wachttijd bij schuldhulp"); got != entryPath(e.ID) {
		t.Errorf("the page is below %q", got)
	}
	if list.find("[data-similar] h2").Length() != 1 {
		t.Error("the script finds no list")
	}
	c.get(at(pathSimilar, string(hidden.ID))).want(http.StatusNotFound)
	c.get(at(pathSimilar, string(newID()))).want(http.StatusNotFound)
	s.as(nobody).get(link).want(http.StatusSeeOther)
	s.inEnglish(participant)
	s.as(participant).get(link).want(http.StatusOK).shows("Also about:")
}

func TestSimilarWhileWriting(t *testing.T) {
	s := newSite(t)
	s.share(colleague, "Bellen in de wachttijd", "Wie op schuldhulp wacht, wordt elke week gebeld.", rugzak.LevelInternal)
	s.share(colleague, "Wachttijd bij schuldhulp, maar geheim", "Wij belden elke week.", rugzak.LevelOrganisation)
	s.caughtUp()
	c := s.as(participant)
	form := c.get(pathShare).want(http.StatusOK)
	if got := form.find("form rz-similar").AttrOr("data-url", ""); got != pathSimilarWriting {
		t.Fatalf("the form asks at %q", got)
	}
	if form.find("rz-similar [role=status]").Length() != 1 || form.find("rz-similar button[hidden]").Length() != 1 {
		t.Error("nothing to say it quietly with, or to hide it")
	}
	ask := func(who string, values url.Values) (answer similarAnswer, body string) {
		got := s.as(who).send(http.MethodPost, pathSimilarWriting, values).want(http.StatusOK)
		if err := json.Unmarshal([]byte(got.Body), &answer); err != nil {
			t.Fatal(err)
		}
		return answer, got.Body
	}
	typed := url.Values{"title": {"Wachttijd schuldhulp"}, "kind": {"experience"}, "lang": {"nl"}, "body": {"Bel elke week."}}
	answer, body := ask(participant, typed)
	if !strings.Contains(answer.HTML, "Bellen in de wachttijd") || answer.Message != "1 bijdrage van een collega lijkt hierop." || strings.Contains(body, "geheim") {
		t.Errorf("the answer is %s", body)
	}
	if answer, _ := ask(outsider, typed); answer != (similarAnswer{}) {
		t.Errorf("a partner is shown %v", answer)
	}
	typed.Set("lesson", "Nummer 111222333")
	if answer, _ := ask(participant, typed); answer != (similarAnswer{}) {
		t.Errorf("a text with a number is looked up: %v", answer)
	}
	if strings.Contains(s.Book.String(), "chuldhulp") {
		t.Error("the text stands in the log")
	}
	// Without a script: with the preview, and on the page of the draft.
	full := c.get(pathEntryNew + "?soort=experience").want(http.StatusOK)
	full.submit("#schrijven", "title", "Wachttijd schuldhulp", "body", "Bel elke week.", "do", "preview").want(http.StatusOK).
		shows("Dit schreef een collega al").shows("Bellen in de wachttijd")
	full.submit("#schrijven", "title", "Wachttijd schuldhulp", "body", "Bel elke week.", "do", "draft").follow().want(http.StatusOK).
		shows("Dit schreef een collega al").shows("Bellen in de wachttijd").hides("geheim")
}
