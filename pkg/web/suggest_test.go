// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// suggested asks as the script does and gives the answer in lines.
func (c *client) suggested(typed string) (said string, lines []string) {
	c.Helper()
	a := c.get(pathSuggest + "?q=" + url.QueryEscape(typed)).want(http.StatusOK)
	if a.Header.Get("Content-Type") != "application/json" || a.Header.Get("Cache-Control") != "no-store, private" {
		c.Errorf("suggestions are %q, kept %q", a.Header.Get("Content-Type"), a.Header.Get("Cache-Control"))
	}
	var told suggestions
	if err := json.Unmarshal([]byte(a.Body), &told); err != nil {
		c.Fatalf("%v: %s", err, a.Body)
	}
	for _, g := range told.Groups {
		for _, o := range g.Options {
			var text strings.Builder
			for _, p := range o.Parts {
				if p.Marked {
					text.WriteString("[" + p.Text + "]")
				} else {
					text.WriteString(p.Text)
				}
			}
			lines = append(lines, strings.TrimSpace(g.Name+": "+text.String()+" "+o.Note)+" > "+o.Path)
		}
	}
	return told.Said, lines
}

func TestSuggestions(t *testing.T) {
	s := searchSite(t)
	theme, err := s.Service.SaveTheme(t.Context(), s.people[facilitator], "", 0, backpack.ThemeInput{Title: "Wachten", Synonyms: []string{"Overbruggen"}})
	if err != nil {
		t.Fatal(err)
	}
	e := s.share(participant, "Overleg & <b>wachten</b>", "Tekst.", rugzak.LevelInternal)
	s.caughtUp()
	c := s.as(colleague)
	want := func(typed, said string, want ...string) {
		t.Helper()
		gotSaid, got := c.suggested(typed)
		if gotSaid != said || !slices.Equal(got, want) {
			t.Errorf("%q: %s\n%s", typed, gotSaid, strings.Join(got, "\n"))
		}
	}
	want("overl", "2 suggesties", "Zoek op: [overl]eg > /zoeken?q=overleg", "Bijdragen: [Overl]eg & <b>wachten</b> Ervaring > "+entryPath(e.ID))
	want("overb", "1 suggestie", "Thema’s: Wachten ook: Overbruggen > "+themePath(theme.ID))
	want("werkv", "1 suggestie", "Soorten: [Werkv]ormen > /zoeken?soort=method")
	want("welz", "1 suggestie", "Van: Stichting [Welz]ijn > /zoeken?organisatie="+string(s.orgs["welzijn"].ID))
	want("geheim", "Geen suggesties") // of another team
	want("titel:overleg", "Geen suggesties")
	want("", "Geen suggesties")
	s.inEnglish(colleague)
	want("working me", "1 suggestion", "Kinds: [Working] [me]thods > /zoeken?soort=method")
	want("werkv", "No suggestions")
	if _, got := s.as(participant).suggested("geheim"); len(got) == 0 {
		t.Error("the team itself finds nothing")
	}
	if _, got := s.as(partner).suggested("overl"); len(got) > 0 {
		t.Errorf("a partner is told %q", got)
	}
	nobody := newClient(s).get(pathSuggest + "?q=overleg")
	nobody.want(http.StatusSeeOther).hides("Overleg")
}

// What is typed goes nowhere: not into the log, and a number that may be a
// citizen service number not into the index.
func TestTypedTextIsNotKept(t *testing.T) {
	s := searchSite(t)
	c := s.as(colleague)
	if _, got := c.suggested("huisbezoek 123456782"); got != nil {
		t.Errorf("%q", got)
	}
	if _, got := c.suggested("zeldzaamwoord"); got != nil {
		t.Errorf("%q", got)
	}
	if log := s.Book.String(); strings.Contains(log, "zeldzaamwoord") || strings.Contains(log, "123456782") || !strings.Contains(log, pathSuggest) {
		t.Errorf("the log tells what was typed: %s", log)
	}
}

// Typing asks often: more than a search a minute, but not without bound.
func TestSuggestionsAreBounded(t *testing.T) {
	s := slowed(t)
	me := s.as(participant)
	for range 50 {
		me.get(pathSuggest + "?q=wacht").want(http.StatusOK)
	}
	waits(t, me.get(pathSuggest+"?q=wacht"))
	me.get(pathSearch + "?q=wachttijd").want(http.StatusOK)
}

// Without script the box is a form as any other.
func TestSearchBoxIsAForm(t *testing.T) {
	s := newSite(t)
	a := s.as(participant).get(pathHome)
	box := a.find(`form[role="search"] input[name="q"]`)
	if box.AttrOr("role", "") != "" || box.AttrOr("type", "") != "search" || a.find("rz-suggest").AttrOr("data-url", "") != pathSuggest {
		t.Error("the box is not a plain one")
	}
	a.find(`script[src$="js/core.js"]`)
}

// For a link only what can be linked to is suggested, and for a lesson only entries, with the reader's rights.
func TestSuggestOnlyLinks(t *testing.T) {
	s := newSite(t)
	s.share(participant, "Overleg aan de keukentafel", "Een les.", rugzak.LevelInternal)
	s.share(participant, "Overleg van ons team", "Een les.", rugzak.LevelTeam)
	s.newTheme("Overleg met de wijk")
	s.caughtUp()
	links := pathSuggest + "?" + paramOnly + "=" + onlyLinks + "&q=overleg"
	a := s.as(colleague).get(links).want(http.StatusOK)
	if !strings.Contains(a.Body, `"/ervaringen/`) || !strings.Contains(a.Body, `"/themas/`) || strings.Contains(a.Body, `"/zoeken`) || strings.Contains(a.Body, "ons team") {
		t.Errorf("for links is suggested: %s", a.Body)
	}
	a = s.as(colleague).get(strings.Replace(links, onlyLinks, onlyEntries, 1)).want(http.StatusOK)
	if !strings.Contains(a.Body, `"/ervaringen/`) || strings.Contains(a.Body, `"/themas/`) || strings.Contains(a.Body, `"/zoeken`) || strings.Contains(a.Body, "ons team") {
		t.Errorf("for a lesson is suggested: %s", a.Body)
	}
	if lesson := s.as(colleague).get(pathEntryNew + "?soort=application").find(`rz-suggest[data-fill] input[name="application_lesson"]`); lesson.AttrOr("type", "") != "text" {
		t.Error("a lesson is not looked for")
	}
}
