// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"regexp"
	"testing"

	"rugzak/pkg/rugzak"
)

// searchesInVain has people search, and what they searched written down.
func (s *site) searchesInVain(address string, who ...string) {
	s.Helper()
	for _, name := range who {
		s.as(name).get(address).want(http.StatusOK)
	}
	if err := s.Service.CountSearchGaps(s.Context()); err != nil {
		s.Fatal(err)
	}
}

// inWeek is a week as people say it.
var inWeek = regexp.MustCompile(`In week \d{1,2} van 20\d\d$`)

// From three people on a facilitator sees what was searched in vain, and does
// something about it.
func TestSearchGapsPage(t *testing.T) {
	s := searchSite(t)
	f := s.as(facilitator)
	f.get(pathGaps).want(http.StatusOK).shows("Er is nu niets waar drie mensen naar zochten")
	s.searchesInVain(pathSearch+"?q=Kraanvogel+%26+meer", participant, colleague)
	f.get(pathGaps).hides("kraanvogel")
	s.searchesInVain(pathSearch+"?q=kraanvogel+%26+MEER", partner)
	a := f.get(pathGaps).shows("kraanvogel & meer").shows("3 keer gezocht").hides("-W")
	if line := a.text(".rz-list small"); !inWeek.MatchString(line) {
		t.Errorf("the week is told as %q", line)
	}
	f.get(a.link(".rz-list a", "Zoek dit")).shows("Niets gevonden voor “kraanvogel & meer”")
	if got := f.get(a.link(".rz-list a", "Stel een leervraag")).find("#title").AttrOr("value", ""); got != "kraanvogel & meer" {
		t.Errorf("the question begins with %q", got)
	}
	if got := f.get(a.link(".rz-list a", "synoniem")).want(http.StatusOK).text("#others"); got != "kraanvogel & meer" {
		t.Errorf("the group of words begins with %q", got)
	}
	f.post(pathGaps, "term", "kraanvogel & meer", "state", "solved").follow().shows("Opgelost").shows("Zet terug")
	f.post(pathGaps, "term", "kraanvogel & meer", "state", "").follow().shows("Negeer")
	f.post(pathGaps, "term", "nooit gezocht", "state", "solved").want(http.StatusSeeOther)
	f.post(pathGaps, "term", "kraanvogel & meer", "state", "anders").want(http.StatusBadRequest)
	for _, who := range []string{participant, partner, administrator, privacyperson} {
		s.as(who).get(pathGaps).want(http.StatusForbidden).hides("kraanvogel")
	}
	f.post(pathGapRemove, "term", "kraanvogel & meer").follow().shows("Gewist").hides("kraanvogel")
}

// What counts is what somebody typed on the search page, without choices, and
// for which nothing was found.
func TestWhatCountsAsAGap(t *testing.T) {
	s := searchSite(t)
	three := []string{participant, colleague, partner}
	for _, address := range []string{
		pathSearch + "?q=vogeleen&soort=method", pathSearch + "?q=vogeltwee&letterlijk=1", pathQuestions + "?q=vogeldrie",
		pathSearch + "?q=vogelvier&na=onzin", pathSearch + "?q=wachttijd", pathSearch + "?q=111222333", pathSavedNew + "?q=vogelvijf",
	} {
		s.searchesInVain(address, three...)
	}
	for _, who := range three {
		c := s.as(who)
		c.header = http.Header{"Sec-Purpose": {"prefetch;prerender"}}
		c.get(pathSearch + "?q=vogelzes").want(http.StatusOK)
		s.looksAhead(who, pathSearch+"?q=vogelzeven")
	}
	s.searchesInVain(pathSearch+"?q=vogelacht", three...)
	a := s.as(facilitator).get(pathGaps).shows("vogelacht")
	if n := a.Doc.Find(".rz-list li").Length(); n != 1 {
		t.Errorf("%d are counted: %s", n, a.text(".rz-list"))
	}
	// A partner who finds nothing because it is not for them counts all the
	// same, and the count says nothing about what is hidden.
	s.searchesInVain(pathSearch+"?q=%22wachtlijst%22", colleague, partner, outsider)
	s.as(facilitator).get(pathGaps).shows("wachtlijst")
}

// looksAhead asks for the head of a page only.
func (s *site) looksAhead(who, path string) {
	s.Helper()
	c := s.as(who)
	r, err := http.NewRequestWithContext(s.Context(), http.MethodHead, s.URL+path, nil)
	if err != nil {
		s.Fatal(err)
	}
	for _, cookie := range c.cookies {
		r.AddCookie(cookie)
	}
	resp, err := c.http.Do(r)
	if err != nil {
		s.Fatal(err)
	}
	if err := resp.Body.Close(); err != nil || resp.StatusCode != http.StatusOK {
		s.Fatalf("HEAD %s: %d, %v", path, resp.StatusCode, err)
	}
}

func TestSearchSettings(t *testing.T) {
	s := searchSite(t)
	s.searchesInVain(pathSearch+"?q=kraanvogel", participant, colleague, partner)
	c := s.as(administrator)
	base := c.get(pathSettings).want(http.StatusOK).find(`form[action="`+pathSettingsSearch+`"] input[name="base"]`).AttrOr("value", "")
	c.post(pathSettingsSearch, "base", base).follow().shows("Tel wat niet gevonden wordt")
	s.as(facilitator).get(pathGaps).shows("Het tellen staat uit").hides("kraanvogel")
	c.post(pathSettingsSearch, "base", base, "count_gaps", "on").want(http.StatusConflict)
	all, err := s.Service.Settings(t.Context(), s.people[administrator])
	if err != nil || all.Search.CountGaps || all.Retention != rugzak.DefaultSettings().Retention {
		t.Errorf("settings %+v, %v", all, err)
	}
}
